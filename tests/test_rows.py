"""Rows of a page: each raw character is accounted for exactly once, and no removal tells a personal value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.clean import clean
from flows.document import Article, Page, RawDocument, Removal
from flows.extract import extract_facts
from flows.misfits import as_arrow
from flows.rows import document_rows
from flows.schema import load
from flows.text import Text
from tests.benchmarks.generated import make_page
from tests.pages import document


def stripped(raw: RawDocument, kept: tuple[int, int], *removals: tuple[int, int, str, str]) -> Page:
    """The page whose one article is raw.text[slice(*kept)], with these removals."""
    text = Text.of(raw.text)
    article = Article(1, None, None, text[slice(*kept)])
    return replace(Page(raw, text), articles=(article,), removals=tuple(Removal(*removal) for removal in removals))


RAW = document("首页\n社工到场\n电话 13800138000 微信\n")
MENU, FOOT = (0, 2, "navigation", "menu"), (8, 25, "contact", "telephone")


def rows(*removals: tuple[int, int, str, str]) -> list[tuple[int, int, str, str | None]]:
    page = stripped(RAW, (3, 7), *removals)
    tables = document_rows(page, [extract_facts(article) for article in page.articles])
    return [(row["raw_start"], row["raw_end"], row["kind"], row["text"]) for row in tables["removals"]]


def test_white_space_between_what_is_kept_and_removed_is_a_removal() -> None:
    assert rows(FOOT, MENU) == [
        (0, 2, "navigation", "首页"),
        (2, 3, "whitespace", "\n"),
        (7, 8, "whitespace", "\n"),
        (8, 25, "contact", "电话 *********** 微信"),
        (25, 26, "whitespace", "\n"),
    ]


@pytest.mark.parametrize(
    ("removals", "problem"),
    [
        ([FOOT], "0 to 3 are accounted for nowhere"),
        ([MENU], "7 to 26 are accounted for nowhere"),
        ([MENU, FOOT, (6, 8, "other", "tail")], "6 to 7 are accounted for twice"),
        ([MENU, FOOT, (8, 9, "other", "tail")], "8 to 9 are accounted for twice"),
    ],
)
def test_a_character_that_is_lost_or_there_twice_is_an_error(
    removals: list[tuple[int, int, str, str]], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        rows(*removals)


FIGURES = """某区社工站揭牌

　　4月2日，某区首个社工站揭牌，每组由以前的4至6人增加到8至10人，增长15%至20%。
　　招聘社工，月薪4500元至6000元，或4500-6000元。全区有持证社工1200人、持证社工1200人，床位3000张、床位3000张。
"""


@pytest.mark.parametrize("text", [FIGURES, *map(make_page, range(40))])
def test_no_two_rows_of_a_table_have_the_same_key(text: str) -> None:
    for name, rows in clean(document(text)).items():
        keys = [tuple(row[column] for column in load(name).primary_key) for row in rows]
        assert len(keys) == len(set(keys)), name


def test_a_nul_in_what_was_removed_costs_nothing() -> None:
    """Tables hold none, since many readers end a text at one."""
    tables = clean(document("首\0页\n\n" + FIGURES))
    assert as_arrow([tables])["documents"]["status"].to_pylist() == ["published"]
    assert "␀" in "".join(row["text"] or "" for row in tables["removals"])


@pytest.mark.parametrize("n", range(3))
def test_what_a_document_says_it_lost_is_the_sum_of_its_removals(n: int) -> None:
    tables = clean(document(make_page(n)))
    (row,) = tables["documents"]
    assert row["removed_chars"] == sum(removal["raw_end"] - removal["raw_start"] for removal in tables["removals"])
    assert row["kept_chars"] + row["removed_chars"] == row["char_count"]
