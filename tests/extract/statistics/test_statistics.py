"""Statistics: the examples of the vocabulary, and what surrounds a figure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.extract.events.find import read_events
from flows.extract.statistics.find import find_statistics
from flows.extract.words.indicators import OTHER, indicators, is_plausible
from flows.extract.words.reading import Reading
from flows.vocabulary import load_vocabulary

EXAMPLES = [
    pytest.param(entry["id"], example["text"], example["value"], id=f"{entry['id']}-{n}")
    for entry in load_vocabulary("indicators")["indicators"]
    for n, example in enumerate(entry["examples"])
]


def values(text: str, indicator: str, **context: Any) -> list[float]:
    return [row["value"] for row in find_statistics(Reading(text, **context)) if row["indicator"] == indicator]


@pytest.mark.parametrize(("indicator", "text", "value"), EXAMPLES)
def test_examples_of_the_vocabulary(indicator: str, text: str, value: float | None) -> None:
    found = values(text, indicator)
    assert value in found if value is not None else not found


def test_every_indicator_is_whole() -> None:
    for entry in load_vocabulary("indicators")["indicators"]:
        assert entry["zh"]
        assert entry["en"]
        assert any(example["value"] is not None for example in entry["examples"]), entry["id"]
        assert any(example["value"] is None for example in entry["examples"]), entry["id"]
        assert entry["range"][0] < entry["range"][1]
        assert all(pattern.count("N") == 1 for pattern in entry["patterns"]), entry["id"]


def test_quote_is_the_text_and_holds_the_words() -> None:
    text = "据介绍，截至2021年底，全市持证社工近1500人，专业社工机构达23家。"
    rows = find_statistics(Reading(text, region="310112"))
    assert [(row["quote"], row["as_of"], row["qualifier"]) for row in rows] == [
        ("全市持证社工近1500人", "2021-12-31", "nearly"),
        ("专业社工机构达23家", "2021-12-31", "exact"),
    ]
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_growth_is_two_rows_each_with_its_time() -> None:
    rows = find_statistics(Reading("持证社工由2020年的15人增加到现在的60人，逐年增加。", region="410622"))
    assert [(row["value"], row["as_of"], row["indicator"]) for row in rows] == [
        (15, "2020", "licensed_social_workers"),
        (60, None, "licensed_social_workers"),
    ]
    assert len({(row["start"], row["end"]) for row in rows}) == 2


def test_growth_over_a_range_of_years() -> None:
    rows = find_statistics(Reading("2018年至2022年，全市持证社工从1200人增长到5600人。"))
    assert [(row["value"], row["as_of"]) for row in rows] == [(1200, "2018"), (5600, "2022")]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("福建省持证社会工作者3.6万人。", "350000"),
        ("全县持证社工60人。", "410622"),
        ("全省持证社工6万人。", "410000"),
        ("全国持证社工90万人。", None),
        ("该县在全省率先成立基金，服务持证社工，持证社工60人。", "410622"),
        ("落实《福建省社会工作办法》，持证社工60人。", "410622"),
    ],
)
def test_region_of_the_sentence_and_its_scope(text: str, region: str | None) -> None:
    assert find_statistics(Reading(text, region="410622"))[-1]["region"] == region


def test_region_of_the_section_heading() -> None:
    text = "【天津市】\n活动开始。\n【浙江省嘉兴市】\n现有持证社工1.2万名。"
    assert find_statistics(Reading(text))[0]["region"] == "330400"


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("截至目前，持证社工60人。", None),
        ("2021年，持证社工60人。", "2021"),
        ("截至2023年6月，全县共有持证社工60人。", "2023-06"),
        ("在2021年实现全覆盖的基础上，发展持证社工60人。", None),
        ("自2021年以来，持证社工60人。", None),
    ],
)
def test_as_of(text: str, as_of: str | None) -> None:
    assert find_statistics(Reading(text))[0]["as_of"] == as_of


@pytest.mark.parametrize(
    "text",
    [
        "先后成立新光、温馨、萤火三家社会工作服务中心。",
        "设立了赵庄和大石两个社工室。",
        "坚持“一条主线”，强化“两个支撑”，抓实三个方面。",
        "第三届社工节于2022年3月17日举行，一是强化，二是提升。",
        "根据第12条，为期两年。",
        "举行了一场宣传活动。",
    ],
)
def test_not_a_statistic(text: str) -> None:
    assert find_statistics(Reading(text)) == []


def test_figure_outside_the_vocabulary_keeps_its_phrase() -> None:
    (row,) = find_statistics(Reading("12名社会工作者受到表彰。"))
    assert (row["indicator"], row["indicator_text"], row["value"]) == (OTHER, "社会工作者", 12)


def test_the_same_figure_twice_is_one_row() -> None:
    text = "全县9个乡镇（街道）社工站全部建成。今年，全县9个乡镇（街道）社工站率先运行。"
    assert values(text, "social_work_stations") == [9]


def test_implausible_values_stay_and_are_told() -> None:
    (row,) = find_statistics(Reading("全县持证社工3800万人。"))
    assert row["value"] == 38_000_000
    assert not is_plausible(row)
    assert is_plausible({**row, "value": 3800})
    assert is_plausible({**row, "indicator": OTHER})


def test_vocabulary_is_read() -> None:
    assert {
        "licensed_social_workers",
        "social_work_stations",
        "annual_funding",
        "subsidy_amount",
    } <= indicators().keys()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("养老机构、社工站分别为96家、134个。", [("elderly_care_institutions", 96), ("social_work_stations", 134)]),
        ("累计服务老年人3万人次、儿童2万人次。", [("elderly_served", 30000), ("children_served", 20000)]),
        (
            "城乡低保对象1.8万户、2.5万人。",
            [("minimum_living_recipients", 18000), ("minimum_living_recipients", 25000)],
        ),
        ("来自全国31个省（区、市）的748家机构参展。", [(OTHER, 748)]),
        ("今年考试报名3210人，798人通过考试。", [("exam_candidates", 3210), ("exam_passers", 798)]),
        ("其中持证社工较上年增加12人。", [(OTHER, 12)]),
    ],
)
def test_figures_of_a_list(text: str, found: list[tuple[str, float]]) -> None:
    assert [(row["indicator"], row["value"]) for row in find_statistics(Reading(text))] == found


def test_each_place_of_a_list_has_its_figure() -> None:
    rows = find_statistics(Reading("持证社工分别为：蒙自市86人、弥勒市54人。", region="532500"))
    assert [row["region"] for row in rows] == ["532503", "532504"]


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("2018年以来，持证社工60人。", None),
        ("截至2022年12月，社工机构99家，比2021年增加12家；持证社工60人。", "2022-12"),
        ("记者从民政局获悉，2024年全市考试报考1800人，持证社工60人。", "2024"),
    ],
)
def test_as_of_is_no_year_of_comparison(text: str, as_of: str | None) -> None:
    assert [
        row["as_of"] for row in find_statistics(Reading(text)) if row["indicator"] == "licensed_social_workers"
    ] == [as_of]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("表扬绩优人员62名。", "表扬绩优人员"),
        ("1200余名师生参加。", "师生"),
        ("近200名居民和孩子参与。", "居民和孩子"),
    ],
)
def test_phrases_are_clean(text: str, phrase: str) -> None:
    assert [row["indicator_text"] for row in find_statistics(Reading(text))] == [phrase]


def test_attendance_of_an_event_is_no_other_figure() -> None:
    text = "近日，社工宣传周启动仪式在广场举行，260余人参加活动。"
    _, attended = read_events(Reading(text))
    assert attended
    assert find_statistics(Reading(text), attendances=attended) == []


def test_what_an_organization_s_name_holds_is_not_the_region_of_a_figure() -> None:
    text = "培训邀请了清禾大学教授周明、济南市春雨社会工作服务中心总干事邢文等授课，共培训社工120名。"
    assert find_statistics(Reading(text, region="410622"))[-1]["region"] == "410622"


def test_the_head_of_a_short_report_gives_way_to_the_place_in_it() -> None:
    text = "江苏南京 3月21日，南京市建邺区民政局举办活动，全区30余家社工机构参展。"
    assert find_statistics(Reading(text))[0]["region"] == "320105"


def test_grades_divide_those_who_passed() -> None:
    rows = find_statistics(Reading("全省共有1236人通过社会工作者职业水平考试，其中初级1013人、中级211人、高级12人。"))
    assert [(row["indicator"], row["value"]) for row in rows] == [
        ("exam_passers", 1236),
        ("exam_passers", 1013),
        ("exam_passers", 211),
        ("exam_passers", 12),
    ]


def test_grades_are_told_from_all_who_are_licensed() -> None:
    rows = find_statistics(
        Reading("其中取得助理社会工作师资格2951人、取得社会工作师资格1186人、取得高级社会工作师资格6人。社工。")
    )
    assert [row["indicator"].split("_")[0] for row in rows] == ["assistant", "mid", "senior"]


def test_volunteers_who_took_part_are_not_all_there_are() -> None:
    assert values("120名志愿者参加了社区服务。", "volunteers") == []
    assert values("上千名赛会志愿者已经上岗。", "volunteers") == []


def test_a_text_of_another_subject_has_no_indicators() -> None:
    text = "公司中标价7亿元，划拨专项资金500万元，举办237场活动，出台了四项政策文件。"
    assert {row["indicator"] for row in find_statistics(Reading(text, "风电公司公告"))} == {"other"}
    assert "other" not in {row["indicator"] for row in find_statistics(Reading("项目中标价7万元。", "社工站项目公告"))}


def test_an_aim_is_no_figure_yet() -> None:
    assert values("到2025年实现全省持证社工达到8万人。", "licensed_social_workers") == []


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("21名志愿者为54位老人理发。", ["志愿者", "老人"]),
        ("2名社工为36名学生提供辅导。", ["学生"]),
        ("为118名学生发放助学金23.6万元。", ["学生", "发放助学金"]),
        ("某中心现有专职社工26名。", ["专职社工"]),
        ("（三）全市社区食堂125处。", ["社区食堂"]),
        ("900名中学生上了一堂安全课。", ["中学生"]),
        ("持证社工达820人，较去年增加120人。", ["持证社工", "较去年增加"]),
        ("资助学生，每人2000元。", []),
        ("60周岁以上老年人1.1万人。", ["60周岁以上老年人"]),
    ],
)
def test_the_phrase_belongs_to_its_figure(text: str, phrases: list[str]) -> None:
    assert [row["indicator_text"] for row in find_statistics(Reading(text)) if row["value"] > 2] == phrases


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("2018年，持证社工只有305人，如今已经增加到1,960人。", [(305, "2018"), (1960, None)]),
        ("2019年持证社工有40人，2023年达到210人。", [(40, "2019"), (210, "2023")]),
        ("持证社工从2020年的58人增至276人。", [(58, "2020"), (276, None)]),
        ("持证社工由2016年的30人增长到去年的150人。", [(30, "2016"), (150, None)]),
        ("（一）2024年，持证社工达到500人。", [(500, "2024")]),
    ],
)
def test_a_figure_that_grows_keeps_its_subject_and_not_its_time(text: str, figures: list[tuple[float, str]]) -> None:
    rows = find_statistics(Reading(text))
    assert {row["indicator"] for row in rows} == {"licensed_social_workers"}
    assert [(row["value"], row["as_of"]) for row in rows] == figures


@pytest.mark.parametrize(
    ("text", "code", "region"),
    [
        ("全市持证社工800人。", "320583", "320583"),
        ("苏州市昆山市发展社会工作，全市持证社工800人。", None, "320583"),
        ("全市持证社工800人。", "320508", "320500"),
        ("鹿城、瓯海、龙湾三区持证社工800人。", "330300", "330300"),
        ("温州市鹿城区、瓯海区和龙湾区持证社工800人。", "330300", None),
        ("浙江、江苏两省持证社工8万人。", None, None),
        ("云林县和宜兰县持证社工800人。", "710000", "710000"),
        ("深圳社工增多，其中福田、南山、罗湖三区持证社工9,100人。", "440300", None),
        ("持证社工分别为：金平县86人、绿春县54人。", "532500", "532531"),
        ("温州市今年持证社工800人。鹿城、瓯海两区也有变化。", "330300", "330300"),
        ("全国社工人力约2万人。", "710000", "710000"),
    ],
)
def test_region_of_county_cities_and_joined_regions(text: str, code: str | None, region: str | None) -> None:
    assert find_statistics(Reading(text, region=code))[-1]["region"] == region


@pytest.mark.parametrize("amount", ["4200元至5600元", "4200-5600元", "4200元—5600元"])
def test_a_range_is_its_least_and_its_most(amount: str) -> None:
    rows = find_statistics(Reading(f"社工月薪{amount}。"))
    assert [(row["indicator"], row["value"], row["qualifier"]) for row in rows] == [
        ("average_monthly_pay", 4200, "at_least"),
        ("average_monthly_pay", 5600, "up_to"),
    ]


def test_an_opening_mark_in_place_of_a_closing_one_hides_no_region() -> None:
    rows = find_statistics(Reading("“康养“产品上新。河北省开展行动，全省持证社工2700人，打造“目的地”。"))
    assert [(row["value"], row["region"]) for row in rows] == [(2700, "130000")]


@pytest.mark.parametrize(
    ("text", "code", "region"),
    [
        ("赵老师：福建的经验是先试点。全省持证社工3万人。", None, "350000"),
        ("实施机构：株洲市芦淞区春风社会工作服务中心。资助资金12万元。", "430000", None),
        ("全省社工会议在芦淞区召开。目前持证社工3万人。", "430000", "430000"),
        ("芦淞区建成社工站。全国持证社工90万人。", "430000", None),
        ("四川省在阿坝州实施牧区行动，建立社工站16个。", None, "513200"),
        ("全省投入资金900万元，其中株洲市芦淞区获得社工站资金60万元。", "430000", "430203"),
        ("荷塘区建社工站5个；芦淞区建社工站9个，服务群众300人。", "430200", "430203"),
        ("荷塘区建社工站5个，芦淞区建社工站9个，全市服务群众300人。", "430200", "430200"),
    ],
)
def test_region_of_the_paragraph_and_of_where_is_acted(text: str, code: str | None, region: str | None) -> None:
    assert find_statistics(Reading(text, region=code))[-1]["region"] == region


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("截至2021年12月31日，全市社工站70个。全年服务群众3万人次。", "2021"),
        ("1月5日，社工站开放。全年服务群众3万人次。", "2020"),
        ("截至2021年底，全市社工站70个。其中，省级示范社工站9个。", "2021-12-31"),
        ("全市持证社工320人（截至2021年底）。", "2021-12-31"),
        ("截至8月底，全市持证社工320人。", "2021-08-31"),
    ],
)
def test_as_of_reaches_over_sentences_and_looks_back(text: str, as_of: str) -> None:
    rows = find_statistics(Reading(text, "某市2020年社会工作发展报告", day=date(2022, 3, 4)))
    assert rows[-1]["as_of"] == as_of


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("截至2022年底，全县持证社工320人。全县社工站70个。", "2022-12-31"),
        ("截至2022年底，全县持证社工320人。县里做了不少事。社工站覆盖率达95%。", "2022-12-31"),
        ("截至2022年底，全县持证社工320人。目前，全县社工站70个。", None),
        ("截至2022年底，全县持证社工320人。\n全县社工站70个。", None),
        ("截至2022年底，全县持证社工320人。社工服务居民70名。", None),
        ("截至2022年底，全县持证社工320人。今年3月，全县社工站70个。", "2023-03"),
        ("2022年，全县举办社工培训班9期。社工服务老年人70人次。", "2022"),
        ("2022年，全县举办社工培训班9期。社工累计服务老年人70人次。", None),
        ("2022年，全县举办社工培训班9期。全县社工站70个。", None),
        ("2022年，老周做了社工。他服务老年人70人次。", None),
    ],
)
def test_the_time_that_opens_a_paragraph_holds_on(text: str, as_of: str | None) -> None:
    assert find_statistics(Reading(text, day=date(2023, 5, 6)))[-1]["as_of"] == as_of


def test_a_plan_with_a_name_is_no_aim() -> None:
    rows = find_statistics(Reading("2022年，社工开展的“青禾”计划招募义工85名。", day=date(2023, 5, 6)))
    assert [(row["indicator"], row["as_of"]) for row in rows] == [("volunteers_recruited", "2022")]


def test_figures_of_grades_divide_the_examined_across_a_sentence() -> None:
    rows = find_statistics(Reading("全市共920人通过社工考试。其中，初级700人、中级215人、高级5人。"))
    assert [(row["indicator"], row["value"]) for row in rows] == [("exam_passers", n) for n in (920, 700, 215, 5)]


def test_who_came_stands_behind_the_sessions() -> None:
    rows = find_statistics(Reading("全年举办社工培训班14期，共620人次。"))
    assert [(row["indicator"], row["value"]) for row in rows] == [("training_sessions", 14), ("people_trained", 620)]
    assert values("举办社工培训14期，服务居民620人次。", "people_trained") == []
