"""Groups of printed lines to the lines of the raw text: one paragraph, headline or caption each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from flows.chinese import without_radicals
from flows.read.pdf.blocks import Group
from flows.read.pdf.furniture import DATE
from flows.read.pdf.gluing import glue, is_closed, is_ended, join, may_leave
from flows.read.pdf.layout import Passage
from flows.read.pdf.sheet import PrintedLine

INDENT = 0.8
"""Ems from which on a line is indented; a paragraph's first one is by two."""

DEEP = 2.8
"""Ems from which on it is centred or set to the right."""

USUAL_GAP = 0.7
"""Ems between lines, where none tell."""

PICTURE = 4.0
"""Ems from which on a gap in a column can hold a picture that cuts a sentence."""

LEVELS = ((2.6, "h1"), (1.9, "h2"), (0.0, "h3"))
"""Tags of headlines by their size, in times that of the text."""

LONGEST_SUBHEAD = 40

_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百\d]{1,4}[章节条部分]|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}(?:\.\d{1,2})*[、.．\s])"
)


class Written(NamedTuple):
    """A line of the raw text. `runs_on`: it goes on where the one before it, of the page before, breaks off."""

    chars: str
    tag: str
    box: int = 0
    runs_on: bool = False


class Writer:
    """Writes page after page; `written` holds the lines of the page at hand. Headlines of less than the size
    `least` are headings of sections."""

    def __init__(self, body: float, font: str, indents: bool, least: float = 0.0) -> None:
        self.body, self.font, self.indents, self.least = body, font, indents, least
        self.written: list[Written] = []
        self.last: tuple[PrintedLine, Group] | None = None
        self.hang: float | None = None  # where the text of the item at hand begins, behind the edge of its column
        self.hung = False  # do its other lines begin there?
        self.turned_page = False

    def write(self, passages: Iterable[Passage]) -> list[Written]:
        """The lines of one page. A paragraph may go on from the page before."""
        self.written, self.turned_page = [], self.last is not None
        for passage in passages:
            before = self.last
            for group in passage.groups:
                self._group(group)
            if passage.caption:
                self._line(join(passage.caption, None), "figcaption")
            if passage.caption or any(group.box for group in passage.groups):
                self.last = before if passage.caption else None
        return self.written

    def _group(self, group: Group) -> None:
        if group.inner:
            for one in group.inner:
                self._group(one)
        elif group.is_head:
            self._head(group)
        else:
            self._text(group)

    def _line(self, chars: str, tag: str, box: int = 0) -> None:
        self.written.append(Written(chars, tag, box))

    def _head(self, group: Group) -> None:
        """Its parts by size: the largest is the headline, what stands above it the kicker, below it the subtitle."""
        parts: list[list[PrintedLine]] = []
        for line in group.lines:
            if parts and abs(parts[-1][-1].size - line.size) <= 0.06 * line.size:
                parts[-1].append(line)
            else:
                parts.append([line])
        main = max(range(len(parts)), key=lambda i: (parts[i][0].size, -i))
        for i, part in enumerate(parts):
            chars, ratio = join(part, group.rect.width), part[0].size / self.body
            tag = "kicker" if i < main else ("subtitle" if ratio > 1.1 else "p")
            if i == main:
                tag = next(tag for least, tag in LEVELS if ratio >= least)
                tag = "h4" if part[0].size < self.least or _NUMBERED.match(without_radicals(chars)) else tag
            self._line(chars, tag, group.box)
        self.last = None

    def _text(self, group: Group) -> None:
        subhead: list[PrintedLine] = []
        for i, line in enumerate(group.lines):
            if self._is_subhead(group, i):
                if subhead and not _continues(subhead[-1], line, group, self.body):
                    self._subhead(subhead, group)
                    subhead = []
                subhead.append(line)
                continue
            if subhead:
                self._subhead(subhead, group)
                subhead = []
            self._text_line(group, i)
        if subhead:
            self._subhead(subhead, group)

    def _subhead(self, lines: Sequence[PrintedLine], group: Group) -> None:
        self._line(join(lines, group.right - group.left), "h4", group.box)
        self.last = None

    def _is_subhead(self, group: Group, i: int) -> bool:
        """Is the line larger than the text, or in another font, and not a paragraph of that?"""
        line = group.lines[i]
        if (line.font in (self.font, "") and line.size <= 1.08 * self.body) or len(line.chars) > LONGEST_SUBHEAD:
            return False
        alike = [j for j in range(max(0, i - 3), min(len(group.lines), i + 4)) if _alike(group.lines[j], line)]
        return len(alike) <= 2 and not is_closed(line.chars)

    def _text_line(self, group: Group, i: int) -> None:
        line = group.lines[i]
        if self._opens(group, i):
            self.hang, self.hung = None if line.hang is None else line.hang - group.left, False
            self.written.append(Written(line.chars, "p", group.box))
        elif self.turned_page and not self.written:
            self.written.append(Written(line.chars, "p", group.box, True))
        else:
            before = self.written[-1] if self.written else None
            place = len(self.written) - 1
            while before is not None and before.tag == "figcaption":
                place -= 1
                before = self.written[place] if place >= 0 else None
            if before is None or before.tag != "p":
                self.written.append(Written(line.chars, "p", group.box))
            else:
                self.written[place] = before._replace(chars=glue(before.chars, line.chars))
            if self.hang is not None and self.last and self.last[1] is not group:
                self.hang = line.rect.x0 - group.left  # in the next column
            self.hung = self.hung or self._hangs(group, i)
        self.last = None if self._stands_alone(group, i) else (line, group)

    def _opens(self, group: Group, i: int) -> bool:
        """Does a paragraph begin with the line?"""
        line = group.lines[i]
        if self.last is None or line.set_apart or DATE.fullmatch(without_radicals(line.chars)):
            return True
        before, column = self.last
        if column.box != group.box or self._stands_alone(group, i) or abs(line.size - before.size) > 0.08 * line.size:
            return True
        closed = is_closed(before.chars)
        begins_alike = column is group and _begin_alike(line, before, self.body)
        if line.hang is not None and closed and (self.hang is not None or not begins_alike):
            return True
        filled = (column.right - before.rect.x1) / self.body <= may_leave(line.chars)
        indent = (line.rect.x0 - group.left) / self.body
        hangs = self._hangs(group, i) and (self.hung or not is_ended(before.chars))
        goes_on = filled and not closed and begins_alike
        if indent >= INDENT and not hangs and not goes_on and not self._is_beside_something(group, i):
            return True
        if self.hung and not hangs and column is group:
            return True
        narrow = column is group and abs(before.rect.x1 - line.rect.x1) < 0.6 * self.body
        if not filled and not narrow:
            return closed or not (hangs or self.indents)
        return not self.indents and self._is_apart(group, line, closed)

    def _is_apart(self, group: Group, line: PrintedLine, closed: bool) -> bool:
        """Does the line stand further below the one before it than lines do, though not as far as a picture parts the
        lines of a sentence?"""
        before, column = self.last or (line, group)
        gap = line.rect.y0 - before.rect.y1
        if line.rect.across(before.rect) <= 0 or (gap > PICTURE * self.body and not closed):
            return False
        gaps = [b.rect.y0 - a.rect.y1 for one in (column, group) for a, b in pairwise(one.lines)]
        return gap > min(median(gaps or [USUAL_GAP * self.body]) + 0.25 * self.body, 1.2 * self.body)

    def _stands_alone(self, group: Group, i: int) -> bool:
        """Is the line centred, or set to the right, as a signature is?"""
        line = group.lines[i]
        deep = line.rect.x0 - group.left > DEEP * self.body and not self._hangs(group, i)
        return deep and not self._is_beside_something(group, i)

    def _hangs(self, group: Group, i: int) -> bool:
        """Does the line begin where the text of the item does that is being written, or, in the next column, where
        that of the next item does?"""
        place = group.lines[i].rect.x0
        if self.hang is None:
            return False
        places = [group.left + self.hang]
        if self.last and self.last[1] is not group:
            places += [line.hang for line in group.lines if line.hang is not None]
        return any(abs(place - one) <= 0.3 * self.body for one in places)

    def _is_beside_something(self, group: Group, i: int) -> bool:
        """Do the lines around it begin where it does, because a picture or a frame stands to their left?"""
        line = group.lines[i]
        if line.rect.x0 - group.left <= DEEP * self.body:
            return False
        around = [group.lines[j] for j in (i - 1, i + 1) if 0 <= j < len(group.lines)]
        alike = [one for one in around if _begin_alike(one, line, self.body)]
        wide = [one for one in alike if one.rect.width > 0.5 * (group.right - group.left)]
        return bool(alike) and any(group.right - one.rect.x1 < 3 * self.body for one in (line, *wide))


