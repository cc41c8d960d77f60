"""Whether an article is about social work."""

from __future__ import annotations

from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.document import Row
from flows.extract.words.reading import Reading
from flows.vocabulary import load_vocabulary

_ENOUGH = 2  # places of a text

THEME = "social_work"
"""The theme whose rows are the evidence of `articles.on_topic`."""


def is_on_topic(reading: Reading) -> bool:
    """Whether the title or the first paragraph speaks of social work, or two places of the text do."""
    if topic_spans(reading.title):
        return True
    spans = topic_spans(reading.text)
    return len(spans) >= _ENOUGH or _opens(reading.text, spans)


def find_topic(reading: Reading) -> list[Row]:
    """Rows of `themes` without `article_id`: each place where the text of an article about social work speaks of it;
    none where only its title does."""
    if not is_on_topic(reading):
        return []
    return [{"theme": THEME, "start": start, "end": end} for start, end in topic_spans(reading.text)]


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
