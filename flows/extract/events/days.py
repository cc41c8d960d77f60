"""Days of events: which of the dates in a sentence says when something was held."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property

from flows.extract.dates.mentions import DateMention, dates_of, find_dates
from flows.extract.events.names import Found
from flows.extract.words.reading import Reading

_LEAD = re.compile("^(?:[上下]午|晚上?|中午|凌晨|[，、\\s])+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_OF_FEAST = re.compile(
    "(?:（[^）]{1,8}）)?(?:是|系|为)?(?:[^，。；、]{0,12}(?:[日节](?![上下前]|晚)))(?:到?来临?|之际|前夕|[，。是])"
)
"""4月2日社工日, 3月16日是国际社工日: the day of a feast, which the event may have kept on another."""
_OTHER = re.compile("(?:自|从|截至|截止|至|到)$|^(?:以来|前|之前|起(?!在|举)|开班以来)")
"""自8月26日开班以来: the time before or after which something else was so."""
_SAME_DAY = re.compile("这一?天|那一?天")
_FOLLOWS_WITHIN = 200  # characters, from a date to 这一天
_NEAR = 90  # characters, from the beginning of a sentence to the verb whose day the one before tells
_LONGEST_HEAD = 50  # characters
_HEAD = re.compile("[^。！\n是系]{3,45}[。！]")  # what 3月16日是国际社工日 tells is the feast's day
_FEBRUARY, _SHORT_MONTH = 2, 28
_AHEAD = timedelta(days=45)  # within which news announces what will be, without 将 or 定于
_MONTH, _SINCE = timedelta(days=31), ("起", "以来", "开始", "以前", "之前", "前")
_AND = frozenset({"、", "和", "及", "与", "，"})
_DAY_BEFORE = re.compile(r"(?<![\d.])(?:(\d{1,2})月)?(\d{1,2})[、和及]$")
_ENDS = frozenset({"落幕", "落下帷幕", "落下了帷幕", "闭幕", "结营", "收官", "结业", "结束"})
_LASTING = re.compile("(?:[夏冬]令营|训练营|班|周|月|季|展|计划|行动|(?<!决)赛)”?$")


class EventDays:
    """The dates of one text, as far as they say when events were held."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text = reading, reading.text

    @cached_property
    def dates(self) -> Sequence[DateMention]:
        """The dates of the text: most texts that hold a cue tell of no event, and need none."""
        return dates_of(self.reading)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.dates]

    def without_date(self, start: int, end: int) -> int:
        """Where a name begins behind a day that stands in front of it; a year stays (2022年全国…)."""
        n = bisect_left(self._starts, start)
        if n < len(self.dates) and self.dates[n].start == start and self.dates[n].precision == "day":
            start = self.dates[n].end
            if m := _LEAD.match(self.text[start:end]):
                start += m.end()
        return start

    def of(self, start: int, found: Found) -> DateMention | None:
        """The day of an event: the last one in its sentence before the verb, outside its name, that is not a feast's
        or the time since which something was so; else one of those; else the one that 这一天 means."""
        n, second = bisect_left(self._starts, found.verb) - 1, None
        while n >= 0 and self.dates[n].start >= start:
            mention = self.dates[n]
            inside = found.start < mention.start < found.end and found.verb_text != "签约"  # 甲今天与乙签约
            if mention.precision == "day" and not inside:
                if not self._is_of_other(mention):
                    return self._from_first(n)
                second = second or mention
            n -= 1
        told = second or self._same_day(n, start, found.verb)
        near = found.verb - start <= _NEAR and "包括" not in self.text[start : found.verb]
        return told or (self._headed(n, start) if near else None)

    def month_told(self, start: int, end: int) -> bool:
        """Whether text[start:end] says in which month something was, not since when or in which months."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return any(
            m.precision == "month"
            and m.first
            and m.last
            and m.last - m.first < _MONTH
            and not self.text.startswith(_SINCE, m.end)
            for m in self.dates[low:high]
        )

    def _is_of_other(self, mention: DateMention) -> bool:
        if _OF_FEAST.match(self.text, mention.end):
            return True
        return _OTHER.search(self.text[max(0, mention.start - 2) : mention.start]) is not None or (
            _OTHER.match(self.text[mention.end : mention.end + 6]) is not None
        )

    def _from_first(self, n: int) -> DateMention:
        """The mention with the first day of those that it is listed with: 6月15日、16日, 16、17日."""
        mention = first = self.dates[n]
        while n and self.text[self.dates[n - 1].end : first.start] in _AND and self.dates[n - 1].precision == "day":
            n -= 1
            first = self.dates[n]
        if first.first is None:
            return mention
        if first is mention and (m := _DAY_BEFORE.search(self.text, max(0, first.start - 6), first.start)):
            day, month = int(m[2]), int(m[1] or first.first.month)
            if day < first.first.day and month == first.first.month:
                return mention._replace(first=first.first.replace(day=day or 1))
        return (
            mention._replace(first=first.first, start=first.start)
            if first.first <= (mention.last or first.first)
            else mention
        )

    def _same_day(self, n: int, start: int, verb: int) -> DateMention | None:
        """The last day told of before a sentence that says 这一天."""
        if n < 0 or not _SAME_DAY.search(self.text, start, verb):
            return None
        mention = self.dates[n]
        near = mention.precision == "day" and start - mention.end <= _FOLLOWS_WITHIN
        return mention if near and "\n" not in self.text[mention.end : start] else None

    def _headed(self, n: int, start: int) -> DateMention | None:
        """The day that a sentence before, of the same line, begins with: 2月3日，农历腊月二十四。"""
        while n >= 0 and start - self.dates[n].start <= _LONGEST_HEAD:
            mention = self.dates[n]
            if mention.precision == "day" and self._begins(mention.start):
                return mention if _HEAD.fullmatch(self.text, mention.start, start) else None
            n -= 1
        return None

    def _begins(self, place: int) -> bool:
        return place == 0 or self.text[place - 1] == "\n"


def span_of(name: str, day: DateMention, verb: str, told_on: date | None) -> tuple[date | None, date | None]:
    """The first and last day of an event. Its year is that of the name where nothing else has one (2019年社工日); the
    day on which something that lasts came to its end is no first day. What a text of the day `told_on` says was held
    was not held months later: 8月3日 in a report of March is of the year before."""
    first, last = day.first, day.last
    if first and last and day.inferred and told_on and first - told_on > _AHEAD:
        first, last = (
            date(one.year - 1, one.month, min(one.day, _SHORT_MONTH) if one.month == _FEBRUARY else one.day)
            for one in (first, last)
        )
    if first is None:
        year = _YEAR.search(name)
        full = find_dates(f"{year[0]}年{day.text}") if year and day.text[:1].isdigit() else []
        first, last = (full[0].first, full[0].last) if len(full) == 1 else (None, None)
    if verb in _ENDS and first == last and _LASTING.search(name):
        return None, last
    return first, last
