"""Quotes: the words of a text that hold a figure."""

from __future__ import annotations

from flows.extract.numbers.quantities import Quantity
from flows.extract.statistics.readings import Meaning
from flows.extract.words.marks import PART_ENDS, QUOTES, behind_last

_LONGEST_PHRASE = 24
_behind_clause = behind_last(f"{PART_ENDS}、{QUOTES}")


def quote_of(text: str, q: Quantity, reading: Meaning, sentence: tuple[int, int]) -> tuple[int, int]:
    """The clause from where it begins, if near, to the end of the figure or of the words behind it."""
    start, end = min(reading.first, q.start), max(reading.last, q.end)
    window = max(sentence[0], start - _LONGEST_PHRASE)
    if clause := _behind_clause(text, window, start):
        start = clause
    elif window == sentence[0]:
        start = window
    while text[start].isspace():
        start += 1
    return start, end
