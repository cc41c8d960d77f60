"""What a name of a body means in an article about a region."""

import pytest

from flows.entities.bodies import identify
from flows.entities.persons import person_anchor
from flows.entities.places import city_of, place_of_names


@pytest.mark.parametrize(
    ("name", "place", "full", "region"),
    [
        ("市民政局", "320500", "苏州市民政局", "320500"),
        ("市民政局", "320585", "太仓市民政局", "320585"),  # the county-level city itself
        ("市民政局", "310112", "上海市民政局", "310000"),
        ("江苏省太仓市民政局", None, "太仓市民政局", "320585"),
        ("苏州民政局", None, "苏州市民政局", "320500"),
        ("市政府", "320500", "苏州市人民政府", "320500"),
        ("廊坊市", None, "廊坊市人民政府", "131000"),
        ("团市委", "320500", "共青团苏州市委员会", "320500"),
        ("中共禄丰市委组织部", None, "禄丰市委组织部", "532302"),
        ("鼓楼区民政局", "320106", "南京市鼓楼区民政局", "320106"),
        ("省民政厅", "320585", "江苏省民政厅", "320000"),
        ("梓山镇社工站", "360731", "于都县梓山镇社工站", "360731"),
        ("民政部", "320500", "民政部", None),
        ("南京大学", "320500", "南京大学", None),
        ("德阳经开区管委会", None, "德阳经开区管理委员会", "510600"),
    ],
)
def test_full_names(name: str, place: str | None, full: str, region: str | None) -> None:
    body = identify(name, None, place)
    assert body is not None
    assert (body.name, body.region) == (full, region)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("市民政局", None),  # of nobody knows which city
        ("区民政局", "320500"),  # one of its districts
        ("县民政局", "310112"),  # there is no county around
        ("鼓楼区民政局", None),  # of four
        ("镇卫生院", "320585"),  # of any town
        ("基金会", "320500"),
        ("社工站", "320500"),
        ("市委市政府", "320500"),  # two
    ],
)
def test_what_stays_uncertain_has_no_identity(name: str, place: str | None) -> None:
    assert identify(name, None, place) is None


def test_a_department_names_its_parent() -> None:
    body = identify("市民政局社会工作科", None, "320500")
    assert body is not None
    assert (body.name, body.parent) == ("苏州市民政局社会工作科", "苏州市民政局")


def test_agencies_of_one_name_are_one_within_a_city() -> None:
    names = [("阳光社工服务中心", "320585"), ("苏州市阳光社工服务中心", None), ("阳光社工服务中心", "410300")]
    first, second, other = (identify(name, None, place) for name, place in names)
    assert first is not None
    assert second is not None
    assert other is not None
    assert first.entity_id == second.entity_id != other.entity_id


def test_namesakes() -> None:
    bureau, national = identify("区民政局", None, "310112"), identify("民政部", None, None)
    assert person_anchor("顾明远", [], bureau, None) == "310112"
    assert person_anchor("顾明远", [], None, "310112") == "310112"
    assert person_anchor("顾明远", [], national, "310112") == ""
    assert person_anchor("李丹", [], None, "310000") is None  # two characters, and a whole city
    assert person_anchor("李丹", [], bureau, "310112") == (bureau.entity_id if bureau else None)
    assert person_anchor("习近平", ["总书记"], None, "310112") == ""


def test_where_short_names_are_at_home() -> None:
    assert place_of_names("310112", "苏州日报", None) == "310112"
    assert place_of_names(None, "苏州日报", None) == "320500"
    assert place_of_names(None, "西秀区融媒体中心", None) == "520402"
    assert place_of_names(None, "人民日报", "洛阳市民政局") == "410300"
    assert place_of_names(None, "江苏卫视", None) is None
    assert place_of_names(None, "磐安晨讯", None) == "330727"
    assert place_of_names(None, None, "洛阳社工") == "410300"
    assert place_of_names("320500", None, "和平日报") == "320500"
    assert place_of_names(None, "光明日报", "和平日报") is None
    assert city_of("320585") == "320500"
