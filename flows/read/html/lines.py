"""The lines of a page while it is read: characters come in, lines with their blocks come out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flows.document import Block
from flows.read.html.elements import CELLS, SPACE, Frame

SEAM, LONGEST_LABELS = "\0", 120
"""What stands for the place between two inline elements that the page's style may hold apart, or for a line end of its
source (no page's text has it: the parser makes U+FFFD of it), and the characters up to which a line can be one of
labels."""

_WIDE = "[\u2e80-\u9fff\uff01-\uff60“”‘’…—]"
_WRAPPED = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")
"""A line end of the source between two wide characters, where CSS shows nothing (Text Module 3, segment breaks)."""

_SENTENCE = re.compile("[。！？；]")
_BLANKS = re.compile(r" +")


@dataclass(slots=True)
class Lines:
    """The lines read so far, and the one being read; in a `row` of data its cells make one line."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0
    line: list[str] = field(default_factory=list)
    links: int = 0
    row: bool = False
    soft: bool = False
    """Is the line end before this place one of `<br>` or `<pre>`, and not that of an element?"""

    def add(self, chars: str, frame: Frame, link: bool) -> None:
        """More characters for the line, white space collapsed; in `<pre>` a newline ends it."""
        if not chars.isprintable() or "  " in chars:
            if not self.line and chars.isspace() and chars.isascii():
                return
            if frame[0] == "pre" and "\n" in chars:
                full, _, chars = chars.rpartition("\n")
                for line in full.split("\n"):
                    self.add(line, frame, link)
                    self.end(frame, "\n")
            if "\n" in chars:
                chars = _WRAPPED.sub(SEAM, chars)
            chars = SPACE.sub(" ", chars)
        if not self.line:
            chars = chars.removeprefix(" ")
        if chars:
            self.line.append(chars)
            if link:
                self.links += len(chars)

    def end(self, frame: Frame, space: str) -> None:
        """Ends the line, if there is one; `space` is what stands behind it: a newline, or two where a paragraph ends. A
        second line end is the end of one."""
        if self.row:
            self.line.append(" ")
            return
        chars = "".join(self.line)
        chars = (_closed(chars) if SEAM in chars else chars).strip(" \t")
        links, self.links = self.links, 0
        self.line.clear()
        if not chars.strip():
            if self.soft:
                self.parts[-1], self.length, self.soft = "\n\n", self.length + 1, False
            return
        self.soft = space == "\n"
        start, end = self.length, self.length + len(chars)
        self.parts += (chars, space)
        self.length = end + len(space)
        tag, within, words, inside = frame
        self.blocks.append(Block(start, end, tag, links and min(links, len(chars)), within, words, inside))

    def leave(self, frame: Frame) -> None:
        """At the end of the element in a row of data that the frame is of."""
        if frame[0] in CELLS:
            self.line.append("\t")
        elif frame[0] == "tr":
            self._end_row(frame)
        else:
            self.end(frame, "\n\n")

    def _end_row(self, frame: Frame) -> None:
        """Ends a row of data: its cells with one tab between them."""
        self.row = False
        cells = [cell.strip(" ") for cell in _BLANKS.sub(" ", "".join(self.line)).split("\t")]
        self.line[:] = ["\t".join(cells)]
        self.end(frame, "\n")
        self.soft = False


def _closed(chars: str) -> str:
    """A line with its seams closed, or with white space in them if it is one of labels and names, not of sentences."""
    labels = len(chars) <= LONGEST_LABELS and not _SENTENCE.search(chars)
    return _BLANKS.sub(" ", chars.replace(SEAM, " " if labels else ""))
