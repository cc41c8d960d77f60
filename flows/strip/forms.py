"""Announcements without prose: labels with their values, numbered sections, rows of a list, below a headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.strip.judge import Judged
from flows.strip.sections import ENDS, is_section

_OFFICIAL = re.compile(
    r"[^,。!?]{4,60}(?:公告|公示|通告|通知|通报|公报|启事|名单|一览表|结果|办法|意见|方案|决定|批复|细则|规定|章程|招聘|简章)"
    r"(?:\([^()]{1,12}\))?"
)
"""The headline of a document that may hold no sentence."""

_LABELLED = re.compile(r"[(]?(?:[一二三四五六七八九十\d]{1,3}[)、.])?\s*+(?:[\u4e00-\u9fffA-Z()/]\s*+){2,14}:\s?\S")
_ROW = re.compile(r"(\d{1,4})[\s、.]\s*+\S")
_SIGNED = re.compile(r"(?:二[〇○0]|20|19)[\d一二三四五六七八九〇○]{2}年\S{1,3}月\S{1,3}日$")
_ENDS = ENDS | {"related_links"}

LEAST, LONG_TITLE = 3, 12
"""Labels, sections and rows that a form has at least, and the characters from which a headline is no column's name."""


def find_form(judged: Sequence[Judged]) -> tuple[int, int] | None:
    """Title and end (exclusive) of a form: half of the lines or more below an official headline, or of the whole page,
    are labels with values, numbered sections or rows."""
    for i, one in enumerate(judged[:20]):
        if one.kind is None and _OFFICIAL.fullmatch(one.form):
            end = _end(judged, i + 1)
            if _is_form(judged[i + 1 : end], len(one.form) >= LONG_TITLE):
                return i, end
    labelled = sum(_LABELLED.match(one.form) is not None for one in judged)
    return (0, len(judged)) if labelled >= LEAST and labelled * 2 >= len(judged) else None


def _end(judged: Sequence[Judged], start: int) -> int:
    """Behind the last line before the first that no announcement holds; the metadata below a headline aside."""
    end = next((i for i in range(start, len(judged)) if judged[i].kind in _ENDS), len(judged))
    signed = [i for i in range(start, end) if _SIGNED.match(judged[i].form)]
    return signed[-1] + 1 if signed else end


def _is_form(body: Sequence[Judged], named: bool) -> bool:
    """Rows alone are no form under the name of a column (通知公告), only under a headline or above a date."""
    evidence = sum(_LABELLED.match(one.form) is not None or is_section(one) for one in body)
    rows = _rows(body) if named or (body and _SIGNED.match(body[-1].form)) else 0
    lines = sum(one.kind is None for one in body)
    return max(evidence, rows) >= LEAST and (evidence + rows) * 2 >= lines


def _rows(body: Sequence[Judged]) -> int:
    """How many lines are numbered one after the other."""
    count = 0
    for one in body:
        found = _ROW.match(one.form)
        count += found is not None and int(found.group(1)) == count + 1
    return count
