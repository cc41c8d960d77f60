"""What names mean in their article: short forms by the full ones beside them, and what the text says of them."""

from __future__ import annotations

import pytest

from flows.entities.bodies import identify
from flows.entities.canonical import canonical
from flows.entities.naming import Naming, abbreviates
from flows.entities.own_names import brand_of
from flows.entities.said import called, renames
from flows.extract.organizations.mentions import find_organizations
from flows.extract.words.reading import Reading


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("区残联", "区残疾人联合会"),
        ("中共苏州市委社工部", "苏州市委社会工作部"),
        ("共青团苏州市委", "共青团苏州市委员会"),
        ("中共中央社会工作部", "中共中央社会工作部"),
        ("中央社会工作部", "中共中央社会工作部"),
        ("“暖邻”社工服务中心", "暖邻社会工作服务中心"),
        ("原市卫计委", "市卫生和计划生育委员会"),
        ("阳光社工事务所", "阳光社会工作事务所"),
        ("阳光社会工作服务中心", "阳光社会工作服务中心"),
    ],
)
def test_forms_of_one_name(name: str, full: str) -> None:
    assert canonical(name) == full
    assert canonical(full) == full


@pytest.mark.parametrize(
    ("name", "full", "region"),
    [
        ("团区委", "共青团南京市鼓楼区委员会", "320106"),
        ("共青团南京市鼓楼区委", "共青团南京市鼓楼区委员会", "320106"),
        ("江苏社会工作协会", "江苏省社会工作协会", "320000"),
        ("新疆生产建设兵团民政局", "新疆生产建设兵团民政局", "650000"),
        ("屏东县政府", "屏东县人民政府", "710000"),
        ("苏州中学", "苏州中学", "320500"),
    ],
)
def test_a_region_is_written_in_full_where_that_is_the_same_body(name: str, full: str, region: str) -> None:
    body = identify(name, None, "320106")
    assert body is not None
    assert (body.name, body.region) == (full, region)


def test_a_hospital_is_one_with_and_without_the_level_of_its_city() -> None:
    bodies = [identify(name, None, "420100") for name in ("武汉第一医院", "武汉市第一医院", "市第一医院")]
    assert len({body.entity_id for body in bodies if body}) == 1
    assert None not in bodies


def naming_of(text: str, place: str | None) -> Naming:
    return Naming(find_organizations(Reading(text)), text, place)


@pytest.mark.parametrize(
    ("text", "place", "name", "full"),
    [
        ("苏州市暖邻社会工作事务所来了。暖邻社工说好。", "320500", "暖邻社工", "苏州市暖邻社会工作事务所"),
        ("中国青年志愿者协会（以下简称“中青志协”）到会。", "320500", "中青志协", "中国青年志愿者协会"),
        ("江苏省社会工作协会换届，省社协会长致辞。", "320500", "省社协", "江苏省社会工作协会"),
        ("衡阳市第一人民医院成立社工部，市一医院院长到场。", "430400", "市一医院", "衡阳市第一人民医院"),
        ("苏州市姑苏区残疾人联合会和居民座谈。", "320500", "区残联", "苏州市姑苏区残疾人联合会"),
        ("雷山县西江镇社工站来了。镇卫生院院长说好。", "522634", "镇卫生院", "雷山县西江镇卫生院"),
        ("宜兰县社会处办理表扬，县府社会处处长致词。", "710000", "县府社会处", "宜兰县社会处"),
        ("长垣县残疾人联合会和居民座谈。", "410783", "县民政局", "长垣市民政局"),
        ("南昌大学办讲座，该校社会工作学院师生参加。", "360100", "社会工作学院", "南昌大学社会工作学院"),
    ],
)
def test_a_short_form_is_the_full_one_of_its_article(text: str, place: str, name: str, full: str) -> None:
    naming = naming_of(text, place)
    short, whole = naming.body(name), naming.body(full)
    assert short is not None
    assert whole is not None
    assert short.entity_id == whole.entity_id


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("姑苏区残疾人联合会和吴中区残疾人联合会座谈。", "320500", "区残联"),  # of two districts
        ("南昌大学和江西师范大学合办讲座。", "360100", "社会工作学院"),  # of two universities
        ("梁平区双桂街道社工站来了客人。", None, "某平社工站"),
    ],
)
def test_a_short_form_of_several_is_none(text: str, place: str | None, name: str) -> None:
    found = naming_of(text, place).body(name)
    assert found is None or not found.stated


