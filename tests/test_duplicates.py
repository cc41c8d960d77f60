"""Articles with the same text, or nearly the same, point at the first of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import random

from flows.duplicates import find_duplicates, mark, sign
from flows.publish import to_arrow
from tests.pages import STORY

TEXT = "\n".join(STORY)


def marked(*articles: tuple[str, str] | tuple[str, str, dt.date]) -> dict[str, tuple[str | None, list[str]]]:
    rows = [
        {
            "article_id": name,
            "text": text,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "published_date": day[0] if day else None,
            "duplicate_of": "?",
            "flags": [],
        }
        for name, text, *day in articles
    ]
    table, texts = to_arrow("articles", rows), {name: text for name, text, *_ in articles}
    found = mark(table, find_duplicates([sign(table)], texts.__getitem__)).to_pylist()
    return {row["article_id"]: (row["duplicate_of"], row["flags"]) for row in found}


def test_later_articles_name_the_first_one() -> None:
    found = marked(("1-01", "甲"), ("2-01", "乙"), ("2-02", "甲"), ("3-01", "甲"))
    assert [found[name][0] for name in sorted(found)] == [None, None, "1-01", "1-01"]


def test_the_first_is_the_one_published_first() -> None:
    found = marked(("1-01", TEXT, dt.date(2024, 3, 2)), ("2-01", TEXT, dt.date(2024, 3, 1)), ("3-01", TEXT))
    assert {name: original for name, (original, _) in found.items()} == {"1-01": "2-01", "2-01": None, "3-01": "2-01"}


def test_a_text_with_a_word_changed_is_nearly_the_same() -> None:
    assert marked(("1-01", TEXT), ("2-01", TEXT.replace("二十名", "三十名")))["2-01"] == ("1-01", ["near_duplicate"])


def test_another_story_of_the_same_words_is_no_copy() -> None:
    other = "\n".join(
        reversed(TEXT.replace("青禾", "白石").replace("学校", "社区").replace("学生", "老人").split("，"))
    )
    assert marked(("1-01", TEXT), ("2-01", other))["2-01"] == (None, [])


def test_short_texts_must_be_equal() -> None:
    assert marked(("1-01", STORY[3]), ("2-01", STORY[3][:-2] + "处。"))["2-01"][0] is None


def test_the_order_of_the_articles_changes_nothing() -> None:
    articles = [(f"{n}-01", TEXT.replace("3月5日", f"3月{n}日")) for n in range(1, 9)]
    shuffled = random.Random(1).sample(articles, len(articles))
    assert marked(*articles) == marked(*shuffled)
    assert sum(original is None for original, _ in marked(*articles).values()) == 1


def test_a_table_without_articles_stays_one() -> None:
    assert marked() == {}
