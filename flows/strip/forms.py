"""Announcements without prose: labels with their values, numbered sections, rows of a list, below a headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from flows.strip.judge import Judged
from flows.strip.sections import ENDS, is_section
from flows.strip.shape import ends_with_date

_OFFICIAL = re.compile(
    r"[^,。!?]{4,60}(?:公告|公示|通告|通知|通报|公报|启事|名单|一览表|结果|办法|意见|方案|决定|批复|细则|规定|章程|招聘|简章)"
    r"(?:\([^()]{1,12}\))?"
)
"""The headline of a document that may hold no sentence."""

_LABELLED = re.compile(r"[(]?(?:[一二三四五六七八九十\d]{1,3}[)、.])?\s*+(?:[\u4e00-\u9fffA-Z()/]\s*+){2,14}:\s?\S")
_CLOCK = r"\d{1,2}:\d{2}(?:\s?[-—–~至到]{1,2}\s?\d{1,2}:\d{2})?"
_TIMED = re.compile(rf"{_CLOCK}\s*\S|(?:\S{{1,12}}\s+){{1,4}}{_CLOCK}(?:\s+\S{{1,12}})?$")
_CALLED = re.compile(
    r"\S.*[\s:](?:0\d{2,3}[-\s]?\d{3,4}[-\s]?\d{4}|1\d{10}|\d{7,8}|1[12]\d{3}|9[56]\d{3,4})(?:转\d+)?$"
)
_SUM = re.compile(r"\S{2,30}[\s:]+[\d,.]+\s?(?:万?元|件|箱|份|分|票|名|人)$")
_PRIZE = re.compile(
    r"(?:[特一二三四]等|金|银|铜|优秀\S{0,8}|最佳\S{1,8}|入围|提名)奖\S{0,8}|第[一二三四五六七八九十\d]+名\S{0,4}"
)
_NAMED = re.compile(
    r"(?:[^\s:]{2,30}|[\u4e00-\u9fff] {1,2}[\u4e00-\u9fff])(?:\s+[男女])?\s+\S*"
    r"(?:站|中心|局|部|会|院|所|社|队|街道|镇|乡|学校|学|公司|办|科|室|处)(?:社工|部)?"
)
_ACTED = re.compile(r"(?:No\.)?[(]?\d{1,2}[)、.]?\s*\S.*(?:表演|表演者|演出|演唱|朗诵|主讲|演奏|选送|主持)[:]\S.*")
_DAY = re.compile(
    r"(?:\d{1,2}月\d{1,2}日|(?:星期|周)[一二三四五六日天]|上午|下午|晚上|第[一二三四五六七八九十\d]+[天周])(?:[\s(]\S{0,12})*"
)
_ROW = re.compile(r"(\d{1,4})[\s、.]\s*+\S")
_SIGNED = re.compile(r"(?:二[〇○0]|20|19)[\d一二三四五六七八九〇○]{2}年\S{1,3}月\S{1,3}日$")
_ENDS = ENDS | {"related_links"}

LONGEST_ROW = 80
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


def are_rows(lines: Sequence[Judged]) -> bool:
    """Are half of the lines or more, and enough of them, those of an announcement: labels, sections, times, days,
    telephones, sums, prizes, people and where they work?"""
    rows = sum(map(is_row, lines))
    return rows >= LEAST and rows * 2 >= len(lines)


def is_row(one: Judged) -> bool:
    """Is the line by its shape the row of an announcement?"""
    return len(one.form) <= LONGEST_ROW and (is_section(one) or _is_row(one.form))


@lru_cache(maxsize=8192)
def _is_row(form: str) -> bool:
    if is_entry(form) or _LABELLED.match(form) is not None:
        return True
    return not ends_with_date(form) and any(shape.fullmatch(form) for shape in (_NAMED, _ACTED))


def is_entry(form: str) -> bool:
    """Is a line, in rule form, a day, a time with what happens then, a number to call, a sum or a prize, and so never a
    headline? The entries of a list, which end with their day, are none."""
    if _DAY.fullmatch(form):
        return True
    if ends_with_date(form):
        return False
    return _TIMED.match(form) is not None or any(shape.fullmatch(form) for shape in (_CALLED, _SUM, _PRIZE))


def _rows(body: Sequence[Judged]) -> int:
    """How many lines are numbered one after the other."""
    count = 0
    for one in body:
        found = _ROW.match(one.form)
        count += found is not None and int(found.group(1)) == count + 1
    return count
