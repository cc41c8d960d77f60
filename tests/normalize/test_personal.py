"""Personal numbers: what is masked, and what must survive."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.document import Article, Page
from flows.normalize.check_digits import CHECK_DIGITS, WEIGHTS, is_identity_number, passes_luhn
from flows.normalize.personal import hide_personal, mask_personal
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
        ("手机0086-13800138000，", "手机[电话]，"),
        ("联系电话：138 0013 8000/0571—8765 4321", "联系电话：[电话]/[电话]"),
        ("电话13812345678/13912345678", "电话[电话]/[电话]"),
        ("电话：2345 6789，传真：2345-6780", "电话：[电话]，传真：[电话]"),
        ("请致电(852) 2345 6789与陈姑娘联络", "请致电[电话]与陈姑娘联络"),
        ("電話+852-23456789", "電話[电话]"),
        ("WhatsApp：9123 4567（周先生）", "WhatsApp：[电话]（周先生）"),
        ("手機：0912-345-678", "手機：[电话]"),
        ("行動電話0912345678", "行動電話[电话]"),
        ("電話+886 912 345 678", "電話[电话]"),
        ("辦公室02-2345-6789分機12", "辦公室[电话]分機12"),
        ("洽(04)2345-6789#21", "洽[电话]"),
        ("台東089-345678", "台東[电话]"),
        ("联系人：李小禾87654321；周站长 8765-4321", "联系人：李小禾[电话]；周站长 [电话]"),
        ("身份证号码：110105 19491231 002X，", "身份证号码：[证件号]，"),
        ("身分證字號A123456789，", "身分證字號[证件号]，"),
        ("身份證號碼A123456(7)，", "身份證號碼[证件号]，"),
        ("陈大文，A123456（3），", "陈大文，[证件号]，"),
        ("护照号E12345678，港澳通行证C12345678", "护照号[证件号]，港澳通行证[证件号]"),
        ("VX：wangxiaohe123", "VX：[账号]"),
        ("加微信wangxiaohe123详谈", "加微信[账号]详谈"),
        ("Line ID：xiaohe_88", "Line ID：[账号]"),
        ("户名王小明，账号33001616783050012345。", "户名王小明，账号[卡号]。"),
        ("捐款帳戶：台灣銀行004-012345678901，戶名王小明。", "捐款帳戶：台灣銀行[卡号]，戶名王小明。"),
        ("邮箱wang＠qinghe．example", "邮箱[邮箱]"),
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
        "短视频播放量13912345678次，浏览13800138000次",
        "善款13800138000余元，步数13800138000步",
        "见https://www.qinghe.example/art/2024/13800138000.html",
        "见www.qinghe.example/a?id=13800138000",
        "腾讯会议号：139-1234-5678",
        "招标编号：13812345678，项目编号2345 6789",
        "捐款账户：33001616783050012345，户名：青禾市慈善会",
        f"户名：青禾市社会工作协会，账号：{CARD}",
        "报名时间2023-2024学年，查询20240506",
        "货号A123456789，型号A1234567",
        "热线：2343 2255，求助热线(02)2343-2255",
        "总机：2343 2255",
        "全年服务2345 6789两个批次",
        "加微信公众号shegong2020",
        "学号E12345678",
        "第2345-6789页",
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
