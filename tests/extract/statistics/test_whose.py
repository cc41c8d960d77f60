"""Whose a figure is, where its region stands, and where its time."""

from __future__ import annotations

from datetime import date

import pytest

from flows.extract.statistics.find import find_statistics
from flows.extract.words.reading import Reading


def the_last(text: str, region: str | None = "320623", title: str = "", day: date | None = None) -> dict[str, object]:
    return find_statistics(Reading(text, title, day=day, region=region))[-1]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("目前，全县共有持证社工320人。", "region"),
        ("县民政局负责人介绍，全县共有持证社工320人。", "region"),
        ("县财政今年投入社工经费320万元。", "region"),
        ("据统计，全国共有持证社会工作者116万人。", "national"),
        ("如东县晨光社会工作服务中心现有持证社工24人。", "body"),
        ("“我们中心现有持证社工24人。”", "body"),
        ("该社工站服务困境儿童320人。", "body"),
        ("在掘港街道，社工走访独居老人320户。", "body"),
        ("当天，320名志愿者参加活动。", "event"),
        ("培训结束后，学员提交心得320份。", "event"),
        ("今年，全县计划新增持证社工320人。", "aim"),
        ("每个社工站配备持证社工3名以上。", "each"),
        ("通过考试的，每人一次性奖励2000元。", "each"),
        ("全县共有社工320人，其中持证的210人。", "part"),
        ("全县每万人持证社工14.2人。", "region"),
        ("社工站采取“中心+站点”模式，全县建成社工室320个。", "region"),
        ("培训镇街社工站骨干320名。", "region"),
        ("县里开办社工培训班32期。", "region"),
        ("今年共收到申报材料320份。", "region"),
        ("县禁毒办引入晨光社会工作服务中心，招聘社工32名。", "region"),
        ("街道先后引进社工机构，服务居民3200人次。", "body"),
    ],
)
def test_whose_a_figure_is(text: str, subject: str) -> None:
    assert the_last(text)["subject"] == subject


def test_who_is_only_counted_owns_no_figure() -> None:
    rows = find_statistics(
        Reading("全市共有社会组织1200家，其中慈善组织68家，全年募集慈善资金3120万元。", region="320600")
    )
    assert [row["subject"] for row in rows][-1] != "body"


def test_a_body_has_neither_the_region_nor_an_indicator_of_its_county() -> None:
    row = the_last("晨光社会工作服务中心现有持证社工24人。")
    assert (row["indicator"], row["region"], row["region_basis"]) == ("other", None, None)


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("如东县公开招聘社工公告", "aim"),
        ("晨光社会工作服务中心年度报告", "body"),
        ("如东县民政局加强社工站建设", "region"),
    ],
)
def test_the_title_says_whose_figures_are_that_nobody_is_said_to_have(title: str, subject: str) -> None:
    assert the_last("综合岗需32名，服务老人320人次。", title=title)["subject"] == subject


def test_what_one_body_did_or_an_aim_is_no_figure_of_the_region() -> None:
    done = the_last("该社工站开展个案服务32例。")
    assert (done["indicator"], done["subject"], done["region"]) == ("cases_handled", "body", None)
    assert the_last("今年计划开展个案服务32例。")["indicator"] == "other"
    assert the_last("全县开展个案服务32例。")["indicator"] == "cases_handled"


def test_the_country_has_no_region() -> None:
    row = the_last("全国共有持证社会工作者116万人。")
    assert (row["indicator"], row["subject"], row["region"]) == ("licensed_social_workers", "national", None)


@pytest.mark.parametrize(
    ("text", "region", "basis"),
    [
        ("如东县共有持证社工320人。", "320623", "clause"),
        ("全县共有持证社工320人。", "320623", "clause"),
        ("如东县持续推进人才建设，现有持证社工320人。", "320623", "sentence"),
        ("如东县持续推进人才建设。现有持证社工320人。", "320623", "paragraph"),
        ("现有持证社工320人。", "320623", "article"),
    ],
)
def test_a_region_says_what_it_rests_on(text: str, region: str, basis: str) -> None:
    row = the_last(text)
    assert (row["region"], row["region_basis"]) == (region, basis)


def test_a_region_of_a_list_says_so() -> None:
    rows = find_statistics(Reading("全市持证社工中，如东县320人、海安市280人、启东市260人。", region="320600"))
    assert [(row["region"], row["region_basis"]) for row in rows[1:]] == [("320685", "list"), ("320681", "list")]


@pytest.mark.parametrize(
    ("text", "as_of", "basis"),
    [
        ("截至2023年底，全县共有持证社工320人。", "2023-12-31", "stated"),
        ("截至2023年底，全县共有社工站12个，比2022年增加3个。共有持证社工320人。", "2023-12-31", "carried"),
        ("去年，全县新增持证社工320人。", "2023", "inferred"),
        ("全县共有持证社工320人。", None, None),
    ],
)
def test_a_time_says_what_it_rests_on(text: str, as_of: str | None, basis: str | None) -> None:
    row = the_last(text, day=date(2024, 5, 6))
    assert (row["as_of"], row["as_of_basis"]) == (as_of, basis)


def test_a_yearly_report_is_of_its_year() -> None:
    row = the_last("全县共有持证社工320人。", title="如东县2023年社会工作发展报告", day=date(2024, 5, 6))
    assert (row["as_of"], row["as_of_basis"]) == ("2023", "carried")
    now = the_last("目前，全县共有持证社工320人。", title="如东县2023年社会工作发展报告", day=date(2024, 5, 6))
    assert now["as_of"] is None


@pytest.mark.parametrize(
    ("text", "as_of", "basis"),
    [
        ("协会发布2023年度服务数据：全县社工机构32家，服务居民3200人次。", "2023", "stated"),
        ("全县建成社工站15个；2023年服务老人860人次、儿童320人次。", "2023", "stated"),
        ("上半年，全县开展个案服务32例。", "2025-06", "inferred"),
        ("2023年，全县服务儿童960人次。其中，如东县320人次。", "2023", "carried"),
        ("2023年，全县服务儿童960人次，比最初的320人次多得多。", None, None),
    ],
)
def test_when_a_figure_held(text: str, as_of: str | None, basis: str | None) -> None:
    row = the_last(text, day=date(2025, 7, 8))
    assert (row["as_of"], row["as_of_basis"]) == (as_of, basis)


def test_a_part_of_the_year_on_a_page_of_january_is_of_no_known_year() -> None:
    assert the_last("上半年，全县开展个案服务32例。", day=date(2025, 1, 8))["as_of"] is None


def test_growth_is_a_figure_of_its_own() -> None:
    row = the_last("全县持证社工320人，同比增长6.5%。")
    assert (row["value"], row["unit"], row["indicator"]) == (6.5, "%", "other")
    assert the_last("全县217个村设立社工室198个，占91.2%。")["indicator_text"] == "占"


def test_figures_are_shared_out_among_places() -> None:
    rows = find_statistics(Reading("海安市、如东县分别建成社工站27个、19个。", region="320600"))
    assert [(row["region"], row["region_basis"]) for row in rows] == [("320685", "list"), ("320623", "list")]
    rows = find_statistics(Reading("海安市、如东县分别建成社工站27个、社工室19个和书屋15个。", region="320600"))
    assert all(row["region"] != "320623" for row in rows)
