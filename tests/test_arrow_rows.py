"""Rows to Arrow: what does not fit is refused, with its place."""

import datetime as dt
from typing import Any

import pytest

from flows.arrow_rows import concat, to_arrow
from flows.errors import RowError


@pytest.mark.parametrize(
    ("table", "row", "says"),
    [
        ("people", {"nickname": "x"}, "nickname"),
        ("people", {"name": 5}, "has 5 in name"),
        ("people", {"name": "a\ud800"}, "lone surrogate at 1"),
        ("people", {"name": "ab\x00"}, "NUL at 2"),
        ("people", {"titles": "理事长"}, "takes array"),
        ("people", {"titles": ["理事长", 1]}, "list of texts"),
        ("people", {"titles": ["\x00"]}, "NUL"),
        ("people", {"start": 1.5}, "takes integer"),
        ("people", {"start": True}, "takes integer"),
        ("people", {"start": 2**70}, "start"),
        ("statistics", {"value": float("inf")}, "not finite"),
        ("articles", {"published_date": "2024-03-19"}, "takes date"),
        ("articles", {"published_date": dt.datetime(2024, 3, 19)}, "takes date"),
        ("articles", {"published_at": dt.datetime(2024, 3, 19)}, "without a time zone"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(table: str, row: dict[str, Any], says: str) -> None:
    with pytest.raises(RowError, match=says) as error:
        to_arrow(table, [{}, row])
    assert "row 1" in str(error.value)
    assert table in str(error.value)


def test_what_a_row_leaves_out_is_null() -> None:
    assert to_arrow("themes", [{"theme": "x"}]).to_pylist() == [
        {"article_id": None, "theme": "x", "start": None, "end": None}
    ]


def test_shards_come_together_sorted_whatever_their_order() -> None:
    parts = [{"themes": to_arrow("themes", [{"article_id": i, "theme": "t", "start": 0}])} for i in ("b", "c", "a")]
    assert concat(parts)["themes"]["article_id"].to_pylist() == ["a", "b", "c"]
    assert concat(parts)["themes"].equals(concat(reversed(parts))["themes"])
    assert concat(parts)["people"].num_rows == 0
