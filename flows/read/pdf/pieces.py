"""Pieces of lines across the page that were drawn apart, put together."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from flows.read.pdf.items import with_numbers
from flows.read.pdf.sheet import Glyph, Run, is_mark, may_overlap

TOUCHING, LARGE = 0.45, 0.3
"""Ems between two pieces of one line that were drawn at different times, whose order says nothing; and of large type,
beside which the gutter is narrow."""

AT_EDGE = 0.05
"""The same where the second begins at the edge of a column."""

SPREAD = 1.2
"""Ems between the parts of a headline that stand on one line and were drawn one after the other."""

STRETCHED, PIECE, ALIKE = 2.0, 6.0, 0.15
"""Ems that the gaps of a stretched line are wide at most, that its pieces are long, and by which the gaps differ."""

LEAST = 3
"""Pieces of a stretched line at least."""

EDGE = 4
"""Lines that begin at the same place from which on it is the edge of a column."""


def join_pieces(runs: Sequence[Run], body: float) -> list[Run]:
    """Lines, each of one run or of several that belong together, in no order."""
    return _spread(_stretched(with_numbers(_joined(_parted(runs), body))), body)


def _parted(runs: Sequence[Run]) -> list[Run]:
    """The runs, parted where another one fits between two of their characters: word processors draw what of a line is
    in one font, such as its quotation marks, and then the rest."""
    rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for run in runs:
        rows[round(run[0].rect.y1 / 4)].append((run[0].rect.x0, run[-1].rect.x1))
    for places in rows.values():
        places.sort()
    out: list[Run] = []
    for run in runs:
        row = round(run[0].rect.y1 / 4)
        near = [rows[place] for place in (row - 1, row, row + 1) if place in rows]
        start = 0
        for i, (a, b) in enumerate(pairwise(run), 1):
            slack = TOUCHING * a.size
            if b.rect.x0 - a.rect.x1 > slack / 2 and any(
                _holds(places, a.rect.x1, b.rect.x0, slack) for places in near
            ):
                out.append(run[start:i])
                start = i
        out.append(run[start:])
    return out


def _holds(places: Sequence[tuple[float, float]], start: float, end: float, slack: float) -> bool:
    """Does one of the places, in order, lie between two others?"""
    for i in range(bisect_left(places, (start - slack, 0.0)), len(places)):
        x0, x1 = places[i]
        if x0 >= end:
            return False
        if x1 <= end + slack:
            return True
    return False


def _joined(runs: Sequence[Run], body: float) -> list[Run]:
    """Runs that touch, side by side on one line, as one; never across the edge of a column."""
    edges = column_edges([run[0].rect.x0 for run in runs if len(run) > 2 and run[0].size <= 1.2 * body], body)
    rows: dict[int, list[Run]] = defaultdict(list)
    out: list[Run] = []
    for run in sorted(runs, key=lambda run: (run[0].rect.x0, run[0].rect.y1)):
        first = run[0]
        row = round(first.rect.y1 / 4)
        reach = LARGE
        if first.size <= 1.3 * body:
            reach = TOUCHING if near_edge(edges, first.rect.x0, 0.2 * body) is None else AT_EDGE
        for place in (row, row - 1, row + 1):
            left = next((left for left in rows[place] if _touches(left[-1], first, reach)), None)
            if left is not None:
                left.extend(run)
                break
        else:
            rows[row].append(run)
            out.append(run)
    return out


def _touches(a: Glyph, b: Glyph, reach: float) -> bool:
    size = min(a.size, b.size)
    if max(a.size, b.size) > 2 * size or a.rect.along(b.rect) < 0.6 * size:
        return False
    return -may_overlap(a, b, 0.15) * size <= b.rect.x0 - a.rect.x1 <= reach * size


def _spread(runs: list[Run], body: float) -> list[Run]:
    """The parts of a headline that stand apart on one line, drawn one after the other, as one."""
    out: list[Run] = []
    for run in sorted(runs, key=lambda run: run[0].run):
        left = out[-1][-1] if out else None
        first = run[0]
        if (
            left is not None
            and first.size >= 1.35 * body
            and abs(first.size - left.size) <= 0.03 * first.size
            and first.font == left.font
            and first.run - left.run <= 1
            and abs(first.rect.y1 - left.rect.y1) <= 0.1 * first.size
            and 0 <= first.rect.x0 - left.rect.x1 <= SPREAD * first.size
        ):
            out[-1] = [*out[-1], *run]
        else:
            out.append(run)
    return out


def _stretched(runs: Sequence[Run]) -> list[Run]:
    """The runs, with the pieces of a line that was stretched to fill its column as one: words or characters, drawn one
    after the other, with gaps that are wide but alike."""
    out: list[Run] = []
    chain: list[Run] = []
    for run in sorted(runs, key=lambda run: run[0].run):
        if chain and not _goes_on_alike(chain, run):
            out += _as_line(chain)
            chain = []
        chain.append(run)
    return out + _as_line(chain)


def _goes_on_alike(chain: Sequence[Run], run: Run) -> bool:
    last, first, size = chain[-1][-1], run[0], run[0].size
    gap = first.rect.x0 - last.rect.x1
    if (
        abs(size - last.size) > 0.06 * size
        or abs(first.rect.y1 - last.rect.y1) > 0.1 * size
        or not 0 <= gap <= STRETCHED * size
        or max(_width(chain[-1]), _width(run)) > PIECE * size
    ):
        return False
    marks = is_mark(last.char) or is_mark(first.char)
    return len(chain) < 2 or marks or abs(gap - (chain[-1][0].rect.x0 - chain[-2][-1].rect.x1)) <= ALIKE * size


def _width(run: Run) -> float:
    return run[-1].rect.x1 - run[0].rect.x0


def _as_line(chain: list[Run]) -> list[Run]:
    return [[glyph for run in chain for glyph in run]] if len(chain) >= LEAST else chain


def column_edges(places: Sequence[float], body: float) -> list[float]:
    """Where EDGE or more lines begin, in order."""
    places, edges, start = sorted(places), [], 0
    for end in range(1, len(places) + 1):
        if end == len(places) or places[end] - places[end - 1] > 0.1 * body:
            if end - start >= EDGE:
                edges.append(places[(start + end) // 2])
            start = end
    return edges


def near_edge(edges: Sequence[float], place: float, slack: float) -> float | None:
    """The edge that is no further from the place than `slack`, or None."""
    i = bisect_left(edges, place - slack)
    return edges[i] if i < len(edges) and edges[i] <= place + slack else None
