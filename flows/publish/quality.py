"""How right the dataset is, as measured on the gold pages: quality.json of a release, and what its card tells of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flows.folder.files import write_json
from flows.schema import SCHEMAS, Words
from flows.score.baseline import QUALITY
from flows.score.tally import Count
from flows.yaml_files import read_yaml

UNSEEN = ("twins", "own")
"""The sets that the card counts together: pages in the shapes of real ones that the code was not first written for.
The five seeds, with which it was written, stand in quality.json alone."""

WEAK = 0.9
"""A field with a lower precision or recall is named among the known weaknesses."""

ABOUT = Words(
    "以下数字由代码在 {pages} 个虚构但仿照真实网页形态的页面上测得（{measured}），答案在运行前由人工写定。"
    "页面不含真实文本，数量有限，并偏重困难情形：数字说明各字段的可靠程度，不是对本发布内容的抽样检验。"
    "准确率：给出的答案中正确的比例；召回率：应有的答案中找到的比例；n：比较的答案数（带 * 者为字符数）。"
    "各组的完整计数见 quality.json。",
    "These figures were measured by the code itself on {pages} invented pages in the shapes of real ones ({measured}), "
    "with answers that people fixed before the code was run on them. The pages hold no real text, are few, and lean to "
    "hard cases: the figures say how far a field can be relied on, and are no sample of this release. Precision: the "
    "share of the given answers that are right; recall: the share of the answers there are that were found; n: answers "
    "compared (characters where marked *). quality.json has all counts, set by set.",
)
WEAKNESSES = Words("已知弱点（准确率或召回率低于 0.9）", "Known weaknesses (precision or recall below 0.9)")
HEAD = "| 字段 field | 准确率 precision | 召回率 recall | n |\n|---|---:|---:|---:|"


@dataclass(frozen=True, slots=True)
class Measure:
    """One field, as it was measured over the sets of UNSEEN."""

    name: str
    words: Words
    columns: tuple[str, ...]
    in_characters: bool
    count: Count

    @property
    def weak(self) -> bool:
        """Whether the field is one to be careful with."""
        return any(share is not None and share < WEAK for share in (self.count.precision, self.count.recall))


@cache
def measures() -> tuple[Measure, ...]:
    """All fields that were measured, in the order of schemas/quality/measures.yaml."""
    described = read_yaml(SCHEMAS / "quality" / "measures.yaml")
    found = []
    for name, entry in described.items():
        count = Count()
        for one in UNSEEN:
            if figures := _measured()["sets"].get(one, {"fields": {}})["fields"].get(name):
                count.add(Count(**{kind: figures[kind] for kind in ("right", "wrong", "missing", "extra", "empty")}))
        if count.n:
            words, in_characters = Words(entry["zh"], entry["en"]), entry.get("in") == "characters"
            found.append(Measure(name, words, tuple(entry["columns"]), in_characters, count))
    return tuple(found)


def about() -> Words:
    """What the gold set is and is not, with its size and the day of the figures."""
    sets = _measured()["sets"]
    facts = {"pages": sum(sets[name]["pages"] for name in UNSEEN if name in sets), "measured": _measured()["measured"]}
    return Words(ABOUT.zh.format(**facts), ABOUT.en.format(**facts))


def write_quality(staging: Path) -> None:
    """quality.json: the counts and shares of each field, set by set, and what they are."""
    words = {measure.name: {"zh": measure.words.zh, "en": measure.words.en} for measure in measures()}
    found = {"about": {"zh": about().zh, "en": about().en}, "fields": words, **_measured()}
    write_json(found, staging / "quality.json")


def quality_lines() -> Iterator[str]:
    """The section of the dataset card."""
    for text in (about().zh, about().en):
        yield f"{text}\n"
    yield HEAD
    for measure in measures():
        star = "*" if measure.in_characters else ""
        shares = f"{share(measure.count.precision)} | {share(measure.count.recall)}"
        yield f"| {measure.words.zh} {measure.words.en} | {shares} | {measure.count.n:,}{star} |"
    yield f"\n{weaknesses().zh}\n"
    yield f"{weaknesses().en}\n"


def weaknesses() -> Words:
    """The fields to be careful with, in a sentence."""
    weak = [measure.words for measure in measures() if measure.weak]
    if not weak:
        return Words(f"{WEAKNESSES.zh}：无。", f"{WEAKNESSES.en}: none.")
    zh, en = "、".join(words.zh for words in weak), ", ".join(words.en.lower() for words in weak)
    return Words(f"{WEAKNESSES.zh}：{zh}。", f"{WEAKNESSES.en}: {en}.")


def accuracy_of(column: str) -> str:
    """What was measured of a column ("articles.title"), for the dictionary; "" where nothing was."""
    return "; ".join(
        f"P {share(measure.count.precision)} R {share(measure.count.recall)} n {measure.count.n:,}"
        for measure in measures()
        if column in measure.columns
    )


def share(value: float | None) -> str:
    """A share with two digits, rounded down, so that 1.00 is said of nothing less; – where there is none."""
    return "–" if value is None else f"{int(value * 100) / 100:.2f}"


@cache
def _measured() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(QUALITY.read_text("utf-8"))
    return found
