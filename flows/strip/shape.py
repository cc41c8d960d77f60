"""What the shape of a line says: prose, or one of the many short things around it."""

from __future__ import annotations

import re
from typing import NamedTuple

_STOP = re.compile(r"[。!?;…]")
_SEPARATED = re.compile(r"\S[|>/·]\s*\S|\s\S{1,6}\s+\S{1,6}\s+\S")
_LIST_MARK = re.compile(r"[·\-*>+]\s*\S|\[[^\]]{1,6}\]\s*\S")
DATE_AT_END = re.compile(
    r"[(\[]?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[)\]]?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[)\]]?$"
)
_CUT_SHORT = re.compile(r"(?:\.{3}|…+)\s*(?:\[[^\]]*\])?$|\[(?:详细|全文|更多|查看)\]$")
CLOSED = '。!?;…”"’』」)'
"""Characters that may end a sentence or a quotation, in rule form."""


class Shape(NamedTuple):
    """`score` is the log-odds, roughly, that the line is body text; `prose` a paragraph of sentences."""

    score: float
    prose: bool


def shape_of(form: str) -> Shape:
    """The shape of a line given in rule form.

    Scores were set by hand and checked on 264 pages with reference bodies: a paragraph gains with its
    length, a short line costs a little, so that headings survive among paragraphs and lists do not.
    """
    n = len(form)
    if n < 120 and form[-1] in ".…]" and _CUT_SHORT.search(form):
        return Shape(-1.0, False)
    ends, stops = form[-1] in CLOSED, _STOP.search(form) is not None
    if stops and n >= 16 and ends:
        return Shape(min(6.0, 1.0 + n / 20), n >= 30)
    if n >= 30 and (stops or "," in form or "、" in form):
        return Shape(min(5.0, n / 25), n >= 60)
    if ends and stops:
        return Shape(0.4, False)
    score = -0.8
    if DATE_AT_END.search(form):
        score -= 1.0
    if _SEPARATED.search(form):
        score -= 0.8
    if _LIST_MARK.match(form):
        score -= 0.5
    return Shape(score, False)
