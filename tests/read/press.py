"""Sets type: text in columns on PDF pages, as newspapers print it. Points, y from the top of the page."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

NEVER_FIRST = "，。、；：！？”）》」』"
NEVER_LAST = "“（《「『"

for _name in ("STSong-Light", "MSung-Light", "HeiseiKakuGo-W5"):
    pdfmetrics.registerFont(UnicodeCIDFont(_name))


def _vertical(name: str, of: str) -> None:
    font = UnicodeCIDFont(of, isVertical=True)
    font.name = font.fontName = name
    pdfmetrics.registerFont(font)


_vertical("SongDown", "STSong-Light")
_vertical("MingDown", "MSung-Light")


class Column(NamedTuple):
    x: float
    top: float
    bottom: float
    width: float


class Press:
    """A PDF document in the making. `body` is the size of its text, `pitch` the distance of its lines."""

    def __init__(self, width: float, height: float, font: str, body: float, pitch: float) -> None:
        self.content = io.BytesIO()
        self.canvas = Canvas(self.content, pagesize=(width, height), invariant=True, pageCompression=1)
        self.width, self.height, self.font, self.body, self.pitch = width, height, font, body, pitch

    def line(self, chars: str, x: float, top: float, size: float, font: str | None = None, space: float = 0.0) -> None:
        """One line across the page, its em box hanging from `top`."""
        self.canvas.setFont(font or self.font, size)
        self.canvas.drawString(x, self.height - top - 0.88 * size, chars, charSpace=space)

    def centred(self, chars: str, x: float, width: float, top: float, size: float, font: str | None = None) -> None:
        self.line(chars, x + (width - size * len(chars)) / 2, top, size, font)

    def down(self, chars: str, x: float, top: float, size: float, one_by_one: bool) -> None:
        """One line down the page, its em boxes to the right of x; with a font that runs down, or sign by sign."""
        if one_by_one:
            for n, char in enumerate(chars):
                self.line(char, x, top + n * size, size)
        else:
            self.canvas.setFont("MingDown" if self.font == "MSung-Light" else "SongDown", size)
            self.canvas.drawString(x + size / 2, self.height - top, chars)

    def turned(self, chars: str, x: float, y: float, size: float) -> None:
        """A line that runs up the page."""
        self.canvas.saveState()
        self.canvas.translate(x, self.height - y)
        self.canvas.rotate(90)
        self.canvas.setFont(self.font, size)
        self.canvas.drawString(0, 0, chars)
        self.canvas.restoreState()

    def turned_down(self, chars: str, top: float, x: float, size: float) -> None:
        """A piece that runs down the page, turned, its em box to the right of x."""
        dashes = chars[0] in "—…"
        self.canvas.saveState()
        self.canvas.translate(x + 0.12 * size, self.height - top)
        self.canvas.rotate(-90)
        self.canvas.setFont("Dash" if dashes else "Helvetica", size)
        self.canvas.drawString(0, 0, chars)
        self.canvas.restoreState()

    def box(self, x: float, top: float, width: float, height: float, tint: bool = False) -> None:
        if tint:
            self.canvas.setFillGray(0.93)
        self.canvas.rect(x, self.height - top - height, width, height, stroke=not tint, fill=tint)
        self.canvas.setFillGray(0)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def picture(self, x: float, top: float, width: float, height: float) -> None:
        self.canvas.drawImage(_grey(), x, self.height - top - height, width, height)

    def text(
        self, paragraphs: Iterable[tuple[str, bool]], columns: Sequence[Column], rng: random.Random, indent: int = 2
    ) -> int:
        """Paragraphs, and headings (True), in the columns; gives how many were set whole. Nothing is set of the
        first that does not fit."""
        lines = list(self._wrapped(paragraphs, columns[0].width, indent))
        places = [(column, top) for column in columns for top in self._tops(column)]
        if not lines:
            return 0
        fitting = [n for n, chars, *_ in lines[: len(places)]]
        whole = fitting[-1] if len(lines) > len(places) else fitting[-1] + 1
        while whole and next(heading for n, _, _, heading in lines if n == whole - 1):
            whole -= 1
        heading_font = "STSong-Light" if self.font == "MSung-Light" else "HeiseiKakuGo-W5"
        last = {n: i for i, (n, *_) in enumerate(lines)}
        for i, ((n, chars, ems, heading), (column, top)) in enumerate(zip(lines, places, strict=False)):
            if n >= whole:
                break
            if heading:
                self.centred(chars, column.x, column.width, top, self.body, heading_font)
                continue
            missing = column.width - (ems + ems_of(chars, self.font)) * self.body
            stretch = missing / (len(chars) - 1) if i != last[n] and len(chars) > 1 else 0.0
            self.line(chars, column.x + ems * self.body, top, self.body, space=stretch)
        return whole

    def _tops(self, column: Column) -> Iterator[float]:
        top = column.top
        while top + self.body <= column.bottom + 0.01:
            yield top
            top += self.pitch

    def _wrapped(
        self, paragraphs: Iterable[tuple[str, bool]], width: float, indent: int
    ) -> Iterator[tuple[int, str, int, bool]]:
        """For each line: the paragraph's number, its characters, ems of indent, whether it is a heading."""
        for n, (chars, heading) in enumerate(paragraphs):
            if heading:
                yield n, chars, 0, True
                continue
            ems = indent
            for chunk in wrap(chars, width / self.body, indent, partial(ems_of, font=self.font)):
                yield n, chunk, ems, False
                ems = 0

    def turn_page(self) -> None:
        self.canvas.showPage()

    def pdf(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.content.getvalue()


def ems_of(chars: str, font: str) -> float:
    """The width of a line in ems; a digit has about half of one."""
    return pdfmetrics.stringWidth(chars, font, 1)


def wrap(chars: str, room: float, indent: int = 0, width_of: Callable[[str], float] = len) -> Iterator[str]:
    """Lines of at most `room` ems, the first shorter; none begins with a closing mark."""
    left = room - indent
    while width_of(chars) > left + 0.01:
        end = next(n for n in range(len(chars), 0, -1) if width_of(chars[:n]) <= left + 0.01)
        while end > 1 and (chars[end] in NEVER_FIRST or chars[end - 1] in NEVER_LAST):
            end -= 1
        yield chars[:end]
        chars, left = chars[end:], room
    yield chars


def _grey() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("L", (8, 8), 160))
