"""Aims told further off than a figure's own clause: the year that it is to be reached in, or the heading of a plan."""

from __future__ import annotations

import re
from datetime import date

from flows.extract.words.reading import Reading
from flows.vocabulary import load_vocabulary

_WORDS = load_vocabulary("subjects")
_UNTIL, _NEXT, _REACHED, _WILL, _BY_NOW = (
    re.compile(_WORDS[key]) for key in ("until", "next", "reached", "will", "by_now")
)
_PLAN_LEAD = re.compile(_WORDS["plan_lead"], re.MULTILINE)
_PLAN, _HEADING = re.compile(_WORDS["plan_heading"], re.MULTILINE), re.compile(_WORDS["heading"], re.MULTILINE)
_FIVE_YEAR = {"三": "2020", "四": "2025", "五": "2030", "六": "2035"}
"""The last years of five-year plans, by the digit behind 十."""


def is_aimed(reading: Reading, sentence: int, place: int) -> bool:
    """Whether a figure is to be reached later: by a year after the page's, next year, or in a plan."""
    text, this_year = reading.text, str(reading.day.year if reading.day else date.max.year)
    for m in _UNTIL.finditer(text, sentence, place):
        year = m["year"] or _FIVE_YEAR.get(m["plan"] or "", "")
        if year > this_year or (year == this_year and m["plan"]):
            return True
    if _NEXT.search(text, sentence, place) and not _REACHED.search(text, sentence, place):
        return True
    if (will := _WILL.search(text, sentence, place)) and not _BY_NOW.search(text, will.end(), place):
        return True  # 今年将新建社工站2个，…，区级财政安排资金45万元
    return any(start <= place < end for start, end in reading.once(_plans, "text"))


def _plans(reading: Reading) -> tuple[tuple[int, int], ...]:
    """The parts of a text under the headings of plans, each up to the next heading of the first level."""
    text = reading.text
    ends = [m.start() for m in _HEADING.finditer(text)]
    parts = [(m.end(), next((end for end in ends if end > m.start()), len(text))) for m in _PLAN.finditer(text)]
    for m in _PLAN_LEAD.finditer(text):  # 三、下半年打算。新建…
        parts.append((m.end(), end if (end := text.find("\n", m.end())) >= 0 else len(text)))
    return tuple(parts)
