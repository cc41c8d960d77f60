"""Characters to printed lines, across the page or down it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from flows.read.pdf.sheet import Glyph, PrintedLine, Run, hull, may_overlap
from flows.read.pdf.spelling import NEAR, are_spaced, chars_of, is_bare, is_number, spell
from flows.read.pdf.stacks import BELOW, FEWEST, is_end_to_end, is_in_line, stacked, with_small_runs

APART = 0.4
"""Ems between a character of one piece of text and the next piece, up to which they stand in one line (NEAR: if both
are of one piece); a gutter is wider."""

TOUCHING = 0.3
"""The same for characters that were drawn at different times, whose order says nothing."""

SPREAD = 1.2
"""Ems between the parts of a headline that stand on one line and were drawn one after the other."""

NUMBER_BESIDE = 2.2
"""Ems between the number of an item and its text, when a tab stands between them: one stop is two ems."""

LONGEST_NUMBER = 6
"""Characters of the number of an item at most, as in （十二）."""

EDGE = 4
"""Lines that begin at the same place from which on it is the edge of a column."""


def printed_lines(glyphs: Sequence[Glyph], body: float) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The lines across the page and those that run down (or, turned, up) it; blank ones are left out.

    Every character that is no white space stands in one of them, once.
    """
    across: list[Run] = []
    down: list[Run] = []
    short: list[Run] = []
    turned: list[Run] = []
    for run, runs_down in _runs(glyphs):
        if all(glyph.turn for glyph in run):
            turned.append(run)
        elif runs_down:
            (down if len(run) >= FEWEST else short).append(run)
        else:
            across.append(run)
    inside = [run for run in turned if run[0].turn == 1 and any(is_end_to_end(run, other) for other in down)]
    turned = [run for run in turned if run not in inside]
    across, down = with_small_runs(across, short, [*down, *inside])
    across = _spread(_with_numbers(_joined(across, body)), body)
    spaced = are_spaced(across)
    return _lines(across, False, spaced), _lines([*stacked(down), *turned], True, spaced)


def _lines(runs: Iterable[Run], down: bool, spaced: bool) -> list[PrintedLine]:
    lines = [_line(run, down, spaced) for run in runs if any(not glyph.char.isspace() for glyph in run)]
    return [line for line in lines if line.chars]


def _runs(glyphs: Sequence[Glyph]) -> Iterator[tuple[Run, bool]]:
    """What was drawn one character after the other in one direction; and whether that is down."""
    run: Run = []
    down: bool | None = None
    for glyph in glyphs:
        if run:
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
    """False: b follows a across the page (or, turned, up it); True: down it; None: it does not. In a line down the page
    Latin letters and dashes are turned."""
    size = min(a.size, b.size)
    beside, below = b.rect.x0 - a.rect.x1, b.rect.y0 - a.rect.y1
    if a.turn == b.turn > 1:
        return False if max(-a.rect.across(b.rect), -a.rect.along(b.rect)) <= NEAR * size else None
    if max(a.size, b.size) > 2 * size or max(a.turn, b.turn) > 1:
        return None
    near = (NEAR if a.run == b.run else APART) * size
    level = not a.turn and not b.turn and a.rect.along(b.rect) >= 0.5 * size
    if level and -may_overlap(a, b, 0.5) * size <= beside <= near:
        return False
    like = max(a.size, b.size) <= 1.25 * size
    reach = NEAR if a.turn and b.turn else BELOW
    near_below = -may_overlap(a, b, 0.1) * size <= below <= reach * size
    return True if like and near_below and is_in_line(a.rect, b.rect, 0.25 * size) else None


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
    return -may_overlap(a, b, 0.15) * size <= gap <= (0.05 if at_edge else TOUCHING) * size


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


def _with_numbers(runs: Sequence[Run]) -> list[Run]:
    """The runs, with the number of an item and the text that a tab parts from it as one. A bare number is one only if
    another begins below it or above it."""
    numbers = [run for run in runs if len(run) <= LONGEST_NUMBER and is_number(chars_of(run).strip())]
    starts = Counter(_start(run) for run in numbers)
    rows: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        rows[round(run[0].rect.y1 / 4)].append(run)
    taken: dict[int, Run] = {}
    for number in numbers:
        if is_bare(chars_of(number).strip()) and starts[_start(number)] < 2:
            continue
        row = round(number[0].rect.y1 / 4)
        texts = [run for place in (row - 1, row, row + 1) for run in rows[place] if _is_item_of(number[-1], run[0])]
        if texts:
            taken.setdefault(id(min(texts, key=lambda run: run[0].rect.x0)), number)
    heads = {id(number) for number in taken.values()}
    return [[*taken.get(id(run), ()), *run] for run in runs if id(run) not in heads]


def _start(run: Run) -> int:
    return round(run[0].rect.x0 / run[0].size)


def _is_item_of(number: Glyph, first: Glyph) -> bool:
    size = min(number.size, first.size)
    return (
        number is not first
        and max(number.size, first.size) <= 1.25 * size
        and abs(first.rect.y1 - number.rect.y1) <= 0.3 * size
        and 0 <= first.rect.x0 - number.rect.x1 <= NUMBER_BESIDE * size
    )


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


def _line(run: Run, down: bool, spaced: bool) -> PrintedLine:
    visible = [glyph for glyph in run if not glyph.char.isspace()]
    size = Counter(glyph.size for glyph in visible).most_common(1)[0][0]
    fonts = Counter(glyph.font for glyph in visible if unicodedata.category(glyph.char) == "Lo")
    font = fonts.most_common(1)[0][0] if fonts else ""
    turned = all(glyph.turn for glyph in visible)
    hang, set_apart = (None, False) if turned else _hang(visible, down)
    chars = spell(run, down, spaced)
    return PrintedLine(chars, hull(glyph.rect for glyph in visible), size, font, turned, hang, set_apart)


def _hang(visible: Run, down: bool) -> tuple[float | None, bool]:
    """Where the text of an item begins along its line, and whether its number stands apart."""
    for i in range(min(LONGEST_NUMBER, len(visible) - 1), 0, -1):
        number = chars_of(visible[:i])
        if is_number(number):
            before, rect = visible[i - 1].rect, visible[i].rect
            apart = (rect.y0 - before.y1 if down else rect.x0 - before.x1) > NEAR * visible[i].size
            if apart or not is_bare(number):
                return rect[1 if down else 0], apart
    return None, False
