"""Rows of two trees side by side."""

from __future__ import annotations

from flows.document import Row
from flows.trial.differences import as_lines, differences
from flows.trial.rows import Cleaned

FIGURE: Row = {"article_id": "a-01", "indicator": "other", "value": 12, "unit": "个", "region": "320623",
               "quote": "全县有社工站12个", "start": 4, "end": 13}  # fmt: skip


def tree(*statistics: Row) -> list[Cleaned]:
    return [Cleaned("a.txt", "a", {"documents": [{"document_id": "a"}], "statistics": list(statistics)})]


def test_the_same_rows_differ_in_nothing() -> None:
    assert list(differences(tree(FIGURE), tree(dict(FIGURE)))) == []
    assert list(as_lines([])) == ["no row changes"]


def test_a_row_that_only_moved_is_the_same() -> None:
    assert list(differences(tree(FIGURE), tree(FIGURE | {"start": 9, "end": 18}))) == []


def test_a_changed_column_is_told_with_old_and_new() -> None:
    (found,) = differences(tree(FIGURE), tree(FIGURE | {"indicator": "social_work_stations"}))
    assert found.columns == {"indicator": ("other", "social_work_stations")}
    first, last = as_lines([found])
    assert first == "a.txt: statistics changed: indicator other -> social_work_stations  | 全县有社工站12个"
    assert last == "1 rows of statistics changed"


def test_rows_come_and_go() -> None:
    other = FIGURE | {"value": 300, "quote": "服务300人"}
    (went,) = differences(tree(FIGURE, other), tree(FIGURE))
    (came,) = differences(tree(FIGURE), tree(FIGURE, other))
    assert (went.before, went.after) == (other, None)
    assert (came.before, came.after) == (None, other)


def test_two_rows_alike_are_two_rows() -> None:
    (went,) = differences(tree(FIGURE, FIGURE), tree(FIGURE))
    assert went.after is None


def test_a_document_of_one_side_comes_whole() -> None:
    found = list(differences([], tree(FIGURE)))
    assert [one.table for one in found] == ["documents", "statistics"]


def test_what_the_corpus_decides_is_no_difference() -> None:
    before = [Cleaned("a.txt", "a", {"articles": [{"article_id": "a-01", "title": "揭牌", "duplicate_of": None}]})]
    after = [Cleaned("a.txt", "a", {"articles": [{"article_id": "a-01", "title": "揭牌", "duplicate_of": "b-01"}]})]
    assert list(differences(before, after)) == []
