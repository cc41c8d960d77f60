"""Half and full width."""

from __future__ import annotations

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
