"""Personal numbers: what is masked, and what must survive."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.document import Article, Page
from flows.normalize.personal import (
    CHECK_DIGITS,
    WEIGHTS,
    hide_personal,
    is_identity_number,
    mask_personal,
    passes_luhn,
)
from tests.normalize.pages import assert_conserved, page_of


def identity_number(first: str) -> str:
    """The 17 digits with their check digit."""
    return first + CHECK_DIGITS[sum(w * int(d) for w, d in zip(WEIGHTS, first, strict=True)) % 11]


def card_number(first: str) -> str:
    """The digits with their Luhn digit."""
    return next(first + digit for digit in "0123456789" if passes_luhn(first + digit))


def masked_page(raw: str) -> Page:
    """A page with one article of this text, masked; as its own text what the article's became."""
    page = page_of(raw)
    masked = mask_personal(replace(page, articles=(Article(1, None, None, page.text),)))
    return replace(masked, text=masked.articles[0].text)


ID, CARD = identity_number("11010519491231002"), card_number("622202123456789")


@pytest.mark.parametrize(
    ("raw", "masked"),
    [
        ("联系人李某13812345678。", "联系人李某[电话]。"),
        ("手机：+86 138-1234-5678", "手机：[电话]"),
        ("电话：010-65123456转801", "电话：[电话]"),
        ("电话（0571）87654321", "电话[电话]"),
        ("传真:65123456", "传真:[电话]"),
        (f"身份证号{ID}，", "身份证号[证件号]，"),
        ("身份证110105491231002", "身份证[证件号]"),
        (f"卡号{CARD}", "卡号[卡号]"),
        ("邮箱zhang.san@example.com.cn。", "邮箱[邮箱]。"),
        ("微信号：zhang_san88，QQ：123456789", "微信号：[账号]，QQ：[账号]"),
    ],
)
def test_masked(raw: str, masked: str) -> None:
    page = masked_page(raw)
    assert page.text.chars == masked
    assert_conserved(page)
    assert {removal.kind for removal in page.removals} == {"personal"}
    hidden = hide_personal(raw)
    assert len(hidden) == len(raw)
    assert "*" in hidden


@pytest.mark.parametrize(
    "text",
    [
        "投入资金12500000元",
        "总额13800138000元",
        "2023年08月15日17:45:53，20230815",
        "统一社会信用代码91310000607351580G",
        "统一社会信用代码：523100005017811234",
        "（2023）沪0101民初12345号",
        "订单号13812345678",
        "拨打12345热线、110、12348，或400-820-8820、800-810-1234",
        "监督举报电话：021-62345678",
        "微信公众号：shegong2020",
        "ISBN 9787301234567",
        f"号码{ID[:-1] + ('1' if ID[-1] != '1' else '2')}",
        f"流水{CARD[:-1] + str((int(CARD[-1]) + 1) % 10)}",
        "服务1381234人次，覆盖13812345678人",
        "QQ群里有2023名社工，@社工小张",
    ],
)
def test_survives(text: str) -> None:
    assert masked_page(text).text.chars == text
    assert hide_personal(text) == text


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_fails_the_identity_check(place: int, step: int) -> None:
    wrong = ID[:place] + str((int(ID[place]) + step) % 10) + ID[place + 1 :]
    assert is_identity_number(ID)
    assert not is_identity_number(wrong)


@given(st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_fails_luhn(place: int, step: int) -> None:
    assert passes_luhn(CARD)
    assert not passes_luhn(CARD[:place] + str((int(CARD[place]) + step) % 10) + CARD[place + 1 :])
