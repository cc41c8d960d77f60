"""Lists, searches, boards and archives hold no article; what looks like them and is one, does.

The pages were written by somebody who had not seen the code, and nothing was trained on them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.clean import clean
from flows.read.reader import read_bytes
from tests.layout.folded import fold

PAGES = Path(__file__).parent / "lists"
ANSWERS: dict[str, Any] = json.loads((PAGES / "answers.json").read_text(encoding="utf-8"))
REFUSED = 0.85
"""The share of lists that is refused, at least."""


def article_of(name: str) -> str | None:
    """The text of a page's first article."""
    articles = clean(read_bytes((PAGES / name).read_bytes(), name))["articles"]
    return articles[0]["text"] if articles else None


def test_most_lists_are_refused() -> None:
    lists = [name for name, answer in ANSWERS.items() if not answer["articles"]]
    kept = [name for name in lists if article_of(name) is not None]
    assert len(kept) <= (1 - REFUSED) * len(lists), kept


@pytest.mark.parametrize("name", [name for name, answer in ANSWERS.items() if answer["articles"]])
def test_what_looks_like_a_list_and_is_an_article_is_kept(name: str) -> None:
    found = article_of(name)
    assert found is not None
    told = [fold(line) for line in ANSWERS[name]["text"].split("\n")]
    assert sum(line in fold(found) for line in told) * 10 >= 8 * len(told)
