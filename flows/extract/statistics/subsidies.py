"""Subsidies: for which licence an amount is given, and whether once, each month or each year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.extract.numbers.quantities import Quantity
from flows.vocabulary import load_vocabulary

INDICATOR = "subsidy_amount"
_WORDS = load_vocabulary("subjects")
_LICENCES: dict[str, re.Pattern[str]] = {name: re.compile(pattern) for name, pattern in _WORDS["licences"].items()}
_PERIODS: dict[str, re.Pattern[str]] = {name: re.compile(pattern) for name, pattern in _WORDS["periods"].items()}
_PERIOD_BEHIND: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern) for name, pattern in _WORDS["periods_behind"].items()
}
_JOINED = re.compile("(?:元)?[、和与及]")
_REACH = 60  # characters before an amount in which its licence stands


def read_subsidy(text: str, quantities: Sequence[Quantity], n: int, sentence: int) -> tuple[str | None, str | None]:
    """The licence (assistant, social_worker, senior) and the period (once, month, year) of amount n, in the sentence
    that begins at `sentence`; None each where the words do not say it."""
    return _licence(text, quantities, n, sentence), _period(text, quantities[n], sentence)


def _licence(text: str, quantities: Sequence[Quantity], n: int, sentence: int) -> str | None:
    """The grade named last before the amount and behind the one before it; of a list of amounts the grade of its place
    in the list of grades (助理、中级、高级…分别1000元、2000元和3000元)."""
    q = quantities[n]
    low = max(sentence, q.start - _REACH, quantities[n - 1].end if n else 0)
    own = {grade for _, grade in _grades(text, low, q.start)}
    if len(own) == 1:
        return own.pop()
    first, last = _listed(text, quantities, n)
    grades = [
        grade
        for _, grade in _grades(text, max(sentence, quantities[first].start - 2 * _REACH), quantities[first].start)
    ]
    members = last - first + 1
    return grades[-members:][n - first] if members > 1 and len(grades) >= members else None


def _listed(text: str, quantities: Sequence[Quantity], n: int) -> tuple[int, int]:
    """The first and the last of the amounts that stand in a list with amount n."""
    joins = [_JOINED.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(quantities)]
    first = last = n
    while first and joins[first - 1]:
        first -= 1
    while last < len(joins) and joins[last]:
        last += 1
    return first, last


def _grades(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The grades named in text[start:end], in order, each once where it stands."""
    found = sorted((m.start(), name) for name, pattern in _LICENCES.items() for m in pattern.finditer(text, start, end))
    return [one for n, one in enumerate(found) if not n or one[1] != found[n - 1][1]]


def _period(text: str, q: Quantity, sentence: int) -> str | None:
    for name, pattern in _PERIOD_BEHIND.items():
        if pattern.match(text, q.end):
            return name
    told = [(m.start(), name) for name, pattern in _PERIODS.items() for m in pattern.finditer(text, sentence, q.start)]
    return max(told)[1] if told else None
