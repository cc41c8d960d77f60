"""Characters to printed lines, across the page or down it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from flows.read.pdf.sheet import Glyph, PrintedLine, Rect, hull

NEAR, APART = 0.6, 0.4
"""Ems between two characters of one piece of text, or of one piece and the next, up to which they stand in one line; a
gutter is wider."""

TOUCHING = 0.3
"""The same for characters that were drawn at different times, whose order says nothing."""

BELOW = 0.45
"""Ems between two characters, one under the other, up to which a line runs down the page; lines that run across it
stand further apart."""

FEWEST = 3
"""Characters that a line down the page has at least."""

SPREAD = 1.2
"""Ems between the parts of a headline that stand on one line and were drawn one after the other."""

EDGE = 4
"""Lines that begin at the same place from which on it is the edge of a column."""

Run = list[Glyph]


def printed_lines(glyphs: Sequence[Glyph], body: float) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The lines across the page and those that run down (or, turned, up) it; blank ones are left out.

    Every character that is no white space stands in one of them, once.
    """
    across: list[Run] = []
    down: list[Run] = []
    turned: list[Run] = []
    for run, runs_down in _runs(glyphs):
        if run[0].turn:
            turned.append(run)
        elif runs_down and len(run) >= FEWEST:
            down.append(run)
        else:
            across += [[glyph] for glyph in run] if runs_down else [run]
    if down:
        across, down = _with_small_runs(across, down)
    lines = [_line(run) for run in _spread(_joined(across, body), body)]
    columns = [_line(run, down=True) for run in _stacked(down)] + [_line(run, down=True) for run in turned]
    return [line for line in lines if line.chars], [line for line in columns if line.chars]


def _runs(glyphs: Sequence[Glyph]) -> Iterator[tuple[Run, bool]]:
    """What was drawn one character after the other in one direction; and whether that is down."""
    run: Run = []
    down: bool | None = None
    for glyph in glyphs:
        if run and glyph.turn == run[-1].turn:
            direction = _direction(run[-1], glyph)
            if direction is not None and down in (None, direction):
                run.append(glyph)
                down = direction
                continue
        if run:
            yield run, bool(down)
        run, down = [glyph], None
    if run:
        yield run, bool(down)


def _direction(a: Glyph, b: Glyph) -> bool | None:
    """False: b follows a across the page; True: down it; None: it does not."""
    size = min(a.size, b.size)
    if a.turn:
        gap = max(-a.rect.across(b.rect), -a.rect.along(b.rect))
        return False if gap <= NEAR * size else None
    if max(a.size, b.size) > 2 * size:
        return None
    near = (NEAR if a.run == b.run else APART) * size
    if a.rect.along(b.rect) >= 0.5 * size and -0.5 * size <= b.rect.x0 - a.rect.x1 <= near:
        return False
    aligned = abs((a.rect.x0 + a.rect.x1) - (b.rect.x0 + b.rect.x1)) <= 0.5 * size
    like = max(a.size, b.size) <= 1.25 * size
    return True if aligned and like and -0.1 * size <= b.rect.y0 - a.rect.y1 <= BELOW * size else None


def _joined(runs: list[Run], body: float) -> list[Run]:
    """Runs that touch, side by side on one line, as one; never across the edge of a column."""
    edges = column_edges([run[0].rect.x0 for run in runs if len(run) > 2 and run[0].size <= 1.2 * body], body)
    rows: dict[int, list[Run]] = defaultdict(list)
    out: list[Run] = []
    for run in sorted(runs, key=lambda run: (run[0].rect.x0, run[0].rect.y1)):
        first = run[0]
        row = round(first.rect.y1 / 4)
        at_edge = first.size <= 1.3 * body and near_edge(edges, first.rect.x0, 0.2 * body) is not None
        for place in (row, row - 1, row + 1):
            left = next((left for left in rows[place] if _touches(left[-1], first, at_edge)), None)
            if left is not None:
                left.extend(run)
                break
        else:
            rows[row].append(run)
            out.append(run)
    return out


def _touches(a: Glyph, b: Glyph, at_edge: bool) -> bool:
    size = min(a.size, b.size)
    if max(a.size, b.size) > 2 * size or a.rect.along(b.rect) < 0.6 * size:
        return False
    gap = b.rect.x0 - a.rect.x1
    return -0.15 * size <= gap <= (0.05 if at_edge else TOUCHING) * size


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


def _with_small_runs(across: list[Run], down: list[Run]) -> tuple[list[Run], list[Run]]:
    """Beside lines that run down the page, a number of a few digits set across one of them belongs to it, and the one
    or two characters that a paragraph ends with are a line like them."""
    rest: list[Run] = []
    small: list[Run] = []
    long = [(run[0].size, hull(glyph.rect for glyph in run)) for run in across if len(run) >= FEWEST]
    for run in across:
        if len(run) <= 4 and _is_stacked(run, long):
            rest.append(run)
            continue
        apart = any(b.rect.x0 - a.rect.x1 > 0.25 * a.size for a, b in pairwise(run))
        parts = [[glyph] for glyph in run] if apart and len(run) <= 4 else [run]
        fits = len(run) <= 4 and all(any(_belongs(part, other) for other in down) for part in parts)
        (small if fits else rest).extend(parts if fits else [run])
    return rest, down + small


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
    if abs(rect.x0 + rect.x1 - first.x0 - first.x1) <= 0.6 * size:
        return min(abs(rect.y0 - last.y1), abs(first.y0 - rect.y1)) <= NEAR * size
    beside = max(first.x0 - rect.x1, rect.x0 - first.x1) <= 1.8 * size and abs(size - other[0].size) <= 0.06 * size
    return beside and len(other) >= 2 * FEWEST and first.y0 - 2.5 * size <= rect.y0 and rect.y1 <= last.y1 + size


def _stacked(runs: list[Run]) -> list[Run]:
    """Runs down the page, one directly below the other, as one."""
    out: list[Run] = []
    for run in sorted(runs, key=lambda run: run[0].rect.y0):
        rect, size = hull(glyph.rect for glyph in run), run[0].size
        for above in out:
            last = above[-1].rect
            centred = abs(_centre(above) - (rect.x0 + rect.x1) / 2) <= 0.35 * size
            like = max(above[0].size, size) <= 1.25 * min(above[0].size, size)
            if centred and like and -0.2 * size <= rect.y0 - last.y1 <= BELOW * size:
                above.extend(run)
                break
        else:
            out.append(list(run))
    return out


def _centre(run: Run) -> float:
    return (run[0].rect.x0 + max(glyph.rect.x1 for glyph in run[:1])) / 2


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


def _line(run: Run, down: bool = False) -> PrintedLine:
    chars = [run[0].char]
    for a, b in pairwise(run):
        gap = b.rect.x0 - a.rect.x1
        apart = not down and gap > NEAR * b.size
        words = not down and gap > 0.2 * b.size and a.char.isascii() and b.char.isascii()
        if (apart or words) and not a.char.isspace() and not b.char.isspace():
            chars.append(" ")
        chars.append(b.char)
    visible = [glyph for glyph in run if not glyph.char.isspace()] or run
    size = Counter(glyph.size for glyph in visible).most_common(1)[0][0]
    font = Counter(glyph.font for glyph in visible).most_common(1)[0][0]
    turned = down and run[0].turn != 0
    return PrintedLine("".join(chars).strip(), hull(glyph.rect for glyph in visible), size, font, turned)
