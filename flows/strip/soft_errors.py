"""Pages that say, with status 200, that what was asked for cannot be had: the reason to reject them.

The statements are data (schemas/vocabularies/soft_errors.yaml). One alone decides nothing: real stories quote them, and
real pages ask their readers to log in. A page is an error when next to nothing is left of it without the statement
and the lines that go with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from flows.heads import headed
from flows.literals import Literals, literals_of
from flows.strip.judge import Judged
from flows.vocabulary import load_vocabulary

MOST, MOST_PROMPTED, MOST_TITLED = 40, 24, 400
"""Characters of other words that an error may hold; one that is a prompt; and one whose title is a statement, or which
has no story: it may show a menu and lists."""

LONGEST, LARGEST, NEAR = 200, 800, 10
"""Characters of a line that can be a statement, and of the lines kept of a page that can be an error; lines above and
below those that may hold the statement."""

_PARTS = re.compile(r"\s*[_|]\s*|\s+[-–—]+\s+|[-–—]{1,2}(?=[^-–—]{2,14}$)")
_SIGNS = r"[\W_]*"
_CLAUSE = re.compile("[,。;!?:]")
_PROMPTS = frozenset({"login", "cookies", "scripts"})
"""Statements that stand on real pages too, as prompts: they count where they would be text."""


class SoftErrors(NamedTuple):
    """The statements by id, the reason for each, and the words around them."""

    statements: dict[str, re.Pattern[str]]
    why: dict[str, str]
    around: re.Pattern[str]
    any: re.Pattern[str]
    """What one of the statements is."""
    literals: AhoCorasick | None
    """Finds what each of them holds one of, its case folded; None where that cannot be told."""


@cache
def soft_errors() -> SoftErrors:
    """schemas/vocabularies/soft_errors.yaml, compiled once."""
    words = load_vocabulary("soft_errors")
    polite = rf"{_SIGNS}(?:(?:{words['polite']}){_SIGNS})*"
    lines = {one["id"]: "|".join(one["lines"]) for one in words["statements"]}
    statements = {name: re.compile(rf"{polite}(?:{line}){_SIGNS}", re.IGNORECASE) for name, line in lines.items()}
    why = {one["id"]: one["why"] for one in words["statements"]}
    every = "|".join(lines.values())
    return SoftErrors(
        statements,
        why,
        headed(words["around"], re.IGNORECASE),
        re.compile(rf"{polite}(?:{every}){_SIGNS}", re.IGNORECASE),
        _finder([literals_of(line) for one in words["statements"] for line in one["lines"]]),
    )


def _finder(literals: Sequence[Literals | None]) -> AhoCorasick | None:
    """What finds the literals of all lines; none where those of one are not known."""
    if None in literals:
        return None
    return AhoCorasick(sorted({text.casefold() for one in literals for text in one or ()}))


def find_statement(words: str) -> str | None:
    """The id of the statement that a line, a clause or a part of a title, in rule form, is, if it is one."""
    if not words or len(words) > LONGEST:
        return None
    known = soft_errors()
    if known.literals is not None and not known.literals.find_matches_as_indexes(words.casefold()):
        return None
    if known.any.fullmatch(words) is None:
        return None
    return next((name for name, pattern in known.statements.items() if pattern.fullmatch(words)), None)


def read_soft_error(judged: Sequence[Judged], held: bool) -> str | None:
    """Why a page is none but an error, "soft_error: id, reason"; None for every other page.

    Args:
        judged: its lines after the verdict.
        held: whether a story was found in them; else all lines count that no rule took.
    """
    places = [i for i, one in enumerate(judged) if one.kind is None]
    kept = [judged[i].form for i in places]
    if not judged or sum(map(len, kept)) > LARGEST or _other_words(kept) > MOST_TITLED + LONGEST:
        return None
    titled = next((name for part in _PARTS.split(judged[0].form) if (name := _certain(part))), None)
    clauses = [clause for form in kept for clause in _clauses(form)]
    stated = list(map(find_statement, clauses))
    counts = _certain if held else find_statement
    near = judged[max(0, places[0] - NEAR) : places[-1] + NEAR] if places else judged
    others = (counts(clause) for one in near for clause in _clauses(one.form))
    found = titled or next(filter(None, stated), None) or next(filter(None, others), None)
    if found is None:
        return None
    left = _other_words([clause for clause, name in zip(clauses, stated, strict=True) if name is None])
    may_list = titled or (not held and found not in _PROMPTS)
    most = MOST_TITLED if may_list else MOST_PROMPTED if found in _PROMPTS else MOST
    return f"soft_error: {found}. {soft_errors().why[found]}" if left <= most else None


def _other_words(forms: Sequence[str]) -> int:
    """The characters of the clauses that do not speak of pages, servers and accounts."""
    around = soft_errors().around
    return sum(len(clause) for form in forms for clause in _CLAUSE.split(form) if not around.search(clause))


def _clauses(form: str) -> list[str]:
    """The clauses of a line; one that is a statement as a whole is one."""
    return [form] if find_statement(form) else _CLAUSE.split(form)


def _certain(words: str) -> str | None:
    """The statement that words are, if it is one that no real page has as a prompt."""
    name = find_statement(words)
    return name if name not in _PROMPTS else None
