"""What a page's head and foot state holds for all its articles, and nothing else does."""

from datetime import date

import pytest

from flows.document import Line
from flows.extract.page.edges import UNTOLD, PageEdges, read_page_edges, with_edges
from flows.extract.page.metadata import Metadata

DAY = date(2021, 9, 14)


def lines(*told: tuple[str | None, str]) -> list[Line]:
    return [Line(n, 0, 0, chars, kind) for n, (kind, chars) in enumerate(told)]


STORY = (None, "社工节开幕。")


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (
            [("navigation", "青禾社区报 2021年9月14日 星期二"), ("navigation", "06版 治理 责任编辑：付晓 校对：孟凡")],
            [],
        ),
        ([("metadata", "2021年09月14日 星期二 社工周刊")], [("credit", "本版责编：付晓 版式：小艾")]),
        ([("teaser", "《社工周报》2021年9月14日"), ("metadata", "责任编辑：付晓")], []),
    ],
)
def test_day_and_editors_of_a_page(head: list[tuple[str, str]], foot: list[tuple[str, str]]) -> None:
    assert read_page_edges(lines(*head, STORY, STORY, *foot), several=True) == PageEdges(DAY, ("付晓",))


def test_a_page_of_one_article_states_it_of_the_article_unless_it_is_a_paper() -> None:
    head = [("navigation", "2021年9月14日 星期二")]
    assert read_page_edges(lines(*head, STORY), several=False) == UNTOLD
    assert read_page_edges(lines(*head, STORY), several=True) == UNTOLD  # the clock of the site
    assert read_page_edges(lines(*head, ("navigation", "上一版 下一版"), STORY), several=False).day == DAY


def test_editors_of_each_article_are_not_the_page_s() -> None:
    page = lines(STORY, ("credit", "编辑：付晓"), STORY, ("credit", "编辑：罗小"))
    assert read_page_edges(page, several=True).editors == ()


def test_an_article_s_own_lines_go_first() -> None:
    own = Metadata(published_date=date(2020, 1, 1), editors=["罗小"])
    assert with_edges(own, PageEdges(DAY, ("付晓",))) == own
    assert with_edges(Metadata(), PageEdges(DAY, ("付晓",))) == Metadata(published_date=DAY, editors=["付晓"])
