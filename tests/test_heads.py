"""Patterns with their first characters ahead: they match what they matched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.heads import head_of, headed
from tests.test_literals import PATTERNS

TEXTS = st.text("甲乙丙丁1３。 \n", max_size=12)


@given(PATTERNS, TEXTS, st.integers(0, 12), st.integers(0, 12))
@settings(max_examples=1_000, deadline=None)
def test_a_headed_pattern_finds_what_the_pattern_finds(pattern: str, text: str, start: int, end: int) -> None:
    if head_of(pattern) is not None:
        found, expected = headed(pattern).finditer(text, start, end), re.compile(pattern).finditer(text, start, end)
        assert [one.span() for one in found] == [one.span() for one in expected]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(?<!\d)(?P<year>\d{4})年|民国(?P<era>\d+)年", "民国112年，2024年"),
        ("(?:^|(?<=，))(?:甲|乙+)丙", "甲丙，乙乙丙"),
        (r"[\s-](?=甲)|乙?丙", " 甲-甲丙乙丙"),
    ],
)
def test_groups_and_looks_stay_as_they_are(pattern: str, text: str) -> None:
    expected = [(one.span(), one.groups()) for one in re.finditer(pattern, text)]
    assert expected
    assert [(one.span(), one.groups()) for one in headed(pattern).finditer(text)] == expected


def test_case_is_folded_in_the_head_too() -> None:
    assert headed("jan|feb", re.IGNORECASE).search("in FEB") is not None


@pytest.mark.parametrize("pattern", [".甲", "甲*", "[^甲]乙", r"\w甲", "(?i:a)b", r"(?:甲|\W)乙"])
def test_what_may_begin_with_anything_has_no_head(pattern: str) -> None:
    assert head_of(pattern) is None
    with pytest.raises(ValueError, match="may begin with anything"):
        headed(pattern)
