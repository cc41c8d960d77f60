"""Statistics: the figures that a text states, by indicator, with value, region, time and quote."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flows.document import Row
from flows.extract.dates import DateMention, find_dates
from flows.extract.indicators import OTHER, indicators_of
from flows.extract.numbers import Quantity, find_quantities
from flows.extract.surroundings import Surroundings, surroundings
from flows.vocabulary import load_vocabulary, one_of

_KINDS = frozenset({"cardinal", "money", "percent"})
_REACH_BEFORE, _REACH_AFTER, _LONGEST_PHRASE = 60, 40, 24
_SENTENCE_REACH = 200  # sentences without end exist
_CLAUSE = re.compile("[，；：。！？\n,;“”（）]")
_WORDS = load_vocabulary("statistic_words")
_LINK = re.compile(f"(?:{'|'.join(_WORDS['links'])})+$")
_BRACKETED = re.compile("（[^（）]{0,12}）$")
_GROWING = f"(?:{one_of(_WORDS['growth'])})"
_GROWTH = re.compile(f"{_GROWING}(?:到了?|至|为)?(?:(?:现在|目前|如今|[^，。；]{{0,10}}年底?)的?)?[近约超]?过?$")
_GROWN = re.compile(f"(?:由|从)[^由从]{{0,24}}{_GROWTH.pattern}")
_GROWTH_AHEAD = re.compile(f"{_GROWING}(?:到|至|为)")
_FROM = re.compile(r"(?:由|从)(?:[^，。；由从]{0,12}?的|最初|原来的?|起初的?|不足|不到)?$")
_LISTED = re.compile("[、和及与][^，。；、“”]{1,16}$")
_SMALL_CHINESE = frozenset("一二两三四五六七八九十")
_AS_OF = re.compile("(?:截至|截止到?|截止至|到|至)(?:今年|去年)?$")
_NOW = re.compile("现在|目前|如今|至今|迄今")
_SINCE = re.compile("[自从]$")
_STRONG_UNITS = frozenset(_WORDS["strong_units"])
_GENERIC_UNITS = frozenset(_WORDS["generic_units"])
_HEADING_UNITS = frozenset({"个", "家", "所", "项"})
_NOUN_BEHIND = re.compile("(?![已均全在实覆建投为是达占较比同正开其以并的和及与等共也都，。；])[\u4e00-\u9fff]")
_LEAST_GENERIC = 10
_EMPTY = frozenset(_WORDS["empty"].split())
_CJK_RUN = re.compile(r"[\u4e00-\u9fff（）]{2,16}")


class Reading(NamedTuple):
    """An indicator found beside a figure: text[start:end] are the words that name it; all of its words lie from
    `first` to `last`."""

    indicator: str
    start: int
    end: int
    first: int
    last: int


def find_statistics(
    text: str, region_code: str | None = None, anchor: date | None = None, title: str = ""
) -> list[Row]:
    """The statistics rows of an article's text, in order, without article_id.

    `region_code` is the article's region, `anchor` its published date. A figure repeated with the same value,
    region and indicator is one row. A value outside its indicator's plausible range stays; see `is_plausible`.
    """
    quantities = [q for q in find_quantities(text) if _counts(text, q)]
    if not quantities:
        return []
    finder = _Finder(text, quantities, surroundings(text, region_code), find_dates(text, anchor, title))
    rows: dict[tuple[object, ...], Row] = {}
    for n in range(len(quantities)):
        row = finder.row(n)
        if row is not None:
            text_key = row["indicator_text"] if row["indicator"] == OTHER else None
            rows.setdefault((row["indicator"], row["value"], row["region"], row["unit"], text_key), row)
    return list(rows.values())


def _counts(text: str, q: Quantity) -> bool:
    """Whether a quantity counts or measures: no date's part, no ordinal, and no 一 of 一次性 or 一个."""
    if q.unit is None or not (q.kind in _KINDS or q.unit == "小时"):
        return False
    return q.value > 1 or text[q.start] not in _SMALL_CHINESE


