"""Stripping rules: data from schemas/rules/, and the one pass that finds the lines they match."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick

from flows.errors import SchemaError
from flows.patterns import Rule, compiled
from flows.schema import Words
from flows.yaml_files import YamlFile

MOST_CHOSEN = 50_000
"""Sets of rules that are remembered."""

NEVER = "(?!)"

PLACES = frozenset({"head", "below_title", "outside", "tail", "foot", "margin", "aside", "isolated"})
"""Parts of a page that a rule can be for; `flows.strip.verdict.fits` says which lines stand in each."""

RULES = Path(__file__).parents[2] / "schemas" / "rules"


Test = Callable[[str], re.Match[str] | None]


Candidate = tuple[Rule, Test]
"""A rule worth trying on a line, and the first of its tests, which most lines fail."""


@cache
def _candidate(rule: Rule) -> Candidate:
    if rule.part is not None:
        return rule, compiled(rule.shape or rule.part).search
    return rule, compiled(rule.line or rule.head or NEVER).fullmatch


class RuleBook:
    """All rules; an automaton over the literals of which a line must hold one for a rule to match it, and the
    characters that it may begin with, both read off the rules' patterns. A set of rules is a number with a bit for
    each, the first the lowest."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = {rule.id: rule for rule in rules}
        self._patterns = tuple(rule for rule in rules if rule.line or rule.head or rule.part)
        by_literal: dict[str, int] = defaultdict(int)
        by_start: dict[str, int] = defaultdict(int)
        self._always = self._any_start = 0
        for n, rule in enumerate(self._patterns):
            for literal in rule.literals:
                by_literal[literal] |= 1 << n
            self._always |= (not rule.literals) << n
            for start in rule.starts or ():
                by_start[start] |= 1 << n
            self._any_start |= (rule.starts is None) << n
        self._by_start = {start: rules | self._any_start for start, rules in by_start.items()}
        self._by_literal = list(by_literal.values())
        self._automaton = AhoCorasick(list(by_literal)) if by_literal else None
        self._chosen: dict[int, tuple[Candidate, ...]] = {}
        self._longer: dict[tuple[Rule, ...], RuleBook] = {}

    def with_first(self, rules: tuple[Rule, ...]) -> RuleBook:
        """The book with further rules, tried before its own; made once for each set of them."""
        if not rules:
            return self
        if rules not in self._longer:
            self._longer[rules] = RuleBook([*rules, *self.rules.values()])
        return self._longer[rules]

    def candidates(self, forms: Sequence[str]) -> Iterator[tuple[Candidate, ...]]:
        """For each line in rule form, none of them empty: the rules worth trying, in order. The literals of all are
        looked for in one pass."""
        told = [self._always] * len(forms)
        if self._automaton is not None:
            ends = list(accumulate(len(form) + 1 for form in forms))
            line = 0
            for literal, start, _ in self._automaton.find_matches_as_indexes("\n".join(forms), overlapping=True):
                while start >= ends[line]:
                    line += 1
                told[line] |= self._by_literal[literal]
        for form, rules in zip(forms, told, strict=True):
            yield self._select(rules & self._starting(form[0]))

    def _starting(self, first: str) -> int:
        """The rules that may take a line which begins with a character."""
        if first.isspace() or (first.isdecimal() and not first.isascii()):
            return -1  # all
        return self._by_start.get(first, self._any_start)

    def _select(self, rules: int) -> tuple[Candidate, ...]:
        """The rules of a set, in order."""
        chosen = self._chosen.get(rules)
        if chosen is None:
            if len(self._chosen) >= MOST_CHOSEN:
                self._chosen.clear()
            chosen = tuple(_candidate(self._patterns[n]) for n in _places(rules))
            self._chosen[rules] = chosen
        return chosen

    def why(self, rule: str) -> Words | None:
        """The reason for a rule, as a person reads it."""
        return why_of(self.rules[rule]) if rule in self.rules else None


def why_of(rule: Rule) -> Words:
    """The reason for a rule; one that gives it in English alone gives it so in both languages."""
    return Words(rule.why_zh or rule.why, rule.why)


def _places(bits: int) -> Iterator[int]:
    """The places of the bits of a number that are set, the lowest first; no other one is looked at."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


@cache
def rule_book(folder: Path = RULES) -> RuleBook:
    """The rules of a folder, by default schemas/rules/, in the order of file name and place in it.

    Raises:
        SchemaError: an entry without id, kind or why, a double id, an unknown key, or a value of the wrong sort.
    """
    rules: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yaml")):
        file = YamlFile(path, SchemaError, "rule")
        for node in file.list_of(file.root()):
            file.entries(node)
            try:
                rule = make_rule(file.content(node))
            except ValueError as error:
                raise file.refused(node, f"{error}.") from error
            if rule.id in rules:
                raise file.refused(node, f"double rule id: {rule.id}.", "Give each its own.")
            rules[rule.id] = rule
    return RuleBook(list(rules.values()))


_TEXTS, _LISTS = ("id", "kind", "why", "why_zh", "place"), ("take", "leave")
_PATTERNS = {"line": "line", "head": "head", "part": "part", "while": "while_", "unless": "unless", "shape": "shape"}


def make_rule(entry: dict[str, Any]) -> Rule:
    """The rule of one entry.

    Raises:
        ValueError: id, kind or why is missing, a key is unknown, or a value is not of its sort.
    """
    known = {*_TEXTS, *_LISTS, *_PATTERNS}
    missing, unknown = {"id", "kind", "why"} - entry.keys(), entry.keys() - known
    if missing or unknown:
        raise ValueError(f"rule {entry.get('id')}: missing {sorted(missing)}, unknown {sorted(map(str, unknown))}")
    patterns = {field: entry[key] for key, field in _PATTERNS.items() if key in entry}
    for key, value in entry.items():
        texts = value if key in _LISTS else [value]
        if not isinstance(texts, list | tuple) or not all(isinstance(text, str) and text for text in texts):
            raise ValueError(f"{key} is {value!r}; it must be {'a list of texts' if key in _LISTS else 'a text'}")
    lists: dict[str, Any] = {key: tuple(entry.get(key, ())) for key in _LISTS}
    about: dict[str, Any] = {key: entry.get(key) for key in ("place", "why_zh")}
    return Rule(entry["id"], entry["kind"], entry["why"], **about, **patterns, **lists)
