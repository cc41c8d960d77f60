"""Runs of characters down the page to lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from flows.read.pdf.items import chars_of, is_number
from flows.read.pdf.sheet import Rect, Run, hull, may_overlap
from flows.read.pdf.spelling import NEAR

BELOW = 0.45
"""Ems between two characters, one under the other, up to which a line runs down the page; lines that run across it
stand further apart."""

FEWEST = 3
"""Characters that a line down the page has at least."""

NUMBER_ABOVE = 1.3
"""Ems between an item and its number above it."""


def is_in_line(a: Rect, b: Rect, slack: float) -> bool:
    """Do two characters, one under the other, stand on one line: with their middles, or, when one is narrow and its
    font runs across the page, with their left edges?"""
    return min(abs(a.x0 + a.x1 - b.x0 - b.x1) / 2, abs(a.x0 - b.x0)) <= slack


def with_turned_runs(turned: Sequence[Run], down: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """The turned runs that stand alone, and those that belong to lines down the page: digits, dashes, Latin words."""
    alone: list[Run] = []
    inside: list[Run] = []
    for run in turned:
        belongs = run[0].turn == 1 and any(_is_end_to_end(run, other) for other in down)
        (inside if belongs else alone).append(run)
    return alone, inside


def with_small_runs(across: Sequence[Run], short: Sequence[Run], down: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """The runs across the page and those down it.

    Beside lines that run down the page, a number of a few digits set across one of them belongs to it, as do the one
    or two characters that a paragraph ends with, and the number above an item. `short` are those that run down but
    have too few characters to be sure of it.
    """
    if not down:
        return [*across, *([glyph] for run in short for glyph in run)], []
    rest: list[Run] = []
    small: list[Run] = []
    long = [(run[0].size, hull(glyph.rect for glyph in run)) for run in across if len(run) >= FEWEST]
    for run in short:
        if any(_belongs(run, other) for other in down) and not _is_stacked(run, long):
            small.append(run)
        else:
            rest += [[glyph] for glyph in run]
    for run in across:
        if len(run) > 4 or _is_stacked(run, long):
            rest.append(run)
            continue
        apart = any(b.rect.x0 - a.rect.x1 > 0.25 * a.size for a, b in pairwise(run))
        parts = [[glyph] for glyph in run] if apart else [run]
        fits = all(any(_belongs(part, other) for other in down) for part in parts)
        (small if fits else rest).extend(parts if fits else [run])
    return rest, [*down, *small]


def _is_stacked(run: Run, long: Sequence[tuple[float, Rect]]) -> bool:
    """Does a longer line of its size stand directly above or below it, as in text that runs across the page?"""
    size, rect = run[0].size, hull(glyph.rect for glyph in run)
    return any(
        abs(size - other) <= 0.06 * size
        and rect.across(line) > 0.5 * rect.width
        and min(abs(rect.y0 - line.y1), abs(line.y0 - rect.y1)) <= NEAR * size
        for other, line in long
    )


def _belongs(run: Run, other: Run) -> bool:
    size, rect, first, last = run[0].size, hull(glyph.rect for glyph in run), other[0].rect, other[-1].rect
    if abs(size - other[0].size) > 0.25 * size or rect.width > 1.3 * size:
        return False
    if is_in_line(rect, first, 0.3 * size):
        return _is_end_to_end(run, other)
    beside = max(first.x0 - rect.x1, rect.x0 - first.x1) <= 1.8 * size and abs(size - other[0].size) <= 0.06 * size
    return beside and len(other) >= 2 * FEWEST and first.y0 - 2.5 * size <= rect.y0 and rect.y1 <= last.y1 + size


def _is_end_to_end(run: Run, other: Run) -> bool:
    """Does the run stand directly above or below the other, on its line?"""
    size, rect, first, last = run[0].size, hull(glyph.rect for glyph in run), other[0].rect, other[-1].rect
    if abs(size - other[0].size) > 0.25 * size or not is_in_line(rect, first, 0.3 * size):
        return False
    above = first.y0 - rect.y1
    near = min(abs(rect.y0 - last.y1), abs(above)) <= NEAR * size
    return near or (0 < above <= NUMBER_ABOVE * size and is_number(chars_of(run)))


def stacked(runs: Sequence[Run]) -> list[Run]:
    """Runs down the page, one directly below the other, as one."""
    out: list[Run] = []
    for run in sorted(runs, key=lambda run: run[0].rect.y0):
        above = next((above for above in out if _goes_on(above, run)), None)
        if above is None:
            out.append(list(run))
        else:
            above.extend(run)
    return out


def _goes_on(above: Run, run: Run) -> bool:
    size, rect, last = run[0].size, hull(glyph.rect for glyph in run), above[-1].rect
    if max(above[0].size, size) > 1.25 * min(above[0].size, size) or not is_in_line(above[0].rect, rect, 0.35 * size):
        return False
    reach = NUMBER_ABOVE if len(above) <= 4 and is_number(chars_of(above)) else BELOW
    return -may_overlap(above[-1], run[0], 0.2) * size <= rect.y0 - last.y1 <= reach * size
