"""What the shape of a line says: prose, or one of the many short things around it."""

from __future__ import annotations

import re
from typing import NamedTuple

_STOP = re.compile(r"[。!?;…]")
_SEPARATED = re.compile(r"\S[|>/·]\s*\S|\s\S{1,6}\s+\S{1,6}\s+\S")
_MAY_SEPARATE = re.compile(r"[|>/·\s]")
_LIST_MARK = re.compile(r"[·\-*>+]\s*\S|\[[^\]]{1,6}\]\s*\S")
_DATE_AT_END = re.compile(
    r"[(\[]?(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[)\]]?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[)\]]?$"
)
_CUT_SHORT = re.compile(r"(?:\.{3}|…+)\s*(?:\[[^\]]*\])?$|\[(?:详细|全文|更多|查看)\]$")
CLOSED = '。!?;…”"’』」)'
"""Characters that may end a sentence or a quotation, in rule form."""


class Shape(NamedTuple):
    """`score` is the log-odds, roughly, that the line is body text; `prose` a paragraph of sentences."""

    score: float
    prose: bool


_BROKEN_OFF, _SENTENCE = Shape(-1.0, False), Shape(0.4, False)


def shape_of(form: str) -> Shape:
    """The shape of a line given in rule form.

    Scores were set by hand and checked on 264 pages with reference bodies: a paragraph gains with its
    length, a short line costs a little, so that headings survive among paragraphs and lists do not.
    """
    n, last = len(form), form[-1]
    if n < 120 and last in ".…]" and _CUT_SHORT.search(form):
        return _BROKEN_OFF
    ends, stops = last in CLOSED, _STOP.search(form) is not None
    if stops and n >= 16 and ends:
        return Shape(min(6.0, 1.0 + n / 20), n >= 30)
    if n >= 30 and (stops or "," in form or "、" in form):
        return Shape(min(5.0, n / 25), n >= 60)
    if ends and stops:
        return _SENTENCE
    score = -0.8
    if ends_with_date(form):
        score -= 1.0
    if _MAY_SEPARATE.search(form) and _SEPARATED.search(form):
        score -= 0.8
    if form[0] in "·-*>+[" and _LIST_MARK.match(form):
        score -= 0.5
    return Shape(score, False)


def ends_with_date(form: str) -> bool:
    """Does a line, in rule form, end with a day, and perhaps the time?"""
    return (form[-1].isdecimal() or form[-1] in "日)]") and _DATE_AT_END.search(form) is not None
