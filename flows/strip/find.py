"""What the rules find in lines, each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from flows.patterns import Rule
from flows.strip.rules import Candidate, RuleBook
from flows.strip.shape import shape_of

SHORT, KNOWN = 32, 20_000
"""Lines up to so many characters (menus, labels, credits, headlines in lists) come again from page to page; of so many
the findings are remembered."""


class Finding(NamedTuple):
    """What a line's words and shape say, wherever it stands: its score and whether it is prose (`shape_of`), the
    first rule that takes it, the rules that would if it stood in their place, and the parts that rules cut
    out."""

    score: float
    prose: bool
    placed: tuple[Rule, ...]
    parts: tuple[tuple[int, int, Rule], ...]
    kind: str | None
    rule: str | None
    heading: bool


def find_rules(forms: Sequence[str], book: RuleBook) -> list[Finding]:
    """The findings for lines in rule form, none of them empty. The book's literals are looked for in new lines only,
    all in one pass."""
    known = _known(book)
    found = list(map(known.get, forms))
    new = list(dict.fromkeys([form for form, finding in zip(forms, found, strict=True) if finding is None]))
    fresh = dict(zip(new, map(_find, new, book.candidates(new)), strict=True))
    if len(known) > KNOWN:
        known.clear()
    known.update({form: finding for form, finding in fresh.items() if len(form) <= SHORT})
    return [finding or fresh[form] for form, finding in zip(forms, found, strict=True)]


@lru_cache(maxsize=64)
def _known(book: RuleBook) -> dict[str, Finding]:
    """The findings for short lines that were looked at with this book."""
    return {}


def _find(form: str, candidates: tuple[Candidate, ...]) -> Finding:
    placed: list[Rule] = []
    parts: list[tuple[int, int, Rule]] = []
    for rule, test in candidates:
        if test(form) is None:
            continue
        if rule.part is not None:
            parts += [(a, b, rule) for a, b in rule.parts(form)]
        elif rule.matches(form):
            if rule.place is None:
                found = (*shape_of(form), tuple(placed), (), rule.kind, rule.id, rule.head is not None)
                return tuple.__new__(Finding, found)
            placed.append(rule)
    return tuple.__new__(Finding, (*shape_of(form), tuple(placed), tuple(parts), None, None, False))
