"""One search of a text for the words of all vocabularies that tell where a fact may stand.

A new kind of cue is a line in `_KINDS` and a field of `Scan`. The search is made once an article, whoever asks first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from flows.extract.words.events import event_cues
from flows.extract.words.gazetteer import region_names
from flows.extract.words.indicators import indicator_words
from flows.extract.words.organizations import organization_endings
from flows.extract.words.people import name_cues, untitled_cues
from flows.extract.words.reading import Reading
from flows.extract.words.themes import theme_terms

Place = tuple[int, int, int]
"""A word by its number in its vocabulary, where it starts and where it ends."""


class Scan(NamedTuple):
    """The places of the words of each kind in one text, in order.

    Of names, endings, persons and untitled the longest word at each place, none overlapping; of the others all words,
    in the order of their ends.
    """

    regions: list[Place]
    endings: list[Place]
    persons: list[Place]
    untitled: list[Place]
    themes: list[Place]
    indicators: list[Place]
    events: list[Place]


_KINDS: tuple[tuple[Callable[[], Sequence[str]], bool], ...] = (
    (region_names, True),
    (organization_endings, True),
    (name_cues, True),
    (untitled_cues, True),
    (theme_terms, False),
    (indicator_words, False),
    (event_cues, False),
)
"""The words of each field of `Scan`, and whether only the longest of those that overlap count."""


def words_of(reading: Reading) -> Scan:
    """The words of an article's text."""
    return reading.once(_of_text, "text")


def title_words(reading: Reading) -> Scan:
    """The words of its title."""
    return reading.once(_of_title, "title")


def _of_text(reading: Reading) -> Scan:
    return scan(reading.text)


def _of_title(reading: Reading) -> Scan:
    return scan(reading.title)


def scan(text: str) -> Scan:
    """The words of a text."""
    machine, uses = _machine()
    found: list[list[Place]] = [[] for _ in _KINDS]
    for word, start, end in machine.find_matches_as_indexes(text, overlapping=True):
        for kind, number in uses[word]:
            found[kind].append((number, start, end))
    return Scan(*(_longest(places) if longest else places for (_, longest), places in zip(_KINDS, found, strict=True)))


@cache
def _machine() -> tuple[AhoCorasick, list[tuple[tuple[int, int], ...]]]:
    """The words of all kinds as one automaton, and of each word its kinds and its number among the words of each."""
    uses: dict[str, dict[int, int]] = {}
    for kind, (words, _) in enumerate(_KINDS):
        for number, word in enumerate(words()):
            uses.setdefault(word, {}).setdefault(kind, number)
    return AhoCorasick(list(uses)), [tuple(kinds.items()) for kinds in uses.values()]


def _longest(places: list[Place]) -> list[Place]:
    """Of words that overlap the leftmost, and of those that start together the longest."""
    if len(places) < 2:
        return places
    kept: list[Place] = []
    first = done = 0
    for place in sorted(places, key=itemgetter(1)):  # of those that start together the longest is the last
        if place[1] >= done:
            kept.append(place)
        elif place[1] == first:
            kept[-1] = place
        else:
            continue
        _, first, done = place
    return kept
