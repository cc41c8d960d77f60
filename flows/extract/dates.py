"""Dates: the days, months and years that a text names, in full, in part or in relation to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from flows.extract.calendar import SEASONS, Span, day_span, month_span, year_of, year_span
from flows.extract.numerals import parse_number
from flows.extract.vocabulary import one_of

_CN = "零〇○一二三四五六七八九"
_YEAR = rf"(?:\d{{4}}|[{_CN}]{{4}}|[二两]千(?:零?[一二三四五六七八九])?)"
_MONTH = r"(?:1[0-2]|0?[1-9]|１[０-２]|０?[１-９]|十[一二]?|零?[一二三四五六七八九])"
_DAY = r"(?:[0-9０-９]{1,2}|[二廿]?十[一二三四五六七八九]?|廿[一二三四五六七八九]|三十一?|卅一?|零?[一二三四五六七八九])"
_TO = r"\s?(?:[-－—–~～]{1,2}|至|到)\s?"
_PARTS = "|".join(SEASONS)
_MONTH_DAY = rf"(?P<month>{_MONTH})月(?:(?P<day>{_DAY})(?:[日号]|(?={_TO}{_DAY}[日号]))|(?P<third>[上中下]旬|底|末|初))?"

_ABSOLUTE = re.compile(
    rf"(?P<iso>(?<![\d./-])(?:19|20)\d\d(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,2}}(?![\d./-]))"
    rf"|(?P<first_year>(?<!\d)\d{{4}})(?:{_TO})(?P<last_year>\d{{4}})年"
    rf"|(?<!第)(?<![\d{_CN}])(?P<year>{_YEAR}|[{_CN}]{{2}}(?=年{_MONTH}月)|\d\d(?=年{_MONTH}月))年"
    rf"(?:\s?{_MONTH_DAY}|(?P<part>{_PARTS}))?"
    rf"|(?P<era>民国|公元)前?\s?(?P<era_year>\d{{1,4}}|[{_CN}十百]{{1,4}}|元)年(?:\s?{_MONTH_DAY.replace('P<', 'P<e_')})?"
    rf"|(?<![\d个第{_CN}十./-]){_MONTH_DAY.replace('P<', 'P<m_')}(?!球|亮|饼|子|嫂|刊|光|薪|票|供)"
    r"|(?<![\d月第点时为:：./-])(?P<lone>\d{1,2})日(?=[，。、；上下晚中凌早夜电从在举召至到起讯对向前\s（)）]|$)"
)
_RELATIVE_YEARS = {"今年": 0, "本年度": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1, "同年": 0, "当年": 0, "次年": 1}
_RELATIVE_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "昨晚": -1, "前天": -2, "明天": 1, "明日": 1}
_FOLLOWING_DAYS = {"当日": 0, "当天": 0, "同日": 0, "当晚": 0, "次日": 1, "翌日": 1}
_UNDATED = ("日前", "近日", "近期", "不久前", "前不久", "连日来", "近来")
_RELATIVE = re.compile(
    rf"(?P<years>(?<!历)(?:{'|'.join(_RELATIVE_YEARS)}))(?:\s?{_MONTH_DAY}|年?(?P<part>{_PARTS}))?"
    rf"|(?P<days>{'|'.join(_RELATIVE_DAYS)})|(?P<following>{'|'.join(_FOLLOWING_DAYS)})"
    rf"|(?P<months>本月|上个?月|下个?月)(?:(?P<of_month>{_DAY})[日号])?"
    rf"|(?P<undated>(?<![\d今昨明当同次改])(?:{'|'.join(_UNDATED)}))"
)
# A cheap look for where a date may begin; the patterns above are then tried at that place only.
_CUE = re.compile(rf"[0-9０-９{_CN}十百千廿卅两元]+\s?[年月日号/.\-－—–~～至到]")
_ERAS = ("民国", "公元")
_RELATIVE_CUE = re.compile(one_of([*_RELATIVE_YEARS, *_RELATIVE_DAYS, *_FOLLOWING_DAYS, *_UNDATED, "本月", "上月", "上个月", "下月", "下个月"]))
_RANGE_TO = re.compile(rf"起?{_TO}(?=[\d０-９{_CN}十廿卅今明次本])")
_LAST_DAY = re.compile(rf"(?P<day>{_DAY})[日号]")
_NAMED = re.compile(r"《[^》\n]{0,80}$|年度")
_BARE_YEAR = re.compile(r"(?<![\d.])((?:19[89]|20[0-4])\d)(?=[^\d\s.,，、年-]{2}|”)(?![元个人名米次家万平点])")
_PLANNED = re.compile(r"(?:到|至|计划|力争|预计|确保|于|截至|在)$")
_SENTENCE_END = re.compile("[。！？\n]")
_FUTURE = re.compile("将于|将在|定于|拟于|即将")
_ALMOST_NOW = timedelta(days=31)


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


class _Parts(NamedTuple):
    """What a mention states: year, month and day as far as given, or a season's name in `part`."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    part: str | None
    relative: str | None = None


