"""Evidence: what a fact row says stands where it says, in the text of its article."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Callable

import numpy as np
import pyarrow.compute as pc

from flows.extract.dates.stamps import MONTHS
from flows.schema import Check, TableSchema
from flows.validate.contents import Contents, Passes, check, each

_FIGURE = re.compile(r"[0-9０-９零〇一二两三四五六七八九十百千万亿半数几]")


def fold(text: str) -> str:
    """Width, compatibility forms and white space folded away, for comparing."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _equal(span: str, value: str) -> bool:
    return span == value


def _holds(span: str, value: str) -> bool:
    return value in span or fold(value) in fold(span)


def _either(span: str, value: str) -> bool:
    return _holds(span, value) or fold(span) in fold(value)


RELATIONS: dict[str, Callable[[str, str], bool]] = {"equal": _equal, "holds": _holds, "either": _either}
"""How text[start:end] may stand to the value: the same; holding it; or either inside the other."""


@check
def evidence(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """text[start:end] lies inside the text, is not blank, and stands to `column` in the `relation` (see RELATIONS).

    An article whose text is withheld has nothing to compare with, and its facts pass.
    """
    texts = contents.texts(table.name)
    starts, ends = (contents.numbers(table.name, name).tolist() for name in ("start", "end"))
    column = check.options.get("column")
    values: list[str | None] = contents.values(table.name, column) if column else [None] * len(texts)
    relation = RELATIONS[check.options.get("relation", "holds")]

    def stands(text: str, start: int, end: int, value: str | None) -> bool:
        if not text:
            return True
        span = text[start:end] if 0 <= start < end <= len(text) else ""
        return bool(span.strip()) and (value is None or relation(span, value))

    return np.fromiter(map(stands, texts, starts, ends, values), bool, len(texts))


@check
def in_text(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column`, or each text in its list, stands somewhere in the article."""
    texts, values = contents.texts(table.name), contents.values(table.name, check.options["column"])

    def stands(text: str, value: str | list[str] | None) -> bool:
        parts = [value] if isinstance(value, str) else value or []
        return not text or all(part in text for part in parts) or all(fold(part) in fold(text) for part in parts)

    return np.fromiter(map(stands, texts, values), bool, len(texts))


@check
def figure_in(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` holds a figure, in digits or in Chinese numerals."""
    return each(contents.values(table.name, check.options["column"]), lambda text: bool(_FIGURE.search(text)))


@check
def date_stated(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """Month and day of `column` stand, in this order, in what was removed from the document or in the article.

    The year need not: pages that say "8月15日" are read with the year of another line. A day written in Chinese
    numerals passes unread. Beside a time with a zone the day there may be the one before or behind China's.
    """
    dates = contents.values(table.name, check.options["column"])
    around = _figures_removed(contents)
    places, texts = contents.document(table.name).tolist(), contents.values(table.name, "text")
    return np.fromiter(
        (
            date is None or states_day(date, "\n".join([*around.get(place, ()), text or ""]))
            for date, place, text in zip(dates, places, texts, strict=True)
        ),
        bool,
        len(dates),
    )


def _figures_removed(contents: Contents) -> dict[int, list[str]]:
    """Row number of a document to the texts with a figure or a day in them that were removed from it."""
    removed = contents.tables["removals"]["text"]
    telling = pc.fill_null(pc.match_substring_regex(removed, r"[0-9０-９]|[一二三四五六七八九十]\s*[日号]"), False)
    places = contents.document("removals")[np.asarray(telling, dtype=bool)]
    found: dict[int, list[str]] = {}
    for place, text in zip(places.tolist(), removed.filter(telling).to_pylist(), strict=True):
        found.setdefault(place, []).append(text)
    return found


_DAY_IN_NUMERALS = re.compile(r"[一二三四五六七八九十]\s*[日号]")


_ZONED = re.compile(r"\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|GMT|UTC|[+-]\d\d)|(?:GMT|UTC|格林[尼威]治\D{0,5}时间)\s?\d")


def states_day(date: dt.date, text: str) -> bool:
    """Whether a text states the month and the day of a date."""
    text = unicodedata.normalize("NFKC", text)
    if _DAY_IN_NUMERALS.search(text):
        return True
    away = (0, -1, 1) if _ZONED.search(text) else (0,)
    return any(_states(date + dt.timedelta(days), text) for days in away)


def _states(date: dt.date, text: str) -> bool:
    compact = f"{date:%Y%m%d}" in text or f"{date:%Y%m/%d}" in text
    return compact or _day_in_digits(date.month, date.day).search(text) is not None


@functools.cache
def _day_in_digits(month: int, day: int) -> re.Pattern[str]:
    name, number = rf"(?i:{MONTHS[month - 1]})[a-z]{{0,6}}", rf"(?<!\d)0?{day}(?:st|nd|rd|th)?"
    return re.compile(rf"(?<!\d)0?{month}\D{{1,3}}0?{day}(?!\d)|{name}\W{{1,2}}{number}(?!\d)|{number}\W{{1,2}}{name}")
