"""Numbers: numerals, units, qualifiers, and what is no quantity."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.numbers.numerals import parse_number, read_numeral
from flows.extract.numbers.quantities import Quantity, find_quantities

CHINESE_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A whole number below 10^12 in Chinese numerals, spelled out place by place."""
    if number == 0:
        return "零"
    for scale, sign in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            rest = number % scale
            zero = "零" if 0 < rest < scale // 10 else ""
            return chinese(number // scale) + sign + zero + (chinese(rest) if rest else "")
    out, gap = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            out += ("零" if gap and out else "") + CHINESE_DIGITS[digit] + sign
            gap = False
        else:
            gap = bool(out)
    return out


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_spelled_out_numbers_are_read_back(number: int) -> None:
    assert parse_number(chinese(number)) == number


@given(st.integers(min_value=0, max_value=10**9))
def test_separators_and_full_width_digits_change_nothing(number: int) -> None:
    wide = str(number).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert parse_number(f"{number:,}") == parse_number(wide) == number


@given(
    st.text(
        alphabet="零一二三四五六七八九十百千万亿点多余几两数半0123456789.,年月日人名元第约近%至:：-—（）", max_size=60
    )
)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    end = 0
    for q in find_quantities(text):
        assert 0 <= q.start < q.end <= len(text)
        assert q.start >= end - 2
        end = q.end


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("3.8万", 38_000),
        ("6.79万", 67_900),
        ("1.2亿", 120_000_000),
        ("2万5千", 25_000),
        ("三万亿", 3 * 10**12),
        ("两千零五", 2005),
        ("二〇二三", 2023),
        ("壹佰贰拾叁", 123),
        ("一万六", 16_000),
        ("廿三", 23),
        ("负三点一四", -3.14),
        ("1,206", 1206),
        ("二十点一万", 201_000),
        ("社工", None),
        ("", None),
        ("三点点", None),
    ],
)
def test_numerals(numeral: str, value: float | None) -> None:
    assert parse_number(numeral) == value


@pytest.mark.parametrize(
    ("numeral", "low", "high"),
    [
        ("三五百", 300, 500),
        ("十五六", 15, 16),
        ("七百三四十", 730, 740),
        ("三四十万", 300_000, 400_000),
        ("一万六七", 16_000, 17_000),
    ],
)
def test_adjacent_digits_are_a_range(numeral: str, low: int, high: int) -> None:
    assert read_numeral(numeral) == (low, high, False)


def only(text: str) -> Quantity:
    """The one quantity of a text."""
    (q,) = find_quantities(text)
    return q


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("持证社工近1300人", 1300, "人", "nearly"),
        ("机构达19家", 19, "家", "exact"),
        ("专业人才超过9万人", 90_000, "人", "over"),
        ("活动一万余场次", 10_000, "场次", "over"),
        ("群众65.2万余人次", 652_000, "人次", "over"),
        ("一余万人", 10_000, "人", "over"),
        ("约1.4万名社工", 14_000, "名", "about"),
        ("资源8219万元", 82_190_000, "元", "money"),
        ("数十家机构", 10, "家", "over"),
        ("十几名社工", 10, "名", "over"),
        ("上千人参加", 1000, "人", "at_least"),
        ("近百名志愿者", 100, "名", "nearly"),
        ("不少于200小时", 200, "小时", "at_least"),
        ("10人以上", 10, "人", "at_least"),
        ("不足10人", 10, "人", "up_to"),
        ("最高可申领3000元", 3000, "元", "up_to"),
        ("50人左右", 50, "人", "about"),
        ("逾200场", 200, "场", "over"),
        ("１２００人", 1200, "人", "exact"),
        ("２,４３１名", 2431, "名", "exact"),
        ("500港币", 500, "港元", "exact"),
        ("￥3000", 3000, "元", "exact"),
        ("百分之八十", 80, "%", "exact"),
        ("三成以上", 30, "%", "at_least"),
        ("节约10万元", 100_000, "元", "exact"),
        ("十二块五毛", 12.5, "元", "exact"),
        ("重一千克", 1, "千克", "exact"),
    ],
)
def test_quantities(text: str, value: float, unit: str, qualifier: str) -> None:
    q = only(text)
    assert (q.value, q.unit) == (value, unit)
    assert q.qualifier == qualifier or q.kind == qualifier


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3至5人", 3, 5),
        ("3—5家", 3, 5),
        ("30~50万元", 300_000, 500_000),
        ("五六十户", 50, 60),
        ("百分之三十到四十", 30, 40),
    ],
)
def test_ranges(text: str, low: int, high: int) -> None:
    assert only(text)[2:4] == (low, high)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第三届", "ordinal"),
        ("1：5的比例", "ratio"),
        ("三分之一", "fraction"),
        ("85%", "percent"),
        ("为期3年", "duration"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert only(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "2022年3月17日",
        "2023-08-15 17:45:53",
        "上午9时30分",
        "电话010-62345678",
        "手机13900001234",
        "〔2021〕12号",
        "统一部署，进一步",
        "五社联动、三社联动",
        "百姓和千家万户",
        "H5页面与G20",
        "IP为127.0.0.1",
        "召开两会",
        "十四五规划",
        "v2.0版",
    ],
)
def test_no_quantity(text: str) -> None:
    assert find_quantities(text) == []


def test_span_covers_the_number_with_its_unit_and_what_qualifies_it_behind() -> None:
    text = "服务约3.5万余人次以上，"
    q = only(text)
    assert text[q.start : q.end] == "3.5万余人次以上"


def test_one_long_run_of_digits_is_quick_and_no_quantity() -> None:
    assert find_quantities("一" * 200_000 + "9" * 200_000) == []
