"""The committed figures hold for the committed code, and a change that makes a field worse is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.document import RawDocument, Row, Tables
from flows.errors import InputError
from flows.score.baseline import QUALITY, falls, quality
from flows.score.gold import GoldSet
from flows.score.measure import cleaned, measure
from flows.score.tally import Tally


def test_no_field_is_worse_than_accepted(tallies: dict[str, Tally]) -> None:
    assert [str(fall) for fall in falls(tallies)] == []


def test_the_figures_that_releases_carry_are_those_of_this_code(
    gold: dict[str, GoldSet], tallies: dict[str, Tally]
) -> None:
    pages = {name: len(one.pages) for name, one in gold.items()}
    held = json.loads(QUALITY.read_text("utf-8"))["sets"]
    assert quality(tallies, pages) == held, "make score ARGS=--accept writes them anew"


def without_an_indicator(row: Row) -> Row:
    return row | {"indicator": "other" if row["indicator"] == "social_work_professionals" else row["indicator"]}


def in_the_next_province(row: Row) -> Row:
    return row | {"region": row["region"] and f"{int(row['region'][:2]) + 1}{row['region'][2:]}"}


def by_nobody(row: Row) -> Row:
    return row | {"authors": []}


@pytest.mark.parametrize(
    ("table", "change", "field"),
    [
        ("statistics", without_an_indicator, "statistic indicator"),
        ("statistics", in_the_next_province, "statistic region"),
        ("articles", by_nobody, "authors"),
    ],
)
def test_a_broken_field_falls(gold: dict[str, GoldSet], table: str, change: Callable[[Row], Row], field: str) -> None:
    def broken(document: RawDocument) -> Tables:
        tables = cleaned(document)
        return tables | {table: [change(row) for row in tables.get(table, [])]}

    assert field in {fall.field for fall in falls({"twins": measure(gold["twins"], broken)})}


def test_a_field_that_is_not_measured_any_more_falls(gold: dict[str, GoldSet]) -> None:
    nothing = falls({"seeds": measure(gold["seeds"], lambda document: {"documents": cleaned(document)["documents"]})})
    assert {"text", "statistic value"} <= {fall.field for fall in nothing}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"margins": {}, "sets": {"seeds": {"title": {}}}}'])
def test_a_baseline_that_cannot_be_used_is_told(tmp_path: Path, tallies: dict[str, Tally], content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content)
    with pytest.raises(InputError, match="baseline"):
        falls(tallies, path)
