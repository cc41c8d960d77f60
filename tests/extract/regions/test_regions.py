import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.page.source import issuers
from flows.extract.regions.beside import region_beside
from flows.extract.regions.mentions import find_regions, lies_in, region_of
from flows.extract.regions.of_article import article_region
from flows.extract.words.gazetteer import gazetteer
from flows.extract.words.reading import Reading


def found(text: str) -> list[tuple[str, str]]:
    return [(text[mention.start : mention.end], mention.code) for mention in find_regions(text)]


IN_FORCE = """
320613 崇川区, 320614 海门区, 330113 临平区, 330114 钱塘区, 469028 陵水黎族自治县, 320612 通州区, 370215 即墨区,
710000 台湾省, 810000 香港特别行政区, 820000 澳门特别行政区
"""


@pytest.mark.parametrize(("code", "name"), [tuple(pair.split()) for pair in IN_FORCE.split(",")])
def test_table_holds_codes_in_force(code: str, name: str) -> None:
    region = region_of(code)
    assert region is not None
    assert region.name == name


def test_table_is_complete_and_its_lineages_end_in_provinces() -> None:
    table = gazetteer()
    levels = [region.level for region in table.regions.values()]
    assert levels.count("province") == 34
    assert levels.count("prefecture") > 330
    assert levels.count("county") > 2800
    assert all(table.regions[lineage[-1]].level == "province" for lineage in table.lineages.values())
    assert table.year >= 2025


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江苏南通通州区", [("江苏南通通州区", "320612")]),
        ("上海闵行区举办社工节", [("上海闵行区", "310112")]),
        ("四川德阳经开区发放奖励", [("四川德阳", "510600")]),
        ("海南陵水发布通知", [("海南陵水", "469028")]),
        ("内蒙古自治区呼和浩特市新城区", [("内蒙古自治区呼和浩特市新城区", "150102")]),
        ("福建、江西两省", [("福建", "350000"), ("江西", "360000")]),
        ("甘肃合作市", [("甘肃合作市", "623001")]),
        ("吉林省吉林市", [("吉林省吉林市", "220200")]),
        ("河口县民政局和金平县民政局", [("河口县", "532532"), ("金平县", "532530")]),
        ("前郭县与鄂温克旗", [("前郭县", "220721"), ("鄂温克旗", "150724")]),
        ("武汉市洪山宾馆", [("武汉市", "420100")]),
        ("福建泉州惠安大街", [("福建泉州", "350500")]),
        ("海南州与海南省", [("海南州", "632500"), ("海南省", "460000")]),
    ],
)
def test_chain_is_one_mention_of_its_smallest_region(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_lies_in_tells_provinces_apart_that_begin_alike() -> None:
    assert lies_in("500103", "500000")
    assert not lies_in("510100", "500000")
    assert not lies_in("341102", "341000")
    assert lies_in("310112", "310112")


@pytest.mark.parametrize(
    ("text", "code"),
    [("港闸区", "320613"), ("渝北区", "500157"), ("即墨市", "370215"), ("闸北区", "310106"), ("襄樊市", "420600")],
)
def test_former_names_give_the_code_in_force(text: str, code: str) -> None:
    assert found(text) == [(text, code)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("北京市的几个区中，朝阳区先行", ("朝阳区", "110105")),
        ("长春市南关区和朝阳区先行", ("朝阳区", "220104")),
        ("通州区先行。后来北京市推广", ("通州区", "110112")),
        ("南通市民政局走访通州区", ("通州区", "320612")),
        ("鹤壁市的做法，在淇县推开", ("淇县", "410622")),
        ("闵行区的社工说，闵行要做好", ("闵行", "310112")),
    ],
)
def test_context_decides_what_several_regions_bear(text: str, expected: tuple[str, str]) -> None:
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "朝阳区开会", "合作共赢", "和平与光明", "各位来宾", "建成县区中心", "示范县建设", "长治久安", "形成都市圈",
        "公益阳光行动",
        "南京路", "上海大学", "重庆日报报道", "大理石", "适应城市发展", "广西民族大学", "西南山区", "上海合作组织",
    ],
)  # fmt: skip
def test_words_and_names_of_other_things_are_no_mention(text: str) -> None:
    assert found(text) == []


def test_each_character_of_a_compound_is_a_mention() -> None:
    assert found("闽宁协作") == [("闽", "350000"), ("宁", "640000")]
    assert [code for _, code in found("京津冀")] == ["110000", "120000", "130000"]


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("福建：社工助力乡村", "培训班在泉州市惠安县举行。", "350000"),
        ("社工节开幕", "近日，社工节启动仪式在重庆举行，重庆市民政局局长出席。\n重庆有社工站百余个。", "500000"),
        ("各地动态", "北京市举办活动。\n天津市举办活动。\n福建省举办活动。\n江西省举办活动。", None),
        ("社工的一天", "她说，助人自助。", None),
        ("江苏：南通通州区社工上岗", "南通市举行仪式。", "320612"),
    ],
)
def test_article_region_is_the_one_it_is_about(title: str, text: str, code: str | None) -> None:
    region = article_region(Reading(text, title)).region
    assert (region.code if region else None) == code


@given(
    st.lists(
        st.sampled_from(["上海", "闵行区", "朝阳区", "淇县", "，", "在", "京津冀", "通州", "合作", "市", "\n", "社工"]),
        max_size=30,
    )
)
def test_mentions_are_ordered_apart_and_inside_the_text(words: list[str]) -> None:
    text = "".join(words)
    mentions = find_regions(text)
    ends = [0, *(mention.end for mention in mentions)]
    assert all(end <= mention.start < mention.end <= len(text) for end, mention in zip(ends, mentions, strict=False))


