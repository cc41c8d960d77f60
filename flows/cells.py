"""Tables that a page's copy left with one cell a line: a head of several labels, then rows of a label and figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
"""A number as cells hold it, without sign and unit."""

LEAST_ROWS = 3
"""Rows, the head aside, that make a table."""

WIDTHS = range(2, 11)
"""Cells of a row; two only where the head names a unit, since titles with counts of views look alike."""

LONGEST_LABEL = 20

_FIGURE = re.compile(f"(?:{FIGURE})%?")
_NO_FIGURE = frozenset({"-", "—", "——", "/", "无"})
_UNIT = re.compile(r"[（(](?:单位[:：])?[^（）()\d]{1,4}[）)]$")
_NO_LABEL = re.compile("[。！？!?；;，,]|^[·•>»]")


class Stacked(NamedTuple):
    """A table whose cells are lines[start:end], `width` of them a row, the head included."""

    start: int
    end: int
    width: int


def is_figure(cell: str) -> bool:
    """Whether a cell, without white space at its ends, holds a number or a share and nothing else."""
    return cell[:1].isdigit() and _FIGURE.fullmatch(cell) is not None


def find_stacked(lines: Sequence[str]) -> list[Stacked]:
    """The tables among some lines, in order; lines are without white space at their ends, and none is empty."""
    figures = list(map(is_figure, lines))
    if sum(figures) < LEAST_ROWS:
        return []
    found: list[Stacked] = []
    for n in range(len(lines)):
        if not figures[n] and (not found or n >= found[-1].end) and (table := _table_at(lines, figures, n)):
            found.append(table)
    return found


def _table_at(lines: Sequence[str], figures: Sequence[bool], start: int) -> Stacked | None:
    """The table whose head begins with a line."""
    labels = 0
    for line in islice(lines, start, start + WIDTHS.stop):
        if not _is_label(line):
            break
        labels += 1
    width = labels - 1  # behind the head the first row begins with a label too
    if width not in WIDTHS or (width == WIDTHS.start and not any(map(_UNIT.search, lines[start : start + width]))):
        return None
    end = start + width
    while end + width <= len(lines) and _is_row(lines, figures, end, width):
        end += width
    return Stacked(start, end, width) if end - start >= (1 + LEAST_ROWS) * width else None


def _is_row(lines: Sequence[str], figures: Sequence[bool], start: int, width: int) -> bool:
    cells = range(start + 1, start + width)
    return _is_label(lines[start]) and all(figures[n] or lines[n] in _NO_FIGURE for n in cells)


def _is_label(line: str) -> bool:
    return len(line) <= LONGEST_LABEL and not is_figure(line) and line not in _NO_FIGURE and not _NO_LABEL.search(line)
