"""Signs to a score: what is measured of a page is weighed as schemas/gates/suspicion.yaml says."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from flows.schema import Words, load_list

ROUNDED, OF_PAGE = 2, 4
"""Digits of a suspicion, more would be noise; and of what a page's own rows say, to which more is added."""


class Sign(NamedTuple):
    """A sign of schemas/gates/suspicion.yaml."""

    id: str
    start: float
    end: float
    weight: float
    words: Words
    flag: float | None = None
    """The value from which on a page is flagged too."""

    def told(self, count: str) -> Words:
        """What it says of a page, with the number that its code tells."""
        shown = f"{int(count):,}" if count.isdigit() else "?"
        return Words(self.words.zh.replace("{}", shown), self.words.en.replace("{}", shown))

    def strength(self, measured: float) -> float:
        """From 0, where it says nothing, to 1."""
        if self.start < 0:  # the less, the more suspect: on the scale of magnitudes where it spans several
            return _part(-_size(-measured, self.end), -_size(-self.start, self.end), -_size(-self.end, self.end))
        return _part(measured, self.start, self.end)


def _size(value: float, end: float) -> float:
    return math.log(max(value, 1)) if end < -1 else value


def _part(value: float, start: float, end: float) -> float:
    return min(1.0, max(0.0, (value - start) / (end - start)))


class Measured(NamedTuple):
    """A sign as it was measured on a page, and the number that its code tells: characters, lines or percent."""

    sign: str
    value: float
    detail: int

    @property
    def code(self) -> str:
        """sign:detail"""
        return f"{self.sign}:{self.detail}"


@cache
def signs() -> Mapping[str, Sign]:
    """The signs by id."""
    found = load_list("suspicion")["signs"]
    return {
        one["id"]: Sign(one["id"], one["from"], one["to"], one["weight"], Words(one["zh"], one["en"]), one.get("flag"))
        for one in found
    }


def weighed(measured: Iterable[Measured]) -> tuple[float, list[str]]:
    """Suspicion, from 0 to 1, and the codes of the signs that tell, the heaviest first."""
    known, settings = signs(), load_list("suspicion")
    weights = [(known[one.sign].weight * known[one.sign].strength(one.value), one) for one in measured]
    total = settings["bias"] + sum(weight for weight, _ in weights)
    told = [(weight, one) for weight, one in weights if weight >= settings["told"]]
    told.sort(key=lambda pair: (-round(pair[0], 6), pair[1].sign))
    return round(_logistic(total), OF_PAGE), [one.code for _, one in told]


def flags(measured: Iterable[Measured]) -> list[str]:
    """The codes of the signs that are strong enough for a flag."""
    bounds = {name: sign.flag for name, sign in signs().items() if sign.flag is not None}
    return [one.code for one in measured if one.sign in bounds and one.value >= bounds[one.sign]]


def weighed_on(suspicion: float, codes: Sequence[str], measured: Iterable[Measured]) -> tuple[float, list[str]]:
    """The suspicion of a page's own rows with further signs, and the codes of all that tell."""
    known, told = signs(), load_list("suspicion")["told"]
    bounded = min(max(suspicion, 10.0**-OF_PAGE), 1 - 10.0**-OF_PAGE)
    weights = [(known[one.sign].weight * known[one.sign].strength(one.value), one) for one in measured]
    total = math.log(bounded / (1 - bounded)) + sum(weight for weight, _ in weights)
    return round(_logistic(total), ROUNDED), [*codes, *(one.code for weight, one in weights if weight >= told)]


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def needs_a_look(suspicion: float | None) -> bool:
    """Whether somebody should look at a page."""
    return suspicion is not None and suspicion >= load_list("suspicion")["needs_a_look"]
