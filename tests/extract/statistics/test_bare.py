"""Figures whose clause names only a place or a time."""

from __future__ import annotations

import pytest

from flows.extract.statistics.find import find_statistics
from flows.extract.words.reading import Reading


@pytest.mark.parametrize(
    ("text", "indicator", "values"),
    [
        ("全市持证社工3100人。其中，海安市1200人、如东县仅980人。", "licensed_social_workers", [3100, 1200, 980]),
        ("海安市社工机构由2家增至6家，如东县由2家增至5家。", "social_work_agencies", [2, 6, 2, 5]),
        ("全市持证社工3100人，比2018年的290人增加很多。", "licensed_social_workers", [3100, 290]),
        ("全市共有社工站120个，如东县15个，目前32个。", "social_work_stations", [120, 15, 32]),
        ("全市持证社工3100人，较上年增加160人，其中如东县980人。", "licensed_social_workers", [3100, 980]),
        # What is counted in another unit, in another paragraph, or named behind the figure is not the same.
        ("全市持证社工3100人，如东县15家。", "licensed_social_workers", [3100]),
        ("全市持证社工3100人。\n如东县980人。", "licensed_social_workers", [3100]),
        ("全市持证社工3100人，如东县980人参加比赛。", "licensed_social_workers", [3100]),
        ("全市持证社工3100人，党员260人，如东县80人。", "licensed_social_workers", [3100]),
    ],
)
def test_a_bare_figure_counts_what_the_one_before_it_counted(text: str, indicator: str, values: list[float]) -> None:
    rows = find_statistics(Reading(text, region="320600"))
    assert [row["value"] for row in rows if row["indicator"] == indicator] == values


def test_a_bare_figure_has_the_place_of_its_clause() -> None:
    rows = find_statistics(Reading("全市持证社工3100人，其中海安市1200人、如东县980人。", region="320600"))
    assert [(row["region"], row["subject"]) for row in rows[1:]] == [("320685", "region"), ("320623", "region")]


def test_the_place_of_a_bare_figure_does_not_hold_on() -> None:
    rows = find_statistics(
        Reading("全市持证社工3100人，其中海安市1200人、如东县980人，社工站覆盖率提高到96%。", region="320600")
    )
    assert (rows[-1]["value"], rows[-1]["region"]) == (96, "320600")
