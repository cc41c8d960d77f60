"""The edges of a story: short lines that open it before its first paragraph and close it behind its last one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.strip.judge import Judged
from flows.strip.markup import ELSEWHERE
from flows.strip.sections import ENDS
from flows.strip.title import is_addressee

_LASTS = re.compile(r".{0,12}\d{1,2}[日号]?[到至—~-]{1,2}.{0,8}\d{1,2}[日号].{0,4}")

FOOT = frozenset({"copyright", "contact"})
"""Kinds of lines at a page's foot: whose site it is, where to find them."""

FEW = 3
"""Paragraphs from which on a story goes on below a line about rights."""

_CLOSES_NOTICE = re.compile(
    r"附件|联系人|联系电话|特此(?:通知|公告|公示|通报)|(?:二[〇○0]|20|19)[\d一二三四五六七八九〇○]{2}年\S{1,3}月\S{1,3}日$"
)


def with_opening(judged: Sequence[Judged], title: int | None, body: int, official: bool) -> int:
    """The body's first line, with the short ones that stand between the source line, or the title, and it.

    An official document opens with whom it is for, and may list names and places before any paragraph.
    """
    if title is None:
        return body - (body > 0 and is_addressee(judged[body - 1].form))
    if title >= body:
        return title + 1
    first = body
    while first - 1 > title and (_may_open(judged[first - 1]) or (official and judged[first - 1].kind is None)):
        first -= 1
    below_source = judged[first - 1].kind in {"metadata", "credit"} or bool(judged[first - 1].placed)
    return first if official or body - first <= (8 if below_source else 3) else body


def with_closing(judged: Sequence[Judged], end: int) -> int:
    """The body's end, with the short lines behind its last paragraph: a last word, attachments, a signature, a date.

    More than four of them belong to it only if they are what closes a notice, or if a colon announces them as a list.
    """
    last = end
    while last < len(judged) and _may_close(judged[last]):
        last += 1
    closing = judged[end:last]
    few = len(closing) <= 4 and all(is_plain(one) for one in closing)
    signed = len(closing) <= 20 and any(_CLOSES_NOTICE.match(one.form) for one in closing)
    announced = any(one.form[-1] == ":" for one in judged[end - 1 : end + 1])
    return last if few or signed or announced else end


def _may_open(one: Judged) -> bool:
    """Is the line plain, or does it say from which day to which something lasts?"""
    return is_plain(one) or (one.kind is None and not one.placed and _LASTS.fullmatch(one.form) is not None)


def is_plain(one: Judged) -> bool:
    """Does no rule speak of the line, nor its shape of a list?"""
    return one.kind is None and not one.placed and one.score > -1.2


def _may_close(one: Judged) -> bool:
    """Does no rule take the line, the place that it stands in aside?"""
    return one.kind is None and all(rule.place in ELSEWHERE for rule in one.placed)


def before_foot(judged: Sequence[Judged], first: int) -> int:
    """Where the page's foot begins: at a line about rights behind the story's first paragraph, if most lines from there
    on are such, or end stories, and hardly a paragraph is none of these."""
    for i in range(first + 1, len(judged)):
        if any(rule.kind == "copyright" for rule in judged[i].placed):
            behind = judged[i:]
            known = sum(one.kind in ENDS or any(rule.kind in FOOT for rule in one.placed) for one in behind)
            told = sum(one.prose and one.kind is None and not one.placed for one in behind)
            if 2 * known > len(behind) and told < FEW:
                return i
    return len(judged)
