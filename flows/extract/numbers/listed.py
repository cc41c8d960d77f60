"""Numbers of a list that only its last one has a unit for: 64、35、29和36个 are four figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.numbers.numerals import parse_number
from flows.extract.numbers.quantities import Quantity

_NUMBER = r"\d{1,6}(?:\.\d+)?"
_BEFORE = re.compile(
    rf"(?<![\d第.A-Za-z年月/-])(?:{_NUMBER}、){{1,12}}{_NUMBER}(?:和|及|与|、)$|(?<=分别)(?:[为是有达到至]|达到)?(?P<pair>{_NUMBER})(?:和|及|与)$"
)
_EACH = re.compile(_NUMBER)
_SCALE = re.compile("[万亿]")
_LONGEST = 120


def with_listed(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities, with those that stand before one in a list without a unit of their own."""
    found: list[Quantity] = []
    for q in quantities:
        before = text[max(0, q.start - _LONGEST) : q.start] if text[q.start - 1 : q.start] in _JOINTS else ""
        if before and (listed := _BEFORE.search(before)):
            offset = q.start - len(before)
            scale = _SCALE.search(text, q.start, q.end)
            factor = {"万": 10**4, "亿": 10**8}[scale[0]] if scale else 1
            for number in _EACH.finditer(before, listed.start("pair") if listed["pair"] else listed.start()):
                start, end = offset + number.start(), offset + number.end()
                value = parse_number(number[0])
                if value and (not found or found[-1].end <= start):
                    found.append(Quantity(start, end, value * factor, None, q.unit, q.kind, "exact"))
        found.append(q)
    return found


_JOINTS = frozenset("、和及与")
