"""The characters and shapes of a PDF page, as pdfium finds them."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from flows.read.pdf.sheet import Glyph, Rect, Sheet

MAX_SHAPES = 20_000
"""Shapes of a page that are looked at; a page with more is a map or a drawing, and its first ones tell its frames."""

DEPTH = 4
"""How deep forms inside forms are opened for shapes."""

RULE = 3.0
"""Points: what is thinner is a line."""

ABOVE, BELOW = 0.88, 0.12
"""Where an em box stands to the base line, in ems: what Chinese fonts have, whatever font this machine puts in the
place of one that is not embedded."""

LOST = "\ufffd"
_WIDE = frozenset("WFA")
_HYPHENS = (2, 0xFFFE)


class _Style(NamedTuple):
    size: float
    em: float
    turn: int
    font: str


class _Character(NamedTuple):
    char: str
    x: float
    y: float
    style: _Style
    run: int


def read_sheet(page: Any) -> Sheet:
    """The page with everything upright: turned as it says, and once more if most of its text is turned."""
    left, bottom, right, top = page.get_bbox()
    width, height = right - left, top - bottom
    textpage = page.get_textpage()
    try:
        glyphs = list(_glyphs(list(_characters(textpage)), left, top))
    finally:
        textpage.close()
    boxes, rules, pictures = _shapes(page, left, top)
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
    return Sheet(*size, glyphs, turn(boxes), turn(rules), turn(pictures))


@cache
def _object_of() -> Callable[[Any, int], int | None]:
    """pdfium's function for the object of a character, giving its bare address."""
    prototype = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    return prototype(ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0)


def _characters(textpage: Any) -> Iterator[_Character]:
    """The characters that stand in the file; those that pdfium puts between them (spaces, line ends) are left out."""
    handle, address = textpage.raw, ctypes.cast(textpage.raw, ctypes.c_void_p)
    object_of = _object_of()
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    run, drawn, style, high = 0, None, _Style(0.0, 0.0, 0, ""), 0
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, i)
        if code <= 32 and raw.FPDFText_IsGenerated(handle, i) == 1:
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00, 0
        elif high:
            yield _Character(LOST, x.value, y.value, style, run)
            high = 0
            raw.FPDFText_GetCharOrigin(handle, i, at_x, at_y)
        elif not raw.FPDFText_GetCharOrigin(handle, i, at_x, at_y):
            continue
        owner = object_of(address, i)
        if owner != drawn or not style.size:
            run, drawn, style = run + 1, owner, _style(handle, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        yield _Character(_char(handle, i, code), x.value, y.value, style, run)
    if high:
        yield _Character(LOST, x.value, y.value, style, run)


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


def _style(handle: Any, i: int) -> _Style:
    """Size, em width and direction of a character, both after all that scales or turns it."""
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(handle, i)
    font = _font(handle, i)
    if not raw.FPDFText_GetMatrix(handle, i, matrix):
        return _Style(size, size, 0, font)
    turn = round(math.atan2(-matrix.b, matrix.a) / (math.pi / 2)) % 4
    scaled = size * math.hypot(matrix.c, matrix.d)
    em = size * math.hypot(matrix.a, matrix.b)
    return _Style(min(max(scaled, 0.1), 2000.0), min(max(em, 0.1), 2000.0), turn, font)


def _font(handle: Any, i: int) -> str:
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(handle, i, None, 0, flags)
    if not 0 < length < 1000:
        return ""
    name = ctypes.create_string_buffer(length)
    raw.FPDFText_GetFontInfo(handle, i, name, length, flags)
    return bytes(name.value).decode("utf-8", "replace")


def _glyphs(characters: list[_Character], left: float, top: float) -> Iterator[Glyph]:
    """The characters with their boxes. How far a character goes is known from where the next one begins."""
    for i, (char, x, y, style, run) in enumerate(characters):
        x, y, size = x - left, top - y, style.size
        wide = unicodedata.east_asian_width(char[0]) in _WIDE
        advance = style.em if wide else style.em / 2
        if not wide and not style.turn and i + 1 < len(characters) and characters[i + 1].run == run:
            step = characters[i + 1].x - left - x
            advance = step if 0.1 * style.em < step < 1.2 * style.em else advance
        if style.turn == 0:
            rect = Rect(x, y - ABOVE * size, x + advance, y + BELOW * size)
        elif style.turn == 1:
            rect = Rect(x - BELOW * size, y, x + ABOVE * size, y + advance)
        elif style.turn == 2:
            rect = Rect(x - advance, y - BELOW * size, x, y + ABOVE * size)
        else:
            rect = Rect(x - ABOVE * size, y - advance, x + BELOW * size, y)
        yield Glyph(char, rect, size, style.turn, style.font, run)


def _shapes(page: Any, left: float, top: float) -> tuple[list[Rect], list[Rect], list[Rect]]:
    """Boxes, rules and pictures; what covers nearly the whole page is its ground, and none of them."""
    page_width, page_height = page.get_size()
    boxes: list[Rect] = []
    rules: list[Rect] = []
    pictures: list[Rect] = []
    wanted = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]
    for n, shape in enumerate(page.get_objects(filter=wanted, max_depth=DEPTH)):
        if n >= MAX_SHAPES:
            break
        try:
            x0, y0, x1, y1 = shape.get_bounds()
        except pdfium.PdfiumError:
            continue
        rect = Rect(x0 - left, top - y1, x1 - left, top - y0)
        if rect.width * rect.height > 0.7 * page_width * page_height:
            continue
        if shape.type == raw.FPDF_PAGEOBJ_IMAGE:
            if min(rect.width, rect.height) > 20:
                pictures.append(rect)
        elif min(rect.width, rect.height) <= RULE:
            if max(rect.width, rect.height) > 20:
                rules.append(rect)
        elif min(rect.width, rect.height) > 20:
            boxes.append(rect)
    return boxes, rules, pictures
