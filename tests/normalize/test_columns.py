"""Lines that a column's width ended."""

from __future__ import annotations

from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.columns import join_columns
from tests.normalize.pages import assert_conserved, page_of
from tests.pages import MENU, STORY, TITLE, cleaned

INDENT = "  "


def set_in(width: int, paragraphs: list[str], indent: str = "") -> str:
    """The paragraphs in lines of a width, their indents in it."""
    return "\n".join("\n".join(wrap(indent + one, width, drop_whitespace=False)) for one in paragraphs)


@pytest.mark.parametrize("width", [11, 14, 20, 24, 38])
@pytest.mark.parametrize("blank", [False, True])
def test_a_column_becomes_paragraphs(width: int, blank: bool) -> None:
    raw = set_in(width, STORY, INDENT)
    page = join_columns(page_of(f"{TITLE}\n\n{raw}\n\n{TITLE}" if blank else raw))
    expected = "\n".join(INDENT + one for one in STORY)
    assert page.text.chars == (f"{TITLE}\n\n{expected}\n\n{TITLE}" if blank else expected)
    assert {(removal.kind, removal.rule) for removal in page.removals} == {("whitespace", "column_end")}
    assert_conserved(page)


def test_letters_and_digits_take_half_the_space() -> None:
    raw = (
        "据青禾区民政局2024年12月介绍，全区已\n建成社工站120个，派驻社工1,360名，\n全年服务23.5万人次，居民说，有事先\n"
        "找社工，已经成了习惯，2025年还将再\n建30个站点。"
    )
    assert join_columns(page_of(raw)).text.chars == raw.replace("\n", "")


@pytest.mark.parametrize("indent", ["", INDENT])
def test_blanks_behind_the_lines(indent: str) -> None:
    page = page_of(set_in(18, STORY, indent).replace("\n", " \n"))
    assert join_columns(page).text.chars.split(" \n") == [indent + one for one in STORY]


def test_an_interrupted_column_is_joined_on_both_sides() -> None:
    lines = set_in(16, STORY, INDENT).split("\n")
    lines[2:2] = ["", "社工在学校门口 林某某 摄", ""]
    page = join_columns(page_of("\n".join(lines)))
    assert [line for line in page.text.chars.split("\n") if line][1] == "社工在学校门口 林某某 摄"
    assert len(page.text.chars.split("\n")) == len(STORY) + 4


def test_a_number_that_is_not_divided_leaves_its_line_short() -> None:
    rest = set_in(24, ["1234个，覆盖了全部街道，" + STORY[1] + STORY[2]])
    raw = f"  青禾区去年有持证社工两百余名，站点总数达到\n{rest}"
    assert join_columns(page_of(raw)).text.chars == raw.replace("\n", "")


@pytest.mark.parametrize(
    "raw",
    [
        "\n".join(MENU * 3),
        "\n".join(
            [
                "青禾区召开社会工作会议部署今年任务",
                "白石县举办社工宣传周活动千余人参加",
                "云溪镇社工站揭牌首批社工正式上岗",
            ]
            * 3
        ),
        "\n".join(
            [
                "青禾区：社工站建设、管理两手抓见效",
                "白石县：督导、培训、评估一个都不少",
                "云溪镇：老人、儿童、病人都有人照料",
            ]
            * 3
        ),
        "山中一夜雨初晴，\n溪上桃花逐水生。\n有客敲门来问路，\n隔篱遥指是前程。" * 2,
        "\n".join(STORY),
        "\n\n".join(STORY),
        "\n\n".join(
            [
                "青禾区社工站建成一百个，居民都说方便",
                "白石县老人有了新去处，社工陪伴到天黑",
                "云溪镇的孩子放学后，都爱到社工站去！",
            ]
            * 3
        ),
    ],
    ids=[
        "menu",
        "headlines",
        "headlines with marks",
        "verse",
        "paragraphs",
        "paragraphs with blank lines between",
        "headlines with blank lines between",
    ],
)
def test_other_lines_stay(raw: str) -> None:
    assert join_columns(page_of(raw)).text.chars == raw


def test_a_headline_and_what_closes_a_story_stay_lines_of_their_own() -> None:
    raw = f"{TITLE}\n本报记者 林某某\n{set_in(13, STORY, INDENT)}\n（下转3版）"
    lines = join_columns(page_of(raw)).text.chars.split("\n")
    assert lines[:2] == [TITLE, "本报记者 林某某"]
    assert lines[-1] == "（下转3版）"


def test_a_page_set_in_columns_is_read_as_one_that_is_not() -> None:
    (set_narrow,), (as_written,) = (
        cleaned(TITLE, "", *lines)["articles"] for lines in (set_in(18, STORY, "　　").split("\n"), STORY)
    )
    assert set_narrow["text"] == as_written["text"]


@given(st.lists(st.text("社工站，。、 　a1\n（）", max_size=40), max_size=20))
def test_only_line_ends_go(lines: list[str]) -> None:
    page = page_of("\n".join(lines * 3))
    joined = join_columns(page)
    assert "".join(joined.text.chars.split()) == "".join(page.text.chars.split())
    assert_conserved(joined)
