"""Where a text lets which indicators be meant."""

from __future__ import annotations

from flows.extract.words.indicators import BESIDE, CORE, cued_indicators
from flows.extract.words.reading import Reading
from flows.extract.words.scan import title_words, words_of

_SHORT_TEXT = 300  # characters; a shorter text may well leave the domain to its title
_MORE = 2  # words of `beside` that a longer text must hold if it holds none of `core`


def indicator_cues(reading: Reading) -> list[tuple[int, frozenset[str]]]:
    """Where a text holds a word without which some indicators are not meant, and these, in order of place.

    None in a text that does not hold the words of the domain (`indicators.yaml`): what it counts is something else. A
    short text may leave them to its title, and without one is taken to be of the domain.
    """
    ids = cued_indicators()
    found = [(start, ids[number]) for number, start, _ in words_of(reading).indicators]
    core = any(CORE in cue for _, cue in found)
    beside = 0 if core else sum(BESIDE in cue for _, cue in found)
    if len(reading.text) > _SHORT_TEXT:
        return found if core or beside >= _MORE else []
    if core or beside or not reading.title:
        return found
    titled = title_words(reading).indicators
    return found if any(not ids[number].isdisjoint((CORE, BESIDE)) for number, _, _ in titled) else []
