"""The boxes, rules and pictures of a PDF page."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from flows.read.pdf.sheet import Rect

MAX_SHAPES = 20_000
"""Shapes of a page that are looked at; a page with more is a map or a drawing, and its first ones tell its frames."""

DEPTH = 4
"""How deep forms inside forms are opened for shapes."""

RULE = 3.0
"""Points: what is thinner is a line."""

LEAST = 20.0
"""Points: shorter rules, and frames and pictures of which a side is shorter, tell nothing."""

GROUND = 0.7
"""Share of the page from which on what covers it is its ground."""


class Shapes(NamedTuple):
    boxes: list[Rect]
    rules: list[Rect]
    pictures: list[Rect]


def find_shapes(page: Any, left: float, top: float) -> Shapes:
    """What is drawn on the page, measured from its left and top edge; its ground is left out."""
    page_width, page_height = page.get_size()
    found = Shapes([], [], [])
    wanted = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE]
    for n, shape in enumerate(page.get_objects(filter=wanted, max_depth=DEPTH)):
        if n >= MAX_SHAPES:
            break
        try:
            x0, y0, x1, y1 = shape.get_bounds()
        except pdfium.PdfiumError:
            continue
        rect = Rect(x0 - left, top - y1, x1 - left, top - y0)
        if not all(map(math.isfinite, rect)) or rect.width * rect.height > GROUND * page_width * page_height:
            continue
        thin, long = sorted((rect.width, rect.height))
        if shape.type == raw.FPDF_PAGEOBJ_IMAGE:
            if thin > LEAST:
                found.pictures.append(rect)
        elif thin <= RULE:
            if long > LEAST:
                found.rules.append(rect)
        elif thin > LEAST:
            found.boxes.append(rect)
    return found
