"""What a text states of dates: years, months, days and words such as 今年 or 次日, not yet resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from flows.extract.dates.calendar import SEASONS, year_of
from flows.extract.dates.written import CHINESE, DAY, ERA_YEAR, MONTH, YEAR, number
from flows.heads import headed
from flows.vocabulary import one_of

RELATIVE_YEARS = {
    "今年": 0,
    "本年度": 0,
    "本年": 0,
    "去年": -1,
    "前年": -2,
    "明年": 1,
    "同年": 0,
    "当年": 0,
    "次年": 1,
}
RELATIVE_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "昨晚": -1, "前天": -2, "明天": 1, "明日": 1}
FOLLOWING_DAYS = {"当日": 0, "当天": 0, "同日": 0, "当晚": 0, "次日": 1, "翌日": 1}
RELATIVE_MONTHS = {"本月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
RELATIVE_WEEKS = {"上周": -1, "上个星期": -1, "上星期": -1, "本周": 0, "这周": 0, "本星期": 0}
"""Weeks from Monday to Sunday, of which a day is named: 上周六."""
WEEKDAYS = "一二三四五六日天"
UNDATED = ("日前", "近日", "近期", "不久前", "前不久", "连日来", "近来")
"""Recently: a date, but none that can be known."""

_ERAS = ("民国", "公元")
_TO = r"\s?(?:[-－—–~～]{1,2}|至|到)\s?"
_PARTS = "|".join(SEASONS)
_MONTH_DAY = (
    rf"(?P<month>{MONTH})(?:{_TO}(?P<until>{MONTH}))?月"
    rf"(?:(?P<day>{DAY})(?:[日号]|(?={_TO}{DAY}[日号]))|(?P<third>[上中下]旬|底|末|初))?"
)

_TOLD_OF = (
    "编列|共|全[年县市台]|上半|下半|预算|核定|服务|受理|通报|新增|培训|补助|辅导|开案|办理|投入|增聘|进用"
    "|社会工作|社工|志工|考试|专技|总|累计|接获|处理|执行|登记|编制|截至|第[一二三四]次"
)

_STATED = headed(
    rf"(?P<iso>(?<![\d./-])(?:19|20)\d\d(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,2}}(?![\d./-]))"
    rf"|(?P<first_year>(?<!\d)\d{{4}})(?:{_TO})(?P<last_year>\d{{4}})年"
    # With two digits a year needs its month: 八五年二月, but not 十五年; with three its day: 115年3月27日.
    rf"|(?<!第)(?<![\d{CHINESE}])(?P<year>{YEAR}|(?:[{CHINESE}]{{2}}|\d\d|1[0-2]\d(?=年{MONTH}月{DAY}日))(?=年{MONTH}月)|(?<=[自于至到从据由])1[0-2]\d(?=年(?!来|以来|前|后|间|的?历史|代))|1[0-2]\d(?=年(?:度|底|统计))"
    # At the head of a clause only before what a year is told of: 112年编列社工经费, but not 110年老校.
    rf"|(?<=[，。；：、\n“])1[01]\d(?=年(?:{_TOLD_OF}))|[{CHINESE}]{{3}}(?=年{MONTH}月{DAY}日))年"
    rf"(?:\s?{_MONTH_DAY}|(?P<part>{_PARTS}))?"
    rf"|(?P<era>{'|'.join(_ERAS)})前?\s?(?P<era_year>{ERA_YEAR})年"
    rf"(?:\s?{_MONTH_DAY.replace('P<', 'P<e_')})?"
    rf"|(?<![\d个第{CHINESE}十./-]){_MONTH_DAY.replace('P<', 'P<m_')}(?![球亮饼子嫂刊光薪票供])"
    r"|(?<![\d月第点时为:：./-])(?P<lone>\d{1,2})日"
    r"(?=[，。、；上下晚中凌早夜电从在于假由为与举办召邀联组至到起讯对向前\s（)）-]|$)"
)
_RELATIVE = headed(
    rf"(?P<years>(?<!历)(?:{one_of(RELATIVE_YEARS)}))(?:\s?{_MONTH_DAY}|年?(?P<part>{_PARTS}))?"
    rf"|(?P<weeks>{one_of(RELATIVE_WEEKS)})(?P<weekday>[{WEEKDAYS}])"
    rf"|(?P<days>{one_of(RELATIVE_DAYS)})|(?P<following>{one_of(FOLLOWING_DAYS)})"
    rf"|(?P<months>{one_of(RELATIVE_MONTHS)})(?:(?P<of_month>{DAY})[日号])?"
    rf"|[今昨明]（(?P<bracketed>{DAY})）日"
    rf"|(?P<undated>(?<![\d今昨明当同次改])(?:{one_of(UNDATED)}))"
)
_PLAN_END = re.compile("十([一二三四五六])五”?(?:规划)?期?末")
_FIRST_PLAN_END = 2010  # 十一五
_RANGE_TO = re.compile(rf"起?{_TO}(?=[\d０-９{CHINESE}十廿卅])")
_GROUPS = {
    prefix: (*(prefix + name for name in ("month", "day", "until", "third")), "part") for prefix in ("", "e_", "m_")
}
_LAST_DAY = re.compile(rf"(?P<day>{DAY})[日号]")


class Parts(NamedTuple):
    """What text[start:end] states of a date, as far as given.

    `until` is the last year or month of a range of years or months (2013-2015年, 1至3月), `part` a part of the year
    or month (上半年, 下旬), `relative` the word that relates it to another date.
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: int | None = None
    part: str | None = None
    relative: str | None = None


