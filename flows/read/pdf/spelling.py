"""The characters of one line with its spaces: those that can be seen, whatever the file says of them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from flows.read.pdf.sheet import Glyph

NEAR = 0.6
"""Ems between two characters of one piece of text; what stands further apart has a space between."""

VISIBLE = 0.04
"""Ems that a space of the file must leave blank to be one."""

WORDS, NUMBERS = 0.15, 0.2
"""Ems beyond the usual gap of a line at which it parts Latin words, and numbers, without a space of the file."""

WIDER = 0.3
"""Ems by which a gap must be wider than its like to mean a space where a space stands behind each character."""

MOST, FEWEST = 0.8, 5
"""Share of the gaps of a line, and their number, from which on a space in each of them means none."""


class _Gap(NamedTuple):
    """Between two characters that can be seen, with the spaces that the file has there."""

    a: Glyph
    b: Glyph
    white: str
    ems: float
    is_latin: bool


def are_spaced(runs: Sequence[Sequence[Glyph]]) -> bool:
    """Does a space stand behind most Chinese characters?"""
    gaps = [gap for run in runs for gap in _gaps(run, False) if not gap.is_latin]
    return len(gaps) > 2 * FEWEST and sum(bool(gap.white) for gap in gaps) > len(gaps) / 2


def spell(run: Sequence[Glyph], down: bool, spaced: bool) -> str:
    """The characters of a line, from the first to the last that can be seen. `spaced`: in its file a space stands
    behind most of them, and says nothing."""
    gaps = _gaps(run, down)
    if not gaps:
        return "".join(glyph.char for glyph in run).strip()
    chinese, latin = [gap for gap in gaps if not gap.is_latin], [gap for gap in gaps if gap.is_latin]
    blank = _blank(chinese, MOST if not spaced else 0.5, 1 if spaced else FEWEST)
    blank_latin = _blank(latin, 0.5, 1) if spaced or blank > VISIBLE else VISIBLE
    close = sorted(gap.ems for gap in gaps if not gap.white and gap.ems <= NEAR)
    usual = max(close[len(close) // 4], 0.0) if len(close) >= FEWEST else 0.0
    chars = [gaps[0].a.char]
    for gap in gaps:
        if not gap.is_latin:
            least = blank if gap.white else max(blank, NEAR)
        elif gap.white:
            least = blank_latin
        else:
            least = max(blank_latin, usual + (NUMBERS if gap.a.char.isdigit() and gap.b.char.isdigit() else WORDS))
        chars += [gap.white or " ", gap.b.char] if gap.ems > least else [gap.b.char]
    return "".join(chars)


def _blank(gaps: Sequence[_Gap], share: float, fewest: int) -> float:
    """The ems up to which a gap with a space of the file is none."""
    wide = [gap.ems for gap in gaps if gap.white or gap.ems > NEAR]
    if len(gaps) >= fewest and len(wide) >= share * len(gaps) and median(wide) <= 2 * NEAR:
        return max(median(wide) + WIDER, VISIBLE)
    return VISIBLE


def _gaps(run: Sequence[Glyph], down: bool) -> list[_Gap]:
    gaps: list[_Gap] = []
    before: Glyph | None = None
    white = ""
    for glyph in run:
        if glyph.char.isspace():
            white += glyph.char
            continue
        if before is not None:
            a, b = before.rect, glyph.rect
            turn = 1 if down and not glyph.turn else glyph.turn
            points = (b.x0 - a.x1, b.y0 - a.y1, a.x0 - b.x1, a.y0 - b.y1)[turn]
            is_latin = before.char.isascii() and glyph.char.isascii()
            gaps.append(_Gap(before, glyph, white, points / glyph.size, is_latin))
        before, white = glyph, ""
    return gaps
