"""Themes of an article, from the vocabulary in schemas/vocabularies/themes.yaml, with the spans that earn them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from flows.document import Row
from flows.vocabulary import load_vocabulary

Span = tuple[int, int]
BRACES = re.compile(r"\{([^{}]*)\}")


class Term(NamedTuple):
    """A term of a theme; a `strong` one says the theme by itself."""

    theme: str
    strong: bool


class Themes(NamedTuple):
    """The vocabulary: the terms of an automaton by their place in it, and how many mentions earn a theme."""

    automaton: AhoCorasick
    terms: tuple[tuple[Term, ...], ...]
    strong_mentions: int
    mentions: int


def alternatives(term: str) -> Iterator[str]:
    """All spellings of a term with braces: 社{工,会工作}站 gives 社工站 and 社会工作站."""
    match = BRACES.search(term)
    if match is None:
        yield term
        return
    for choice in match[1].split(","):
        yield from alternatives(term[: match.start()] + choice + term[match.end() :])


@cache
def vocabulary() -> Themes:
    """The vocabulary, loaded once."""
    table = load_vocabulary("themes")
    meanings: dict[str, set[Term]] = defaultdict(set)
    for theme in table["themes"]:
        for strength in ("strong", "terms"):
            for term in theme[strength]:
                for spelling in alternatives(term):
                    meanings[spelling].add(Term(theme["id"], strength == "strong"))
    terms = tuple(tuple(sorted(found)) for found in meanings.values())
    return Themes(AhoCorasick(list(meanings)), terms, table["strong_mentions"], table["mentions"])


def find_themes(title: str, text: str) -> list[Row]:
    """Rows of `themes` without `article_id`: theme, start, end, sorted; the spans count in `text`.

    A theme is earned by any of its terms in the title, by a strong one in the first paragraph, or by enough
    mentions in the text (see themes.yaml). One that only the title mentions has no row: the evidence of every row
    stands in the text.
    """
    table = vocabulary()
    in_title = _mentions(title)
    lead = text.find("\n") if "\n" in text else len(text)
    rows: list[Row] = []
    for theme, spans in _mentions(text).items():
        strong = [start for (start, _), is_strong in spans.items() if is_strong]
        if (
            theme in in_title
            or len(spans) >= table.mentions
            or len(strong) >= table.strong_mentions
            or (strong and min(strong) < lead)
        ):
            rows += [{"theme": theme, "start": start, "end": end} for start, end in spans]
    return sorted(rows, key=lambda row: (row["theme"], row["start"]))


def themes_of(rows: list[Row]) -> list[str]:
    """The ids for `articles.themes`, sorted."""
    return sorted({row["theme"] for row in rows})


def _mentions(text: str) -> dict[str, dict[Span, bool]]:
    """For each theme the spans of its terms, the longest where several overlap, and whether each is strong."""
    table = vocabulary()
    found: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)
    for place, start, end in table.automaton.find_matches_as_indexes(text, overlapping=True):
        for theme, strong in table.terms[place]:
            found[theme].append((start, -end, strong))
    out: dict[str, dict[Span, bool]] = {}
    for theme, spans in found.items():
        kept: dict[Span, bool] = {}
        last = 0
        for start, minus_end, strong in sorted(spans):
            if start >= last:
                last = -minus_end
                kept[start, last] = strong
        out[theme] = kept
    return out
