"""What pdfium takes from fonts: the widths that the file states, and nothing that only this machine has."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw

MIN_EXTENT = 0.05
"""Points that a piece of text covers at least, as far as pdfium is told; what covers less than 0.01 it leaves out."""

_HAN = 0x4E00


def forget_system_fonts() -> None:
    """From now on a font that a file does not embed has no outlines but those of pdfium's own fonts.

    Else pdfium looks for one in the system's folders, and the text of a page depends on what it finds there. To be
    called before each document: whoever shares the process may have asked for them.
    """
    raw.FPDF_SetSystemFontInfo(None)


def give_extent(page: Any) -> None:
    """Lets pdfium see text whose outlines cover nothing, because its font is not embedded, or draws nothing, as the
    text behind a scan does: with a thin stroke it has an extent. Nothing moves."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        handle = text.raw
        raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
        if min(right.value - left.value, top.value - bottom.value) < MIN_EXTENT:
            raw.FPDFTextObj_SetTextRenderMode(handle, raw.FPDF_TEXTRENDERMODE_STROKE)
            raw.FPDFPageObj_SetStrokeWidth(handle, MIN_EXTENT)
            raw.FPDFPageObj_Transform(handle, 1, 0, 0, 1, 0, 0)  # works out the extent anew


def by_address(function: Any, result: type, *arguments: type) -> Any:
    """One of pdfium's functions, taking and giving bare addresses: that is faster, and they can be keys."""
    return ctypes.CFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


class Fonts:
    """What the fonts of a page say, by their address.

    Widths are those of a font's dictionary (W, DW, Widths, MissingWidth), or, for one of the 14 standard fonts without
    them, those of pdfium's own copy of it.
    """

    def __init__(self) -> None:
        self._widths: dict[tuple[int, int], float] = {}
        self._width_of = by_address(
            raw.FPDFFont_GetGlyphWidth,
            ctypes.c_int,
            *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_float, ctypes.c_void_p),
        )

    def width(self, font: int, code: int) -> float:
        """In ems, of the font's character at a code point; 0.0 if it has none. Below zero if the font runs down."""
        known = self._widths.get((font, code))
        if known is None:
            found = ctypes.c_float()
            self._width_of(font, code, 1.0, ctypes.byref(found))
            known = self._widths[font, code] = found.value
        return known

    def runs_down(self, font: int) -> bool:
        return self.width(font, _HAN) < 0
