"""Counts: the figures that count people, things, money, hours or percent, as statistics and attendances do."""

from __future__ import annotations

import re
from functools import cache

from flows.extract.numbers.quantities import MONEY_SIGNS, NUMERALS, Quantity, read_quantity, scanner
from flows.extract.words.reading import Reading
from flows.vocabulary import one_of

MEASURED = frozenset({"小时", "平方米", "公里", "亩"})
"""Units of measure in which figures of the field are told."""


def counts_of(reading: Reading) -> tuple[Quantity, ...]:
    """The counts of an article's text."""
    return reading.once(_of_text, "text")


def _of_text(reading: Reading) -> tuple[Quantity, ...]:
    return find_counts(reading.text)


def find_counts(text: str) -> tuple[Quantity, ...]:
    """Those of `find_quantities` that have a unit and count people, things, money, hours or percent; several times
    faster, as most numbers of a text are dates."""
    pattern, units, _ = scanner()
    counted = _counted()
    found, done = [], 0
    for cue in _count_cue().finditer(text):
        start = cue.start()
        start -= text[start - 1 : start] in {"数", "几"} and text[start] in "十百千万亿"
        if start >= done and (m := pattern.match(text, start)) is not None:
            done = m.end()
            unit = m["unit"]
            if (unit in counted if unit else _may_count(text, m)) and (
                quantity := read_quantity(text, m, units)
            ) is not None:
                found.append(quantity)
    return tuple(found)


@cache
def _count_cue() -> re.Pattern[str]:
    """Where a count may begin: a run of numerals, no ordinal, before the beginning of a unit that counts, of a
    sign, or of what stands between parts of a number. Possessive and from the start of a run only, so linear."""
    alone = {word for word in _counted() if len(word) == 1}
    pairs = one_of({word[:2] for word in _counted() if word[0] not in alone})  # 日元, but not 日
    follow = "[" + "".join(sorted(alone | set("余多来几有成分点%％‰至到－—–~～.．,"))) + f"-]|{pairs}"
    numeral = NUMERALS.pattern[:-1]
    first = f"{numeral}(?<![第{numeral[1:]}.)"
    return re.compile(f"{first}(?:(?<=[{''.join(MONEY_SIGNS)}].){numeral}*+|{numeral}*+(?={follow}))")


@cache
def _counted() -> frozenset[str]:
    """The words for units that count people, things, money or hours, or measure."""
    _, units, _ = scanner()
    kinds = {"cardinal", "money", "share"}
    return frozenset(word for word, (unit, kind) in units.items() if kind in kinds or unit in MEASURED)


def _may_count(text: str, m: re.Match[str]) -> bool:
    """Whether a match of the scanner without a unit can be one of `find_counts`."""
    signed = m["sign"] or m["part"] or text[m.start() - 1 : m.start()] in MONEY_SIGNS
    return bool(signed) or text[m.end() : m.end() + 1] == "成"
