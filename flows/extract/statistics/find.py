"""Statistics: the figures that a text states, by indicator, with value, region, time and quote."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date

from flows.document import Row
from flows.extract.numbers.counts import MEASURED, counts_of
from flows.extract.numbers.listed import with_listed
from flows.extract.numbers.quantities import Quantity
from flows.extract.numbers.ranges import range_ends
from flows.extract.regions.surroundings import surroundings
from flows.extract.statistics.alike import read_alike, total_of
from flows.extract.statistics.bare import Counted
from flows.extract.statistics.cues import indicator_cues
from flows.extract.statistics.distinct import distinct
from flows.extract.statistics.grades import read_grade
from flows.extract.statistics.in_turn import TimesInTurn
from flows.extract.statistics.lists import REACH_BEFORE, Lists
from flows.extract.statistics.nouns import FROM, GROWTH, HAS, noun_before_place, noun_end
from flows.extract.statistics.parts import Parts
from flows.extract.statistics.places import FigurePlaces
from flows.extract.statistics.quotes import quote_of
from flows.extract.statistics.readings import Meaning, Place, is_change, may_be_phrase, read_figure
from flows.extract.statistics.sessions import read_who_came
from flows.extract.statistics.subsidies import INDICATOR as SUBSIDY
from flows.extract.statistics.subsidies import read_subsidy
from flows.extract.statistics.whose import AIM, PART, SUMMED, Owners, counted_by, held_by
from flows.extract.words.basis import CARRIED, LIST, NOTHING
from flows.extract.words.indicators import OTHER
from flows.extract.words.reading import Reading
from flows.extract.words.sentences import sentences_of
from flows.vocabulary import load_vocabulary

_KINDS = frozenset({"cardinal", "money", "percent", "share"})
_REACH_AFTER, _SHORTEST_NOUN = 40, 2
_SENTENCE_REACH = 200  # sentences without end exist
_WORDS = load_vocabulary("statistic_words")
_ATTENDED = frozenset({OTHER, "people_trained", "people_served", "volunteers", "social_work_professionals"})
_SMALL_CHINESE = frozenset("一二两三四五六七八九十")


def find_statistics(reading: Reading, attendances: Collection[int] = frozenset()) -> list[Row]:
    """The statistics rows of an article's text, in order, without article_id.

    `attendances` are the places of the figures that events hold already. A figure repeated with the same value, region
    and indicator is one row. A value outside its indicator's plausible range stays; see `indicators.is_plausible`.
    """
    text = reading.text
    quantities = with_listed(text, [q for q in counts_of(reading) if _counts(text, q)])
    if not quantities:
        return []
    finder = _Finder(reading, quantities)
    rows: list[Row] = []
    for n, q in enumerate(quantities):
        row = finder.row(n)
        if row is None or (q.start in attendances and row["indicator"] in _ATTENDED and "共培训" not in row["quote"]):
            continue
        rows += [one for end in range_ends(row, quantities, n, text) for one in finder.shared(end, n)]
    return distinct(rows)


def _counts(text: str, q: Quantity) -> bool:
    """Whether a quantity counts or measures: no date's part, no ordinal, and no 一 of 一次性 or 一个."""
    if q.unit is None or not (q.kind in _KINDS or q.unit in MEASURED):
        return False
    if text[q.start - 1 : q.start] == "每":  # 每万名居民
        return False
    return q.value > 1 or text[q.start] not in _SMALL_CHINESE


