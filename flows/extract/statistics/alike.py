"""Figures right behind another that count the same: 低保对象1.8万户、2.5万人, 由15人增至60人."""

from __future__ import annotations

import re

from flows.extract.numbers.quantities import Quantity
from flows.extract.statistics.readings import Meaning
from flows.extract.words.indicators import OTHER, indicators
from flows.vocabulary import load_vocabulary, one_of

_WORDS = load_vocabulary("statistic_words")
_SAME_NOUN = re.compile(
    "[至到~～—－-]{1,2}|[、，和及]?(?:(?:到|至|截至)?(?:20[0-9]{2}年[底末初]?|去年|今年|目前|如今|现在|现今|当前|现)?，?的?(?:又|再次?|进一步|逐步|已经?|现|则|更|就|便|迅速|快速)*"
    f"(?:(?:{one_of(_WORDS['growth'])})(?:到了?|至|为)|达到了?|达|突破了?))?"
)
_MARKS = frozenset({"", "，", "。", "；", "、", "）", "\n", "！", "和", "及", "与"})
_PEOPLE = frozenset({"人", "名", "位", "户", "人次", "户次"})


def read_alike(
    text: str, q: Quantity, last: Quantity, reading: Meaning | None, ids: frozenset[str] | None
) -> Meaning | None:
    """What a figure right behind another counts: 低保对象1.8万户、2.5万人 counts the same twice.

    `ids` are the indicators that the sentence lets be meant; None behind a bare figure, which has its indicator from
    elsewhere.
    """
    if reading is None or not _SAME_NOUN.fullmatch(text, last.end, q.start) or reading.start >= last.start:
        return None
    if text[q.end : q.end + 1] not in _MARKS or (q.unit != last.unit and not {q.unit, last.unit} <= _PEOPLE):
        return None
    known = indicators().get(reading.indicator)
    same = known is not None and (ids is None or known.id in ids) and q.unit in known.units
    return reading if same else reading._replace(indicator=OTHER)
