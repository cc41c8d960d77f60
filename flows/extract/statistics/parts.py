"""Parts and wholes: which figures are shares of another, of which, and which of them are wholes of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from flows.extract.numbers.quantities import Quantity
from flows.extract.regions.surroundings import surroundings
from flows.extract.statistics.aims import is_aimed
from flows.extract.statistics.readings import Meaning
from flows.extract.statistics.whose import AIM, BODY, EVENT, PART, REGION, SUMMED
from flows.extract.words.indicators import OTHER
from flows.extract.words.marks import context_start
from flows.extract.words.reading import Reading
from flows.vocabulary import load_vocabulary

_KINDS = frozenset(load_vocabulary("subjects")["kinds"])
_GOES_ON = re.compile("[，、和及与](?!全|共|累计|合计|总|目前|现有|已)[^，。；：]{1,14}")
_STAFF, _LICENCES = (frozenset(load_vocabulary("subjects")[key]) for key in ("staff", "licences_held"))
_WIDER = re.compile("[全我][国省市县区州旗]|共有|登记|注册|；")
_OF_WHICH = re.compile("[，。；\n]?(?:其中|包括|含)")
_LED = re.compile(r"[^\n]{0,90}?[，。；]其中[，：]?[^\n。]*$")
_IN_BRACKETS = re.compile("（[^（）。；]*")
_SO_FAR = re.compile(
    "，(?:目前|现|截至目前)?(?:已经?|实际)(?:拨付|到位|支出|使用|发放|完成|执行)(?:资金|经费)?(?:了)?[约近超]?"
)


class Whole(NamedTuple):
    """The last figure that is no part: its place among the figures, what it counts, whose it is, and its row's key."""

    n: int
    indicator: str
    subject: str
    key: str


class Parts:
    """The figures of one text that are shares of others, asked for in order."""

    def __init__(self, reading: Reading, quantities: Sequence[Quantity]) -> None:
        self.reading, self.text, self.quantities = reading, reading.text, quantities
        self.around = surroundings(reading)
        self.last = -1  # the last figure that is a part
        self.counts = ""  # its indicator
        self.divided = -2  # the last figure that divides an aim
        self.of: Whole | None = None

    def subject(self, n: int, told: str, reading: Meaning, sentence: int) -> str:
        """Whose figure n is, if its own words tell `told`.

        It is an aim where a later year or a plan says so; it goes on with the parts that 其中 begins (其中省级20万元，
        县级30万元); and it is a whole of its own where it counts a kind (其中助理社会工作师80人).
        """
        if told in SUMMED and is_aimed(self.reading, sentence, self.quantities[n].start):
            return AIM
        if told == REGION and reading.indicator == self.counts and self._goes_on(n, sentence):
            told = PART
        if told == REGION and (self._is_share(n, reading, sentence) or self._is_of_staff(n, reading, sentence)):
            told = PART
        whole = self._near(n, sentence)
        if told in (PART, *SUMMED) and whole and whole.subject == AIM and self._divides(n, whole, sentence):
            self.divided = n
            return AIM
        if told != PART:
            return told
        if whole and whole.subject in SUMMED and reading.indicator in _KINDS:
            return whole.subject
        self.last, self.counts = n, reading.indicator
        return PART

    def whole(self, n: int, subject: str, reading: Meaning, sentence: int, key: str) -> str | None:
        """The key of the row that a part is a share of: the last whole of its sentence, or before 其中, of a fit unit;
        None for what is no part, whose own key is kept."""
        q = self.quantities[n]
        if subject != PART:
            self.of = Whole(n, reading.indicator, subject, key) if q.kind != "percent" else self.of
            return None
        whole = self._near(n, sentence)
        if whole is None:
            return None
        of = self.quantities[whole.n]
        return whole.key if q.kind == "percent" or (q.unit == of.unit and q.value <= of.value) else None

    def is_of_others(self, n: int, subject: str, sentence: int) -> bool:
        """Whether figure n is a share of what one body has, or came to an event (在职职工168人，其中社工4人)."""
        whole = self._near(n, sentence) if subject == PART else None
        if whole is None or whole.subject not in (BODY, EVENT):
            return False
        return self.quantities[n].unit == self.quantities[whole.n].unit

    def _near(self, n: int, sentence: int) -> Whole | None:
        near = self.of is not None and self.quantities[self.of.n].start >= context_start(self.text, sentence)
        return self.of if near else None

    def _divides(self, n: int, whole: Whole, sentence: int) -> bool:
        """Whether figure n is one of those that 其中 divides the whole into (招聘社工20名，其中初级14名、中级6名)."""
        q, of = self.quantities[n], self.quantities[whole.n]
        led = _OF_WHICH.match(self.text, of.end, q.start)
        if self.divided == n - 1 == whole.n:
            return _GOES_ON.fullmatch(self.text, of.end, q.start) is not None
        return led is not None and q.unit == of.unit and q.value <= of.value and of.start >= sentence

    def _is_share(self, n: int, reading: Meaning, sentence: int) -> bool:
        """Whether a figure is how much of the last whole has been done (总经费180万元，已拨付108万元), or divides it in
        brackets (社会组织1748家（市级412家、县级1336家）) or behind 其中 (报名4218人。其中，报考初级3105人)."""
        whole = self._near(n, sentence)
        if whole is None or whole.indicator != reading.indicator or reading.indicator == OTHER:
            return False
        q, of = self.quantities[n], self.quantities[whole.n]
        if q.unit != of.unit or q.value > of.value:
            return False
        if _LED.match(self.text, of.end, q.start) and self.around.region_in(of.end, q.start) is None:
            return True
        told = _SO_FAR.fullmatch(self.text, of.end, q.start) or _IN_BRACKETS.fullmatch(self.text, of.end, q.start)
        return told is not None and of.start >= sentence

    def _is_of_staff(self, n: int, reading: Meaning, sentence: int) -> bool:
        """Whether a figure is of the licences that a staff counted before it in its sentence holds (社区工作者623名，
        持有社工证的247名，持证率39.6%), and of no wider scope."""
        whole = self._near(n, sentence)
        if whole is None or whole.indicator not in _STAFF or reading.indicator not in _LICENCES:
            return False
        q, of = self.quantities[n], self.quantities[whole.n]
        between = self.text[of.end : q.start]
        if of.start < sentence or _WIDER.search(between) or self.around.region_in(of.end, q.start):
            return False
        if q.kind == "percent":
            return self.last == n - 1 and self.counts in _LICENCES
        return q.value <= of.value

    def _goes_on(self, n: int, sentence: int) -> bool:
        """Whether figure n stands in a list with a part right before it, and names no place of its own."""
        if not n or self.last != n - 1:
            return False
        q, last = self.quantities[n], self.quantities[n - 1]
        joined = last.unit == q.unit and last.end >= sentence and _GOES_ON.fullmatch(self.text, last.end, q.start)
        return bool(joined) and self.around.region_in(last.end, q.start) is None
