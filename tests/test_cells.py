"""Tables with one cell a line: what is one, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cells import LEAST_ROWS, Stacked, find_stacked

HEAD = ["县区", "社工站（个）", "驻站社工（名）"]
ROWS = ["云和县", "18", "51", "青田县", "27", "1,083", "庆元县", "9", "-", "合计", "54", "1134"]


def test_a_head_and_rows_of_figures_are_a_table() -> None:
    lines = ["各县社工站情况如下。", *HEAD, *ROWS, "下一步将继续推进。"]
    assert find_stacked(lines) == [Stacked(1, 16, 3)]


@pytest.mark.parametrize(
    "lines",
    [
        ["社工走进社区", "1206", "社工站揭牌", "982", "培训班开班", "77", "志愿者出发", "18"],  # titles with views
        [*HEAD, *ROWS[:6]],  # too few rows
        ["首页", "新闻", "1", "2", "3", "4", "5", "下一页"],
        ["赞", "收藏", "分享", "12", "5", "7", "评论", "3"],
        [],
    ],
)
def test_what_only_looks_like_one_is_none(lines: list[str]) -> None:
    assert find_stacked(lines) == []


def test_two_columns_are_one_where_the_head_names_a_unit() -> None:
    rows = ["云和县", "18", "青田县", "27", "庆元县", "9"]
    assert find_stacked(["县区", "社工站（个）", *rows]) == [Stacked(0, 8, 2)]
    assert find_stacked(["县区", "社工站", *rows]) == []


@given(st.lists(st.sampled_from([*HEAD, *ROWS, "一句话。", "12%"]), max_size=40))
def test_tables_are_whole_rows_apart_from_each_other(lines: list[str]) -> None:
    before = 0
    for start, end, width in find_stacked(lines):
        assert before <= start < end <= len(lines)
        rows, rest = divmod(end - start, width)
        assert not rest
        assert rows > LEAST_ROWS
        before = end
