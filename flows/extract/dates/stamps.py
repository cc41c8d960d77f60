"""Full dates and times as pages print them about themselves.

2023-08-15 17:45:53, 2023年8月15日, 二〇二三年三月廿一日, 民国112年3月1日, May 6, 2024; years, months and days are
written as in prose (`written`). A time with a zone
(2024-05-05T22:20:00Z, 22:20 GMT, +00:00) is China's, and so is its day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from flows.extract.dates.calendar import year_of
from flows.extract.dates.written import CHINESE, DAY, ERA_YEAR, MONTH, YEAR, number
from flows.heads import headed
from flows.looks import IfHeld

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has had one time zone without daylight saving since 1992, so a fixed offset is exact."""

FARTHEST = timedelta(hours=14)
"""No zone is farther from Greenwich."""

AFTERNOON = frozenset({"下午", "晚", "晚上", "pm"})
MIDNIGHT = frozenset({"凌晨", "am"})
"""Behind or before these the hour 12 is the first of the day."""

_ANY_DIGIT = re.compile("[0-9]")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_REST = "(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?"
"""What the names of the months have behind their first three letters."""
_MONTH_NAME = headed("|".join(MONTHS), re.IGNORECASE)
_GREENWICH = "GMT|UTC|格林[尼威]治(?:标准)?时间|协调世界时|世界协调时"
_CLOCK = (
    r"(?:(?:(?P<iso>T)|[\s,，]{0,3})(?:[(（]?(?:星期|周)[一二三四五六日天][)）]?)?[\s,，]{0,3}"
    rf"(?:(?P<half>上午|下午|晚上?|中午|凌晨|HKT|[AaPp][Mm])|(?P<ahead>{_GREENWICH}))?\s?"
    r"(?P<hour>\d{1,2})[:点时](?P<minute>\d\d)分?(?::?(?P<second>\d\d)秒?)?(?!\d)"
    r"(?:\s?(?P<behind>上午|下午|[AaPp][Mm](?![A-Za-z])))?"
    rf"(?:\.\d{{1,9}})?(?:\s?(?P<zone>Z|{_GREENWICH})(?![A-Za-z]))?"
    r"(?P<offset>(?(zone)\s?[+-]\d\d?(?::?\d\d)?|(?(iso)[+-]\d\d(?::?\d\d)?|(?(second)\s?)\+\d\d:?\d\d))(?![\d:]))?)?"
)
STAMP = headed(
    "(?:"
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s?(?P<sep>[-/.年])\s?(?P<month>\d{1,2})\s?(?:(?P=sep)|(?<=\d)月)\s?"
    r"(?P<day>\d\d|\d(?!\d))\s?日?"
    rf"|(?<!农历)(?<![\d{CHINESE}])(?P<written>{YEAR})年\s?(?P<written_month>{MONTH})月\s?(?P<written_day>{DAY})[日号]"
    rf"|(?:中华)?民国\s?(?P<era>{ERA_YEAR})年\s?(?P<era_month>{MONTH})月\s?(?P<era_day>{DAY})[日号]"
    r"|(?<![\d.])(?P<roc>1[01]\d)(?P<roc_sep>[-/.年])\s?(?P<roc_month>\d{1,2})(?:(?P=roc_sep)|(?<=\d)月)\s?"
    r"(?P<roc_day>\d{1,2})(?!\d)日?"
    r"|(?<!\d)(?P<compact>20\d{6})(?!\d)"
    r"|(?<![\d-])(?P<short>\d\d-\d\d-\d\d)(?=\d\d:|\s|$)"
    rf"){_CLOCK}"
)
ENGLISH = re.compile(
    rf"(?<![A-Za-z])(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)?[\s-])?(?P<name>{'|'.join(MONTHS)}){_REST}\.?[\s,-]{{1,2}}"
    rf"(?(before)|(?P<after>\d{{1,2}})(?:st|nd|rd|th)?,?\s)(?P<year>(?:19|20)\d\d)(?!\d){_CLOCK}",
    re.IGNORECASE,
)
"""May 6, 2024; 6 May 2024 10:20:00 GMT (RFC 2822, and HTTP's form of it)."""

