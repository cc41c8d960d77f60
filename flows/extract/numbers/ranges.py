"""Ranges among figures: 4500-6000元 and 4500元至6000元 state a least and a most, each a row of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.document import Row
from flows.extract.numbers.quantities import Quantity

_LONGEST_TO = 2
_TO = re.compile(f"[至到~～—－-]{{1,{_LONGEST_TO}}}")


def range_ends(row: Row, quantities: Sequence[Quantity], n: int, text: str) -> list[Row]:
    """The row itself, or of a range (4500-6000元, 4500元至6000元) the least and the most that it states."""
    q = quantities[n]
    if q.high is not None:
        return [row | {"qualifier": "at_least"}, row | {"value": q.high, "qualifier": "up_to"}]
    if n + 1 < len(quantities) and _is_range(text, q, quantities[n + 1]):
        return [row | {"qualifier": "at_least"}]
    if n and _is_range(text, quantities[n - 1], q):
        return [row | {"qualifier": "up_to"}]
    return [row]


def _is_range(text: str, low: Quantity, high: Quantity) -> bool:
    """Whether two figures are the ends of one range."""
    near = 0 < high.start - low.end <= _LONGEST_TO and low.unit == high.unit and low.value < high.value
    return near and _TO.fullmatch(text, low.end, high.start) is not None
