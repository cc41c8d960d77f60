"""Patterns as data: each holds where its examples say, and spans stand for what was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import SchemaError
from flows.extract.citations import issuer_view, kind_view, titles_in
from flows.extract.events.roles import role_view
from flows.extract.page import publisher as page_publisher
from flows.extract.page import source as page_source
from flows.extract.words.reading import Reading
from flows.grammar import FOLDER, Grammar, Pattern, load_grammar
from flows.spans import Span, View


def of_last_title(view: Callable[[Reading, Sequence[tuple[int, int]], int, int], View], text: str) -> View:
    titles = list(titles_in(text))
    return view(Reading(text), titles, *titles[-1])


TYPES = {"bylines": page_source.TYPES, "publisher": page_publisher.TYPES}
VIEWS: dict[str, Callable[[str], View]] = {
    "citation_issuers": partial(of_last_title, issuer_view),
    "citation_kinds": partial(of_last_title, kind_view),
    "bylines": lambda text: load_grammar("bylines").view(text),
    "organizer_roles": lambda text: role_view(Reading(text), 0, len(text)),
    "publisher": lambda text: load_grammar("publisher").view(text),
    "rights": lambda text: load_grammar("rights").view(text.lower()),
}
"""How the code that uses a file of patterns makes the view of a text."""

PATTERNS = [(path.stem, one) for path in sorted(FOLDER.glob("*.yaml")) for one in load_grammar(path.stem).patterns]


@pytest.mark.parametrize(("file", "pattern"), PATTERNS, ids=[f"{file}-{one.id}" for file, one in PATTERNS])
def test_a_pattern_matches_what_its_examples_say(file: str, pattern: Pattern) -> None:
    assert pattern.take, "an example that it must match"
    assert pattern.leave, "an example that it must not match"
    for example in pattern.take:
        assert groups(pattern, file, example) == wanted(example)
    for text in pattern.leave:
        assert pattern.search(VIEWS[file](text).chars, TYPES.get(file, {})) is None, text


def wanted(example: Any) -> dict[str, str]:
    return {name: words for name, words in example.items() if name != "text"} if isinstance(example, dict) else {}


def groups(pattern: Pattern, file: str, example: Any) -> dict[str, str]:
    """What the pattern's groups hold of an example's text, of the groups that the example names."""
    text = example["text"] if isinstance(example, dict) else example
    view = VIEWS[file](text)
    match = pattern.search(view.chars, TYPES.get(file, {}))
    assert match is not None, text
    return {name: text[view.offset(match.start(name)) : view.offset(match.end(name))] for name in wanted(example)}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_ids_stand_once_in_a_file(path: Path) -> None:
    ids = [one.id for one in load_grammar(path.stem).patterns]
    assert len(ids) == len(set(ids))


GRAMMAR = """
sees: [organization]
phrases: {and: 、|和, issues: [印发, 印]}
patterns:
- id: issued
  match: '(?P<who>{organization}(?:{and}{organization})*){issues}'
"""


def grammar(tmp_path: Path, text: str = GRAMMAR) -> Grammar:
    path = tmp_path / "some.yaml"
    path.write_text(text, encoding="utf-8")
    return Grammar(path)


def test_groups_map_back_to_the_text(tmp_path: Path) -> None:
    text = "昨天甲局和乙会印发了"
    seen = [Span(2, 4, "organization"), Span(5, 7, "organization"), Span(0, 2, "date")]
    some = grammar(tmp_path)
    (found,) = some.find(some.view(text, seen))
    start, end = found.evidence("who")
    assert (found.pattern.gives, text[start:end], found.spans("who")) == ("issued", "甲局和乙会", seen[:2])


def test_a_piece_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="issuer"):
        grammar(tmp_path, GRAMMAR.replace("{issues}", "{issuer}"))


@given(st.text("甲乙\n\U000f0000", max_size=12), st.lists(st.tuples(st.integers(0, 11), st.integers(1, 4)), max_size=4))
def test_a_view_keeps_all_that_is_no_span(text: str, places: list[tuple[int, int]]) -> None:
    """Each character of a view is a character of the text or a span; offsets lead back to it, in order."""
    seen = [Span(start, min(len(text), start + length), "one") for start, length in places if start < len(text)]
    view = View(text, seen, {"one": "\U000f0001"})
    offsets = [view.offset(place) for place in range(len(view.chars) + 1)]
    assert offsets == sorted(set(offsets))
    assert offsets[-1] == len(text)
    for place, char in enumerate(view.chars):
        span = view.seen(place, place + 1)
        assert (offsets[place], offsets[place + 1]) == (span[0][:2] if span else (offsets[place], offsets[place] + 1))
        assert char == ("\U000f0001" if span else text[offsets[place]].replace("\U000f0000", "\ufffd"))
