"""Lines to paragraphs: what a column's or a page's width cut apart is joined, and displaced headings go back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

from flows.characters import Sequences
from flows.segment.headings import is_bracketed, is_closed, is_prose, opens_paragraph

_PAIRS = tuple(zip("“（(《「『【", "”）)》」』】", strict=True))
_RUNS_ON = "，,、"
_NEVER_FIRST = re.compile(r"[的了们着过得地，、。；：！？”’）》」』】%％]|\d+[\u4e00-\u9fff](?![日月年])")
"""What does not open a sentence: particles, closing marks, a bare quantity."""

_LONGEST_HEADING = 24

LONG = 20_000
"""Characters of an article from which on its sequences are sorted once, and not searched for in all of it."""


class Paragraph(NamedTuple):
    """`lines` are places in the sequence of lines, in reading order; `moved` says that a heading was put behind it."""

    lines: tuple[int, ...]
    moved: bool = False


class Break(Enum):
    """What ends a line: nobody knows in text without markup and in print; a line break of the markup; or the end of an
    element, and so of a paragraph."""

    UNKNOWN = auto()
    LINE = auto()
    PARAGRAPH = auto()


def join_wraps(lines: Sequence[str], breaks: Sequence[Break] | None = None) -> list[Paragraph]:
    """The paragraphs of an article's lines, every line in one of them; `breaks` are what ends each line.

    A line that ends without closing its sentence runs on into the next. Where a heading stands between the two,
    a column break has pushed it there: it goes behind the paragraph that it interrupts. Where markup ends the line,
    the sentence must surely go on.
    """
    return list(_Joiner(lines, breaks or [Break.UNKNOWN] * len(lines)).paragraphs())


class _Joiner:
    def __init__(self, lines: Sequence[str], breaks: Sequence[Break]) -> None:
        self.lines = lines
        self.breaks = breaks
        self.whole = "\n".join(lines)
        self.sequences: dict[int, Sequences] = {}

    def paragraphs(self) -> list[Paragraph]:
        out: list[Paragraph] = []
        after_heading, i = False, 0
        while i < len(self.lines):
            if is_bracketed(self.lines[i]):
                out.append(Paragraph((i,)))
                after_heading, i = True, i + 1
                continue
            taken, displaced, i = self._paragraph(i, after_heading)
            out.append(Paragraph(tuple(taken), bool(displaced)))
            out += [Paragraph((place,)) for place in displaced]
            after_heading = bool(displaced)
        return out

    def _paragraph(self, i: int, after_heading: bool) -> tuple[list[int], list[int], int]:
        """The lines of the paragraph that begins at line i, the headings inside it, and the place behind it."""
        taken, displaced = [i], []
        i += 1
        while i < len(self.lines):
            last = taken[-1]
            line = self.lines[last]
            if is_closed(line) and not _is_open(line, self.lines[i]):
                break
            if self.breaks[last] is not Break.UNKNOWN:
                if self.breaks[last] is Break.PARAGRAPH or not self._surely_runs_on(last, i):
                    break
                taken.append(i)
                i += 1
                continue
            in_text = after_heading or len(taken) > 1 or is_prose(line) or line[-1] in _RUNS_ON
            if self._runs_on(last, i, in_text):
                taken.append(i)
                i += 1
            elif in_text and self._is_displaced(last, i):
                displaced.append(i)
                taken.append(i + 1)
                i += 2
            else:
                break
        return taken, displaced, i

    def _runs_on(self, last: int, i: int, in_text: bool) -> bool:
        """Does the sentence of line `last` go on in line i?

        Certain when the line ends in a comma or inside a quotation. Else a paragraph that breaks off runs on, unless
        what follows looks like a heading; a short line does so only if the break splits a word (`_splits_word`).
        """
        line, below = self.lines[last], self.lines[i]
        if opens_paragraph(below):
            return False
        if line[-1] in _RUNS_ON or (is_prose(line) and _is_open(line, below)):
            return is_prose(below) or is_closed(below) or not self._is_displaced(last, i)
        if is_closed(line):
            return False
        if in_text:
            return is_prose(below) or is_closed(below) or self._splits_word(line, below)
        return is_prose(below) and self._splits_word(line, below)

    def _surely_runs_on(self, last: int, i: int) -> bool:
        """Does the sentence of a paragraph go on in line i, although the markup ends line `last`?"""
        line, below = self.lines[last], self.lines[i]
        if not is_prose(line) or is_closed(line) or opens_paragraph(below):
            return False
        return line[-1] in _RUNS_ON or _NEVER_FIRST.match(below) is not None or self._splits_word(line, below)

    def _is_displaced(self, last: int, i: int) -> bool:
        """Is line i a heading that stands inside a sentence, which goes on in the line behind it?

        A bracketed one is where the sentence breaks off at all; any other needs a proof that it goes on.
        """
        if i + 1 >= len(self.lines):
            return False
        line, heading, below = self.lines[last], self.lines[i], self.lines[i + 1]
        if is_closed(line) and not _is_open(line, below):
            return False
        if is_bracketed(below) or opens_paragraph(below):
            return False
        if is_bracketed(heading):
            return True
        if is_prose(heading) or is_closed(heading) or len(heading) > _LONGEST_HEADING or heading[-1] in _RUNS_ON:
            return False
        proof = line[-1] in _RUNS_ON or _NEVER_FIRST.match(below) or self._splits_word(line, below)
        return bool(proof) and (is_prose(below) or is_closed(below))

    def _splits_word(self, line: str, below: str) -> bool:
        """Is a number cut, or do the characters at the break stand together elsewhere on the page, with one more?"""
        if line[-1].isascii() and line[-1].isalnum() and below[0].isascii() and below[0].isalnum():
            return not line.isascii()  # as a line of date and time is
        return self._stands(line[-2:] + below[0]) or self._stands(line[-1] + below[:2])

    def _stands(self, sequence: str) -> bool:
        if len(self.whole) < LONG:
            return sequence in self.whole
        if len(sequence) not in self.sequences:
            self.sequences[len(sequence)] = Sequences(self.whole, len(sequence))
        return sequence in self.sequences[len(sequence)]


def _is_open(line: str, below: str) -> bool:
    """Does a quotation or parenthesis begin in the line that ends in the one below? One that nothing ends is damage."""
    for left, right in _PAIRS:
        if line.rfind(left) > line.rfind(right):
            end, begins_anew = below.find(right), below.find(left)
            if end >= 0 and not 0 <= begins_anew < end:
                return True
    return False
