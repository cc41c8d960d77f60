"""Literals read off patterns: no text that a pattern matches is without one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.literals import literals_of, rarer
from flows.patterns import Rule
from flows.strip.rules import rule_book
from flows.trial.alternatives import alternatives

RULES = [rule for rule in rule_book().rules.values() if rule.literals]


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("社工站", {"社工站"}),
        ("(?:甲|乙)?丙丁", {"丙丁"}),
        ("[甲乙]丙", {"甲丙", "乙丙"}),
        (r"\d+(?:人|名)(?=参加)", {"人", "名"}),
        ("(?:供稿|图片来源)[^。]*", {"供稿", "图片来源"}),
        ("甲.{0,5}乙丙", {"乙丙"}),
        ("(?:甲丙){2}", {"甲丙甲丙"}),
        ("(?:甲|甲乙)", {"甲"}),
        ("甲+", {"甲"}),
        (r"(甲乙)?\d*|丙", None),
        (r"\d+", None),
        ("(?i:ab)", None),
        ("(?i)ab", None),
        ("(?:甲|.*)", None),
    ],
)
def test_the_rarest_list_is_read_off(pattern: str, literals: set[str] | None) -> None:
    assert literals_of(pattern) == (None if literals is None else frozenset(literals))


def test_of_two_lists_the_one_with_the_longer_words_is_rarer() -> None:
    one, other = frozenset({"甲", "乙丙丁"}), frozenset({"甲乙", "丙丁"})
    assert rarer(one, None, other) == other
    assert rarer(None, frozenset()) is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_alternative_of_a_rule_holds_a_literal(rule: Rule) -> None:
    pattern = rule.line or rule.head or rule.part
    assert pattern is not None
    texts = [*rule.take, *(one.text for one in alternatives(pattern, characters=True))]
    tried = [text for text in texts if rule.matches(text) or any(rule.parts(text))]
    assert [text for text in tried if not any(literal in text for literal in rule.literals)] == []


PIECES = st.sampled_from(["甲", "乙丙", "[甲乙]", "[^丙]", ".", r"\d", "(?=甲)", "(?!乙)", "^", "$"])


def in_a_row(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=1, max_size=3).map("".join)


def one_of(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=1, max_size=3).map(lambda choices: f"(?:{'|'.join(choices)})")


PLAIN = one_of(in_a_row(PIECES))
REPEATED = st.tuples(PLAIN, st.sampled_from(["?", "*", "+", "{2}", "{1,3}", "{0,2}", "{3,}"])).map("".join)
PATTERNS = in_a_row(one_of(in_a_row(PIECES | PLAIN | REPEATED)))
"""No repetition stands in another: `re` may try all ways to share a text between the two."""


@given(PATTERNS, st.text("甲乙丙丁1。\n", max_size=12))
@settings(max_examples=1_000, deadline=None)
def test_what_matches_holds_a_literal(pattern: str, text: str) -> None:
    literals = literals_of(pattern)
    if literals is not None:
        assert all(literals)
        for found in re.finditer(pattern, text):
            assert any(literal in found.group() for literal in literals)
