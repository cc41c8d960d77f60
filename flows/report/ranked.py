"""The first rows of all parts of a release in an order, and how many there are."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from flows.schema import load_list

T = TypeVar("T")
Key = Callable[[T], Any]


class Ranked(NamedTuple, Generic[T]):
    """How many rows there are, and the first of them, as many as a list of the report shows."""

    total: int
    first: list[T]


def ranked(found: Iterable[T], key: Key[T], total: int | None = None) -> Ranked[T]:
    """The first rows of one part; `total` where others are counted than are listed."""
    rows = list(found)
    first = heapq.nsmallest(load_list("report")["rows_at_most"], rows, key)
    return Ranked(len(rows) if total is None else total, first)


def together(parts: Iterable[Ranked[T]], key: Key[T]) -> Ranked[T]:
    """Those of all parts."""
    known = list(parts)
    return ranked((row for part in known for row in part.first), key, sum(part.total for part in known))
