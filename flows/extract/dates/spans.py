"""Spans: the days that the parts of a date mean, once its year is known."""

from __future__ import annotations

from datetime import date, timedelta

from flows.extract.dates.calendar import SEASONS, Span, day_span, month_span, year_span
from flows.extract.dates.parts import FOLLOWING_DAYS, RELATIVE_DAYS, RELATIVE_MONTHS, RELATIVE_WEEKS, UNDATED, Parts

LAST_DAYS = frozenset({"底", "年底", "末", "年末"})


def one_day(day: date | None, later: int) -> Span | None:
    """A day, or one so many days later."""
    return Span(day + timedelta(days=later), day + timedelta(days=later)) if day else None


def end_of_range(upper: Parts, lower: Parts, span: Span) -> date | None:
    """The last day of a range from `lower`, whose days are `span`; what `upper` does not state is as in `lower`."""
    if upper.month is None and upper.year is None:
        if not lower.day:
            return None
        upper = upper._replace(month=span.first.month)
    found = span_of(upper.year or span.first.year, upper)
    if found and found.last < span.first and not upper.year:
        found = span_of(span.first.year + 1, upper)
    return found.last if found and found.last >= span.first else None


def span_of(year: int, p: Parts) -> Span | None:
    """The days of the month, day or part that `p` states, in a year; None where there are no such days."""
    if not 1 <= year <= 9998:
        return None
    if p.month is None:
        found: Span | None = SEASONS[p.part](year) if p.part in SEASONS else year_span(year)
        last = year_span(p.until) if p.until and 1 <= p.until <= 9998 else None
    else:
        found = day_span(year, p.month, p.day) if p.day is not None else month_span(year, p.month, p.part)
        last = month_span(year, p.until) if p.until else None
    if found and p.until:
        return Span(found.first, last.last) if last and last.last > found.first else None
    return found


def is_possible(p: Parts) -> bool:
    """Whether a mention without days is one nevertheless: 日前, or a possible date of an unknown year."""
    if p.relative or p.year is not None:
        return p.relative is not None
    if p.month is None:
        return 1 <= (p.day or 0) <= 31
    return span_of(2000, p) is not None


def precision_of(p: Parts) -> str:
    """How exactly the words say it: the end of a year or month is a day."""
    if (
        p.day
        or p.relative in RELATIVE_DAYS
        or p.relative in FOLLOWING_DAYS
        or p.relative in UNDATED
        or p.relative in RELATIVE_WEEKS
    ):
        return "day"
    if p.part in LAST_DAYS:
        return "day"
    return "month" if p.month or p.part in SEASONS or p.relative in RELATIVE_MONTHS else "year"
