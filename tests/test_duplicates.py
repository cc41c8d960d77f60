"""Articles with the same text point at the first of them."""

from __future__ import annotations

from flows.duplicates import mark_duplicates
from flows.publish import to_arrow

A, B = "a" * 64, "b" * 64


def marked(*rows: tuple[str, str]) -> dict[str, str | None]:
    table = to_arrow(
        "articles", [{"article_id": name, "text_sha256": text, "duplicate_of": "?"} for name, text in rows]
    )
    return {row["article_id"]: row["duplicate_of"] for row in mark_duplicates(table).to_pylist()}


def test_later_articles_name_the_first_one() -> None:
    assert marked(("1-01", A), ("2-01", B), ("2-02", A), ("3-01", A)) == {
        "1-01": None,
        "2-01": None,
        "2-02": "1-01",
        "3-01": "1-01",
    }


def test_the_first_is_the_one_with_the_lowest_id_in_whatever_order_they_come() -> None:
    assert marked(("3-01", A), ("1-01", A)) == {"3-01": "1-01", "1-01": None}


def test_a_table_without_articles_stays_one() -> None:
    assert marked() == {}
