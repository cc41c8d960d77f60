"""Whether an article is about social work."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.extract.words.reading import Reading
from flows.vocabulary import load_vocabulary

_ENOUGH = 2  # places of a text


def is_on_topic(reading: Reading) -> bool:
    """Whether the title or the first paragraph speaks of social work, or two places of the text do."""
    if topic_spans(reading.title):
        return True
    spans = topic_spans(reading.text)
    return len(spans) >= _ENOUGH or _opens(reading.text, spans)


def topic_spans(text: str) -> list[tuple[int, int]]:
    """Where a text speaks of social work, as half-open spans in order."""
    machine, terms = _machine()
    return [(start, end) for word, start, end in machine.find_matches_as_indexes(text) if word < terms]


def _opens(text: str, spans: list[tuple[int, int]]) -> bool:
    first = text.find("\n") if "\n" in text else len(text)
    return bool(spans) and spans[0][0] < first


@cache
def _machine() -> tuple[AhoCorasick, int]:
    """The words, and how many of them tell of social work: those in front."""
    words = load_vocabulary("topic")
    terms = words["terms"].split()
    return AhoCorasick([*terms, *words["not_terms"].split()], matchkind=MatchKind.LeftmostLongest), len(terms)