def indents_paragraphs(groups: Iterable[Group], body: float) -> bool:
    """Do paragraphs of this document open with an indented line? Lines that begin alike are a list."""
    count = indented = 0
    for group in _flat(groups):
        lines = () if group.is_head else group.lines
        count += len(lines)
        for before, line, after in zip((None, *lines), lines, (*lines[1:], None), strict=False):
            alone = not any(one and _begin_alike(one, line, body) for one in (before, after))
            indented += alone and 1.2 <= (line.rect.x0 - group.left) / body <= DEEP
    return indented >= max(2, 0.02 * count)


def _flat(groups: Iterable[Group]) -> Iterable[Group]:
    for group in groups:
        yield from _flat(group.inner) if group.inner else [group]


def _alike(a: PrintedLine, b: PrintedLine) -> bool:
    return a.font == b.font and abs(a.size - b.size) <= 0.06 * a.size


def _begin_alike(a: PrintedLine, b: PrintedLine, body: float) -> bool:
    return abs(a.rect.x0 - b.rect.x0) <= 0.3 * body


def _continues(a: PrintedLine, b: PrintedLine, group: Group, body: float) -> bool:
    """Do two lines of a subheading belong together?"""
    return _alike(a, b) and b.rect.y0 - a.rect.y1 <= 1.1 * a.size and a.rect.width >= 0.7 * (group.right - group.left)
