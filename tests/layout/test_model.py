"""The trained layout: whole numbers, the same on every machine, and what it may never do."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.strip import strip_boilerplate
from flows.strip.judge import Judged, judge_lines
from flows.strip.lines import rule_form, split_lines
from flows.strip.model import Marked, Weighed, mark, weigh_lines
from flows.strip.model.around import shifted, windows
from flows.strip.model.odds import LIMIT, best_expected, shares
from flows.strip.model.pages import mark_page
from flows.strip.model.stored import line_model
from flows.strip.model.stretches import mark_stretches
from flows.strip.model.trees import forest_of
from flows.strip.rules import rule_book
from tests.pages import FOOT, MENU, SOURCE, STORY, TAIL, TITLE, page

NUMBERS = st.lists(st.integers(-LIMIT, LIMIT), min_size=1, max_size=9)


def weighed(*lines: str) -> tuple[list[Judged], Marked, Weighed]:
    form = rule_form("\n".join(lines))
    judged = judge_lines(split_lines(page(*lines).text), form, rule_book())
    return judged, mark(judged, form, None), weigh_lines(judged, form, None)


def test_a_forest_adds_up_the_leaves_that_a_row_falls_into() -> None:
    nodes = [[0, 5, 0, 2], [1, 0, 0, 1]]  # column 0 above 5: leaf 2; else column 1 above 0: leaf 1, else leaf 0
    forest = forest_of({"base": 7, "features": ["a", "b"], "trees": [[nodes, [10, 20, 40]], [[], [100]]]})
    rows = np.array([[6, 5, 5], [9, 1, 0]], dtype=np.int16)
    assert forest.odds(rows).tolist() == [147, 127, 117]


def test_shares_are_symmetric_and_grow() -> None:
    odds = np.arange(-LIMIT, LIMIT + 1, 50)
    found = shares(odds)
    assert (np.diff(found) >= 0).all()
    assert (np.abs(found + found[::-1] - 10_000) <= 1).all()


@given(NUMBERS)
def test_no_other_set_of_lines_has_a_greater_expected_f1(values: list[int]) -> None:
    odds = np.array(values, dtype=np.int32)
    lengths = np.arange(1, len(values) + 1) * 7
    likely = shares(odds) / 10_000
    total = (likely * lengths).sum()

    def worth(places: Iterable[int]) -> float:
        chosen = list(places)
        return 2 * (likely * lengths)[chosen].sum() / (lengths[chosen].sum() + total)

    every = (places for size in range(1, len(values) + 1) for places in combinations(range(len(values)), size))
    kept = np.flatnonzero(best_expected(odds, lengths).kept)
    assert worth(kept) >= max(map(worth, every)) - 0.001


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12), st.integers(1, 4))
def test_windows_are_sums_of_the_lines_before_and_behind(values: list[int], width: int) -> None:
    ((before, after),) = windows(np.array(values), (width,))
    for i in range(len(values)):
        assert before[i] == sum(values[max(0, i - width) : i])
        assert after[i] == sum(values[i + 1 : i + 1 + width])


def test_shifted_values_are_those_of_other_lines() -> None:
    values = np.array([1, 2, 3])
    assert shifted(values, 1, -1).tolist() == [2, 3, -1]
    assert shifted(values, -2, -1).tolist() == [-1, -1, 1]
    assert shifted(values, 5, -1).tolist() == [-1, -1, -1]


@pytest.mark.parametrize("lines", [[TITLE], [TITLE, *STORY], [*MENU, TITLE, SOURCE, *STORY, *TAIL, *FOOT]])
def test_every_feature_of_every_tree_is_a_whole_number_of_each_line(lines: list[str]) -> None:
    judged, marked, _ = weighed(*lines)
    model = line_model("text")
    mark_stretches(
        marked.columns, model.first.odds(np.zeros((len(model.first.features), len(judged)), np.int16)), marked.pairs
    )
    for name in (*model.first.features, *model.second.features):
        column = marked.columns[name]
        assert column.shape == (len(judged),), name
        assert np.issubdtype(column.dtype, np.integer) or column.dtype == bool, name
    of_page = mark_page(judged, marked.columns, np.zeros(len(judged), dtype=np.int32))
    assert set(model.story.features) <= set(of_page)


def test_stories_are_likelier_than_what_stands_around_them() -> None:
    judged, _, found = weighed(f"{TITLE}_青禾网", *MENU, TITLE, SOURCE, *STORY, *TAIL, *FOOT)
    told = [odds for one, odds in zip(judged, found.lines.tolist(), strict=True) if one.form in map(rule_form, STORY)]
    other = [odds for one, odds in zip(judged, found.lines.tolist(), strict=True) if not one.prose]
    assert min(told) > max(other)


def test_a_plain_page_of_news_is_never_refused() -> None:
    for above in ([], ["2024-03-06"], ["2024年3月6日 星期三", "本报记者 林某"]):
        stripped = strip_boilerplate(page(TITLE, *above, *STORY))
        assert [line.chars for line in stripped.lines if line.kind is None] == [TITLE, *STORY]
        assert stripped.confidence is not None
        assert stripped.confidence > 0.7


def test_a_closed_paragraph_that_adjoins_the_story_is_kept() -> None:
    last = "活动结束后，孩子们把写好的卡片送给了社工，约定下个月再见。"
    stripped = strip_boilerplate(page(*MENU, TITLE, SOURCE, *STORY, last, *TAIL, *FOOT))
    assert last in [line.chars for line in stripped.lines if line.kind is None]
