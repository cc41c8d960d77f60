"""Indicators: the controlled vocabulary of what the figures of social-work news count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from flows.document import Row
from flows.vocabulary import load_vocabulary

OTHER = "other"
"""The indicator of a figure outside the vocabulary."""


class Pattern(NamedTuple):
    """What stands before and after the figure; either may be missing."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


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
        )
        for entry in content["indicators"]
    }


@lru_cache(maxsize=4096)
def indicators_among(ids: frozenset[str], unit: str) -> tuple[Indicator, ...]:
    """The indicators of `ids` that are counted in a unit, in their order of precedence."""
    return tuple(one for one in indicators().values() if one.id in ids and unit in one.units)


@cache
def not_stock() -> re.Pattern[str]:
    """Words beside a figure that is an addition, a share for each, or a selection, and not all there are."""
    return re.compile(load_vocabulary("indicators")["not_stock"])


_CORE, _BESIDE = "core", "beside"
_SHORT_TEXT = 300  # characters; a shorter text may well leave the domain to its title
_MORE = 2  # words of `beside` that a longer text must hold if it holds none of `core`


@cache
def _cue_machine() -> tuple[AhoCorasick, list[frozenset[str]]]:
    domain = load_vocabulary("indicators")["domain"]
    ids: dict[str, set[str]] = {word: {key} for key in (_CORE, _BESIDE) for word in domain[key].split()}
    for entry in load_vocabulary("indicators")["indicators"]:
        for word in entry["cues"].split():
            ids.setdefault(word, set()).add(entry["id"])
    return AhoCorasick(list(ids)), [frozenset(found) for found in ids.values()]


def indicator_cues(text: str, title: str = "") -> list[tuple[int, frozenset[str]]]:
    """Where a text holds a word without which some indicators are not meant, and these, in order of place.

    None in a text that does not hold the words of the domain (`indicators.yaml`): what it counts is something else. A
    short text may leave them to its title, and without one is taken to be of the domain.
    """
    machine, ids = _cue_machine()
    found = [(start, ids[n]) for n, start, _ in machine.find_matches_as_indexes(text, overlapping=True)]
    core = sum(_CORE in cue for _, cue in found)
    beside = sum(_BESIDE in cue for _, cue in found)
    if len(text) > _SHORT_TEXT:
        return found if core or beside >= _MORE else []
    if core or beside or not title:
        return found
    told = machine.find_matches_as_indexes(title, overlapping=True)
    return found if any(not ids[n].isdisjoint((_CORE, _BESIDE)) for n, _, _ in told) else []


def is_plausible(row: Row) -> bool:
    """Whether the value of a statistics row lies in its indicator's plausible range; `other` has none."""
    indicator = indicators().get(row["indicator"])
    return indicator is None or indicator.low <= row["value"] <= indicator.high