@pytest.mark.parametrize(
    ("text", "count"), [("淇县：社工上岗", 1), ("淇县民政局开会", 1), ("示范县民政局开会", 0), ("开县委常委会", 0)]
)
def test_county_of_two_characters_is_shown_by_its_office(text: str, count: int) -> None:
    assert len(find_regions(text)) == count


def test_region_in_the_name_of_a_work_is_not_the_title_s() -> None:
    assert article_region(Reading("话剧开演。", "《北京人》上演")).region is None


def test_who_signs_a_notice_tells_its_region() -> None:
    notice = "各有关单位：\n地点在会议中心（南京市玄武区太平北路1号）。\n南京市民政局\n2024年8月26日"
    region = article_region(Reading(notice, "关于开展培训的通知")).region
    assert region == region_of("320100")


def test_a_text_that_names_one_region_only_as_an_authority_s_is_about_it() -> None:
    text = "全县社会工作会议召开。\n社工人才达126人。\n永泰县委社会工作部供稿"
    assert article_region(Reading(text, "我县召开社会工作会议")).region == region_of("350125")
    assert article_region(Reading(text.replace("委社会工作部", "的茶叶"), "会议召开")).region is None


def test_a_name_behind_and_is_not_lost_to_one_that_begins_with_it() -> None:
    assert found("温州市瓯海区和龙湾区")[-1] == ("龙湾区", "330303")


def test_what_only_taiwan_has_tells_its_region() -> None:
    region = article_region(Reading("卫福部表示，各县市政府社会局将增加社工。", "社工人力增加")).region
    assert region is not None
    assert region.code == "710000"


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("泉州：社工走进校园", "近日，福建省泉州市鲤城区的社工来到小学。", "350502"),
        ("泉州：社工走进校园", "近日，福建省泉州市鲤城区的社工来到小学。全市社工站30个。", "350500"),
        ("泉州：社工走进校园", "近日，福建省泉州市鲤城区、丰泽区的社工来到小学。", "350500"),
        ("西安碑林：社工走进校园", "近日，社工来到小学。", "610103"),
        ("一把椅子", "老人独居。泉州市鲤城区慈善会出资，泉州市鲤城区清源社会工作服务中心上门。", "350502"),
        ("增加社工名额", "社署公布，全港社工人手不足。", "810000"),
        ("全国社工年会开幕", "5月6日，全国社工年会在北京市举行。", None),
        (
            "医院社工全国推开",
            "我国医院社工不足，全国只有17家医院设有社工。全国研讨会上，我国专家介绍，国内上海闵行医院先行。",
            None,
        ),
        ("市慈善总会慰问老人", "5月6日，市慈善总会到泉州市鲤城区慰问老人。", "350500"),
        (
            "听得见的铃声",
            "福建省泉州市永春县的社工来了，安溪县也有。县里说，永春县老人多，全县社工30名，永春县还要招。",
            "350525",
        ),
        ("补实社工", "台南、新竹社工不足，市府将调高薪资。卫福部说，长照人手也缺。", "710000"),
        ("项目立项通知", "各省民政厅，新疆生产建设兵团民政局：\n现将立项名单印发给你们。新疆项目请按时报送。", None),
        ("美国佛罗里达州遭遇飓风", "佛罗里达州多人受伤，内华达州、苏梅州无恙。", None),
    ],
)
def test_article_region_by_its_part_its_bodies_and_its_scope(title: str, text: str, code: str | None) -> None:
    region = article_region(Reading(text, title)).region
    assert (region and region.code) == code


@pytest.mark.parametrize(
    ("dateline", "source", "text", "code"),
    [
        ("本报泉州5月6日电", "", "记者从省民政厅获悉，全省社工站980个。", "350000"),
        ("本报泉州5月6日电", "", "记者从市民政局获悉，全市社工站98个。", "350500"),
        ("本报泉州5月6日电", "", "社工说了一个故事。", None),
        ("", "永春县民政局", "县民政局慰问老人。", "350525"),
        ("", "永春县民政局", "民政部印发通知。", None),
        ("", "永春晨讯", "县民政局慰问老人。", "350525"),
        ("", "永春晨讯", "市民政局慰问老人。", None),
        ("", "永春花生协会", "县民政局慰问老人。", None),
    ],
)
def test_a_dateline_or_a_source_tells_the_region_that_a_text_speaks_of(
    dateline: str, source: str, text: str, code: str | None
) -> None:
    region = region_beside(Reading(text), dateline, [source]).region
    assert (region and region.code) == code


def test_a_title_s_meeting_of_a_whole_province_is_that_province_s() -> None:
    title = "湖南全省乡镇（街道）社工站推进会在澧县召开"
    assert article_region(Reading("11月8日，推进会在澧县召开。", title)).region == region_of("430000")


def test_who_issued_a_text_says_whose_all_is() -> None:
    lines = ["黑龙江省民政厅 2021-02-20", "2021-02-20 10:00", "来源：某某网 2021-02-20"]
    assert issuers(lines) == ["黑龙江省民政厅"]
    found = region_beside(Reading("全省养老机构1862家。", "2020年民政事业发展情况"), "", issuers(lines))
    assert found.region == region_of("230000")
