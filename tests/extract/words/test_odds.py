"""Costs of readings: laws that hold for every text, and names against words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.words.odds import REACH, costs, foreign_cost, gain, most, name_cost, reading_cost, taken_out

CHARACTERS = st.text(alphabet="社工站王丽华张明的在和说服务民政局长者李小梅莫斯科卢萨卡，龘", max_size=14)


@given(CHARACTERS, CHARACTERS)
def test_two_texts_together_cost_no_more_than_apart(one: str, other: str) -> None:
    assert reading_cost(one + other) <= reading_cost(one) + reading_cost(other)


@given(CHARACTERS, st.integers(0, 11))
def test_a_name_gains_nowhere_more_than_alone(text: str, start: int) -> None:
    end = start + 3
    if end <= len(text) and "，" not in text[start:end]:
        assert gain(text, start, end) <= most(text[start:end])
        assert taken_out(text, start, end) <= reading_cost(text[start:end])


@given(CHARACTERS, CHARACTERS)
def test_what_stands_behind_a_mark_tells_nothing(before: str, behind: str) -> None:
    assert gain(f"{before}，钱美华，{behind}", len(before) + 1, len(before) + 4) == most("钱美华")


def test_no_word_is_longer_than_what_is_read_with_a_name() -> None:
    assert max(map(len, costs().words)) == REACH
    assert all(cost > 0 for cost in (*costs().words.values(), *costs().singles.values()))


@pytest.mark.parametrize("text", ["非常安静", "时间安排", "高质量发展", "全面建成", "金牌社工"])
def test_words_are_likelier_than_names(text: str) -> None:
    assert all(gain(text, start, start + 3) < 0 for start in range(len(text) - 2))


@pytest.mark.parametrize("name", ["钱美华", "陈思远", "裴志成", "龚雪梅"])
def test_names_are_likelier_than_words(name: str) -> None:
    assert gain(f"得知{name}想学电脑", 2, 5) > 0


@pytest.mark.parametrize(
    ("name", "foreign"), [("莫斯科", True), ("卢萨卡", True), ("钱美华", False), ("李德纲", False)]
)
def test_transliterations_are_told_from_names(name: str, foreign: bool) -> None:
    assert (foreign_cost(name) < name_cost(name[0], name[1:])) == foreign
