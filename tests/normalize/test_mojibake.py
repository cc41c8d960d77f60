"""Wrongly decoded text."""

from __future__ import annotations

import pytest

from flows.normalize.damage import repair_damage
from tests.normalize.pages import assert_conserved, page_of

LINES = [
    "社会工作者为社区居民提供服务，受到好评。",
    "全市共有社工三千人，其中持证一千二百人。",
    "《关于加强社会工作的意见》已经发布。",
]


def read_as(text: str, right: str, wrong: str) -> str:
    return text.encode(right).decode(wrong)


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "latin-1"), ("gbk", "latin-1")])
def test_western_reading_is_undone(line: str, right: str, wrong: str) -> None:
    text = f"标题一行\n{read_as(line, right, wrong)}\n末尾一行"
    page = repair_damage(page_of(text))
    assert page.text.chars == f"标题一行\n{line}\n末尾一行"
    assert_conserved(page)


@pytest.mark.parametrize("line", ["社会工作者为居民服务", "全市社工服务"])
def test_gbk_reading_is_undone(line: str) -> None:
    page = repair_damage(page_of(f"标题一行\n{read_as(line, 'utf-8', 'gbk')}\n末尾一行"))
    assert page.text.chars == f"标题一行\n{line}\n末尾一行"
    assert_conserved(page)


@pytest.mark.parametrize(
    "text", ["Ça déjà vu à Québec, où naïveté règne", "锛和鐨是两个汉字，鏄也是", "溫度30°C±2，面積20㎡·層"]
)
def test_what_was_read_right_stays(text: str) -> None:
    assert repair_damage(page_of(text)).text.chars == text


def test_lost_text_is_flagged_and_left() -> None:
    page = repair_damage(page_of("社工服务锟斤拷锟斤拷社区"))
    assert page.text.chars == page.raw.text
    assert page.flags[0] == "lost_text@4"