class _Finder:
    """Reads the figures of one text in order."""

    def __init__(self, reading: Reading, quantities: Sequence[Quantity]) -> None:
        self.reading, self.text, self.quantities = reading, reading.text, quantities
        self.this_year = str(reading.day.year if reading.day else date.max.year)
        self.surroundings, self.sentences = surroundings(reading), sentences_of(reading)
        self.owners, self.so_far = Owners(reading), Counted(reading)
        cues = indicator_cues(reading)
        self.cue_starts, self.cued = [start for start, _ in cues], [ids for _, ids in cues]
        self.near: dict[tuple[int, int], frozenset[str]] = {}  # the indicators that cues first to last tell
        self.lists = Lists(reading, quantities)
        self.previous: Meaning | None = None
        self.times = TimesInTurn(reading, self.lists, quantities)
        self.parts = Parts(reading, quantities)
        self.places = FigurePlaces(reading, self.lists, quantities)
        self.counted: tuple[int, Meaning | None] = 0, None  # the last figure that is no share, and what it counts

    def row(self, n: int) -> Row | None:
        """The row of quantity n, None if it states nothing worth one."""
        q = self.quantities[n]
        start, end = self.sentences.around(q.start)
        sentence = max(start, q.start - _SENTENCE_REACH), min(end, q.end + _SENTENCE_REACH)
        self.lists.append(n, sentence[0])
        ids = self._indicators_near(*sentence)
        bare = self._looked_at(n, sentence, ids) or self.so_far.read(q, self.quantities[n - 1] if n else None)
        # Three of four figures stand beside no cue and are too weak for a phrase of their own.
        reading = bare or (self._read(n, sentence, ids) if ids or may_be_phrase(self.text, q) else None)
        self.so_far.note(q, reading, bare is not None)
        self.previous = reading
        beside = q.kind == "percent" or (reading is not None and is_change(self.text, reading))
        self.counted = self.counted if beside else (n, reading)
        if reading is None:
            return None
        start, end = quote_of(self.text, q, reading, sentence)
        as_of = self.times.time(n, reading, start, sentence[0], bare is not None and not self.so_far.names_time)
        # What is to be in a later year is an aim, and no figure of the indicator yet.
        aimed = as_of.value is not None and as_of.value[:4] > self.this_year
        told = self.owners.subject(q, reading, sentence[0])
        subject = self.parts.subject(n, AIM if aimed and told in SUMMED else told, reading, sentence[0])
        place = self.places.region(n, sentence[0], bare is not None)
        if subject in SUMMED and self.places.together == n:
            subject = PART  # of several places together, each of which may have a figure of its own
        if subject == AIM and as_of.basis == CARRIED:
            as_of = NOTHING
        region = held_by(subject, place, reading.indicator, self.surroundings.is_titled)
        indicator = counted_by(subject, reading.indicator)
        if self.parts.is_of_others(n, subject, sentence[0]):
            region = NOTHING
        licence, period = None, None
        if indicator == SUBSIDY:
            licence, period = read_subsidy(self.text, self.quantities, n, sentence[0])
        return {
            "indicator": OTHER if aimed and q.kind != "money" else indicator,
            "indicator_text": self.text[reading.start : reading.end],
            "value": q.value,
            "unit": q.unit,
            "qualifier": q.qualifier,
            "subject": subject,
            "region": region.value,
            "region_basis": region.basis,
            "as_of": as_of.value,
            "as_of_basis": as_of.basis,
            "part_of": self.parts.whole(n, subject, reading, sentence[0], f"{start}-{end}"),
            "licence": licence,
            "period": period,
            "quote": self.text[start:end],
            "start": start,
            "end": end,
        }

    def shared(self, row: Row, n: int) -> list[Row]:
        """The row itself, or one for each of the places that it says it is of (甲县、乙县各112人)."""
        each = self.places.each_of(n, self.sentences.start(self.quantities[n].start))
        return [
            row | {"region": code, "region_basis": LIST, "start": start, "quote": self.text[start : row["end"]]}
            for start, code in each
        ] or [row]

    def _read(self, n: int, sentence: tuple[int, int], ids: frozenset[str]) -> Meaning | None:
        q = self.quantities[n]
        low, high = self._reach(n, sentence)
        head = self.quantities[self.lists.heads[n]].start
        place = self.lists.distributed(n, sentence) or Place(low, self._noun_end(low, q.start), high, head, sentence)
        place = place._replace(title=self.surroundings.title)
        if behind := self.lists.told_behind(n, sentence):
            told = Place(q.start, q.start, behind[1], q.start, sentence, self.surroundings.title)
            if (all_of := read_figure(self.text, q._replace(end=behind[0]), told, ids)) and all_of.indicator != OTHER:
                return all_of._replace(first=q.start, last=q.end)
        if n and self.quantities[n - 1].end >= sentence[0]:
            if words := total_of(self.text, q, self.quantities[n - 1], sentence[0]):
                return read_figure(
                    self.text, q, Place(words[0], noun_end(self.text, *words), q.end, words[0], sentence), ids
                )
            bare = self.so_far.bare_end == self.quantities[n - 1].end
            alike = read_alike(self.text, q, self.quantities[n - 1], self.previous, None if bare else ids)
            if alike is not None:
                return alike
            if (came := read_who_came(self.text, q, self.quantities[n - 1], self.previous)) is not None:
                return came
        last, previous = self.counted
        grade = read_grade(self.text, q, self.quantities[last], previous)
        return grade or read_figure(self.text, q, place, ids)

    def _looked_at(self, n: int, sentence: tuple[int, int], ids: frozenset[str]) -> Meaning | None:
        """What figure n counts of what its sentence is said to look at (从持证人数看，甲市1.06万人，乙市9800人)."""
        q = self.quantities[n]
        words = self.so_far.looked_at(q, self.quantities[n - 1] if n else None)
        if words is None:
            return None
        place = Place(words[0], noun_end(self.text, *words), q.end, words[0], sentence, self.surroundings.title)
        reading = read_figure(self.text, q, place, ids)
        return reading._replace(first=q.start, last=q.end) if reading and reading.indicator != OTHER else None

    def _noun_end(self, low: int, place: int) -> int:
        """Where the noun before a figure ends; before the region that stands between the two, if one does."""
        end = noun_end(self.text, low, place)
        named = self.surroundings.place_ending_at(end)
        if named is None and (built := HAS.search(self.text, low, end)):
            named = self.surroundings.place_ending_at(built.start())  # 像这样的社工站，甲县已建成7个
            named = named if named and self.text[named - 1] == "，" else None
        before = noun_before_place(self.text, low, named) if named is not None and named > low else low
        return before if before - low >= _SHORTEST_NOUN else end

    def _indicators_near(self, start: int, end: int) -> frozenset[str]:
        """The indicators of which text[start:end] holds a cue."""
        first, last = bisect_left(self.cue_starts, start), bisect_left(self.cue_starts, end)
        near = self.near.get((first, last))
        if near is None:
            near = self.near[first, last] = frozenset().union(*self.cued[first:last])
        return near

    def _reach(self, n: int, sentence: tuple[int, int]) -> tuple[int, int]:
        """How far before and after quantity n its words may stand: not beyond the next figures."""
        q, text = self.quantities[n], self.text
        low, high = max(sentence[0], q.start - REACH_BEFORE), min(sentence[1], q.end + _REACH_AFTER)
        if n and (previous := self.quantities[n - 1]).end > low:
            low = previous.end
            if GROWTH.match(text[low : q.start].lstrip("，")):
                start = max(sentence[0], previous.start - REACH_BEFORE)
                if FROM.search(text[start : previous.start]):
                    low = start
        if n + 1 < len(self.quantities):
            high = min(high, self.quantities[n + 1].start)
        if text[q.end : q.end + 1] in {"、", "和", "及", "与"}:
            high = q.end
        return low, max(high, q.end)
