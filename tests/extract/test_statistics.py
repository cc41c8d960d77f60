"""Statistics: the examples of the vocabulary, and what surrounds a figure."""

from __future__ import annotations

from typing import Any

import pytest

from flows.extract.indicators import OTHER, indicators, is_plausible
from flows.extract.statistics import find_statistics
from flows.vocabulary import load_vocabulary

EXAMPLES = [
    pytest.param(entry["id"], example["text"], example["value"], id=f"{entry['id']}-{n}")
    for entry in load_vocabulary("indicators")["indicators"]
    for n, example in enumerate(entry["examples"])
]


def values(text: str, indicator: str, **context: Any) -> list[float]:
    return [row["value"] for row in find_statistics(text, **context) if row["indicator"] == indicator]


@pytest.mark.parametrize(("indicator", "text", "value"), EXAMPLES)
def test_examples_of_the_vocabulary(indicator: str, text: str, value: float | None) -> None:
    found = values(text, indicator)
    assert value in found if value is not None else not found


def test_every_indicator_is_whole() -> None:
    for entry in load_vocabulary("indicators")["indicators"]:
        assert entry["zh"]
        assert entry["en"]
        assert any(example["value"] is not None for example in entry["examples"]), entry["id"]
        assert entry["range"][0] < entry["range"][1]
        assert all(pattern.count("N") == 1 for pattern in entry["patterns"]), entry["id"]


def test_quote_is_the_text_and_holds_the_words() -> None:
    text = "据介绍，截至2021年底，全市持证社工近1500人，专业社工机构达23家。"
    rows = find_statistics(text, "310112")
    assert [(row["quote"], row["as_of"], row["qualifier"]) for row in rows] == [
        ("全市持证社工近1500人", "2021-12-31", "nearly"),
        ("专业社工机构达23家", "2021-12-31", "exact"),
    ]
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_growth_is_two_rows_each_with_its_time() -> None:
    rows = find_statistics("持证社工由2020年的15人增加到现在的60人，逐年增加。", "410622")
    assert [(row["value"], row["as_of"], row["indicator"]) for row in rows] == [
        (15, "2020", "licensed_social_workers"),
        (60, None, "licensed_social_workers"),
    ]
    assert len({(row["start"], row["end"]) for row in rows}) == 2


def test_growth_over_a_range_of_years() -> None:
    rows = find_statistics("2018年至2022年，全市持证社工从1200人增长到5600人。")
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
    assert find_statistics(text, "410622")[-1]["region"] == region


def test_region_of_the_section_heading() -> None:
    text = "【天津市】\n活动开始。\n【浙江省嘉兴市】\n现有持证社工1.2万名。"
    assert find_statistics(text, None)[0]["region"] == "330400"


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
    assert find_statistics(text)[0]["as_of"] == as_of


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
    assert find_statistics(text) == []


def test_figure_outside_the_vocabulary_keeps_its_phrase() -> None:
    (row,) = find_statistics("12名社会工作者受到表彰。")
    assert (row["indicator"], row["indicator_text"], row["value"]) == (OTHER, "社会工作者", 12)


def test_the_same_figure_twice_is_one_row() -> None:
    text = "全县9个乡镇（街道）社工站全部建成。今年，全县9个乡镇（街道）社工站率先运行。"
    assert values(text, "social_work_stations") == [9]


def test_implausible_values_stay_and_are_told() -> None:
    (row,) = find_statistics("全县持证社工3800万人。")
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