def find_dates(text: str, anchor: date | None = None, title: str = "") -> list[DateMention]:
    """The dates of a text in order. `anchor` is the day the page was published, if it says so.

    A date without a year takes the year named before it in its sentence; else, with an anchor, the year that puts
    it last before the anchor; else the year in the title, else the latest year the text names, as news tell of the
    year they appear in. Without any of these, its first and last day are None.
    """
    return list(_dates(text, anchor, title))


@lru_cache(maxsize=4)
def _dates(text: str, anchor: date | None, title: str) -> tuple[DateMention, ...]:
    parts = sorted([*_stated(text, anchor), *_related(text)], key=lambda p: p.start)
    resolver = _Resolver(text, anchor, title, parts)
    return tuple(m for p in parts if p.start >= resolver.done and (m := resolver.resolve(p)) is not None)


def _stated(text: str, anchor: date | None) -> Iterator[_Parts]:
    """What the absolute dates of a text state."""
    done = 0
    for cue in _CUE.finditer(text):
        start = cue.start() - 2 if text.startswith(_ERAS, max(0, cue.start() - 2)) else cue.start()
        if start >= done and (m := _ABSOLUTE.match(text, start)) is not None:
            done = m.end()
            if (parts := _absolute(m, anchor)) is not None:
                yield parts


def _related(text: str) -> Iterator[_Parts]:
    """What the dates that relate to another (今年3月, 次日) state."""
    for cue in _RELATIVE_CUE.finditer(text):
        if (m := _RELATIVE.match(text, cue.start())) is not None:
            yield _relative(m)


def _absolute(m: re.Match[str], anchor: date | None) -> _Parts | None:
    group = m.groupdict()
    if m["iso"]:
        year, month, day = (int(n) for n in re.split("[-/.]", m["iso"]))
        return _Parts(*m.span(), year, month, day, None)
    if m["first_year"]:
        return _Parts(*m.span(), int(m["first_year"]), None, None, m["last_year"])
    if m["lone"]:
        return _Parts(*m.span(), None, None, int(m["lone"]), None)
    prefix = "e_" if m["era"] else "m_" if group["m_month"] else ""
    month, day, third = (group[prefix + name] for name in ("month", "day", "third"))
    year = year_of(m["era_year"] or m["year"], m["era"], anchor) if m["era"] or m["year"] else None
    if year is None and not prefix == "m_":
        return None
    return _Parts(*m.span(), year, _number(month), _number(day), third or m["part"])


def _relative(m: re.Match[str]) -> _Parts:
    word = m["years"] or m["days"] or m["following"] or m["months"] or m["undated"]
    day = _number(m["day"] or m["of_month"])
    return _Parts(*m.span(), None, _number(m["month"]), day, m["part"] or m["third"], word)


def _number(digits: str | None) -> int | None:
    value = parse_number(digits) if digits else None
    return None if value is None else int(value)


