"""Dates: full, partial, relative, ranges, and what is no date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.dates.mentions import DateMention, find_dates

ANCHOR = date(2023, 1, 10)


def only(text: str, anchor: date | None = None, title: str = "") -> DateMention:
    """The one date of a text."""
    (mention,) = find_dates(text, anchor, title)
    return mention


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_full_dates_are_read_back_in_every_form(day: date) -> None:
    forms = [
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"民国{day.year - 1911}年{day.month}月{day.day}日" if day.year > 1911 else day.isoformat(),
    ]
    for form in forms:
        mention = only(f"于{form}，")
        assert (mention.first, mention.last, mention.inferred) == (day, day, False)


@given(
    st.text(alphabet="0123456789零一二三四五六七八九十年月日号至到-—/.今去本前昨次当底初上下旬半民国，。", max_size=40)
)
def test_any_text_gives_spans_in_order(text: str) -> None:
    end = 0
    for mention in find_dates(text, ANCHOR):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.first is None or mention.last is None or mention.first <= mention.last
        end = mention.end


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("截止到2016年底", "2016-12-31", "2016-12-31", "day"),
        ("2022年3月", "2022-03-01", "2022-03-31", "month"),
        ("2021年，", "2021-01-01", "2021-12-31", "year"),
        ("2023年上半年", "2023-01-01", "2023-06-30", "month"),
        ("二〇一九年九月十二日", "2019-09-12", "2019-09-12", "day"),
        ("二零二二年三月", "2022-03-01", "2022-03-31", "month"),
        ("2022年3月17日至31日", "2022-03-17", "2022-03-31", "day"),
        ("2022年3月17-31日", "2022-03-17", "2022-03-31", "day"),
        ("2022年12月28日至1月3日", "2022-12-28", "2023-01-03", "day"),
        ("2022年3月—5月", "2022-03-01", "2022-05-31", "month"),
        ("2013年至2015年", "2013-01-01", "2015-12-31", "year"),
        ("2013-2015年", "2013-01-01", "2015-12-31", "year"),
        ("2020年12月起至2021年3月5日", "2020-12-01", "2021-03-05", "month"),
        ("2023年1至3月", "2023-01-01", "2023-03-31", "month"),
        ("2024年3月上旬", "2024-03-01", "2024-03-10", "month"),
        ("2024年2月底", "2024-02-29", "2024-02-29", "day"),
        ("115年3月27日", "2026-03-27", "2026-03-27", "day"),
    ],
)
def test_stated_dates(text: str, first: str, last: str, precision: str) -> None:
    mention = only(text)
    assert (str(mention.first), str(mention.last), mention.precision, mention.inferred) == (
        first,
        last,
        precision,
        False,
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("12月28日上午", "2022-12-28"),
        ("1月8日", "2023-01-08"),
        ("今年3月17日", "2023-03-17"),
        ("去年5月", "2022-05-01"),
        ("去年底", "2022-12-31"),
        ("本月5日", "2023-01-05"),
        ("上月，", "2022-12-01"),
        ("昨天，", "2023-01-09"),
        ("9日，记者", "2023-01-09"),
        ("28日上午", "2022-12-28"),
        ("昨（九）日上午", "2023-01-09"),
        ("昨（9）日上午", "2023-01-09"),
        ("明（十一）日", "2023-01-11"),
    ],
)
def test_parts_are_inferred_from_the_published_date(text: str, first: str) -> None:
    mention = only(text, ANCHOR)
    assert (str(mention.first), mention.inferred) == (first, True)


@pytest.mark.parametrize("text", ["3月17日，", "今年5月", "昨天，", "17日，", "上月，", "八月八日"])
def test_nothing_to_infer_from_gives_no_day(text: str) -> None:
    assert only(text).first is None


@pytest.mark.parametrize("text", ["日前，", "近日，"])
def test_recently_is_a_mention_without_a_day(text: str) -> None:
    mention = only(text, ANCHOR)
    assert (mention.first, mention.inferred) == (None, False)


def test_year_of_the_title_serves_when_nothing_was_published() -> None:
    assert only("3月17日，活动举行。", None, "2022年社工宣传周启动").first == date(2022, 3, 17)


def test_latest_year_of_the_text_serves_but_not_a_planned_one() -> None:
    text = "5月24日，学院成立。\n2023年开始筹备，2024年招生，2024年秋开学，到2035年建成。"
    assert find_dates(text)[0].first == date(2024, 5, 24)


def test_year_before_in_the_sentence_comes_first() -> None:
    text = "项目于2021年3月立项，5月17日启动。"
    assert find_dates(text, ANCHOR)[1].first == date(2021, 5, 17)


def test_a_later_year_in_a_name_makes_the_year_unknown() -> None:
    assert find_dates("1月8日，“2011慈善年会”举行。他2002年来京。")[0].first is None


def test_days_that_follow_another() -> None:
    mentions = find_dates("2022年3月31日开幕，次日闭幕。当日下雨。")
    assert [m.first for m in mentions] == [date(2022, 3, 31), date(2022, 4, 1), date(2022, 4, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "2022年2月30日",
        "第17条、第3月",
        "5个月",
        "100年",
        "电话2022-1234567",
        "127.0.0.1",
        "1.5万人",
        "比分3-2",
        "2.2.17版",
        "十二个月",
        "二十三年来",
        "3日游、17日间",
        "连续45日，",
        "2015-2013年",
        "0000年",
    ],
)
def test_no_date(text: str) -> None:
    assert find_dates(text, ANCHOR) == []


@pytest.mark.parametrize(
    ("text", "as_of"), [("2016年底", "2016-12-31"), ("2016年12月", "2016-12"), ("2016年", "2016"), ("近日", None)]
)
def test_as_of(text: str, as_of: str | None) -> None:
    assert only(text).as_of == as_of


def test_one_long_run_of_digits_is_quick_and_no_date() -> None:
    assert find_dates("一" * 100_000 + "9" * 100_000, ANCHOR) == []


def test_a_year_told_once_or_a_day_at_the_turn_of_the_year_leaves_the_year_open() -> None:
    assert find_dates("5月24日，学院成立。\n2023年开始筹备。")[0].first is None
    assert find_dates("1月8日，学院成立。\n2024年招生，2024年秋开学。")[0].first is None
    assert find_dates("1月8日，学院成立。\n2024年招生，2024年1月5日报名。")[0].first == date(2024, 1, 8)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("“十三五”末，全市社工三百人。", "2020-12-31"),
        ("根据112年统计，社工三百人。", "2023-12-31"),
        ("自108年推动以来。", "2019-12-31"),
        ("一一五年三月二十七日，社工日。", "2026-03-27"),
    ],
)
def test_plans_and_republic_years(text: str, last: str) -> None:
    assert str(only(text).last) == last


@pytest.mark.parametrize("text", ["这所学校有120年历史。", "建校115年来，培养社工。"])
def test_a_span_of_years_is_no_republic_year(text: str) -> None:
    assert find_dates(text) == []


def test_that_day_is_no_end_of_a_year() -> None:
    found = find_dates("截至2016年底，社工三百人。当天还有表彰。", date(2018, 3, 22))
    assert [mention.last for mention in found if mention.text == "当天"] in ([None], [])


def test_a_year_of_the_common_era_is_read_behind_its_name() -> None:
    (date,) = find_dates("古桥建于公元763年。")
    assert date.text == "公元763年"
