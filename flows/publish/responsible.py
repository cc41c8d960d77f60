"""What croissant.json says for responsible use: schemas/quality/responsible.yaml, and measured accuracy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.publish.quality import about, measures, share, weaknesses
from flows.schema import SCHEMAS
from flows.yaml_files import read_yaml

CONTEXT = {"dqv": "http://www.w3.org/ns/dqv#"}
"""W3C Data Quality Vocabulary, of which a field's accuracy is a quality measurement."""


def responsible() -> dict[str, Any]:
    """The properties of Croissant's RAI vocabulary, by their names in the context."""
    found = {f"rai:{name}": text for name, text in read_yaml(SCHEMAS / "quality" / "responsible.yaml").items()}
    figures = [
        f"{measure.words.en}: precision {share(measure.count.precision)}, recall {share(measure.count.recall)}, "
        f"n {measure.count.n}"
        for measure in measures()
    ]
    return found | {
        "rai:dataAnnotationAnalysis": [about().en, *figures],
        "rai:dataLimitations": [*found["rai:dataLimitations"], weaknesses().en],
    }


def measurements(column: str) -> list[dict[str, Any]]:
    """The measured accuracy of a column ("articles.title") as quality measurements; none where nothing was measured."""
    return [one for measure in measures() if column in measure.columns for one in _of(measure.name)]


def _of(name: str) -> Iterator[dict[str, Any]]:
    measure = next(one for one in measures() if one.name == name)
    for metric in ("precision", "recall"):
        value = getattr(measure.count, metric)
        if value is not None:
            yield {
                "@type": "dqv:QualityMeasurement",
                "dqv:isMeasurementOf": f"{metric} of {measure.words.en.lower()} on the gold pages (quality.json)",
                "dqv:value": round(value, 4),
            }
