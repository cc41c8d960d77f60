"""The page of a newspaper as its head, or the line about a story, gives it: 当前版: 04版, 第A07版, 版次：A07."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.document import Line
from flows.extract.dates.stamps import find_stamps
from flows.extract.numbers.numerals import parse_number
from flows.extract.page.byline import plain_lines

LONGEST = 120
"""Characters of a line about a page."""

_NUMBER = r"(?P<number>[A-Z]{0,2}\d{1,3}(?!\d)|[一二三四五六七八九十]{1,3})"
_LABELLED = re.compile(rf"(?:(?:当前|本|所在)版(?:面|次)?[\s:]*|版[次号面]\s?:\s?)第?\s?{_NUMBER}(?![A-Z\d年月])")
_PAGE = re.compile(rf"(?:(?<![\w.])|(?<=日))第?\s?{_NUMBER}\s?版(?![权本面式次块])")
_ALONE = re.compile(rf"第?\s?{_NUMBER}\s?版(?:\s?:\s?\S{{1,12}}|\s\S{{1,6}})?")
_HEADED = re.compile(
    rf"{_NUMBER}[ ]+[\u4e00-\u9fff·]{{2,8}}"
    r"|[\u4e00-\u9fff]{2,10}报[ ]+(?P<behind>\d{1,2})[ ]+[\u4e00-\u9fff·]{2,8}"
)
"""The head of a printed page: its number and section, with or without the paper's name (04 民生, 某某报 2 新闻)."""
_FOOT = re.compile(r"[-—–·•]\s?(?P<number>\d{1,3})\s?[-—–·•]|[-—–]{1,2}\s(?P<other>\d{1,3})\s[-—–]{1,2}")
_PRINTED = re.compile("责编|责任编辑|编辑|美编|版式|校对|星期|热线|电子报|数字报")
_HEAD_LINES = 5
_NAVIGATION = re.compile(
    r"[\s|<>◀▶◁▷《》\[\]]*(?:(?:上一|下一|返回|前一|后一)[版页篇期]|返回\S{2}|PDF\S{0,4}|下载|版面(?:概览|导航|目录))(?:\W|$).*"
)
"""What leads to other pages, behind the page's own number."""
_OTHER = re.compile(r"(?:今日|今天|共|本期)\s?\d+\s?版|[转接]第?\s?[A-Z]?\d+\s?版|[见刊载]\S{0,6}?[A-Z]?\d+\s?版")
"""How many pages there are, and where a story goes on."""


def printed_page(lines: Sequence[Line]) -> str | None:
    """The number of the page that all stories of a document stand on, as it is written (04, A07; 第四版 is 4).

    Only lines that were taken out count: one with a label, else one with the day, else one with nothing but the
    page. None where they disagree, as the list of a paper's pages does.
    """
    chars = [line.chars for line in lines if line.kind is not None and len(line.chars) <= LONGEST]
    taken = [line.strip() for line in plain_lines(chars)]
    told = [_OTHER.sub(" ", line) for line in taken if "版" in line]
    for numbers in (_labelled, _beside_day, _alone):
        found = {number for line in told for number in numbers(line)}
        if found:
            return found.pop() if len(found) == 1 else None
    return _at_edge(taken)


def _at_edge(lines: Sequence[str]) -> str | None:
    """The number in the head of a printed page, else the first at the foot of one (— 18 —)."""
    head = [match for line in lines[:_HEAD_LINES] if (match := _HEADED.fullmatch(line))]
    if head and any(map(_PRINTED.search, lines[:_HEAD_LINES])):
        return head[0]["number"] or head[0]["behind"]
    foot = next((match for line in lines if (match := _FOOT.fullmatch(line))), None)
    return (foot["number"] or foot["other"]) if foot else None


def _labelled(line: str) -> Iterator[str]:
    return (_in_digits(match["number"]) for match in _LABELLED.finditer(line))


def _beside_day(line: str) -> Iterator[str]:
    if any(not stamp.bold for stamp in find_stamps(line)):
        yield from (_in_digits(match["number"]) for match in _PAGE.finditer(line))


def _alone(line: str) -> Iterator[str]:
    match = _ALONE.fullmatch(_NAVIGATION.sub("", line))
    if match:
        yield _in_digits(match["number"])


def _in_digits(number: str) -> str:
    value = parse_number(number) if number[0] > "z" else None
    return number if value is None else str(int(value))
