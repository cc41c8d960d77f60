"""Times and places said once, that hold for the figures below or beside them."""

from __future__ import annotations

from datetime import date

import pytest

from flows.extract.statistics.find import find_statistics
from flows.extract.words.reading import Reading

BY_DISTRICT = "蒸湘区：建成社工站16个，服务居民3.1万人次。\n石鼓区：建成社工站13个，服务居民2.4万人次。"


def told(
    text: str, region: str | None = "430400", title: str = "", day: date | None = None
) -> list[tuple[object, ...]]:
    rows = find_statistics(Reading(text, title, day=day, region=region))
    return [(row["value"], row["region"], row["as_of"], row["as_of_basis"]) for row in rows]


@pytest.mark.parametrize(
    "above",
    [
        "现将2022年社会工作服务站运行情况通报如下：",
        "近日，市民政局公布2022年社会工作服务站运行情况。各区情况如下：",
        "2022年，全市社会工作稳步发展。现将主要数据公布如下。",
        "2022年，全市民政系统扎实推进社会工作，各项任务顺利完成。",
        "2022年工作回顾",
        "一、2022年社会工作情况",
    ],
)
def test_a_year_above_a_list_is_that_of_its_figures(above: str) -> None:
    rows = told(f"{above}\n{BY_DISTRICT}")
    assert rows == [
        (16, "430408", "2022", "carried"),
        (31000, "430408", "2022", "carried"),
        (13, "430407", "2022", "carried"),
        (24000, "430407", "2022", "carried"),
    ]


@pytest.mark.parametrize(
    "above",
    [
        "市民政局印发2022年社会工作服务站建设计划，各区情况如下：",
        "2022年，王小雨考取了社工证。",
        "近日，市民政局公布2022年社会工作行业报告。",
        "2022年，全市投入资金320万元。",
    ],
)
def test_a_year_of_a_plan_a_life_or_another_paragraph_is_not(above: str) -> None:
    assert {row[2] for row in told(f"{above}\n{BY_DISTRICT}") if row[1] != "430400"} == {None}


def test_a_day_above_a_list_is_that_of_what_there_is_and_not_of_what_was_done() -> None:
    assert [row[2] for row in told(f"截至2022年6月30日，各区社会工作基本数据如下。\n{BY_DISTRICT}")] == [
        "2022-06-30",
        None,
        "2022-06-30",
        None,
    ]


def test_the_year_of_a_heading_ends_at_the_next_of_its_level() -> None:
    text = "一、2022年工作情况\n全市建成社工站86个。\n（一）队伍\n持证社工320人。\n二、下一步\n社工机构12家。"
    assert [row[2] for row in told(text)] == ["2022", "2022", None]


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("市社工机构现有12家。", None),
        ("目前，全市社工机构12家。", None),
        ("2021年，全市社工机构12家。", "2021"),
        ("2022—2023学年，全市社工机构12家。", None),
    ],
)
def test_a_time_of_its_own_goes_before_that_of_the_frame(sentence: str, time: str | None) -> None:
    assert told(f"现将2022年社会工作情况通报如下：\n{sentence}")[-1][2] == time


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("2021年、2022年，全市持证社工分别为320人和480人。", ["2021", "2022"]),
        ("2022年，全市服务老人3.2万人次。截至年底，全市持证社工480人。", ["2022", "2022-12-31"]),
        ("2022年以来，全市推进站点建设，全年服务群众3.2万人次。", ["2022"]),
        ("社工机构由2019年的12家增至2022年的18家，社工站同期由32个增至86个。", ["2019", "2022", "2019", "2022"]),
        ("2022年，全市有48人通过社工考试。社工机构由2019年的12家增至18家。", ["2022", "2019", "2022"]),
        ("2022年前三季度，全市开展社区活动320场。", ["2022-09"]),
        ("2022年，通过率由17.2%升至21.9%，社工考试合格人数比上年增加48人。", [None, "2022", "2022"]),
        ("2022年，全市48人通过社工考试，比上年增加12人，通过率由17.2%升至21.9%。", ["2022", "2022", "2021", "2022"]),
        ("持证社工由2019年的320人增至2022年10月底的480人。", ["2019", "2022-10-31"]),
    ],
)
def test_times_of_lists_year_ends_and_changes(text: str, times: list[str | None]) -> None:
    assert [row[2] for row in told(text)] == times


def test_what_was_done_in_so_many_years_is_of_no_year_named_before() -> None:
    rows = told("今年9月，协会的老李退休了，十二年来全市跟进个案320个。", day=date(2022, 10, 1))
    assert rows[-1][2] is None


@pytest.mark.parametrize(
    ("text", "title", "regions"),
    [
        (
            "年末，三市持证社工分别为320人、480人和96人。",
            "长沙、株洲、湘潭三市社会工作情况",
            ["430100", "430200", "430300"],
        ),
        ("长沙市社工机构由28家增至61家；湘潭市因注销，由17家降至14家。", "", ["430100"] * 2 + ["430300"] * 2),
        ("基金会在甘肃省资助儿童320名，“营养餐”在贵州省惠及学生480名。", "", ["620000", "520000"]),
        ("全省建成社工站2069个。与2021年相比，社工机构增加23家。", "", ["430000", "430000"]),
        ("蒸湘区是我市社会工作的发源地，现有社工机构21家。", "", ["430408"]),
    ],
)
def test_regions_told_once_or_behind_a_semicolon(text: str, title: str, regions: list[str]) -> None:
    assert [row[1] for row in told(text, "430400", title)] == regions


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("去年，协会举办培训班32期。", "body"),
        ("十年来，阳光慈善会累计募集善款3.4亿元。", "body"),
        ("仪式上，募得善款3.4万元。", "event"),
        ("社工站覆盖率达96%，提高3.2个百分点。", "part"),
        ("全市有持证社工320人，较前年增加56人。", "part"),
        ("全市持证社工由2016年的215人增长到2020年底的468人。", "region"),
        ("新增志愿服务队伍480支。", "region"),
        ("2022年，慈善会在市委、市政府的领导下，接收捐赠320万元。", "body"),
    ],
)
def test_whose_figures_are_that_look_like_another_s(text: str, subject: str) -> None:
    assert find_statistics(Reading(text, region="430400"))[-1]["subject"] == subject


@pytest.mark.parametrize(
    ("title", "subject"),
    [("社会工作系简介", "body"), ("云禾儿童基金会2021年年报", "body"), ("全国志愿服务发展情况", "national")],
)
def test_a_title_says_whose_figures_are_that_nobody_is_said_to_have(title: str, subject: str) -> None:
    assert find_statistics(Reading("现有注册志愿者96人。", title))[-1]["subject"] == subject
