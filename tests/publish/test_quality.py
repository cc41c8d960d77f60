"""What a release says of its own accuracy is what was measured, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from flows.publish.quality import UNSEEN, measures, share
from flows.schema import schemas
from flows.score.baseline import QUALITY
from tests.publish.releases import build


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("built"))


def measured() -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    found: dict[str, dict[str, dict[str, dict[str, float]]]] = json.loads(QUALITY.read_text("utf-8"))["sets"]
    return found


BY_BASES = "statistic sum by "
"""Fields of quality.json alone: what may be summed, by the bases of region and time."""


def test_each_measured_field_has_its_words() -> None:
    fields = {
        field
        for one in UNSEEN
        for field, figures in measured().get(one, {"fields": {}})["fields"].items()
        if figures["n"] and not field.startswith(BY_BASES)
    }
    assert fields == {measure.name for measure in measures()}


def test_measures_speak_of_columns_that_are_there() -> None:
    there = {f"{table.name}.{column.name}" for table in schemas().values() for column in table.columns}
    assert {column for measure in measures() for column in measure.columns} <= there


def test_the_card_shows_the_figures_of_the_measurement(release: Path) -> None:
    card = (release / "README.md").read_text("utf-8")
    title = next(measure for measure in measures() if measure.name == "title").count
    assert f"| 标题 Title | {share(title.precision)} | {share(title.recall)} | {title.n} |" in card
    assert title.n == sum(measured()[one]["fields"]["title"]["n"] for one in UNSEEN if one in measured())
    weak = {measure.words.zh for measure in measures() if measure.weak}
    assert all(words in card.split("已知弱点")[1].split("。")[0] for words in weak)


def test_every_format_tells_the_same_of_a_column(release: Path) -> None:
    title = next(measure for measure in measures() if measure.name == "title").count
    assert title.precision is not None
    package = json.loads((release / "datapackage.json").read_text("utf-8"))
    articles = next(one for one in package["resources"] if one["name"] == "articles")["schema"]["fields"]
    field = next(one for one in articles if one["name"] == "title")
    assert field["accuracy"] | {"recall": 0} == {"precision": round(title.precision, 4), "recall": 0, "n": title.n}
    croissant = json.loads((release / "croissant.json").read_text("utf-8"))
    records = next(one for one in croissant["recordSet"] if one["name"] == "articles")
    shown = next(one for one in records["field"] if one["name"] == "title")["dqv:hasQualityMeasurement"]
    assert shown[0]["dqv:value"] == round(title.precision, 4)
    row = next(line for line in (release / "DICTIONARY.md").read_text("utf-8").splitlines() if "`title` 标题" in line)
    assert f"P {share(title.precision)}" in row
    assert json.loads((release / "quality.json").read_text("utf-8"))["sets"] == measured()


def test_a_share_is_never_rounded_up() -> None:
    assert [share(value) for value in (1.0, 0.9999, 0.0, None)] == ["1.00", "0.99", "0.00", "–"]


def test_no_figure_of_accuracy_is_typed_by_hand() -> None:
    statements = (QUALITY.parent / "responsible.yaml").read_text("utf-8") + (
        QUALITY.parent / "measures.yaml"
    ).read_text("utf-8")
    without = re.sub(r"RAI 1\.0|RAI/1\.0", "", statements)
    assert not re.search(r"\d*\.\d+|\d+ ?%", without)
