"""The characters of a PDF page as its content stream sets them: where each begins, how far it goes, how it is drawn."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from flows.read.pdf.fonts import Fonts, by_address

LOST = "\ufffd"
"""A character that the file gives no meaning to."""

LEANS = 0.05
"""Cosine of the angle between the base line and an upright stroke from which on letters lean."""

EPSILON = 0.001
"""Ems by which two widths may differ that are the same."""

_HYPHENS = (2, 0xFFFE)


class Style(NamedTuple):
    """How a piece of text is drawn: its height and the width of an em (points), after all that scales or turns it, and
    how often its line is turned by 90 degrees, clockwise. `font` is an address and `name` tells fonts apart. `down`:
    the font runs down the page. `leans`: it is oblique."""

    size: float
    em: float
    turn: int
    font: int
    name: str
    down: bool
    leans: bool


class Character(NamedTuple):
    """`x` and `y` (points, upwards): where it begins on its base line. `advance` (points): how far behind that the next
    one begins, if nothing but its own width moves it. Characters that were drawn in one go have the same `run`."""

    char: str
    x: float
    y: float
    advance: float
    style: Style
    run: int


def read_characters(textpage: Any) -> Iterator[Character]:
    """The characters that stand in the file; those that pdfium puts between them (spaces, line ends) are left out."""
    handle, ruler = textpage.raw, _Ruler(textpage.raw)
    x, y = ruler.x, ruler.y
    run, drawn, high = 0, 0, 0
    style: Style | None = None
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, i)
        if code <= 32 and raw.FPDFText_IsGenerated(handle, i) == 1:
            continue
        if high and style and not 0xDC00 <= code < 0xE000:
            yield Character(LOST, x.value, y.value, style.em, style, run)
            high = 0
        if not ruler.find(i):
            continue
        owner = ruler.text_of(i)
        if owner != drawn or style is None:
            run, drawn, style = run + 1, owner, ruler.style(i, owner)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00, 0
        char, place = _char(handle, i, code), (x.value, y.value)
        yield Character(char, *place, ruler.advance(i, code, *place, style), style, run)
    if high and style:
        yield Character(LOST, x.value, y.value, style.em, style, run)


def _char(handle: Any, i: int, code: int) -> str:
    if code in _HYPHENS and raw.FPDFText_IsHyphen(handle, i) == 1:
        return "-"
    if code in (9, 10, 13):
        return " "
    if (
        raw.FPDFText_HasUnicodeMapError(handle, i) == 1
        or code < 32
        or 0xD800 <= code < 0xE000
        or code in (0xFFFE, 0xFFFF)
        or code > 0x10FFFF
    ):
        return LOST
    return chr(code)


class _Ruler:
    """Measures the characters of a page. `x` and `y` are the place of the one that was found last."""

    def __init__(self, handle: Any) -> None:
        self.handle, self.address = handle, ctypes.cast(handle, ctypes.c_void_p)
        self.fonts = Fonts()
        self.names: dict[int, str] = {}
        self.matrix, self.box, self.sides = raw.FS_MATRIX(), raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
        self.at_matrix, self.at_box = ctypes.byref(self.matrix), ctypes.byref(self.box)
        self.at_sides = [ctypes.byref(side) for side in self.sides]
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.at_x, self.at_y = ctypes.byref(self.x), ctypes.byref(self.y)
        place, number = ctypes.c_void_p, ctypes.c_int
        self._text_of = by_address(raw.FPDFText_GetTextObject, place, place, number)
        self._font_of = by_address(raw.FPDFTextObj_GetFont, place, place)
        self._origin_of = by_address(raw.FPDFText_GetCharOrigin, number, place, number, place, place)
        self._box_of = by_address(raw.FPDFText_GetLooseCharBox, number, place, number, place)

    def find(self, i: int) -> bool:
        """Has the character a place?"""
        return bool(self._origin_of(self.address, i, self.at_x, self.at_y))

    def text_of(self, i: int) -> int:
        """The address of the piece of text that the character belongs to; 0 if it has none."""
        return self._text_of(self.address, i) or 0

    def style(self, i: int, text: int) -> Style:
        raw.FPDFText_GetMatrix(self.handle, i, self.at_matrix)
        size, matrix = raw.FPDFText_GetFontSize(self.handle, i), self.matrix
        a, b, c, d = size * matrix.a, size * matrix.b, size * matrix.c, size * matrix.d
        em, height = math.hypot(a, b), math.hypot(c, d)
        turn = round(math.atan2(-b, a) / (math.pi / 2)) % 4 if math.isfinite(em) else 0
        font = (self._font_of(text) if text else None) or 0
        if font not in self.names:
            self.names[font] = _font_name(self.handle, i)
        leans = abs(a * c + b * d) > LEANS * em * height
        return Style(height, em, turn, font, self.names[font], self.fonts.runs_down(font), leans)

    def advance(self, i: int, code: int, x: float, y: float, style: Style) -> float:
        """The width that its font states.

        pdfium tells that of the very character that is drawn, but only joined with its outline. Where the outline may
        reach further, it is asked for the one that the font has at that code point, which may be another one's.
        """
        if not style.down and not style.leans:
            self._box_of(self.address, i, self.at_box)
            box = self.box
            whole: float = (box.right - x, y - box.bottom, x - box.left, box.top - y)[style.turn]
            if abs(whole - style.em) <= EPSILON * style.em:
                return whole
            raw.FPDFText_GetCharBox(self.handle, i, *self.at_sides)
            left, right, bottom, top = (side.value for side in self.sides)
            outline: float = (right - x, y - bottom, x - left, top - y)[style.turn]
            if outline < whole - EPSILON * style.em:
                return whole
        return abs(self.fonts.width(style.font, code)) * style.em


def _font_name(handle: Any, i: int) -> str:
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(handle, i, None, 0, flags)
    if not 0 < length < 1000:
        return ""
    name = ctypes.create_string_buffer(length)
    raw.FPDFText_GetFontInfo(handle, i, name, length, flags)
    return bytes(name.value).decode("utf-8", "replace")
