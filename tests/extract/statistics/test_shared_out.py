"""Figures shared out over places and years, totals behind what was added, and figures of places below a whole."""

from __future__ import annotations

from datetime import date

import pytest

from flows.extract.statistics.find import find_statistics
from flows.extract.words.reading import Reading

DAY = date(2022, 12, 1)


def told(text: str, region: str | None = "530000", title: str = "") -> list[tuple[object, ...]]:
    return [
        (row["indicator"], row["value"], row["region"], row["as_of"])
        for row in find_statistics(Reading(text, title, day=DAY, region=region))
    ]


def test_behind_a_rank_each_place_has_its_figure() -> None:
    for text in (
        "昆明市、玉溪市、曲靖市社工站数量居前，分别有16个、14个、12个。",
        "昆明市、玉溪市、曲靖市社工站数列前三，为16个、14个、12个。",
        "昆明、玉溪、曲靖三市社工站数量依次为16个、14个和12个。",
    ):
        assert told(text) == [
            ("social_work_stations", 16, "530100", None),
            ("social_work_stations", 14, "530400", None),
            ("social_work_stations", 12, "530300", None),
        ]


def test_a_range_of_years_has_a_figure_for_each() -> None:
    text = "2019年至2021年，全省每年报考社工考试的人数依次是312人、420人、655人。"
    assert told(text) == [
        ("exam_candidates", 312, "530000", "2019"),
        ("exam_candidates", 420, "530000", "2020"),
        ("exam_candidates", 655, "530000", "2021"),
    ]


def test_two_years_of_a_range_are_not_three_figures_times() -> None:
    assert {row[3] for row in told("2020年至2021年，三地社工站数量分别为16个、14个、12个。")} <= {None, "2021"}


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("2021年，全省新增持证社工246人，总数达到1940人。", "licensed_social_workers", 1940),
        ("2021年，全省新建社工站31个，总数达到102个。", "social_work_stations", 102),
        ("2021年，全省持证社工增加246人，增至1940人。", "licensed_social_workers", 1940),
        ("2021年，全省新增注册志愿者2.4万人，累计达到19.4万人。", "volunteers", 194000),
    ],
)
def test_a_total_behind_what_was_added_counts_what_there_is(text: str, indicator: str, value: int) -> None:
    assert told(text)[-1][:2] == (indicator, value)


def test_the_paragraph_that_shares_out_a_whole_counts_the_same() -> None:
    text = "截至2021年底，全省登记社会组织2.87万个，其中基金会118个。\n从分布看，昆明市4986个，玉溪市2713个。"
    assert told(text)[-2:] == [
        ("social_organizations", 4986, "530100", "2021-12-31"),
        ("social_organizations", 2713, "530400", "2021-12-31"),
    ]
    assert told(text.replace("从分布看", "另据了解"))[-1][0] == "other"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2022年前10个月，全省服务群众32万人次。", "2022-10"),
        ("今年前两个月，全省服务群众32万人次。", "2022-02"),
        ("11月30日，记者从省民政厅获悉，全省社工站全部建成，配备社工320人。", None),
        ("本年度，全省服务群众32万人次。", "2021"),
    ],
)
def test_times_of_months_so_far_of_news_and_of_reports(text: str, time: str | None) -> None:
    assert told(text, title="2021年度工作报告" if "本年度" in text else "")[-1][3] == time


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("按每万人计算，昆明市持证社工已达9.6人。", "licensed_per_10000"),
        ("比赛中，昆明市代表队获社工技能大赛一等奖，奖金1万元。", "other"),
        ("去年，全省为持证社工发放奖励76.5万元。", "other"),
        ("考取中级证的，一次性奖2000元，全省兑现补贴及时。", "subsidy_amount"),
        ("去年，全省发放奖励，惠及持证社工430人。", "other"),
        ("昆明市引入4家社工机构运营。", "other"),
        ("服务困难老人、儿童1.9万人次，社工站全覆盖。", "people_served"),
        ("社工已探访约3.6万户长者住户。", "households_served"),
    ],
)
def test_what_a_figure_counts_that_looks_like_something_else(text: str, indicator: str) -> None:
    assert told(text)[0][0] == indicator


def test_an_examination_may_be_named_in_the_title_or_before() -> None:
    assert told("今年我省报名人数为41286人。", title="社会工作者职业水平考试公告")[0][0] == "exam_candidates"
    assert told("今年我省报名人数为41286人。", title="社工技能大赛公告")[0][0] == "other"
    assert told("2008年我考证那会儿，全市只有17人通过。去年，通过的有396人。")[-1][0] == "exam_passers"


@pytest.mark.parametrize(
    ("text", "title", "times"),
    [
        ("全省持证率由上年的22.4%提高到31.7%，社工人才壮大。", "2021年民政工作总结", ["2020", "2021"]),
        ("全省累计有1.71万人取得社会工作者职业资格证书。", "社会工作发展报告（2021年度）", ["2021"]),
        ("据统计，全省社工站全年走访困难群众3.2万人次。", "", ["2022"]),
        ("全省社工站全年无休，走访困难群众3.2万人次。", "", [None]),
    ],
)
def test_times_of_reports_and_whole_years(text: str, title: str, times: list[str | None]) -> None:
    assert [row[3] for row in told(text, title=title)] == times


def test_a_sentence_that_shares_out_a_whole_goes_back_to_it() -> None:
    text = "全省持证社工1.7万人，其中高级社会工作师22人。分市看，昆明市6120人；玉溪市3010人。"
    assert told(text)[-2:] == [
        ("licensed_social_workers", 6120, "530100", None),
        ("licensed_social_workers", 3010, "530400", None),
    ]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("发放城乡低保金3.2亿元，救助困难群众1.1万人次。", "region"),
        ("成立以来，队伍累计服务时长21万小时。", "body"),
    ],
)
def test_towns_and_teams_by_their_words(text: str, subject: str) -> None:
    rows = find_statistics(Reading(text, "昆明市社工站建设加快", DAY, "530100"))
    assert {row["subject"] for row in rows} == {subject}


def test_who_sat_an_examination_is_told_behind_the_figure() -> None:
    text = "全省7.62万人报考社会工作者职业水平考试，4.98万人参加考试，9630人合格。"
    assert [row[0] for row in told(text)] == ["exam_candidates", "exam_takers", "exam_passers"]


def test_bodies_that_something_was_done_to_are_not_all_there_are() -> None:
    assert told("对187家社会组织开展抽查，社工参与其中。")[0][0] == "other"
