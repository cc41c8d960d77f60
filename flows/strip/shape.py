"""What the shape of a line says: prose, or one of the many short things around it."""

from __future__ import annotations

import re

from flows.looks import IfHeld

_MARK = re.compile(r"[。!?;…|>/·\s]")
"""What ends a sentence, or stands between the parts of a line."""

_STOP = re.compile(r"[。!?;…]")
_BARRED = re.compile(r"[|>/·](?<=\S.)\s*\S")
_SPACED = re.compile(r"\s\S{1,6}\s+\S{1,6}\s+\S")
_LIST_MARK = re.compile(r"[·\-*>+]\s*\S|\[[^\]]{1,6}\]\s*\S")
_DATE_AT_END = IfHeld(
    r"[(\[]?(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]|(?<![\d:])\d{1,2}[-/月])\s?\d{1,2}日?[)\]]?(?:\s*(?:星期|周)[一二三四五六日天])?"
    r"(?:\s*(?:[上下]午|晚上)?\d{1,2}:\d{2}(?::\d{2})?)?[)\]]?$"
)
_DATE_ENDS = frozenset("日一二三四五六天")
_CUT_SHORT = re.compile(r"(?:\.{3}|…+)\s*(?:\[[^\]]*\])?$|\[(?:详细|全文|更多|查看)\]$")
CLOSED = '。!?;…”"’』」)'
"""Characters that may end a sentence or a quotation, in rule form."""


def shape_of(form: str) -> tuple[float, bool]:
    """Of a line given in rule form: the log-odds, roughly, that it is body text; and is it a paragraph of sentences?

    Scores were set by hand and checked on 264 pages with reference bodies: a paragraph gains with its
    length, a short line costs a little, so that headings survive among paragraphs and lists do not.
    """
    n, last = len(form), form[-1]
    if n < 120 and last in ".…]" and _CUT_SHORT.search(form):
        return -1.0, False
    ends, stops = last in CLOSED, _STOP.search(form) is not None
    if stops and n >= 16 and ends:
        return min(6.0, 1.0 + n / 20), n >= 30
    if n >= 30 and (stops or "," in form or "、" in form):
        return min(5.0, n / 25), n >= 60
    if ends and stops:
        return 0.4, False
    score = -0.8
    if ends_with_date(form):
        score -= 1.0
    if _MARK.search(form) and (_BARRED.search(form) or _SPACED.search(form)):
        score -= 0.8
    if form[0] in "·-*>+[" and _LIST_MARK.match(form):
        score -= 0.5
    return score, False


def ends_with_date(form: str) -> bool:
    """Does a line, in rule form, end with a day, and perhaps the day of the week and the time?"""
    last = form.rstrip(")]")[-1:]
    return (last.isdecimal() or last in _DATE_ENDS) and _DATE_AT_END.search(form) is not None