class _Resolver:
    """Turns stated parts into days, one after the other, remembering the last date named."""

    def __init__(self, text: str, anchor: date | None, title: str, parts: list[_Parts]) -> None:
        self.text, self.anchor, self.done = text, anchor, 0
        self.previous: tuple[date, int] | None = None
        self.years = [(p.start, p.year) for p in parts if p.year and self._tells_time(p)]
        self.document_year = self._document_year(title)

    def resolve(self, p: _Parts) -> DateMention | None:
        """The mention that `p` makes, None for an impossible date. A range after it is taken in."""
        span, inferred = self._span(p)
        if span is None and not self._unresolved(p):
            return None
        end, precision = p.end, self._precision(p)
        if m := _RANGE_TO.match(self.text, end):
            upper = self._upper(m.end(), p, span)
            if upper is not None:
                last, end, inferred_last = upper
                span = Span(span.first, last) if span and last and last >= span.first else span
                inferred = inferred or inferred_last
        self.done = end
        if span is not None and precision == "day":
            self.previous = (span.first, p.start)
        first, last = span or (None, None)
        return DateMention(p.start, end, first, last, inferred and span is not None, precision, self.text[p.start : end])

    def _span(self, p: _Parts) -> tuple[Span | None, bool]:
        if p.relative:
            return self._relative_span(p), True
        if p.year and p.part and p.part.isdigit():
            return Span(date(p.year, 1, 1), date(int(p.part), 12, 31)), False
        if p.year:
            return _place(p.year, p.month, p.day, p.part), False
        if p.month is None:
            return self._lone_day(p), True
        year = self._year_for(p)
        return (None if year is None else _place(year, p.month, p.day, p.part)), True

    def _relative_span(self, p: _Parts) -> Span | None:
        word = p.relative or ""
        if word in _FOLLOWING_DAYS:
            if self.previous is None or p.start - self.previous[1] > 400:
                return None
            day = self.previous[0] + timedelta(days=_FOLLOWING_DAYS[word])
            return Span(day, day)
        if word in _RELATIVE_DAYS:
            day = self.anchor + timedelta(days=_RELATIVE_DAYS[word]) if self.anchor else None
            return Span(day, day) if day else None
        if word in _RELATIVE_YEARS:
            base = self.document_year
            if word in {"同年", "当年", "次年"}:
                base = self._year_before(p.start, same_sentence=False)
            return _place(base + _RELATIVE_YEARS[word], p.month, p.day, p.part) if base else None
        if word in _UNDATED or self.anchor is None:
            return None
        shift = {"本": 0, "上": -1, "下": 1}[word[0]]
        month = self.anchor.year * 12 + self.anchor.month - 1 + shift
        return _place(month // 12, month % 12 + 1, p.day, None)

    def _lone_day(self, p: _Parts) -> Span | None:
        """17日: of the month last named in the paragraph, else the last such day before the anchor."""
        if self.previous and "\n" not in self.text[self.previous[1] : p.start]:
            near = self.previous[0]
            return day_span(near.year, near.month, p.day or 0)
        if self.anchor is None or not p.day:
            return None
        month = self.anchor.year * 12 + self.anchor.month - 1 - (p.day > self.anchor.day + 1)
        return day_span(month // 12, month % 12 + 1, p.day)

    def _year_for(self, p: _Parts) -> int | None:
        stated = self._year_before(p.start, same_sentence=True)
        if stated is not None:
            return stated
        if self.anchor is None:
            return self.document_year
        span = _place(self.anchor.year, p.month, p.day, p.part)
        sentence = self.text[p.start - 6 : p.start] if p.start >= 6 else self.text[: p.start]
        if span and span.first > self.anchor + _ALMOST_NOW and not _FUTURE.search(sentence):
            return self.anchor.year - 1
        return self.anchor.year

    def _year_before(self, place: int, *, same_sentence: bool) -> int | None:
        """The year named last before a place, in its sentence or anywhere."""
        for start, year in reversed(self.years):
            if start < place:
                if same_sentence and _SENTENCE_END.search(self.text, start, place):
                    return None
                return year
        return None

    def _document_year(self, title: str) -> int | None:
        if self.anchor:
            return self.anchor.year
        if m := re.search(r"(?<!\d)(?:19|20)\d\d(?=年)", title):
            return int(m[0])
        told = [year for start, year in self.years if not _PLANNED.search(self.text[max(0, start - 3) : start])]
        latest = max(told, default=None)
        # A later year in a name (2011慈善年会) says that the text may be of that year or the next: not known.
        named = [int(year) for year in _BARE_YEAR.findall(self.text)]
        return latest if latest and latest >= max(named, default=0) else None

    def _tells_time(self, p: _Parts) -> bool:
        """Whether a year says when something happened, and is not part of a title or of a business year's name."""
        before, after = self.text[max(0, p.start - 80) : p.start], self.text[p.end : p.end + 2]
        limit = self.anchor.year if self.anchor else 2100
        return 1900 <= (p.year or 0) <= limit and not _NAMED.search(before) and not after.startswith("度")

    def _upper(self, start: int, p: _Parts, span: Span | None) -> tuple[date | None, int, bool] | None:
        """The last day of a range whose second part begins at `start`, where it ends, whether it was inferred."""
        m = _ABSOLUTE.match(self.text, start)
        upper = _absolute(m, self.anchor) if m else None
        if m is None and p.day and (m := _LAST_DAY.match(self.text, start)):
            upper = _Parts(*m.span(), None, None, _number(m["day"]), None)
        if upper is None:
            return None
        if p.day and upper.month is None and upper.year is None:
            upper = upper._replace(month=span.first.month if span else p.month)
        if upper.year:
            found = _place(upper.year, upper.month, upper.day, upper.part)
        elif span is None:
            return None, upper.end, True
        else:
            found = _place(span.first.year, upper.month, upper.day, upper.part)
            if found and found.last < span.first:
                found = _place(span.first.year + 1, upper.month, upper.day, upper.part)
        return (found.last, upper.end, False) if found else None

    def _unresolved(self, p: _Parts) -> bool:
        """Whether a mention without days is one nevertheless: 日前, or a possible date of an unknown year."""
        if p.relative:
            return True
        return p.year is None and (p.month is None or _place(2000, p.month, p.day, p.part) is not None)

    @staticmethod
    def _precision(p: _Parts) -> str:
        if p.day or p.relative in _RELATIVE_DAYS or p.relative in _FOLLOWING_DAYS or p.relative in _UNDATED:
            return "day"
        if p.part in {"底", "年底", "末", "年末"}:
            return "day"
        return "month" if p.month or p.part in SEASONS or p.relative in {"本月", "上月", "上个月", "下月"} else "year"


def _place(year: int, month: int | None, day: int | None, part: str | None) -> Span | None:
    """The days of a year, month, day, or part of a year or month; None where there are no such days."""
    if not 1 <= year <= 9998:
        return None
    if month is None:
        return SEASONS[part](year) if part in SEASONS else year_span(year)
    return day_span(year, month, day) if day is not None else month_span(year, month, part)
