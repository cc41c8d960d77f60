"""How likely a stretch of text is a person's name, weighed against what else the words around it can be read as.

A reading cuts a text into words; it costs what its words cost together (`name_odds.json`: negative logarithms of
shares, in hundredths, whole numbers). A name costs what its characters cost at their places in a name. What the
cheapest reading without the name costs more than the cheapest with it is what the name gains.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import Any, NamedTuple

from flows.vocabulary import FOLDER

REACH = 4
"""Characters on each side of a name that are read with it; as many as the longest word of the list has."""


class Costs(NamedTuple):
    """What words, single characters and the characters of names cost, and what those cost that no list holds."""

    words: dict[str, int]
    singles: dict[str, int]
    unknown: int
    name: dict[str, int]
    family: dict[str, int]
    second: dict[str, int]
    third: dict[str, int]
    only: dict[str, int]
    foreign: dict[str, int]
    never: dict[str, int]


@cache
def costs() -> Costs:
    """The costs, read once."""
    stored: dict[str, Any] = json.loads((FOLDER / "name_odds.json").read_text(encoding="utf-8"))

    def by_word(key: str) -> dict[str, int]:
        return {word: int(cost) for cost, words in stored[key].items() for word in words.split()}

    return Costs(
        by_word("words"),
        by_word("singles"),
        stored["unknown"],
        stored["name"],
        by_word("family"),
        by_word("second"),
        by_word("third"),
        by_word("only"),
        by_word("foreign"),
        {place: stored[f"{place}_unknown"] for place in ("family", "second", "third", "only", "foreign")},
    )


def name_cost(family: str, given: str) -> int:
    """What a name of one or two given characters costs."""
    known = costs()
    cost = known.name["3" if len(given) == 2 else "2"] + known.family.get(family, known.never["family"])
    if len(given) == 1:
        return cost + known.only.get(given, known.never["only"])
    second = known.second.get(given[0], known.never["second"])
    return cost + second + known.third.get(given[1], known.never["third"])


def foreign_cost(name: str) -> int:
    """What a name in transliteration costs."""
    known = costs()
    return known.name["foreign"] + sum(known.foreign.get(letter, known.never["foreign"]) for letter in name)


def reading_cost(text: str) -> int:
    """What the cheapest reading of a text without names costs."""
    return _reading_costs(text)[-1]


def _reading_costs(text: str) -> list[int]:
    """The same of text[:0], text[:1], … and the whole text."""
    known, longer = costs(), _begin_longer()
    singles, words, unknown = known.singles.get, known.words.get, known.unknown
    length = len(text)
    cheapest = [0] + [1 << 30] * length
    for start, letter in enumerate(text):
        so_far = cheapest[start]
        cost = so_far + singles(letter, unknown)
        if cost < cheapest[start + 1]:
            cheapest[start + 1] = cost
        pair = text[start : start + 2]
        word = words(pair)
        if word is not None and so_far + word < cheapest[start + 2]:
            cheapest[start + 2] = so_far + word
        if pair in longer:
            for end in range(start + 3, min(start + REACH, length) + 1):
                word = words(text[start:end])
                if word is not None and so_far + word < cheapest[end]:
                    cheapest[end] = so_far + word
    return cheapest


@cache
def _begin_longer() -> frozenset[str]:
    """The pairs of characters that words of more characters begin with; the list has none of one character."""
    return frozenset(word[:2] for word in costs().words if len(word) > 2)


@lru_cache(maxsize=1 << 16)
def most(name: str, family: int = 1) -> int:
    """The most that a name can gain anywhere: what it gains when nothing is read with it."""
    return reading_cost(name) - name_cost(name[:family], name[family:])


def taken_out(text: str, start: int, end: int) -> int:
    """What the words around text[start:end] cost more with it than without it: how little like words it is.

    Only characters of Chinese words are read with it, up to the next mark.
    """
    first, last = start, end
    while first > 0 and start - first < REACH and "\u4e00" <= text[first - 1] <= "\u9fff":
        first -= 1
    while last < len(text) and last - end < REACH and "\u4e00" <= text[last] <= "\u9fff":
        last += 1
    with_it = _reading_costs(text[first:last])
    return with_it[-1] - with_it[start - first] - reading_cost(text[end:last])


def gain(text: str, start: int, end: int, family: int = 1) -> int:
    """What the name text[start:end], whose family name has so many characters, gains; in hundredths of a nat."""
    return taken_out(text, start, end) - name_cost(text[start : start + family], text[start + family : end])