def find_parts(text: str, anchor: date | None) -> list[Parts]:
    """What a text states of dates, in order; `anchor` decides the century of a year with two digits."""
    return sorted([*_stated(text, anchor), *_related(text), *_plan_ends(text)])


def upper_end(text: str, lower: Parts, anchor: date | None) -> Parts | None:
    """The second part of a range that begins with `lower`: 31日 in 3月17日至31日."""
    to = _RANGE_TO.match(text, lower.end)
    if to is None:
        return None
    m = _STATED.match(text, to.end())
    if m is not None:
        return _read_stated(m, anchor)
    m = _LAST_DAY.match(text, to.end()) if lower.day else None
    return Parts(*m.span(), day=number(m["day"])) if m else None


def _stated(text: str, anchor: date | None) -> Iterator[Parts]:
    for m in _STATED.finditer(text):
        if (parts := _read_stated(m, anchor)) is not None:
            yield parts


def _plan_ends(text: str) -> Iterator[Parts]:
    """The ends of five-year plans (“十三五”末 is the end of 2020)."""
    for m in _PLAN_END.finditer(text):
        yield Parts(*m.span(), _FIRST_PLAN_END + 5 * "一二三四五六".index(m[1]), part="末")


def _related(text: str) -> Iterator[Parts]:
    for m in _RELATIVE.finditer(text):
        word = m["weeks"] or m["years"] or m["days"] or m["following"] or m["months"] or m["undated"]
        stated_day = m["day"] or m["of_month"] or m["bracketed"]
        day, month, until = (number(digits) for digits in (stated_day, m["month"], m["until"]))
        yield Parts(*m.span(), None, month, day, until, m["part"] or m["third"] or m["weekday"], word)


def _read_stated(m: re.Match[str], anchor: date | None) -> Parts | None:
    if m["iso"]:
        year, month, day = (int(digits) for digits in re.split("[-/.]", m["iso"]))
        return Parts(*m.span(), year, month, day)
    if m["first_year"]:
        return Parts(*m.span(), int(m["first_year"]), until=int(m["last_year"]))
    if m["lone"]:
        return Parts(*m.span(), day=int(m["lone"]))
    prefix = "m_" if m["m_month"] else "e_" if m["era"] else ""
    stated: int | None = None
    if prefix != "m_":
        stated = year_of(m["era_year"] or m["year"], m["era"], anchor)
        if stated is None:
            return None
    *numbers, third, part = m.group(*_GROUPS[prefix])
    month_, day_, until_ = map(number, numbers)
    return Parts(*m.span(), stated, month_, day_, until_, third or part)
