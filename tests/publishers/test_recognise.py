"""Which publisher a page is from, and what follows from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.arrow_rows import to_arrow
from flows.clean import clean
from flows.document import Origin, Page, Stated
from flows.publishers.day import day_of
from flows.publishers.loading import Publishers, host_of, publishers, reason_for
from flows.publishers.recognise import recognise_publisher, rights_of
from flows.schema import Words
from flows.strip import strip_boilerplate
from flows.text import Text
from tests.pages import SOURCE, STORY, TITLE, document
from tests.publishers.profiles import RULE, known, profile


def page(*lines: str, url: str | None = None, fetched: dt.datetime | None = None, **stated: str) -> Page:
    says = Stated(**{key.removeprefix("stated_"): value for key, value in stated.items()})
    raw = replace(document("\n".join(lines)), origin=Origin(url=url, fetched_at=fetched), stated=says)
    return Page(raw, Text.of(raw.text))


@pytest.fixture
def one(tmp_path: Path) -> Publishers:
    return made(tmp_path)


def made(folder: Path, **changed: Any) -> Publishers:
    about = {
        "names": {"zh": "青禾网", "en": "Qinghe"},
        "aliases": ["青禾在线", "青禾新闻网"],
        "recognise": {"all": ["青禾網的讀者"], "any": ["本站热线一", "本站热线二"]},
        "rights": {"default": "reserved", "why": "made up"},
    }
    return known(profile(folder, **{**about, **changed}))


RECOGNISED = {
    "host": page(*STORY, url="https://QINGHE.example/a"),
    "host below": page(*STORY, url="http://news.qinghe.example:8080/a?b"),
    "own address": page(*STORY, stated_url="http://qinghe.example./"),
    "stated name": page(*STORY, stated_publisher="青禾在線"),
    "own name": page(TITLE, *STORY, "版权所有：青禾新闻网"),
    "domain": page(TITLE, *STORY, "Copyright © 1999-2025 www.qinghe.example. All Rights Reserved"),
    "cues": page("青禾网的读者", *STORY, "本站热线二"),
}


@pytest.mark.parametrize("how", RECOGNISED)
def test_a_page_is_recognised_by(how: str, one: Publishers) -> None:
    found = recognise_publisher(RECOGNISED[how], one)
    assert (found.profile, found.publisher, found.flags) == ("qinghe", "青禾网", ())


@pytest.mark.parametrize(
    "other",
    [
        page(*STORY, url="http://qinghe.example.com/"),
        page(*STORY, url="http://notqinghe.example/"),
        page(*STORY, url="http://[qinghe.example"),
        page("青禾网的读者", *STORY),
        page(*STORY, "本站热线一"),
        page(TITLE, "来源：青禾网", *STORY),
        page(TITLE, *STORY, "© 2024 notqinghe.example"),
        page(TITLE, *STORY, "© 2024 write to a@qinghe.example"),
        page(""),
    ],
)
def test_another_page_is_not(other: Page, one: Publishers) -> None:
    found = recognise_publisher(other, one)
    assert (found.profile, found.publisher, found.flags, found.rules) == (None, None, (), ())


def test_the_address_decides_before_the_words(tmp_path: Path) -> None:
    both = known(profile(tmp_path, "one", aliases=["甲新闻网"]), profile(tmp_path, "two"))
    found = recognise_publisher(page(*STORY, "版权所有：甲新闻网", url="http://two.example"), both)
    assert (found.profile, found.publisher, found.flags) == ("two", "甲新闻网", ("publisher_mismatch:two",))


def test_cues_of_two_publishers_are_none(tmp_path: Path) -> None:
    both = known(*(profile(tmp_path, name, recognise={"any": [f"{name}热线"]}) for name in ("one", "two")))
    found = recognise_publisher(page(*STORY, "one热线", "two热线"), both)
    assert (found.profile, found.flags) == (None, ("publisher_ambiguous",))


def test_a_part_of_the_publisher_is_no_other(one: Publishers) -> None:
    found = recognise_publisher(page(*STORY, "版权所有：青禾网健康频道", url="http://qinghe.example"), one)
    assert (found.publisher, found.flags) == ("青禾网", ())


def test_rights_are_the_publishers_only_where_the_page_says_nothing(one: Publishers) -> None:
    silent = recognise_publisher(page(*STORY, url="http://qinghe.example"), one)
    assert rights_of(silent, "unspecified", one) == ("reserved", ("rights_of_publisher:qinghe",))
    assert rights_of(silent, "open", one) == ("open", ())
    other = recognise_publisher(page(*STORY, "版权所有：柳堤日报", url="http://qinghe.example"), one)
    assert rights_of(other, "unspecified", one) == ("unspecified", ())


def test_the_row_says_whose_rights_they_are() -> None:
    silent = replace(document("\n".join([TITLE, SOURCE, *STORY])), origin=Origin(url="http://www.people.com.cn/a"))
    (row,) = clean(silent)["documents"]
    assert (row["publisher"], row["rights"], row["rights_statement"]) == ("人民网", "reserved", None)
    assert row["flags"] == [{"code": "rights_of_publisher", "details": "people"}]


def test_the_publishers_rules_are_tried_on_its_pages_only(tmp_path: Path) -> None:
    rules = made(tmp_path, rules=[RULE])
    lines = [TITLE, SOURCE, STORY[0], "读者来电请拨本报。", *STORY[1:]]
    found = [
        strip_boilerplate(recognise_publisher(page(*lines, url=url), rules)).lines[3].rule
        for url in ("http://qinghe.example", "http://other.example")
    ]
    assert found == ["qinghe.hotline", None]


@pytest.mark.parametrize(("day", "holds"), [("2025-01-01", True), ("2024-12-31", False), ("", False)])
def test_a_dated_rule_holds_on_its_days(tmp_path: Path, day: str, holds: bool) -> None:
    rules = made(tmp_path, rules=[{**RULE, "from": dt.date(2025, 1, 1)}])
    found = recognise_publisher(page(TITLE, f"{day} 来源：青禾日报", *STORY, url="http://qinghe.example"), rules)
    assert [rule.id for rule in found.rules] == (["qinghe.hotline"] if holds else [])


FETCHED = dt.datetime(2025, 3, 9, 20, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("dated", "day"),
    [
        (page(TITLE, "2024-03-06 09:12", *STORY, stated_published="2024-03-07", fetched=FETCHED), dt.date(2024, 3, 6)),
        (page(TITLE, "2024-03-06", *STORY, stated_published="2024-03-07", fetched=FETCHED), dt.date(2024, 3, 7)),
        (page(TITLE, *STORY, fetched=FETCHED), dt.date(2025, 3, 10)),
        (page(TITLE, *STORY), None),
    ],
)
def test_the_day_of_a_page_is_shown_stated_or_that_of_the_fetch(dated: Page, day: dt.date | None) -> None:
    assert day_of(dated) == day


@given(st.text(), st.text())
def test_no_address_and_no_name_break_the_look_up(url: str, name: str) -> None:
    for address in (url, f"http://{url}", f"//{url}:{name}"):
        assert publishers().of_url(address) is None or host_of(address)
    publishers().of_name(name)
    assert publishers().of_text(name) == ()


def test_reasons_are_found_for_both_sorts_of_rules() -> None:
    assert reason_for("people.hot_words") == Words("菜单下方的搜索热词。", "The row of search words under the menu.")
    assert reason_for("copyright_notice") == Words("关于本页权利的语句。", "A sentence on the rights in the page.")
    assert (reason_for("people.unknown"), reason_for("nobody.x"), reason_for("unknown")) == (None, None, None)


def test_a_publishers_default_needs_no_statement_on_the_page() -> None:
    from flows.schema import load
    from flows.validate.columns import required_when
    from flows.validate.contents import Contents

    table = load("documents")
    check = next(one for one in table.checks if one.id == "rights_statement_given")
    silent = replace(document("\n".join([TITLE, SOURCE, *STORY])), origin=Origin(url="http://www.people.com.cn/a"))
    (row,) = clean(silent)["documents"]
    rows = to_arrow("documents", [row, row | {"flags": []}])
    assert required_when(Contents({"documents": rows}, dt.date(2026, 1, 1)), table, check).tolist() == [True, False]
