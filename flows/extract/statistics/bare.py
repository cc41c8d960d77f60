"""Bare figures: those whose clause names only a place or a time, and that count what the figure before them counted."""

from __future__ import annotations

import re

from flows.extract.numbers.quantities import Quantity
from flows.extract.regions.surroundings import Surroundings
from flows.extract.statistics.readings import Reading, is_change
from flows.extract.words.indicators import OTHER

_CLAUSE_MARKS = "，；。！？、：\n和"
_LONGEST_CLAUSE = 40
_LEAD = re.compile("(?:其中|而|但|则|比|较|同比|仅)*")
_TIME = re.compile(
    "(?:(?:截至|到)?(?:20\\d\\d|19\\d\\d)年?[底末初]?|(?:截至|到)?(?:去|今|前|上|当)年年?[底末初]?|[一二两三四五六七八九十]年前|(?:当初|最初|起初|目前|如今|现在|同期))的?"
)
_LINK = re.compile(
    "(?:全[省市县区州]|由|从|各|也|则|仅|只|还|就|不过|为|是|有|达到?|约|近|超过?|逾|共计?|合计|数|最多|最少|的)*"
)
_NOTHING_BEHIND = re.compile("左右|以上|以下|多|余|[，。；、！？）\n]|$|和|与|增|升|降|减|提|跃|扩|发展到|（")
_BOUND_UNITS = re.compile("[、，]")


class Counted:
    """What the figures of a paragraph have counted so far, by unit: [持证社工]5216人。其中甲区1308人、乙县402人."""

    def __init__(self, text: str, around: Surroundings) -> None:
        self.text, self.around = text, around
        self.last: dict[str, Reading] = {}
        self.paragraph = 0
        self.bare_end = -1
        self.names_time = False
        """Whether the clause of the bare figure read last names a time of its own."""

    def read(self, q: Quantity, last: Quantity | None) -> Reading | None:
        """What a bare figure counts; None if it is not bare, or nothing of its unit was counted in its paragraph."""
        if q.unit is None or not self.last or self.text.find("\n", self.paragraph, q.start) >= 0:
            return None
        before = self.last.get(q.unit)
        if before is None or not _NOTHING_BEHIND.match(self.text, q.end) or not self._is_bare(q, last):
            return None
        return before._replace(first=q.start, last=q.end)

    def _is_bare(self, q: Quantity, last: Quantity | None) -> bool:
        """Whether nothing but a place or a time stands before a figure in its clause, or the bare one before it."""
        text = self.text
        if last is not None and last.end == self.bare_end and _BOUND_UNITS.fullmatch(text, last.end, q.start):
            return True  # 乙县260万元、13个
        floor = max(self.paragraph, q.start - _LONGEST_CLAUSE)
        start = max(floor, max(text.rfind(mark, floor, q.start) for mark in _CLAUSE_MARKS) + 1)
        lead = _LEAD.match(text, start)
        place = end = lead.end() if lead else start
        time = _TIME.match(text, end)
        end = time.end() if time else end
        if self.around.names_place_at(end):
            end = self.around.end_of_place(end)
            if time is None and (time := _TIME.match(text, end)):
                end = time.end()
        self.names_time = time is not None
        return end > place and _LINK.fullmatch(text, end, q.start) is not None

    def note(self, q: Quantity, reading: Reading | None, bare: bool) -> None:
        """Keeps what a figure counts for the bare ones behind it."""
        text = self.text
        if text.find("\n", self.paragraph, q.start) >= 0:
            self.paragraph, self.last = text.rfind("\n", 0, q.start) + 1, {}
        self.bare_end = q.end if bare else -1
        if reading is None or q.unit is None or is_change(text, reading):
            return
        if reading.indicator == OTHER:
            self.last.pop(q.unit, None)
        else:
            self.last[q.unit] = reading
