"""Patterns as data: files of schemas/patterns/, each the patterns of one fact over a text and what was seen in it.

    sees: [organization, title]           # kinds of spans, each one character of the view
    phrases:
      and: 、|和|与                        # a piece of a pattern
      issues: [印发, 下发, 出台]            # a list of words
    patterns:                             # by trust: the first of the file that is found decides
    - id: issued
      gives: policy                       # what it tells; its id where nothing stands
      match: '(?P<issuer>{organization}(?:{and}{organization})*)(?:联合)?{issues}了?{title}'
      take: [甲市民政局印发《某办法》。]      # it must match there
      leave: [甲市民政局学习《某办法》。]     # and must not there
      follows: [named]                   # only right behind what that pattern found
      is: {who: medium}                  # of what type the words of a group must be, where the code tells types

Each example is a test (tests/test_grammar.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from flows.errors import SchemaError
from flows.literals import literals_of
from flows.spans import FIRST_CODE, Span, View
from flows.vocabulary import one_of
from flows.yaml_files import read_words

FOLDER = Path(__file__).parents[1] / "schemas" / "patterns"
_NAME = re.compile("{([a-z_]+)}")


Types = Mapping[str, Callable[[str], bool]]
"""What words must be to be of a type that patterns ask for behind `is`."""
NO_TYPES: Types = {}
MOST_LOOKED_FOR = 8
"""Views are short (a line, a sentence): of more literals looking for each costs more than trying the pattern."""


class Pattern(NamedTuple):
    """One way to say a fact. `types` says of which type the words of a group must be,
    `follows` behind which patterns alone it stands."""

    id: str
    gives: str
    expression: re.Pattern[str]
    literals: tuple[str, ...]
    look: Callable[[str], Any] | None
    types: Mapping[str, str]
    follows: tuple[str, ...]
    take: tuple[Any, ...]
    leave: tuple[Any, ...]

    def search(self, chars: str, types: Types) -> re.Match[str] | None:
        """The first place in a view where the pattern holds."""
        if self.types:
            return next(self.finditer(chars, types), None)
        return self.expression.search(chars) if self.look is None or self.look(chars) else None

    def finditer(self, chars: str, types: Types) -> Iterator[re.Match[str]]:
        """All places in a view where the pattern holds."""
        if self.look is not None and not self.look(chars):
            return iter(())
        found = self.expression.finditer(chars)
        return (one for one in found if self._is_typed(one, types)) if self.types else found

    def _is_typed(self, match: re.Match[str], types: Types) -> bool:
        return all(types[kind](match[group]) for group, kind in self.types.items())


class Found(NamedTuple):
    """What a pattern found in a view."""

    pattern: Pattern
    match: re.Match[str]
    view: View

    def spans(self, group: str | int) -> list[Span]:
        """The spans that a group of the pattern holds, in order."""
        return self.view.seen(*self.match.span(group))

    def evidence(self, group: str | int = 0) -> tuple[int, int]:
        """Start and end in the text of what a group of the pattern matched."""
        start, end = self.match.span(group)
        return self.view.offset(start), self.view.offset(end)


class Grammar:
    """The patterns of a file, in its order."""

    def __init__(self, path: Path) -> None:
        """Raises: SchemaError: the file cannot be used, or a pattern names what is neither seen nor a phrase."""
        data = read_words(path)
        self.codes = {kind: chr(FIRST_CODE + n) for n, kind in enumerate(data.get("sees", ()))}
        pieces = {name: f"(?:{_written(phrase)})" for name, phrase in data.get("phrases", {}).items()} | self.codes

        def expand(words: str) -> str:
            try:
                while (wider := _NAME.sub(lambda name: pieces[name[1]], words)) != words:
                    words = wider
            except KeyError as error:
                problem = f"a pattern names {error}, which is neither seen nor a phrase."
                raise SchemaError("patterns", problem, "Add it to sees or phrases.", path) from None
            return words

        self.about = re.compile(expand(_written(data.get("about", ""))))
        self.patterns = tuple(_pattern(one, expand(_written(one["match"]))) for one in data["patterns"])
        self._looks: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._by_gives: dict[tuple[str, ...], list[Pattern]] = {}

    def view(self, text: str, spans: Iterable[Span] = (), start: int = 0, end: int | None = None) -> View:
        """A text as the patterns see it."""
        return View(text, spans, self.codes, start, end)

    def find(self, view: View, *gives: str, types: Types = NO_TYPES) -> Iterator[Found]:
        """What the patterns find, the first of the file first, each once; of those that give one of `gives`, if any."""
        for pattern in self.giving(*gives):
            if (match := pattern.search(view.chars, types)) is not None:
                yield Found(pattern, match, view)

    def in_turn(self, view: View) -> Iterator[Found]:
        """All that is found, one behind the other: right behind the last what follows it, else what begins first, of
        those that begin together the first of the file."""
        place, last = 0, None
        while found := self._next(view, place, last):
            yield found
            place, last = found.match.end(), found.pattern.id

    def _next(self, view: View, place: int, last: str | None) -> Found | None:
        for pattern in self.patterns:
            if last in pattern.follows and (match := pattern.expression.match(view.chars, place)):
                return Found(pattern, match, view)
        free = ((one, one.expression.search(view.chars, place)) for one in self.patterns if not one.follows)
        found = [Found(one, match, view) for one, match in free if match]
        return min(found, key=lambda one: one.match.start(), default=None)

    def first(self, text: str, *gives: str, types: Types = NO_TYPES) -> re.Match[str] | None:
        """The first thing that is found in a text in which nothing was seen, of what gives one of `gives`."""
        for pattern in self.giving(*gives):
            if (match := pattern.search(text, types)) is not None:
                return match
        return None

    def may_find(self, text: str, *gives: str) -> bool:
        """Whether a longer text can hold anything of what gives one of `gives`: a look, read off the patterns."""
        if gives not in self._looks:
            literals = [one.literals for one in self.giving(*gives)]
            self._looks[gives] = re.compile(one_of(chain(*literals)) if all(literals) else "")
        return self._looks[gives].search(text) is not None

    def giving(self, *gives: str) -> Sequence[Pattern]:
        """The patterns that give one of `gives`, in the order of the file; all where nothing is named."""
        if gives not in self._by_gives:
            self._by_gives[gives] = [one for one in self.patterns if not gives or one.gives in gives]
        return self._by_gives[gives]


def _pattern(entry: Mapping[str, Any], expression: str) -> Pattern:
    literals = tuple(sorted(literals_of(expression) or ()))
    few = 0 < len(literals) <= MOST_LOOKED_FOR
    return Pattern(
        entry["id"],
        entry.get("gives", entry["id"]),
        re.compile(expression),
        literals,
        re.compile(one_of(literals)).search if few else None,
        entry.get("is", {}),
        tuple(entry.get("follows", ())),
        tuple(entry.get("take", ())),
        tuple(entry.get("leave", ())),
    )


def _written(phrase: str | list[str]) -> str:
    """A phrase as it stands, or one of its words."""
    return phrase if isinstance(phrase, str) else one_of(phrase)


@cache
def load_grammar(name: str) -> Grammar:
    """The patterns of schemas/patterns/<name>.yaml, read once a process."""
    return Grammar(FOLDER / f"{name}.yaml")
