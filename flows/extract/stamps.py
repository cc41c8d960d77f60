"""Full dates and times as pages print them about themselves.

2023-08-15 17:45:53, 2023年8月15日, 二〇二三年三月一日, 民国112年3月1日.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has had one time zone without daylight saving since 1992, so a fixed offset is exact."""

AFTERNOON = frozenset({"下午", "晚", "晚上", "PM", "pm", "Pm"})
_ANY_DIGIT = re.compile("[0-9]")
NUMERALS = "〇零○一二三四五六七八九"
_DIGIT = {char: max(0, i - 2) for i, char in enumerate(NUMERALS)}
_HAN_DAY = f"(?:[二三]?十[{NUMERALS[3:]}]?|[{NUMERALS[3:]}])"
STAMP = re.compile(
    "(?:"
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s?(?P<sep>[-/.年])\s?(?P<month>\d{1,2})\s?(?:(?P=sep)|(?<=\d)月)\s?"
    r"(?P<day>\d\d|\d(?!\d))\s?日?"
    rf"|(?P<han_year>[{NUMERALS}]{{4}})年(?P<han_month>{_HAN_DAY})月(?P<han_day>{_HAN_DAY})日"
    rf"|(?:中华)?民国\s?(?P<era>\d{{2,3}}|[{NUMERALS}十百]{{1,5}})年\s?(?P<era_month>\d{{1,2}}|{_HAN_DAY})月"
    rf"\s?(?P<era_day>\d{{1,2}}|{_HAN_DAY})日"
    r"|(?<![\d.])(?P<roc>1[01]\d)(?P<roc_sep>[-/.年])\s?(?P<roc_month>\d{1,2})(?:(?P=roc_sep)|(?<=\d)月)\s?"
    r"(?P<roc_day>\d{1,2})(?!\d)日?"
    r"|(?<!\d)(?P<compact>20\d{6})(?!\d)"
    r"|(?<![\d-])(?P<short>\d\d-\d\d-\d\d)(?=\d\d:|\s|$)"
    r")"
    r"(?:[\sT,，]{0,3}(?:[(（]?(?:星期|周)[一二三四五六日天][)）]?)?\s{0,3}(?P<half>上午|下午|晚上?|中午|凌晨|HKT)?\s?"
    r"(?P<hour>\d{1,2})[:点时](?P<minute>\d\d)分?(?::?(?P<second>\d\d)秒?)?(?!\d)(?:\s?(?P<behind>上午|下午|[AaPp][Mm]\b))?)?"
)


class Stamp(NamedTuple):
    """line[start:end] states a day, and a time of it when `time` is not None.

    `bold` marks forms that are dates only where a label says so: 20230815, 23-08-15, 112年10月5日.
    """

    start: int
    end: int
    day: date
    time: datetime | None
    bold: bool = False


def find_stamps(line: str) -> Iterator[Stamp]:
    """The full dates of a line, in order; days that no calendar has are left out."""
    return iter(_stamps(line))


@lru_cache(maxsize=1024)
def _stamps(line: str) -> tuple[Stamp, ...]:
    if "年" not in line and not _ANY_DIGIT.search(line):
        return ()
    dated = [(match, day) for match in STAMP.finditer(line) if (day := _day(match))]
    return tuple(
        Stamp(*match.span(), day, _time(match, day), bool(match["compact"] or match["short"] or match["roc"]))
        for match, day in dated
    )


def _day(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    try:
        if part["year"]:
            found = date(int(part["year"]), int(part["month"]), int(part["day"]))
        elif part["han_year"]:
            year = int("".join(str(_DIGIT[char]) for char in part["han_year"]))
            found = date(year, _number(part["han_month"]), _number(part["han_day"]))
        elif part["era"]:
            found = date(1911 + _number(part["era"]), _number(part["era_month"]), _number(part["era_day"]))
        elif part["roc"]:
            found = date(1911 + int(part["roc"]), int(part["roc_month"]), int(part["roc_day"]))
        else:
            found = datetime.strptime(part["compact"] or f"20{part['short']}".replace("-", ""), "%Y%m%d").date()
    except ValueError:
        return None
    return found if 1945 <= found.year < 2100 else None


def _time(match: re.Match[str], day: date) -> datetime | None:
    if match["hour"] is None:
        return None
    hour = int(match["hour"])
    if {match["half"], match["behind"]} & AFTERNOON and hour < 12:
        hour += 12
    minute, second = int(match["minute"]), int(match["second"] or 0)
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=CHINA)
    except ValueError:
        return None


def _number(numeral: str) -> int:
    """A number up to 199 in digits or Chinese numerals (一百一十二, 二十三, 一一二)."""
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    hundreds, _, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * (_DIGIT.get(hundreds, 1) if hundreds or "百" in numeral else 0)
    if ten:
        return value + 10 * _DIGIT.get(tens.strip("零〇") or "一", 1) + _DIGIT.get(ones, 0)
    return value + int("".join(str(_DIGIT.get(char, 0)) for char in rest) or "0")
