"""The characters of a PDF page as boxes on an upright sheet."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Any

from flows.read.pdf.characters import Character, read_characters
from flows.read.pdf.fonts import give_extent
from flows.read.pdf.shapes import find_shapes
from flows.read.pdf.sheet import Glyph, Rect, Sheet

ABOVE, BELOW = 0.88, 0.12
"""Where an em box stands to the base line, in ems: what Chinese fonts have, whatever is put in the place of one."""

LEGIBLE = 1 / 800
"""Share of the longer side of the page that a character is high at least; on A4 that is 1 point."""

FAR = 20_000.0
"""Points beyond which no place of a page lies."""

NARROWEST, WIDEST = 0.05, 4.0
"""Ems that a character's stated width lies between (one glyph can stand for several); outside, it is guessed."""

OVERPRINT = 0.2
"""Ems that the next character begins behind one at least if it does not cover it."""

_WIDE = frozenset("WF")


def read_sheet(page: Any) -> Sheet:
    """The page with everything upright: turned as it says, and once more if most of its text is turned."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    give_extent(page)
    textpage = page.get_textpage()
    try:
        characters = list(read_characters(textpage))
    finally:
        textpage.close()
    seen = _seen(characters, max(width, height) * LEGIBLE)
    glyphs = list(_glyphs(seen, left, top))
    boxes, rules, pictures = find_shapes(page, left, top)
    turns = page.get_rotation() // 90
    if glyphs:
        turns -= Counter((glyph.turn + turns) % 4 for glyph in glyphs).most_common(1)[0][0]
    turns %= 4

    def turn(rects: list[Rect]) -> list[Rect]:
        return [rect.turned(width, height, turns) for rect in rects] if turns else rects

    if turns:
        glyphs = [
            glyph._replace(rect=glyph.rect.turned(width, height, turns), turn=(glyph.turn + turns) % 4)
            for glyph in glyphs
        ]
    size = (height, width) if turns % 2 else (width, height)
    return Sheet(*size, glyphs, turn(boxes), turn(rules), turn(pictures), _visible(characters) - _visible(seen))


def _visible(characters: Sequence[Character]) -> int:
    return sum(not one.char.isspace() for one in characters)


def _seen(characters: Sequence[Character], least: float) -> list[Character]:
    """The characters that have a place and a size; hidden layers are set in sizes that nobody can read."""
    placed = [
        one
        for one in characters
        if 0 < one.style.size < FAR and 0 < one.style.em < FAR and abs(one.x) < FAR and abs(one.y) < FAR
    ]
    return [one for one in placed if one.style.size >= least] or placed


def _glyphs(characters: Sequence[Character], left: float, top: float) -> Iterator[Glyph]:
    """The characters with their boxes: an em high, and as wide as they go before the next one begins."""
    apart = list(_set_apart(characters))
    for one, after in zip_longest(apart, apart[1:]):
        char, style = one.char, one.style
        x, y, size, advance = one.x - left, top - one.y, style.size, one.advance
        if style.down or not (NARROWEST * style.em < advance < WIDEST * style.em or char.isspace()):
            advance = _guess(one)
        if after is not None and not style.down:
            advance = min(advance, _step(one, after))
        match style.turn:
            case 0:
                rect = Rect(x, y - ABOVE * size, x + advance, y + BELOW * size)
            case 1:
                rect = Rect(x - BELOW * size, y, x + ABOVE * size, y + advance)
            case 2:
                rect = Rect(x - advance, y - BELOW * size, x, y + ABOVE * size)
            case _:
                rect = Rect(x - ABOVE * size, y - advance, x + BELOW * size, y)
        yield Glyph(char, rect, size, style.turn, style.name, one.run)


def _set_apart(characters: Sequence[Character]) -> Iterator[Character]:
    """The characters, with those for which one glyph stands side by side: what the file says that it means (ligatures
    such as ﬁ, or —— as one) all begins where it does, up to where the next one begins."""
    groups = [list(group) for _, group in groupby(characters, lambda one: (one.run, one.x, one.y))]
    for same, behind in zip_longest(groups, groups[1:]):
        last = same[-1]
        if len(same) > 1 and not last.style.down:
            most = len(same) * last.style.em
            step = _step(last, behind[0]) if behind and not last.char.isascii() else math.inf
            whole = step if step <= 1.1 * most else last.advance if last.char.isascii() else most
            for n, one in enumerate(same):
                along = whole * n / len(same)
                dx, dy = ((along, 0.0), (0.0, -along), (-along, 0.0), (0.0, along))[one.style.turn]
                same[n] = one._replace(x=one.x + dx, y=one.y + dy, advance=whole / len(same))
        yield from same


def _guess(one: Character) -> float:
    wide = unicodedata.east_asian_width(one.char) in _WIDE
    return one.style.em if wide else one.style.em / 2


def _step(one: Character, after: Character) -> float:
    """How far behind this character the next one begins; without limit if it does not stand on the same line, or is
    printed over this one."""
    x, y = after.x - one.x, after.y - one.y
    along, aside = ((x, y), (-y, x), (-x, y), (y, x))[one.style.turn]
    least = 0.0 if after.run == one.run or after.char.isspace() else OVERPRINT * one.style.em
    if one.char.isspace():
        along, least = max(along, 0.0), 0.0
    return along if along >= least and abs(aside) <= 0.3 * one.style.size else math.inf