SHORT_DAY = IfHeld(
    r"(?<![^\s\[(·|])(?:刚刚|[昨今前][天日]|昨晚|(?:周|星期)[一二三四五六日天]|\d{1,2}[-/月]\d{1,2}日?"
    r"|[\d半一二三四五六七八九十几数]{1,3}\s?(?:秒钟?|分钟?|个?小时|天|日|周|个?月|年)前)"
    r"\s*(?:[上下中]午|早上|晚上?|凌晨)?\s*(?:\d{1,2}:\d\d(?::\d\d)?)?(?=$|[\s\])·|,，])"
)
"""A day without its year, or how long ago it was (05-06 10:20, 昨天, 3小时前): no date, but no source either."""


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


def day_span(line: str) -> tuple[int, int]:
    """Where the first date of a line stands, in full or in short, with its time; (0, 0) if it has none."""
    found = next(find_stamps(line), None)
    if found is not None:
        return found.start, found.end
    short = SHORT_DAY.search(line)
    return short.span() if short is not None else (0, 0)


@lru_cache(maxsize=1024)
def _stamps(line: str) -> tuple[Stamp, ...]:
    if "年" not in line and not _ANY_DIGIT.search(line):
        return ()
    found = [stamp for match in STAMP.finditer(line) if (stamp := _stamp(match, _day))]
    if _MONTH_NAME.search(line):
        found += [stamp for match in ENGLISH.finditer(line) if (stamp := _stamp(match, _english_day))]
        found.sort()
    return tuple(found)


def _stamp(match: re.Match[str], read_day: Callable[[re.Match[str]], date]) -> Stamp | None:
    """The day and the time of a match, both China's; None if no calendar has the day."""
    try:
        day = read_day(match)
    except ValueError:
        return None
    if not 1945 <= day.year < 2100:
        return None
    time = _time(match, day)
    bold = match.re is STAMP and any(map(match.group, ("compact", "short", "roc")))
    return Stamp(*match.span(), time.date() if time else day, time, bold)


def _day(match: re.Match[str]) -> date:
    part = match.groupdict()
    if part["year"]:
        return date(int(part["year"]), int(part["month"]), int(part["day"]))
    for era, name in ((None, "written"), ("民国", "era"), ("民国", "roc")):
        if part[name]:
            year = year_of(part[name], era, None)
            return date(year or 0, number(part[f"{name}_month"]) or 0, number(part[f"{name}_day"]) or 0)
    return datetime.strptime(part["compact"] or f"20{part['short']}".replace("-", ""), "%Y%m%d").date()


def _english_day(match: re.Match[str]) -> date:
    return date(int(match["year"]), MONTHS.index(match["name"].lower()) + 1, int(match["before"] or match["after"]))


def _time(match: re.Match[str], day: date) -> datetime | None:
    if match["hour"] is None:
        return None
    hour, halves = int(match["hour"]), {half.lower() for half in (match["half"], match["behind"]) if half}
    if halves & AFTERNOON and hour < 12:
        hour += 12
    elif halves & MIDNIGHT and hour == 12:
        hour = 0
    try:
        time = datetime(day.year, day.month, day.day, hour, int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None
    return time.replace(tzinfo=_zone(match)).astimezone(CHINA)


def _zone(match: re.Match[str]) -> timezone:
    """The zone that a time names, China's if none."""
    offset = (match["offset"] or "").strip()
    if not offset:
        return UTC if match["zone"] or match["ahead"] else CHINA
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    east = timedelta(hours=int(hours), minutes=int(minutes))
    if east > FARTHEST or int(minutes) % 15:
        return CHINA
    return timezone(-east if offset[0] == "-" else east)
