"""The region of an article by what stands beside it, by bodies of anywhere, and of meetings of the whole country."""

from __future__ import annotations

import pytest

from flows.extract.regions.beside import of_own_city, region_beside
from flows.extract.regions.mentions import find_regions
from flows.extract.regions.of_article import article_region
from flows.extract.words.reading import Reading


def region(title: str, text: str) -> str | None:
    found = article_region(Reading(text, title)).region
    return found.code if found else None


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("全国医务社会工作年会在长沙召开", None),
        ("第六届海峡两岸社会工作论坛在厦门举行", None),
        ("中国社会工作学会2022年年会在济南召开", None),
        ("长沙：全国医务社会工作年会召开", "430100"),
        ("全市社会工作论坛在厦门举行", "350200"),
    ],
)
def test_a_meeting_of_the_country_is_of_no_place(title: str, code: str | None) -> None:
    assert region(title, "记者今天从会上获悉，社工人数增加。") == code


def test_an_authority_tells_more_than_a_body_that_may_be_of_anywhere() -> None:
    text = "4月2日，金东区残联携手金华市星语社工服务中心，在江滨公园举行公益活动。"
    assert region("关爱“星星的孩子”", text) == "330703"
    text = "4月2日，金华市残联携手金东区星语社工服务中心，在江滨公园举行公益活动。"
    assert region("关爱“星星的孩子”", text) == "330700"


def test_a_city_s_short_name_may_be_its_county_s() -> None:
    text = "6月9日，阿克苏市依干其镇社工站在巴格其村举办邻里节。"
    assert region("阿克苏：石榴花开社工情", text) == "652901"
    assert region("阿克苏：石榴花开社工情", "6月9日，阿克苏地区民政局举办邻里节，全地区社工参加。") == "652900"


def test_the_county_of_the_paper() -> None:
    reading = Reading("10月30日，由方前镇社工站牵头，县中医院参与的义诊举行。")
    assert region_beside(reading, "", ["磐安晨讯"]).basis == "beside"
    assert region_beside(Reading("10月30日，方前镇社工站举行义诊。"), "", ["磐安晨讯"]).region is None


def test_the_county_of_an_account_below_the_city_that_is_named() -> None:
    text = "遂宁的夏天，在县妇联、县民政局的支持下，夏令营开营。\n遂宁川岸医院的护士来了。\n遂宁的孩子也来了。"
    reading = Reading(text)
    found = article_region(reading)
    own = of_own_city(reading, found, ["蓬溪向阳花"])
    assert found.region is not None
    assert own.region is not None
    assert (found.region.code, own.region.code) == ("510900", "510921")
    whole = Reading(text + "全市的社工都来了。")
    assert of_own_city(whole, article_region(whole), ["蓬溪向阳花"]).region == found.region


def test_hong_kong_by_its_offices() -> None:
    assert region("社工促检讨", "社工昨日到政府总部请愿，劳工及福利局回应指会听取意见。") == "810000"


def test_what_a_province_s_body_held_in_its_city_is_the_province_s() -> None:
    text = "12月28日，福建省社会工作联合会三届二次理事会在福州召开。会议审议了报告。"
    assert region("社联召开理事会", text) == "350000"
    text = "11月8日，省民政厅慈善社工处联合甘肃省慈善联合会，在兰州举办社工沙龙。"
    assert region("社工沙龙", text) == "620000"
    assert region("社工论坛举行", "12月28日，社工论坛在福州召开。会议审议了报告。") == "350100"


def test_a_town_called_as_a_city_elsewhere() -> None:
    assert [mention.code for mention in find_regions("走进道真自治县玉溪镇社工站")] == ["520325"]
    assert [mention.code for mention in find_regions("南京镇江两地，家长沙龙、长沙乡村")] == [
        "320100",
        "321100",
        "430100",
    ]


def test_briefs_of_the_counties_of_a_city() -> None:
    lines = ["●5月22日，邵阳市大祥区民政局开会。", "●5月23日，隆回县社会工作协会换届。", "●5月24日，新宁县启动项目。"]
    assert region("简讯三则", "\n".join(lines)) == "430500"
    assert region("简讯", "\n".join([*lines[:1], "会上，社工发言。", *lines[1:]])) != "430500"
