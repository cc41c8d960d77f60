"""Characters to printed lines, across the page or down it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from flows.read.pdf.items import hang_of
from flows.read.pdf.pieces import join_pieces
from flows.read.pdf.sheet import Glyph, PrintedLine, Run, hull, may_overlap
from flows.read.pdf.spelling import NEAR, are_spaced, spell
from flows.read.pdf.stacks import BELOW, FEWEST, is_in_line, stacked, with_small_runs, with_turned_runs

APART = 0.4
"""Ems between a character of one piece of text and the next piece, up to which they stand in one line (NEAR: if both
are of one piece); a gutter is wider."""


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
    turned, inside = with_turned_runs(turned, down)
    across, down = with_small_runs(across, short, [*down, *inside])
    across = join_pieces(across, body)
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


def _line(run: Run, down: bool, spaced: bool) -> PrintedLine:
    visible = [glyph for glyph in run if not glyph.char.isspace()]
    size = Counter(glyph.size for glyph in visible).most_common(1)[0][0]
    fonts = Counter(glyph.font for glyph in visible if unicodedata.category(glyph.char) == "Lo")
    font = fonts.most_common(1)[0][0] if fonts else ""
    turned = all(glyph.turn for glyph in visible)
    hang, set_apart = (None, False) if turned else hang_of(visible, down)
    chars = spell(run, down, spaced)
    return PrintedLine(chars, hull(glyph.rect for glyph in visible), size, font, turned, hang, set_apart)
