"""Calendar arithmetic: years, months, seasons and their parts as spans of days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from flows.extract.numbers.numerals import parse_number

REPUBLIC_OFFSET = 1911  # 民国元年 is 1912
_PLACED = frozenset("十百千")  # of a number that is not written digit by digit


class Span(NamedTuple):
    """The days from first to last."""

    first: date
    last: date


@lru_cache(maxsize=2048)
def day_span(year: int, month: int, day: int) -> Span | None:
    """One day, None if the calendar has no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Span(found, found)


def month_span(year: int, month: int, part: str | None = None) -> Span | None:
    """A month, or its 上旬, 中旬, 下旬; 底 and 末 are its last day."""
    if not 1 <= month <= 12:
        return None
    length = monthrange(year, month)[1]
    first, last = {
        "上旬": (1, 10),
        "初": (1, 10),
        "中旬": (11, 20),
        "下旬": (21, length),
        "底": (length, length),
        "末": (length, length),
    }.get(part or "", (1, length))
    return Span(date(year, month, first), date(year, month, last))


def year_span(year: int) -> Span:
    """A whole year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


def _months(first: int, last: int) -> Callable[[int], Span]:
    return lambda year: Span(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _last_day(year: int) -> Span:
    return Span(date(year, 12, 31), date(year, 12, 31))


_MONTHS = ("", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一")

SEASONS: dict[str, Callable[[int], Span]] = {
    "上半年": _months(1, 6),
    "下半年": _months(7, 12),
    "前三季度": _months(1, 9),
    **{f"前{name}个月": _months(1, n) for n in range(2, 12) for name in (str(n), _MONTHS[n])},
    "第一季度": _months(1, 3),
    "第二季度": _months(4, 6),
    "第三季度": _months(7, 9),
    "第四季度": _months(10, 12),
    "一季度": _months(1, 3),
    "二季度": _months(4, 6),
    "三季度": _months(7, 9),
    "四季度": _months(10, 12),
    "年底": _last_day,
    "年末": _last_day,
    "底": _last_day,
    "末": _last_day,
    "年初": _months(1, 3),
    "初": _months(1, 3),
}
"""Parts of a year that stand behind it (2023年上半年), as the days they mean."""


def year_of(digits: str, era: str | None, anchor: date | None) -> int | None:
    """The year that its digits name: of the Republic (民国112年 and 112年 are 2023), with two digits, or in full."""
    number = 1 if digits == "元" else parse_number(digits)
    if number is None:
        return None
    year = int(number)
    if era == "民国" or (era is None and len(digits) == 3 and _PLACED.isdisjoint(digits)):
        return year + REPUBLIC_OFFSET
    if era == "公元" or year >= 1000:
        return year if year < 2200 else None
    if len(digits) != 2:
        return None
    latest = anchor.year if anchor else date.max.year % 100 + 2000 - 49
    return year + 2000 if year + 2000 <= latest else year + 1900
