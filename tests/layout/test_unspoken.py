"""A story need not hold a sentence: agendas, numbers to call, prizes, verse. Lists, searches and errors are none,
and what a page holds is the same as text and as markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean import clean
from flows.read.reader import read_bytes
from tests.layout.folded import fold
from tests.layout.test_plain_pages import PARAGRAPHS, TITLES
from tests.layout.unspoken_pages import FOOT, MENU, RELATED, SITE, Told, pages, told

KEPT, REFUSED = {"txt": 0.9, "html": 0.95}, 0.95
"""The shares of such stories that are kept, by form, and of such lists that are refused, at least."""

MOST = 0.9
"""The share of a story's characters that its article holds, at least."""


def articles_of(content: str, name: str) -> list[tuple[str | None, str]]:
    return [(one["title"], one["text"]) for one in clean(read_bytes(content.encode(), name))["articles"]]


def holds(found: list[tuple[str | None, str]], one: Told) -> bool:
    text = re.sub(r"[^\w]", "", fold("".join(f"{title or ''}{text}" for title, text in found)).replace("[电话]", ""))
    lines = [re.sub(r"[^\w]", "", fold(re.sub(r"0\d{3}[- ]\d{4} ?\d{3,4}", "", line))) for line in one.lines]
    whole = sum(map(len, lines))
    return len(found) == 1 and sum(len(line) for line in lines if line in text) >= MOST * whole


@pytest.mark.parametrize("form", ["txt", "html"])
def test_most_stories_without_sentences_are_kept(form: str) -> None:
    stories = [(one, sort, text, markup) for one in told() if not one.is_list for sort, text, markup in pages(one)]
    lost = [
        (one.name, sort)
        for one, sort, text, markup in stories
        if not holds(articles_of(text if form == "txt" else markup, f"page.{form}"), one)
    ]
    assert len(lost) <= (1 - KEPT[form]) * len(stories), lost


@pytest.mark.parametrize("form", ["txt", "html"])
def test_most_lists_without_sentences_are_refused(form: str) -> None:
    lists = [(one, text, markup) for one in told() if one.is_list for _, text, markup in pages(one)]
    kept = [one.name for one, text, markup in lists if articles_of(text if form == "txt" else markup, f"page.{form}")]
    assert len(kept) <= (1 - REFUSED) * len(lists), kept


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(TITLES),
    st.lists(st.sampled_from(PARAGRAPHS), min_size=2, max_size=5, unique=True),
    st.booleans(),
    st.booleans(),
)
def test_a_page_holds_the_same_as_text_and_as_markup(title: str, story: list[str], menu: bool, related: bool) -> None:
    one = Told("story", title, tuple(story), is_list=False)
    sorts = list(pages(one))
    _, text, markup = sorts[2 + related] if menu else sorts[0]
    found = articles_of(text, "page.txt")
    assert found == articles_of(markup, "page.html")
    assert [title for title, _ in found] == [title]
    assert all(line.rstrip("。") in found[0][1] for line in story)
    assert not any(line in found[0][1] for line in (SITE, *MENU, *FOOT, *RELATED))
