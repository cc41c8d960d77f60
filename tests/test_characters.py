"""Characters of whole texts give what the same questions about single ones give."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.characters import CharacterMap, CharacterSet, Sequences, any_of

CHARS = st.text(st.sampled_from("社會工作ab \n𠮷\ud800\U0010ffff"), max_size=30)


@given(CHARS, CHARS)
def test_a_set_finds_its_members_and_the_others(text: str, members: str) -> None:
    assert CharacterSet(members).within(text) == set(text) & set(members)
    assert CharacterSet(members).missing(text) == set(text) - set(members)


@given(CHARS)
def test_a_map_replaces_what_it_has(text: str) -> None:
    pairs = {"會": "会", "𠮷": "吉", "a": "𠮷"}
    assert CharacterMap(pairs)(text) == text.translate(str.maketrans("".join(pairs), "".join(pairs.values())))


@pytest.mark.parametrize("length", [2, 3])
@given(text=CHARS, sequence=CHARS)
def test_sequences_are_those_that_stand_in_the_text(length: int, text: str, sequence: str) -> None:
    wanted = sequence[:length].ljust(length, "a")
    assert (wanted in Sequences(text, length)) == (wanted in text)


@given(st.text("微信Ww@q1 ", max_size=20))
def test_alternatives_under_one_set_of_first_characters_match_as_before(text: str) -> None:
    patterns = ("微信", "[Ww](?:信|@)", "@(?=1)", "qq", r"[\d]1")
    found = [match.span() for match in re.finditer(any_of(*patterns), text)]
    assert found == [match.span() for match in re.finditer("|".join(patterns), text)]


@pytest.mark.parametrize("pattern", ["(?:a|b)", "^a", "a?b", "[^a]b", ""])
def test_a_pattern_without_one_first_character_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="first character"):
        any_of("b", pattern)
