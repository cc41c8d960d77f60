"""Figures right behind another that count the same: 低保对象1.8万户、2.5万人, 由15人增至60人."""

from __future__ import annotations

import re

from flows.extract.numbers.quantities import Quantity
from flows.extract.statistics.readings import Meaning
from flows.extract.words.indicators import OTHER, indicators
from flows.vocabulary import load_vocabulary, one_of

_WORDS = load_vocabulary("statistic_words")
_SAME_NOUN = re.compile(
    "[至到~～—－-]{1,2}|[、，和及]?(?:(?:到|至|截至)?(?:(?:20[0-9]{2}年|去年|今年)(?:[0-9]{1,2}月)?[底末初]?|目前|如今|现在|现今|当前|现)?，?的?(?:又|再次?|进一步|逐步|已经?|现|则|更|就|便|迅速|快速|一下子|一举|陡)*"
    f"(?:(?:{one_of(_WORDS['growth'])})(?:到了?|至|为)|达到了?|达|突破了?)"
    "(?:(?:20[0-9]{2}年[底末]?|今年(?:[0-9]{1,2}月)?[底末]?|去年[底末]?|目前|如今|现在|现今|当前)的?(?:约|近|仅)?)?)?"
)
_TOTAL = re.compile(
    "[，、；]?(?:总数|总量|总人数|总规模|累计)(?:已经?|就|也|共)?(?:达到?了?|增[至加]到?|突破了?|超过了?|为|有|近|约|逾|超)*"
)
_NEW = re.compile("新增加?(?:了|登记)?|净增(?:了)?|新[建登培注][成立记育册]?(?:了)?|增[设加](?:了)?")
_GROWN_TO = re.compile(f"，(?:现|已)?(?:{one_of(_WORDS['growth'])})(?:到了?|至|为)[约近超过逾]*")
_CHANGED = re.compile(f"(?:净|又|再)?(?:{one_of(_WORDS['growth'])})(?:了|约|近)*$")
_REACH_NEW = 40
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
    if text[q.end : q.end + 1] not in _MARKS or not _may_join(q, last):
        return None
    known = indicators().get(reading.indicator)
    same = known is not None and (ids is None or known.id in ids) and q.unit in known.units
    return reading if same else reading._replace(indicator=OTHER)


def _may_join(q: Quantity, last: Quantity) -> bool:
    """Whether two figures may count one thing: in one unit, in people, or glued together (小组32个168节)."""
    return q.unit == last.unit or {q.unit, last.unit} <= _PEOPLE or q.start == last.end


def total_of(text: str, q: Quantity, last: Quantity, sentence: int) -> tuple[int, int] | None:
    """Where the words begin and end before figure `last` of which q is the total: 新增[持证社工]60人，总数达到320人, or
    [持证社工]增加60人，增至320人; None if it is none."""
    floor = max(sentence, last.start - _REACH_NEW)
    if _TOTAL.fullmatch(text, last.end, q.start):
        new = list(_NEW.finditer(text, floor, last.start))
        if new and new[-1].end() < last.start:
            return new[-1].end(), last.start
    elif not _GROWN_TO.fullmatch(text, last.end, q.start):
        return None
    changed = _CHANGED.search(text, floor, last.start)
    start = max(floor, max(text.rfind(mark, floor, last.start) for mark in "，；：。") + 1)
    return (start, changed.start()) if changed and changed.start() > start else None
