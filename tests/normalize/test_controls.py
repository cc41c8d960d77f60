"""Entities, invisible characters and white space."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.controls import remove_controls
from tests.normalize.pages import assert_conserved, page_of


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\ufeff社\u200b工\u00ad服\u202e务", "社工服务"),
        ("社工&nbsp;服务&nbsp;&nbsp;中心", "社工 服务 中心"),
        ("&nbsp;&nbsp;开头", "开头"),
        ("A&amp;B&#x4e2d;&#25991;&quot;", 'A&B中文"'),
        ("&amp;nbsp;甲&amp;lt;乙", "甲<乙"),
        ("?a=1&copy=2&x=3", "?a=1&copy=2&x=3"),
        ("AT&T 与 &unknown;", "AT&T 与 &unknown;"),
        ("甲\r\n乙\r丙\u2028丁\f戊", "甲\n乙\n丙\n丁\n戊"),
        ("甲\u3000乙\xa0丙", "甲 乙 丙"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"),
        ("甲\0乙\x07丙\x85丁", "甲乙丙\n丁"),
    ],
)
def test_cleaned(raw: str, clean: str) -> None:
    page = remove_controls(page_of(raw))
    assert page.text.chars == clean
    assert_conserved(page)


@given(
    st.lists(
        st.sampled_from(
            [
                "社",
                "a",
                " ",
                "\n",
                "\r",
                "\u200b",
                "&nbsp;",
                "&amp;",
                "&#8203;",
                "&",
                "nbsp;",
                "\u3000",
                "\ue000",
                "\ufffd",
                "\u200d",
            ]
        ),
        max_size=40,
    )
)
def test_conserves_whatever_the_text(pieces: list[str]) -> None:
    page = remove_controls(page_of("".join(pieces)))
    assert_conserved(page)
    assert "\r" not in page.text.chars


def test_lost_and_private_characters_are_flagged_and_stay() -> None:
    page = remove_controls(page_of("社\ufffd工\ue311\ue312"))
    assert page.text.chars == "社\ufffd工\ue311\ue312"
    assert page.flags == ("lost_character@1", "private_use:2")


def test_no_raw_character_hangs_on_a_space() -> None:
    page = remove_controls(page_of("甲&nbsp;乙"))
    assert page.text.raw_spans() == [(0, 1), (7, 8)]