class _Finder:
    """Reads the figures of one text."""

    def __init__(
        self, text: str, quantities: Sequence[Quantity], surroundings: Surroundings, dates: Sequence[DateMention]
    ) -> None:
        self.text, self.quantities, self.surroundings = text, quantities, surroundings
        self.dates = [mention for mention in dates if mention.last is not None]
        self.date_starts = [mention.start for mention in self.dates]

    def row(self, n: int) -> Row | None:
        """The row of quantity n, None if it states nothing worth one."""
        q = self.quantities[n]
        start, end = self.surroundings.sentence(q.start)
        sentence = max(start, q.start - _SENTENCE_REACH), min(end, q.end + _SENTENCE_REACH)
        low, high = self._reach(n, sentence)
        noun_end = self._noun_end(low, q.start)
        reading = self._read(q, low, noun_end, high, sentence)
        if reading is None:
            reading = self._read_other(q, low, noun_end, high)
        if reading is None:
            return None
        start, end = self._quote(q, reading, sentence)
        return {
            "indicator": reading.indicator,
            "indicator_text": self.text[reading.start : reading.end],
            "value": q.value,
            "unit": q.unit,
            "qualifier": q.qualifier,
            "region": self.surroundings.region_at(q.start),
            "as_of": self._as_of(q, start, sentence[0]),
            "quote": self.text[start:end],
            "start": start,
            "end": end,
        }

    def _reach(self, n: int, sentence: tuple[int, int]) -> tuple[int, int]:
        """How far before and after quantity n its words may stand: not beyond the next figures."""
        q, text = self.quantities[n], self.text
        low, high = max(sentence[0], q.start - _REACH_BEFORE), min(sentence[1], q.end + _REACH_AFTER)
        if n and (previous := self.quantities[n - 1]).end > low:
            low = previous.end
            if _GROWTH.match(text[low : q.start].lstrip("，")):
                start = max(sentence[0], previous.start - _REACH_BEFORE)
                if _FROM.search(text[start : previous.start]):
                    low = start
        if n + 1 < len(self.quantities):
            high = min(high, self.quantities[n + 1].start)
        if text[q.end : q.end + 1] in {"、", "和", "及", "与"}:
            high = q.end
        return low, max(high, q.end)

    def _noun_end(self, low: int, place: int) -> int:
        """Where the words before a figure end when 共, 达, 由2021年的, 增加到 and the like are left out."""
        if (m := _GROWN.search(self.text[low:place])) or (m := _FROM.search(self.text[low:place])):
            place = low + m.start()
        window = max(low, place - _LONGEST_PHRASE)
        for pattern in (_LINK, _BRACKETED, _LINK):
            if m := pattern.search(self.text[window:place]):
                place = window + m.start()
        return place

    def _read(self, q: Quantity, low: int, noun_end: int, high: int, sentence: tuple[int, int]) -> Reading | None:
        """The first indicator of the vocabulary whose patterns fit around the figure."""
        before, after = self.text[low:noun_end], self.text[q.end : high]
        whole = self.text[low : q.start]
        if self._counts_a_list(q, before):
            return None
        clause = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
        near = before[clause:] + "｜" + after[: (m.start() if (m := _CLAUSE.search(after)) else len(after))]
        # In 社工站4个片区 the figure counts what stands behind it.
        heads_noun = q.unit in _HEADING_UNITS and _NOUN_BEHIND.match(after) is not None
        for indicator in indicators_of(q.unit or ""):
            for pattern in indicator.patterns:
                if heads_noun and pattern.after is None:
                    continue
                b = (pattern.before.search(before) or pattern.before.search(whole)) if pattern.before else None
                a = pattern.after.match(after) if pattern.after else None
                if (pattern.before and not b) or (pattern.after and not a):
                    continue
                if indicator.unless and indicator.unless.search(near):
                    break
                if indicator.needs and not indicator.needs.search(self.text, *sentence):
                    break
                last = q.end + a.end() if a else q.end
                if b and (not a or len(b[0]) > 2):
                    return Reading(indicator.id, low + b.start(), low + b.end(), low + b.start(), last)
                return Reading(indicator.id, q.end, last, low + b.start() if b else q.start, last)
        return None

    def _read_other(self, q: Quantity, low: int, noun_end: int, high: int) -> Reading | None:
        """The phrase of a figure outside the vocabulary; only of those that plainly count or measure something."""
        if q.unit not in _STRONG_UNITS and (q.unit not in _GENERIC_UNITS or q.value < _LEAST_GENERIC):
            return None
        chinese = self.text[q.start] in _SMALL_CHINESE
        if q.value <= 1 or (chinese and q.value <= 10) or self._counts_a_list(q, self.text[low:noun_end]):
            return None
        if m := _CJK_RUN.match(self.text, q.end, high):
            return self._phrase(*m.span())
        runs = list(_CJK_RUN.finditer(self.text, max(low, noun_end - 16), noun_end))
        return self._phrase(*runs[-1].span()) if runs and runs[-1].end() == noun_end else None

    def _phrase(self, start: int, end: int) -> Reading | None:
        """The phrase without function words at its ends, None if nothing of substance is left."""
        phrase = self.text[start:end]
        start += len(phrase) - len(phrase.lstrip("的和与及、了其中将又也并而且在被由"))
        end -= len(phrase) - len(phrase.rstrip("的和与及、了等在从把将被由（"))
        return (
            Reading(OTHER, start, end, start, end) if end - start >= 2 and self.text[start:end] not in _EMPTY else None
        )

    def _counts_a_list(self, q: Quantity, before: str) -> bool:
        """Whether the figure only counts names given before it (甲、乙和丙三家机构)."""
        return self.text[q.start] in _SMALL_CHINESE and q.value <= 10 and bool(_LISTED.search(before))

    def _quote(self, q: Quantity, reading: Reading, sentence: tuple[int, int]) -> tuple[int, int]:
        """The clause from where it begins, if near, to the end of the figure or of the words behind it."""
        start, end = min(reading.first, q.start), max(reading.last, q.end)
        window = max(sentence[0], start - _LONGEST_PHRASE)
        clauses = [m.end() for m in re.finditer("[，；：。、\n“”]", self.text[window:start])]
        if clauses:
            start = window + clauses[-1]
        elif window == sentence[0]:
            start = window
        while self.text[start].isspace():
            start += 1
        return start, end

    def _as_of(self, q: Quantity, quote: int, sentence: int) -> str | None:
        """The time of a figure: stated in its quote, else the 截至 or the leading date of its sentence."""
        for n in range(bisect_left(self.date_starts, q.start) - 1, -1, -1):
            mention = self.dates[n]
            if mention.start < sentence:
                return None
            between, lead = self.text[mention.end : q.start], self.text[sentence : mention.start]
            if _NOW.search(between):
                return None
            if (_SINCE.search(lead) and "以来" in between) or "计划" in between[4:]:
                continue
            first, last = mention.first, mention.last
            if first and last and first.year != last.year and _GROWTH_AHEAD.match(self.text, q.end):
                return str(first.year)
            if mention.start >= quote or _AS_OF.search(lead[-8:]) or not lead:
                return mention.as_of
        return None
