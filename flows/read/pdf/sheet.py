"""What stands on a page, with its place: characters, boxes, rules, pictures. Lengths are points (1/72 inch), x from the
left edge of the page, y from its top."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple


class Rect(NamedTuple):
    """An upright rectangle; x0 <= x1, and y0, its top, <= y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def holds(self, other: Rect, slack: float = 1.0) -> bool:
        """Does the other one lie in it?"""
        return (
            self.x0 - slack <= other.x0
            and other.x1 <= self.x1 + slack
            and self.y0 - slack <= other.y0
            and other.y1 <= self.y1 + slack
        )

    def across(self, other: Rect) -> float:
        """The width in which the two stand one above the other; negative: the gap between them."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def along(self, other: Rect) -> float:
        """The height in which the two stand side by side; negative: the gap between them."""
        return min(self.y1, other.y1) - max(self.y0, other.y0)

    def turned(self, width: float, height: float, turns: int) -> Rect:
        """Where it lies after quarter turns, clockwise, of the sheet that has this size."""
        x0, y0, x1, y1 = self
        for _ in range(turns % 4):
            x0, y0, x1, y1 = height - y1, x0, height - y0, x1
            width, height = height, width
        return Rect(x0, y0, x1, y1)


def hull(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle around them all; there must be one."""
    x0s, y0s, x1s, y1s = zip(*rects, strict=True)
    return Rect(min(x0s), min(y0s), max(x1s), max(y1s))


class Glyph(NamedTuple):
    """One character. `rect` is as high as an em and as wide as it goes; `turn` how often its line is turned by 90
    degrees, clockwise; `font` tells fonts apart, and `run` pieces of text that were drawn in one go."""

    char: str
    rect: Rect
    size: float
    turn: int
    font: str
    run: int


Run = list[Glyph]
"""Characters in the order in which they are read."""

MARK = 0.6
"""Ems that a mark may reach into its neighbour's box: half of its own is blank, and printers squeeze that out."""


@cache
def is_mark(char: str) -> bool:
    """Is it a punctuation mark?"""
    return unicodedata.category(char).startswith("P")


def may_overlap(a: Glyph, b: Glyph, others: float) -> float:
    """The ems by which the boxes of two neighbours may overlap; `others`: if neither is a mark."""
    return MARK if is_mark(a.char) or is_mark(b.char) else others


class Sheet(NamedTuple):
    """One page. `boxes` are frames and tinted areas, `rules` thin lines, `pictures` images; `unseen` counts the
    characters that have no place or are too small to be read."""

    width: float
    height: float
    glyphs: list[Glyph]
    boxes: list[Rect]
    rules: list[Rect]
    pictures: list[Rect]
    unseen: int = 0


class PrintedLine(NamedTuple):
    """A line of characters. `chars` has no white space at its ends. `font` is that of its Chinese characters, "" if it
    has none: marks, digits and Latin words often have their own. `turned`: it runs up or down the page. `hang`: the
    place along it where its text begins, if it opens with the number of an item; `set_apart`: with a gap behind it."""

    chars: str
    rect: Rect
    size: float
    font: str
    turned: bool = False
    hang: float | None = None
    set_apart: bool = False


def body_size(glyphs: Iterable[Glyph]) -> float:
    """The size that most characters have, to a quarter of a point where that is little of it; 0.0 if there are none."""
    sizes = (glyph.size for glyph in glyphs if not glyph.char.isspace())
    counted = Counter(round(size * 4) / 4 if size >= 1 else size for size in sizes)
    return max(counted, key=lambda size: (counted[size], size), default=0.0)


_ROW = 1 << 20
"""More cells than a page is high."""

_AROUND = tuple(_ROW * i + j for i in (0, -1, 1) for j in (0, -1, 1))


def without_overprint(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs less those that were drawn on the same character again: shadows, and bold made by printing twice."""
    seen: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    kept = []
    for glyph in glyphs:
        cell = 0.1 * glyph.size
        runs = seen[glyph.char, round(glyph.size)]
        place = round(glyph.rect.x0 / cell) * _ROW + round(glyph.rect.y0 / cell)
        if not runs or all(runs.get(place + step, glyph.run) == glyph.run for step in _AROUND):
            kept.append(glyph)
            runs[place] = glyph.run
    return kept
