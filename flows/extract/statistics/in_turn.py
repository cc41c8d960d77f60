"""Times of figures in turn: what a figure without a time of its own takes from those before it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from flows.extract.numbers.quantities import Quantity
from flows.extract.statistics.carried import OF_EXAM
from flows.extract.statistics.lists import Lists
from flows.extract.statistics.readings import Meaning
from flows.extract.statistics.times import FigureTimes
from flows.extract.statistics.whose import is_old_value
from flows.extract.words.basis import CARRIED, INFERRED, NOTHING, Told
from flows.extract.words.reading import Reading


class TimesInTurn:
    """The times of the figures of one text, asked for in order."""

    def __init__(self, reading: Reading, lists: Lists, quantities: Sequence[Quantity]) -> None:
        self.reading, self.text, self.lists, self.quantities = reading, reading.text, lists, quantities
        self.last_times: dict[str, Told] = {}  # of each indicator, the time of its last figure as it holds on
        self.grown: dict[bool, Told] = {}  # the time of the last figure, by whether something grew or fell from it
        self.pair: tuple[int, Told] = (
            -2,
            NOTHING,
        )  # an old value of a time before, and that of the new one it stands with
        self.examined: tuple[int, Told] = 0, NOTHING  # the end of the last figure of an examination, and its time

    @cached_property
    def times(self) -> FigureTimes:
        """The dates that figures are of; most texts with a figure have no row for it, and need none."""
        return FigureTimes(self.reading)

    def time(self, n: int, reading: Meaning, quote: int, sentence: int, goes_on: bool) -> Told:
        """The time of figure n; that of the one before of its indicator where it `goes_on` with it, or behind 其中."""
        q, old = self.quantities[n], self.times.is_old(self.quantities[n].start, self.quantities[n].end)
        shared = self.lists.shared_out(n, sentence)
        as_of = self.times.of_list(*shared, sentence) if shared else NOTHING
        if as_of.value is None:
            as_of = self.times.as_of(q.start, q.end, quote, sentence, reading.indicator)
        if as_of.value is None and (goes_on or self.text.startswith("其中", sentence)):
            as_of = NOTHING if old else self.last_times.get(reading.indicator, NOTHING)
        if as_of.value is None and not old:
            as_of = self._of_before(n, reading.indicator, sentence)
        if as_of.value is None and self.times.at_same_time(sentence, q.start):
            as_of = self.grown.get(old, NOTHING)
        told = as_of if as_of.basis == INFERRED else Told.on(as_of.value, CARRIED)
        if old and as_of.basis == CARRIED:
            self.pair = n, self.grown.get(False, NOTHING)  # …由12家增至18家，床位由162张增至171张
        if is_old_value(self.text, q, sentence):
            return as_of  # 较2020年底的1890人: the time of this one alone
        self.last_times[reading.indicator] = self.grown[old] = told
        if reading.indicator in OF_EXAM:
            self.examined = q.end, told
        return as_of

    def _of_before(self, n: int, indicator: str, sentence: int) -> Told:
        """The time of an examination told last, for another figure of it; of a new value whose old one is of the time
        of the pair before, that of its new one."""
        if indicator in OF_EXAM:
            start = self.quantities[n].start
            same = self.times.is_same_time(self.examined[0], start)
            return (same and self.examined[1].value and self.examined[1]) or self.times.exam_year(sentence, start)
        in_sentence = self.pair[0] == n - 1 and self.quantities[n - 1].start >= sentence
        return self.pair[1] if in_sentence else NOTHING
