"""Numbered sections of a story: where they show that it begins earlier or goes on behind its last paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.strip.judge import Judged

_HEADING = re.compile(r"([一二三四五六七八九十]{1,3})、")
_NUMERALS = [*"一二三四五六七八九十", *(f"十{char}" for char in "一二三四五六七八九"), "二十"]
_NUMBER = re.compile(r"(?:[Pp]art\.?\s*)?0?([1-9])$", re.I)
_LABEL = re.compile(r"[\u4e00-\u9fff]{2,6}:\S")
ENDS = frozenset({"related_heading", "copyright", "navigation", "share", "site_prompt", "teaser"})
"""Kinds of lines behind which no story goes on."""

FURTHEST = 80
"""Lines behind a story's last paragraph in which its next section is looked for."""


def through_sections(judged: Sequence[Judged], start: int, end: int) -> int:
    """The end of the body judged[start:end], with the sections that go on with its numbers: 四、 after 三、.

    The last of them goes on to the first line that no story holds.
    """
    number = max((_section(one) for one in judged[start:end]), default=0)
    last = end
    for i in range(end, min(len(judged), end + FURTHEST) if number else end):
        if judged[i].kind in ENDS:
            break
        if _section(judged[i]) == number + 1:
            number, last = number + 1, i + 1
    if last == end:
        return _with_labels(judged, end) if number > 1 and not judged[end - 1].prose else end
    while last < len(judged) and judged[last].kind not in ENDS and not _at_foot(judged[last]):
        last += 1
    return last


def _with_labels(judged: Sequence[Judged], end: int) -> int:
    """The end of a last section, with the labels and their values behind it: 联系人、地址、电话."""
    while end < len(judged) and judged[end].kind is None and _LABEL.match(judged[end].form):
        end += 1
    return end


def from_number(judged: Sequence[Judged], title: int | None, start: int, end: int) -> int:
    """The start of the body, with the line above it that holds nothing but the number of its first section: 01, where
    02 stands alone on a line further down."""
    if not any(_number(one) == 2 for one in judged[start:end]):
        return start
    above = range(start - 1, max(title if title is not None else -1, start - 4), -1)
    return next((i for i in above if _number(judged[i]) == 1), start)


def numbers_section(one: Judged, i: int, judged: Sequence[Judged], start: int, end: int) -> bool:
    """Is line i, in the body judged[start:end], the number of a section: does the one before or behind it stand there
    too, with a paragraph between?"""
    number = _number(one)
    if number is None or not start <= i < end:
        return False
    for other in (number - 1, number + 1):
        place = next((j for j in range(start, end) if _number(judged[j]) == other), None)
        if place is not None and any(line.prose for line in judged[min(i, place) : max(i, place)]):
            return True
    return False


def is_section(one: Judged) -> bool:
    """Does the line begin with the number of a section (一、)?"""
    return _section(one) > 0


def _section(one: Judged) -> int:
    found = _HEADING.match(one.form)
    return _NUMERALS.index(found.group(1)) + 1 if found and found.group(1) in _NUMERALS else 0


def _number(one: Judged) -> int | None:
    found = _NUMBER.match(one.form)
    return int(found.group(1)) if found else None


def _at_foot(one: Judged) -> bool:
    return any(rule.kind in ENDS for rule in one.placed)
