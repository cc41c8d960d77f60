"""Dates: the days, months and years that a text names, in full, in part or in relation to another."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from flows.extract.dates.calendar import Span, day_span
from flows.extract.dates.parts import (
    FOLLOWING_DAYS,
    RELATIVE_DAYS,
    RELATIVE_MONTHS,
    RELATIVE_WEEKS,
    RELATIVE_YEARS,
    UNDATED,
    WEEKDAYS,
    Parts,
    find_parts,
    upper_end,
)
from flows.extract.dates.spans import LAST_DAYS, end_of_range, is_possible, one_day, precision_of, span_of
from flows.extract.words.reading import Reading
from flows.extract.words.sentences import Sentences, sentences_of

_NAMED = re.compile(r"《[^》\n]{0,80}$")
_BARE_YEAR = re.compile(r"((?:19[89]|20[0-4])\d)(?<![\d.]\d{4})(?=[^\d\s.,，、年-]{2}|”)(?![元个人名米次家万平点])")
_TITLE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_SINCE = re.compile("以来|来，|起(?!底)|前，")  # 2018年以来 says that the text is of a later year
_RANGE_BEFORE = re.compile(r"\d年[至到]$")
_NAMED_YEAR = re.compile(r"(?:19[89]|20[0-4])\d(?<!\d{5})(?=年度)")
_PLANNED = re.compile("(?:到|至|计划|力争|预计|确保|于|截至|在)$")
_FEAST = re.compile("[\u4e00-\u9fff]{1,10}[日节](?=[到来，。])")
_FUTURE = re.compile("将于|将在|定于|拟于|即将")
_ALMOST_NOW = timedelta(days=183)  # a month and day without a year are of this one, unless half a year ahead
_ALMOST_YET, _REACHED = timedelta(days=7), ("截至", "截止", "止到")  # 截至8月底 has passed
_FOLLOWS_WITHIN, _LONGEST_SENTENCE = 400, 300  # characters; from a date to 当日, 次日 or 17日
_TOLD_TIMES = 2  # how often a text must tell of a year that its dates without one are then of
_REPRINTED = 3  # years from the year in a title to a page that only reprints the story
_TURN_OF_YEAR = frozenset({12, 1, 2})
_LONGEST_NEWS = 4000  # characters; longer texts (a year's review, a bulletin) tell of several years
_SUNDAY = 6
_YEARS_OF_NEWS = range(1900, 2101)


class DateMention(NamedTuple):
    """text[start:end] names the days from `first` to `last`; both None when it does not say which (日前).

    `precision` is day, month or year, as stated; `inferred` whether the year, month or day comes from elsewhere
    in the text or from the page's date.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    inferred: bool
    precision: str
    text: str

    @property
    def as_of(self) -> str | None:
        """The last day, month or year meant, as `statistics.as_of` writes it: 2016-12-31, 2016-12 or 2016."""
        if self.last is None:
            return None
        return self.last.isoformat()[: {"day": 10, "month": 7, "year": 4}[self.precision]]


def find_dates(text: str, anchor: date | None = None, title: str = "") -> list[DateMention]:
    """The dates of a text in order. `anchor` is the day the page was published, if it says so.

    A date without a year takes the year named before it in its sentence; else, with an anchor, the year that puts
    it last before the anchor; else the year in the title, else the latest year that the text tells of twice or more.
    Without any of these, its first and last day are None. An impossible date is no mention.
    """
    return _find(Sentences(text), anchor, title)


def _find(sentences: Sentences, anchor: date | None, title: str) -> list[DateMention]:
    parts = find_parts(sentences.text, anchor)
    resolver = _Resolver(sentences, anchor, title, parts)
    return [m for p in parts if p.start >= resolver.done and (m := resolver.resolve(p)) is not None]


def dates_of(reading: Reading) -> list[DateMention]:
    """The dates of an article's text."""
    return reading.once(_of_text, "title", "day")


def _of_text(reading: Reading) -> list[DateMention]:
    return _find(sentences_of(reading), reading.day, reading.title)


