"""Looks: where a pattern is not tried, it would not have matched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.literals import ends_of
from flows.looks import AtEnd, IfHeld
from tests.test_literals import PATTERNS

TEXTS = st.text("甲乙丙丁1。\n", max_size=12)


@given(PATTERNS, TEXTS, st.integers(0, 12), st.integers(0, 12))
@settings(max_examples=500, deadline=None)
def test_at_the_end_is_found_what_the_pattern_finds(pattern: str, text: str, start: int, end: int) -> None:
    pattern = f"(?:{pattern})$"
    found, expected = AtEnd(pattern).search(text, start, end), re.compile(pattern).search(text, start, end)
    assert (found and found.span()) == (expected and expected.span())


@given(PATTERNS, TEXTS)
@settings(max_examples=500, deadline=None)
def test_where_a_literal_is_held_is_found_what_the_pattern_finds(pattern: str, text: str) -> None:
    look, plain = IfHeld(pattern), re.compile(pattern)
    assert [one.span() for one in look.finditer(text)] == [one.span() for one in plain.finditer(text)]
    for found, expected in ((look.search(text), plain.search(text)), (look.fullmatch(text), plain.fullmatch(text))):
        assert (found and found.span()) == (expected and expected.span())


@pytest.mark.parametrize(
    ("pattern", "lasts"),
    [
        ("(?:甲|乙丙)$", {"甲", "丙"}),
        ("甲乙?$", {"甲", "乙"}),
        (r"甲\d$", None),
        ("甲(?<!乙)$", {"甲"}),
        ("甲*$", None),
        ("甲[^乙]$", None),
    ],
)
def test_the_last_characters_are_read_off(pattern: str, lasts: set[str] | None) -> None:
    assert ends_of(pattern) == (None if lasts is None else frozenset(lasts))
