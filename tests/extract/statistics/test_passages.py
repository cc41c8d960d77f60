"""Figures of passages whose rows were fixed before any code was run on them (`passages/`), a batch a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.clean import clean
from flows.read import read
from flows.score.facts import compare_facts
from flows.score.tally import Count, Tally

FOLDER = Path(__file__).with_name("passages")
KEYS = ("indicator", "value", "unit", "region", "as_of", "subject")


def passages() -> Iterator[dict[str, Any]]:
    """The passages of all batches, in order."""
    for batch in sorted(FOLDER.glob("*.yaml")):
        yield from yaml.safe_load(batch.read_text(encoding="utf-8"))


def answer(line: str) -> dict[str, Any]:
    """A figure of a passage, as an answer holds it."""
    quote, _, told = line.rpartition(" = ")
    figure: dict[str, Any] = dict(zip(KEYS, (None if word == "-" else word for word in told.split()), strict=True))
    return figure | {"quote": quote, "value": float(figure["value"]), "indicator": figure["indicator"] or "other"}


@pytest.fixture(scope="module")
def counts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Count]:
    """By field, the figures of all passages beside what the code makes of them."""
    folder, tally = tmp_path_factory.mktemp("passages"), Tally()
    for number, passage in enumerate(passages()):
        name, content = ("page.html", passage["html"]) if "html" in passage else ("page.txt", passage["text"])
        path = folder / f"{number:03}{name}"
        path.write_text(content, encoding="utf-8")
        tables = clean(read(path, folder))
        figures = [answer(line) for line in passage["figures"]]
        compare_facts({"statistics": figures}, tables["articles"][0], tables, False, tally)
    return tally.counts


@pytest.mark.parametrize(
    ("field", "precision", "recall"),
    [("statistic sum", 0.93, 0.88), ("statistic row", 0.87, 0.86), ("statistic subject", 0.9, 0.9)],
)
def test_figures_of_passages(counts: dict[str, Count], field: str, precision: float, recall: float) -> None:
    count = counts[field]
    assert (count.precision or 0) >= precision, count
    assert (count.recall or 0) >= recall, count


def test_what_stands_with_its_place_and_time_may_be_summed(counts: dict[str, Count]) -> None:
    near = Count()
    for basis in ("clause", "list", "sentence"):
        near.add(counts[f"statistic sum by {basis}, stated"])
    assert near.n > 50
    assert (near.precision or 0) >= 0.97, near