def test_a_station_of_a_district_is_not_that_of_its_street() -> None:
    naming = naming_of("梁平区双桂街道社工站来了客人。", "500155")
    station, street = naming.body("梁平社工站"), naming.body("梁平区双桂街道社工站")
    assert station is None or street is None or station.entity_id != street.entity_id


def test_a_town_is_no_brand() -> None:
    assert brand_of("苏州市暖邻社会工作服务中心", None) == "暖邻"
    assert brand_of("平阳县鳌江镇社会工作服务中心", None) is None
    assert brand_of("苏州市社会工作服务中心", None) is None


def test_abbreviations() -> None:
    assert abbreviates("中社联", "中国社会工作联合会")
    assert not abbreviates("中社联", "中国社会工作联合会企业社会工作专业委员会")  # ends in another word
    assert not abbreviates("中国社会", "中国社会工作联合会")  # a beginning


def test_what_an_article_calls_a_body_may_stand_for_it_elsewhere() -> None:
    body = identify("长沙民政职业技术学院", None, None)
    assert body is not None
    assert [form.core for form in called("长沙民政学院", body).forms if form.called] == ["长沙民政学院"]
    assert not [form for form in called("学院", body).forms if form.called]  # any may be called so
    assert not [form for form in called("市民政学院", body).forms if form.called]


@pytest.mark.parametrize(
    ("text", "names", "pairs"),
    [
        ("甲协会更名为乙联合会。", ["甲协会", "乙联合会"], [("甲协会", "乙联合会")]),
        ("甲基金会自2016年7月1日起正式更名为乙基金会。", ["甲基金会", "乙基金会"], [("甲基金会", "乙基金会")]),
        ("乙服务站（原甲服务中心）主任。", ["乙服务站", "原甲服务中心"], [("原甲服务中心", "乙服务站")]),
        ("甲协会和乙联合会座谈。该会更名为丙会。", ["甲协会", "乙联合会"], []),
        ("甲局的工作由新组建的乙局接手。", ["甲局", "乙局"], []),
        ("甲中心与乙中心合并，组建丙中心。", ["甲中心", "乙中心", "丙中心"], []),
    ],
)
def test_renamed_only_where_the_text_says_so(text: str, names: list[str], pairs: list[tuple[str, str]]) -> None:
    assert list(renames(text, names)) == pairs


@pytest.mark.parametrize(
    ("text", "called"),
    [
        (
            "江苏衡泰精密制造有限公司工会成立社工室。衡泰精密是县里较早设立社工岗位的企业。",
            {"衡泰精密": "江苏衡泰精密制造有限公司"},
        ),
        ("南昌大学与井冈山大学签约，南大师生到场。", {"南大": "南昌大学"}),
        ("南昌大学与南京大学签约，南大师生到场。", {}),
        ("南昌大学与井冈山大学签约，越南大使到场。", {}),
        ("江苏衡泰精密制造有限公司捐款。", {}),
        (
            "苏州市暖邻社会工作服务中心成立，“暖邻”社工中心负责人说。",
            {"暖邻社会工作服务中心": "苏州市暖邻社会工作服务中心", "暖邻社工中心": "苏州市暖邻社会工作服务中心"},
        ),
    ],
)
def test_short_forms_that_nothing_explains(text: str, called: dict[str, str]) -> None:
    naming = naming_of(text, None)
    assert {alias: body.name for alias, body in naming.called.items()} == called