class _Resolver:
    """Turns stated parts into days, one after the other, remembering the last date named."""

    def __init__(self, sentences: Sentences, anchor: date | None, title: str, parts: list[Parts]) -> None:
        self.sentences, self.text, self.anchor, self.done = sentences, sentences.text, anchor, 0
        self.previous: tuple[date, int] | None = None
        self.years = [(p.start, p.year) for p in parts if p.year and self._tells_time(p)]
        self.year_starts = [start for start, _ in self.years]
        self.title, self.parts = title, parts

    def resolve(self, p: Parts) -> DateMention | None:
        """The mention that `p` makes, None for an impossible date. A range after it is taken in."""
        span = self._span(p)
        if span is None and not is_possible(p):
            return None
        end, precision = p.end, precision_of(p)
        if (upper := upper_end(self.text, p, self.anchor)) is not None:
            if span is None:
                end = upper.end
            elif (last := end_of_range(upper, p, span)) is not None:
                span, end = Span(span.first, last), upper.end
        self.done = end
        if span is not None and precision == "day" and p.part not in LAST_DAYS and not self._is_coming_feast(span, end):
            self.previous = (span.first, p.start)
        (first, last_day), inferred = span or (None, None), p.year is None and span is not None
        return DateMention(p.start, end, first, last_day, inferred, precision, self.text[p.start : end])

    def _is_coming_feast(self, span: Span, end: int) -> bool:
        """为迎接4月2日社工日: a feast ahead, whose month is not that of the days told of behind it."""
        return self.anchor is not None and span.first > self.anchor and _FEAST.match(self.text, end) is not None

    def _span(self, p: Parts) -> Span | None:
        if p.relative:
            return self._related_span(p)
        if p.year is None and p.month is None:
            return self._lone_day(p)
        year = p.year or self._year_for(p)
        return None if year is None else span_of(year, p)

    def _related_span(self, p: Parts) -> Span | None:
        word = p.relative or ""
        if word in FOLLOWING_DAYS:
            near = self.previous is not None and p.start - self.previous[1] <= _FOLLOWS_WITHIN
            return one_day(self.previous[0] if self.previous and near else None, FOLLOWING_DAYS[word])
        if word in RELATIVE_DAYS:
            return one_day(self.anchor, RELATIVE_DAYS[word])
        if word in RELATIVE_WEEKS:
            day = min(WEEKDAYS.index(p.part or "一"), _SUNDAY) + 7 * RELATIVE_WEEKS[word]
            return one_day(self.anchor, day - self.anchor.weekday()) if self.anchor else None
        if word in RELATIVE_YEARS:
            here = word in {"同年", "当年", "次年"}
            base = self._year_before(p.start) if here else self.document_year
            if word in {"本年度", "本年"} and self.title_year:
                base = self.title_year  # of the report, not of its day
            return span_of(base + RELATIVE_YEARS[word], p) if base else None
        if word in UNDATED or self.anchor is None:
            return None
        month = self.anchor.year * 12 + self.anchor.month - 1 + RELATIVE_MONTHS[word]
        return span_of(month // 12, p._replace(month=month % 12 + 1))

    def _lone_day(self, p: Parts) -> Span | None:
        """17日: of the month last named in the paragraph, else the last such day before the anchor."""
        at_hand = self.previous is not None and p.start - self.previous[1] <= _FOLLOWS_WITHIN
        if self.previous and at_hand and "\n" not in self.text[self.previous[1] : p.start]:
            near = self.previous[0]
            return day_span(near.year, near.month, p.day or 0)
        if self.anchor is None or not p.day:
            return None
        month = self.anchor.year * 12 + self.anchor.month - 1 - (p.day > self.anchor.day + 1)
        return day_span(month // 12, month % 12 + 1, p.day)

    def _year_for(self, p: Parts) -> int | None:
        """The year of a month and day that are stated without one."""
        stated = self._year_before(p.start)
        year_place = self._year_place(p.start) if stated else 0
        near = stated is not None and p.start - year_place <= _LONGEST_SENTENCE
        if near and self.sentences.are_one(year_place, p.start):
            return stated
        if self.anchor is None:
            # Around New Year the year that a text tells most of is as often the one before or after.
            return None if p.month in _TURN_OF_YEAR and not self.months_told else self.document_year
        if self.title_year and self.title_year <= self.anchor.year - _REPRINTED:
            return self.title_year
        span = span_of(self.anchor.year, p)
        reached = self.text.startswith(_REACHED, max(0, p.start - 2))
        ahead = span is not None and span.first > self.anchor + (_ALMOST_YET if reached else _ALMOST_NOW)
        announced = ahead and _FUTURE.search(self.text, max(0, p.start - 6), p.start)
        return self.anchor.year - (ahead and not announced)

    @cached_property
    def title_year(self) -> int | None:
        """The year that the title states."""
        found = _TITLE_YEAR.search(self.title)
        return int(found[0]) if found else None

    def _year_before(self, place: int) -> int | None:
        """The year named last before a place."""
        n = bisect_left(self.year_starts, place)
        return self.years[n - 1][1] if n else None

    def _year_place(self, place: int) -> int:
        return self.year_starts[bisect_left(self.year_starts, place) - 1]

    @cached_property
    def months_told(self) -> bool:
        """Whether the text's year is sure to the month: in the title, or told with a month."""
        told = any(p.year == self.document_year and p.month for p in self.parts)
        return told or _TITLE_YEAR.search(self.title) is not None

    @cached_property
    def document_year(self) -> int | None:
        """The year that the text tells of, None if it cannot be known."""
        if self.anchor:
            return self.anchor.year
        if self.title_year:
            return self.title_year
        told = [year for start, year in self.years if self._tells_of(start)]
        if not told or len(self.text) > _LONGEST_NEWS:
            return None
        # Named once, a year may as well be of the past; a later one in a name (2011慈善年会) leaves it open.
        names = [int(year) for year in (*_BARE_YEAR.findall(self.text), *_NAMED_YEAR.findall(self.text))]
        latest = max(told)
        sure = told.count(latest) + names.count(latest) >= _TOLD_TIMES and latest >= max(names, default=0)
        return latest if sure else None

    def _tells_of(self, start: int) -> bool:
        """Whether the year named at a place is one that the text may be of: not planned, not the start of a time."""
        if _PLANNED.search(self.text[max(0, start - 3) : start]) and not _RANGE_BEFORE.search(
            self.text[max(0, start - 8) : start]
        ):
            return False
        return _SINCE.match(self.text, start + 5) is None and self.text[start - 1 : start] not in {"比", "较"}

    def _tells_time(self, p: Parts) -> bool:
        """Whether a year says when something happened, and is not part of a title or of a business year's name."""
        if p.year is None or p.year not in _YEARS_OF_NEWS or (self.anchor and p.year > self.anchor.year):
            return False
        return not self.text.startswith("度", p.end) and not _NAMED.search(self.text[max(0, p.start - 80) : p.start])
