"""How alike two texts are, and whether they tell of the same days and figures: a reprint does, next year's notice does
not, however few characters it changes."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from flows.extract.numbers.numerals import read_numeral

SHORTEST = 60
"""Characters of a text that is compared at all: shorter ones are alike by chance."""

SHORT = 200
"""Characters from which on a text is long: a word changed in a short one is a larger part of it."""


class Grams(NamedTuple):
    """How texts are cut up to be compared: the length of the n-grams of characters, and the share of them that two
    texts must have in common (Jaccard) to be nearly the same. Set by hand, on reprints and on notices of one
    template, which stay apart."""

    size: int
    near: float


OF_SHORT, OF_LONG = Grams(3, 0.75), Grams(5, 0.8)


def grams_of(text: str) -> tuple[Grams, ...]:
    """How a text is cut up: as the shorter of two is, so that one that is just long has to be comparable to both."""
    if len(text) < SHORTEST:
        return ()
    if len(text) < SHORT:
        return (OF_SHORT,)
    return (OF_SHORT, OF_LONG) if len(text) * OF_SHORT.near < SHORT else (OF_LONG,)


def near(one: str, other: str) -> float | None:
    """The similarity of two texts, from 0 to 1, if they are nearly the same and tell the same; else None."""
    shorter, longer = sorted((len(one), len(other)))
    grams = OF_SHORT if shorter < SHORT else OF_LONG
    if shorter < grams.near * longer:  # repeated n-grams aside, they cannot have so many in common
        return None
    found = similarity(one, other, grams.size)
    return found if found >= grams.near and tell_the_same(one, other) else None


def similarity(one: str, other: str, size: int) -> float:
    """The Jaccard similarity of two texts' n-grams of so many characters."""
    mine, theirs = _set_of(one, size), _set_of(other, size)
    both = len(mine & theirs)
    return both / (len(mine) + len(theirs) - both) if mine or theirs else 1.0


@lru_cache(maxsize=64)
def _set_of(text: str, size: int) -> frozenset[str]:
    return frozenset(cut(text, size))


def cut(text: str, size: int) -> list[str]:
    """The n-grams of a text."""
    return [text[place : place + size] for place in range(len(text) - size + 1)]


Day = tuple[int | None, int | None]
"""Month and day, one of which may not be told."""


Count = tuple[str, float]
"""The character behind a number, and the number."""


class Figures(NamedTuple):
    """What a text dates, numbers (第三届) and counts (三名)."""

    years: frozenset[int]
    days: frozenset[Day]
    places: frozenset[Count]
    counts: frozenset[Count]


def tell_the_same(one: str, other: str) -> bool:
    """Whether the figures of two texts are those of one story. One may leave some out. They contradict each other where
    each has one of a sort that the other lacks: of years that is enough, of all else one for two that agree is not."""
    mine, theirs = figures_of(one), figures_of(other)
    if mine.years - theirs.years and theirs.years - mine.years:
        return False
    pairs = (
        _compare_days(mine.days, theirs.days),
        _compare(mine.places, theirs.places),
        _compare(mine.counts, theirs.counts),
    )
    return all(2 * apart <= shared for shared, apart in pairs)


def _compare(mine: frozenset[Count], theirs: frozenset[Count]) -> tuple[int, int]:
    """How many numbers both have, and how many contradictions there are."""
    left: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for side, numbers in enumerate((mine - theirs, theirs - mine)):
        for unit, _ in numbers:
            left[unit][side] += 1
    return len(mine & theirs), sum(map(min, left.values()))


def _compare_days(mine: frozenset[Day], theirs: frozenset[Day]) -> tuple[int, int]:
    """The same for days; "5日" agrees with 3月5日."""
    left, others = list[Day](), sorted(theirs - mine, key=str)
    for day in sorted(mine - theirs, key=str):
        same = next((other for other in others if _may_be(day, other)), None)
        if same is None:
            left.append(day)
        else:
            others.remove(same)
    return len(mine) - len(left), min(len(left), len(others))


def _may_be(day: Day, other: Day) -> bool:
    told = [(one, two) for one, two in zip(day, other, strict=True) if one is not None and two is not None]
    return bool(told) and all(one == two for one, two in told)


_NUMERAL = "(?:[0-9]+(?:[,.][0-9]+)*|[零〇一二三四五六七八九十百千万亿两]+)"
_FIGURE = re.compile(
    rf"""
    (?P<iso>(?P<y>(?:19|20)[0-9]{{2}})[-/.](?P<m>[01]?[0-9])[-/.](?P<d>[0-3]?[0-9]))(?![0-9])
    | (?P<year>(?:18|19|20|21)[0-9]{{2}}|[一二][零〇一二三四五六七八九]{{3}})(?=年)
    | (?:(?P<month>{_NUMERAL})月份?)?(?P<day>{_NUMERAL})[日号](?!线)
    | (?P<alone>{_NUMERAL})月
    | 第(?P<place>{_NUMERAL})(?P<thing>.)
    | (?P<count>{_NUMERAL})(?P<unit>[^、，。；：）])
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=256)
def figures_of(text: str) -> Figures:
    """The figures of a text. 一 counts nothing: it stands in too many words."""
    years, days, places, counts = set[int](), set[Day](), set[Count](), set[Count]()
    for match in _FIGURE.finditer(text):
        found = match.groupdict()
        if found["iso"]:
            years.add(int(found["y"]))
            days.add((int(found["m"]), int(found["d"])))
        elif found["year"]:
            years.add(int(_worth(found["year"]) or 0))
        elif found["day"] or found["alone"]:
            days.add((_whole(found["month"] or found["alone"]), _whole(found["day"])))
        elif found["place"]:
            places.add((found["thing"], _worth(found["place"]) or 0))
        elif found["count"] != "一":
            counts.add((found["unit"], _worth(found["count"]) or 0))
    return Figures(frozenset(years), frozenset(days), frozenset(places), frozenset(counts))


def _worth(numeral: str) -> float | None:
    read = read_numeral(numeral)
    return None if read is None else read.value


def _whole(numeral: str | None) -> int | None:
    worth = _worth(numeral) if numeral else None
    return None if worth is None else int(worth)
