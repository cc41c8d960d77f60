"""Tables of figures right behind a story, or between two parts of it, belong to it: rows of cells parted by tabs, or
cells of a line each."""

from __future__ import annotations

from collections.abc import Sequence

from flows.cells import Stacked, find_stacked, is_figure
from flows.strip.bodies import Range
from flows.strip.judge import Judged

LEAST_ROWS, LEAST_CELLS = 3, 3
"""Rows, the head included, and cells of a row that make a table; two columns are as often labels with values."""

_LONGEST_CAPTION = 40


def with_tables(judged: Sequence[Judged], bodies: Sequence[Range]) -> list[Range]:
    """The bodies, each with the tables that stand right behind it (and their caption above); two that only tables part
    are one."""
    joined: list[Range] = []
    stacked = find_stacked([one.chars.strip() for one in judged]) if bodies else []
    for n, (start, end) in enumerate(bodies):
        last = bodies[n + 1][0] if n + 1 < len(bodies) else len(judged)
        while (further := max(_behind_table(judged, end, last), _behind_stacked(judged, end, stacked))) > end:
            end = further
        if joined and joined[-1][1] >= start:
            start = joined.pop()[0]
        joined.append((start, end))
    return joined


def _behind_table(judged: Sequence[Judged], start: int, last: int) -> int:
    """The line behind the table that begins at line `start`, or below a caption there; `start` itself without one."""
    first = start + (start < last and _is_caption(judged[start]))
    end = first
    cells = 0
    while end < last and judged[end].kind is None and (own := _cells(judged[end])):
        if end > first and (len(own) != cells or not any(map(is_figure, own))):
            break
        cells, end = len(own), end + 1
    return end if end - first >= LEAST_ROWS else start


def _behind_stacked(judged: Sequence[Judged], end: int, tables: Sequence[Stacked]) -> int:
    """The line behind the table of a cell a line that a body ends in, at, or one caption above."""
    for table in tables:
        begins = table.start in (end, end + 1) and (table.start == end or _is_caption(judged[end]))
        if begins or table.start < end < table.end:
            return table.end
    return end


def _cells(one: Judged) -> list[str]:
    """The cells of a row; none for a line that is no row."""
    cells = [cell.strip() for cell in one.chars.split("\t")]
    return cells if len(cells) >= LEAST_CELLS else []


def _is_caption(one: Judged) -> bool:
    chars = one.chars.strip()
    return one.kind is None and "\t" not in chars and 0 < len(chars) <= _LONGEST_CAPTION and chars[-1] not in "。！？"
