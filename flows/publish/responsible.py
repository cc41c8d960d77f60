"""What croissant.json says for responsible use: schemas/quality/responsible.yaml, and measured accuracy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flows.publish.quality import about, measures, share, weaknesses
from flows.schema import SCHEMAS
from flows.yaml_files import read_yaml

LIMITS = (
    "数字出自报道，不是官方统计；报道多谈启动、表彰与增长，少谈停办与短缺，多数数字来自地方政府；收录哪些发布者取决于"
    "所采集的来源。页面未说明的为空值。人物以其公开身份出现，不宜用于对个人的画像。"
)
"""What the entries below say, in Chinese."""

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


def limit_lines() -> Iterator[str]:
    """The section of the card: what the dataset is not, what it leans to, and what it is not made for."""
    said = read_yaml(SCHEMAS / "quality" / "responsible.yaml")
    yield "## 局限 Known limits\n"
    yield f"{LIMITS}\n"
    for name in ("dataLimitations", "dataBiases", "dataCollectionMissingData", "dataSocialImpact"):
        for text in said[name] if isinstance(said[name], list) else [said[name]]:
            yield f"- {' '.join(text.split())}"
    yield ""


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
