"""The terms of themes: `schemas/vocabularies/themes.yaml`, every spelling of a term on its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from flows.vocabulary import load_vocabulary

BRACES = re.compile(r"\{([^{}]*)\}")


class Term(NamedTuple):
    """A term of a theme; a `strong` one says the theme by itself."""

    theme: str
    strong: bool


class Themes(NamedTuple):
    """The vocabulary: its terms as they are spelled, what each stands for, and how many mentions earn a theme."""

    terms: tuple[str, ...]
    meanings: tuple[tuple[Term, ...], ...]
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
    return Themes(tuple(meanings), terms, table["strong_mentions"], table["mentions"])


def theme_terms() -> tuple[str, ...]:
    """Every spelling of every term."""
    return vocabulary().terms
