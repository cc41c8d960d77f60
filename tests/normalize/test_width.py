"""Half and full width."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.width import fold, fold_width
from tests.normalize.pages import assert_conserved, page_of

UNCHANGED = [
    "1,000人和17:45:53",
    "比分3:5",
    "http://example.org/a?b=1,2;c:d",
    "This is an English line, with (one) word: 社工.",
    "f(x)=1, y=2",
    "Hello, world!",
    "他说：“好！！”",
    "温度12.5℃",
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_stays(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("2023年,3人;好吗?好!", "2023年，3人；好吗？好！"),
        ("乡镇(街道)社工站", "乡镇（街道）社工站"),
        ("世界卫生组织(WHO)发布", "世界卫生组织（WHO）发布"),
        ("来源:新华社 时间:10:30", "来源：新华社 时间：10:30"),
        ("ＡＢＣ１２３％", "ABC123%"),
        ("网址:http://example.org/路径?id=1", "网址：http://example.org/路径?id=1"),
        ("⼈⺠", "人民"),
        ("父⺟、⺩会⻑、⻣干、⺁矿、⻗天、⺬范，5⽉6⽇", "父母、王会长、骨干、厂矿、雨天、示范，5月6日"),
        ("⾧者、⾨诊、⾺上，⻫心、⻭科", "长者、门诊、马上，齐心、齿科"),
        ("𠮷,好", "𠮷，好"),
        ("“你好”,他说", "“你好”，他说"),
    ],
)
def test_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("社工，，服务。。", "社工，服务。"),
        ("好！！真的？？", "好！！真的？？"),
        ("等等...还有。。。", "等等...还有。。。"),
        ("版本1...2", "版本1...2"),
    ],
)
def test_doubled_marks_and_dots(raw: str, clean: str) -> None:
    page = fold_width(page_of(raw))
    assert page.text.chars == clean
    assert_conserved(page)


@given(st.text(st.sampled_from("社工a1,:;?!().。， \n（）ＡＢ１…𠮷=/\udc80"), max_size=60))
def test_fold_keeps_length_and_is_idempotent(text: str) -> None:
    once = fold(text)
    assert len(once) == len(text)
    assert fold(once) == once


@given(st.text(st.sampled_from("社工a1,:;?!().。，、 \n·"), max_size=60))
def test_page_conserves(text: str) -> None:
    assert_conserved(fold_width(page_of(text)))


def test_no_radical_is_left_but_the_one_that_is_no_character() -> None:
    named = "".join(chr(code) for code in range(0x2E80, 0x2FD6) if unicodedata.name(chr(code), ""))
    folded = fold(named)
    assert len(named) == len(folded) == 329
    assert [char for char in folded if "\u2e80" <= char <= "\u2fd5"] == ["⺀"]
    assert fold_width(page_of(named)).text.chars == folded
