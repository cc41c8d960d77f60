"""Parts, wholes, aims and subsidies; lists of numbers; several places in one figure."""

from __future__ import annotations

from datetime import date

import pytest

from flows.document import Row
from flows.extract.statistics.find import find_statistics
from flows.extract.words.reading import Reading

TITLE, CODE = "盐城市社会工作发展", "320900"


def rows(text: str, title: str = TITLE) -> list[Row]:
    return find_statistics(Reading(text, title, day=date(2024, 5, 6), region=CODE))


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("全市持证社工320人，其中女性占62%。", 62, "全市持证社工320人"),
        ("2023年社工考试报考900人，其中报考助理的600人。", 600, "2023年社工考试报考900人"),
        ("投入社工项目资金98万元，其中省级60万元，县级38万元。", 380000, "投入社工项目资金98万元"),
        ("今年社工考试报名900人，增长12%。其中，报考初级600人，报考中级300人。", 300, "今年社工考试报名900人"),
    ],
)
def test_a_part_names_its_whole(text: str, part: float, whole: str) -> None:
    found = {row["value"]: row for row in rows(text)}
    assert found[part]["subject"] == "part"
    of = next(row for row in found.values() if f"{row['start']}-{row['end']}" == found[part]["part_of"])
    assert of["quote"] == whole


def test_what_is_no_part_names_no_whole() -> None:
    assert all(row["part_of"] is None for row in rows("全市持证社工320人，社工站26个。"))


@pytest.mark.parametrize("text", ["社工320人，其中助理社会工作师280人。", "社会组织320家，其中社会团体120家。"])
def test_a_kind_is_a_whole_of_its_own(text: str) -> None:
    assert [row["subject"] for row in rows(f"全市共有{text}")] == ["region", "region"]


@pytest.mark.parametrize(
    "text",
    [
        "到2027年，全市持证社工达到5000人。",
        "下一步，全市将建社工站20个。",
        "2025年底前，全市社工站覆盖率达到95%。",
        "二、2024年工作安排\n全市建成社工站60个。",
    ],
)
def test_what_is_to_come_is_an_aim(text: str) -> None:
    (row,) = rows(text)
    assert (row["subject"], row["indicator"]) == ("aim", "other")


@pytest.mark.parametrize(
    "text",
    ["到2022年，全市持证社工达到5000人。", "一、2023年工作\n全市建成社工站60个。\n二、2024年工作安排\n再接再厉。"],
)
def test_what_was_reached_is_none(text: str) -> None:
    assert [row["subject"] for row in rows(text)] == ["region"]


def test_subsidies_by_licence_and_period() -> None:
    text = (
        "对取得助理社会工作师、社会工作师、高级社会工作师证书的社工，分别一次性奖励1000元、2000元和3000元，"
        "另按每月100元、200元、300元发放津贴。"
    )
    told = [(row["value"], row["licence"], row["period"]) for row in rows(text)]
    assert told[:3] == [(1000, "assistant", "once"), (2000, "social_worker", "once"), (3000, "senior", "once")]
    assert [period for _, _, period in told[3:]] == ["month"] * 3


def test_other_figures_have_neither_licence_nor_period() -> None:
    assert all(row["licence"] is row["period"] is None for row in rows("全市持证社工320人，其中助理社会工作师280人。"))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("社工服务抛出的项目分别达到64、35、29和36个。", [64, 35, 29, 36]),
        ("社工培训7300到1.2万人次。", [7300, 12000]),
        ("社工站“日常类项目”共32个。", [32]),
        ("社工评选出10名“最美社工”。", [10]),
        ("志愿服务队伍4106支。", [4106]),
    ],
)
def test_values(text: str, values: list[float]) -> None:
    assert [row["value"] for row in rows(text)] == values


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("社工考试中，盐都区、亭湖区考生最多，分别有260人和140人。", ["320903", "320902"]),
        ("社工考试通过人数上，滨海县、射阳县各112人。", ["320922", "320924"]),
        ("持证社工：滨海县63人，其他四县44人。", ["320922", None]),
        ("盐都区、亭湖区建社工站，两区联合举办社工培训4期。", [None]),
        ("持证社工较多的有亭湖区31人、东台市24人。全市社工站12个。", ["320902", "320981", "320900"]),
        ("按照江苏省财政厅《关于收费的通知》，社工考试中级每人每科56元。", ["320900"]),
        ("市民政局赴滨海县、射阳县调研社工站。今年全市持证社工300人。", ["320900"]),
        ("社工考试报考900人，其中全镇1300人次。", ["320900", None]),
    ],
)
def test_regions(text: str, regions: list[str | None]) -> None:
    assert [row["region"] for row in rows(text)] == regions


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("社工站由2022年的12个增至18个。", [("social_work_stations", "2022"), ("social_work_stations", None)]),
        ("社工站由12个减至8个。", [("social_work_stations", None), ("social_work_stations", None)]),
        ("社工站覆盖率由去年的62%提高到100%。", [("station_coverage_rate", "2023"), ("station_coverage_rate", "2024")]),
        (
            "截至2022年底，全市持证社工320人，比2021年底的280人多了不少。",
            [("licensed_social_workers", "2022-12-31"), ("licensed_social_workers", "2021-12-31")],
        ),
        (
            "根据白皮书数据，截至2022年底，全市持证社工320人，比2021年末增长42%。全市社工机构21家，是2021年的1.5倍。",
            [
                ("licensed_social_workers", "2022-12-31"),
                ("other", "2022-12-31"),
                ("social_work_agencies", "2022-12-31"),
            ],
        ),
        (
            "2020年冬天，社工站开张。那时候，全市持证社工只有3人。",
            [("licensed_social_workers", "2020")],
        ),
    ],
)
def test_times(text: str, times: list[tuple[str, str | None]]) -> None:
    assert [(row["indicator"], row["as_of"]) for row in rows(text)][: len(times)] == times


def test_a_portrait_has_no_totals_of_its_place() -> None:
    told = find_statistics(Reading("社工李春妮的账上，铃一共响过187次。", "雾里的铃声", region=CODE))
    assert [row["region"] for row in told] == [None]


@pytest.mark.parametrize(
    ("text", "indicator", "subject"),
    [
        ("今年全市报考全国社会工作者职业水平考试的人数达6120人。", "exam_candidates", "region"),
        ("目前，全国共有66家高校获准招收社会工作专业硕士。", "social_work_programs", "national"),
        ("救助站站长林望舒及12家公益社会组织参加活动。", "other", "event"),
        ("盐都区29个乡镇（街道）已建成社工站29个，社工很忙。", "social_work_stations", "region"),
        ("西江站累计服务老人1460人次，社工很忙。", "elderly_served", "body"),
        ("该中心联系社工机构17家，社工很忙。", "other", "body"),
        ("来自7家社工机构的社工到场。", "other", "event"),
    ],
)
def test_what_a_figure_counts(text: str, indicator: str, subject: str) -> None:
    told = [row for row in rows(text) if row["value"] > 6]
    assert [(row["indicator"], row["subject"]) for row in told][-1] == (indicator, subject)
