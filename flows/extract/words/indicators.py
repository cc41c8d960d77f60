"""Indicators: the controlled vocabulary of what the figures of social-work news count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from flows.document import Row
from flows.literals import Literals, literals_of, rarer
from flows.vocabulary import load_vocabulary, one_of

OTHER = "other"
"""The indicator of a figure outside the vocabulary."""

CORE, BESIDE = "core", "beside"
"""The words of the domain by the keys of `domain` in `indicators.yaml`."""


class Pattern(NamedTuple):
    """What stands before and after the figure; either may be missing."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    @property
    def literals(self) -> Literals:
        """Of which a sentence holds one if the pattern fits in it.

        Raises:
            ValueError: no such list can be read off the pattern; it would be tried in every sentence.
        """
        before = _behind_verbs(literals_of(self.before.pattern)) if self.before else None
        found = rarer(before, literals_of(self.after.pattern) if self.after else None)
        if found is None:
            raise ValueError(f"a pattern of an indicator names no words: {self}")
        return found


@dataclass(frozen=True)
class Indicator:
    """One indicator of `schemas/vocabularies/indicators.yaml`, where its fields are explained."""

    id: str
    units: frozenset[str]
    low: float
    high: float
    patterns: tuple[Pattern, ...]
    stock: bool
    unless: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    context: bool
    total: float

    def has_needs(self, text: str, start: int, end: int, title: str) -> bool:
        """Whether the words that it needs stand in text[start:end], or in the paragraph up to there (for its first
        sentence in the one before) or the title where its entry says so."""
        if self.needs is None:
            return True
        start = max(0, text.rfind("\n", 0, max(0, start - 1))) if self.context else start
        if self.needs.search(text, start, end):
            return True
        return self.context and self.needs.search(title) is not None


@cache
def indicators() -> dict[str, Indicator]:
    """The vocabulary's indicators by id, in its order, which is their precedence."""
    content = load_vocabulary("indicators")
    phrases = content["phrases"]

    def expand(pattern: str) -> str:
        return re.sub(r"\{([a-z]+)\}", lambda m: phrases[m[1]], pattern)

    def split(pattern: str) -> Pattern:
        before, after = (expand(side.strip()) for side in pattern.split("N"))
        return Pattern(re.compile(f"(?:{before})$") if before else None, re.compile(after) if after else None)

    def optional(pattern: str | None) -> re.Pattern[str] | None:
        return re.compile(expand(pattern)) if pattern else None

    return {
        entry["id"]: Indicator(
            id=entry["id"],
            units=frozenset(entry["units"]),
            low=entry["range"][0],
            high=entry["range"][1],
            patterns=tuple(split(pattern) for pattern in entry["patterns"]),
            stock=entry.get("stock", False),
            unless=optional(entry.get("unless")),
            needs=optional(entry.get("needs")),
            context=entry.get("context", False),
            total=entry.get("total", float("inf")),
        )
        for entry in content["indicators"]
    }


@lru_cache(maxsize=4096)
def indicators_among(ids: frozenset[str], unit: str) -> tuple[tuple[Indicator, ...], tuple[Indicator, ...]]:
    """The indicators of `ids` that are counted in a unit, in their order of precedence; and those that are no stock."""
    among = tuple(one for one in indicators().values() if one.id in ids and unit in one.units)
    return among, tuple(one for one in among if not one.stock)


@cache
def not_stock() -> re.Pattern[str]:
    """Words beside a figure that is an addition, a share for each, or a selection, and not all there are."""
    return re.compile(load_vocabulary("indicators")["not_stock"])


@cache
def lasting() -> frozenset[str]:
    """The indicators that say how things stand at a time, and not what was done: stocks, shares of them."""
    shares = load_vocabulary("indicators")["shares_of_stock"].split()
    return frozenset(shares) | {one.id for one in indicators().values() if one.stock}


@cache
def indicator_words() -> tuple[str, ...]:
    """The words of the domain, and those without which some indicators are not meant."""
    return tuple(_cued())


@cache
def cued_indicators() -> tuple[frozenset[str], ...]:
    """The indicators that each of `indicator_words` lets be meant; CORE and BESIDE for a word of the domain."""
    return tuple(frozenset(ids) for ids in _cued().values())


@cache
def _cued() -> dict[str, set[str]]:
    domain = load_vocabulary("indicators")["domain"]
    ids: dict[str, set[str]] = {word: {key} for key in (CORE, BESIDE) for word in domain[key].split()}
    for one in indicators().values():
        for pattern in one.patterns:
            for word in pattern.literals:
                ids.setdefault(word, set()).add(one.id)
    return ids


@cache
def _list_verbs() -> re.Pattern[str]:
    return re.compile(f"(?:{one_of(load_vocabulary('statistic_words')['list_verbs'].split())})+")


def _behind_verbs(literals: Literals | None) -> Literals | None:
    """Literals of words before a figure, each without the verbs that it opens with if more follows: of a list
    (服务老人3万人、儿童2万人) they are read as if the verb stood in front of each figure."""
    if literals is None:
        return None
    verbs = _list_verbs()
    return frozenset(one[m.end() :] if (m := verbs.match(one)) and m.end() < len(one) else one for one in literals)


def is_plausible(row: Row) -> bool:
    """Whether the value of a statistics row lies in its indicator's plausible range; `other` has none."""
    indicator = indicators().get(row["indicator"])
    return indicator is None or indicator.low <= row["value"] <= indicator.high
