"""Quantities: the numbers of a text with their unit, kind and qualifier."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from flows.extract.numbers.codes import is_code, is_date
from flows.extract.numbers.numerals import LONGEST_NUMERAL, Numeral, parse_number, read_numeral
from flows.extract.numbers.qualifiers import read_qualifier
from flows.vocabulary import load_vocabulary, one_of

__all__ = ["Quantity", "find_quantities", "parse_number"]

_D = "[0-9０-９]"
_ARABIC = rf"(?:{_D}{{1,3}}(?:,{_D}{{3}})+(?!{_D})|{_D}+)(?:[.．]{_D}+)?"
_CHINESE = "[零〇○一二两三四五六七八九十百千万亿兆壹贰叁肆陆柒捌玖拾佰仟廿卅]"  # no 伍, which ends 队伍
# A cheap look for where a quantity may begin; the whole pattern is then tried at that place only.
NUMERALS = re.compile(f"{_CHINESE[:-1]}0-9０-９]+")
_OF_DATES = frozenset("月日")
_LONE_CHINESE = frozenset("零〇○一二两三四五六七八九十百千万亿兆")
_DECIMALS = "[零一二三四五六七八九]"
# 千 is no numeral in 千克, 两 none in 二两 (but in 一两年 and 三万两千), and 八点三十 is a time, no decimal.
_NUMERAL = (
    rf"(?:{_ARABIC}|(?!两会){_CHINESE}|[数几](?=[十百千万亿]))"
    rf"(?:(?![千两]|(?<=[0-9０-９]){_DECIMALS}){_CHINESE}|千(?![克米瓦卡伏])|两(?=[百千万亿])|(?<=一)两(?=[个年名位家次天人项])|{_ARABIC}"
    rf"|[余多来几](?=[十百千万亿])|点(?={_DECIMALS}+(?!{_DECIMALS}|[十百千])))*"
)
_TO = r"(?:[-－—–~～]{1,2}|[至到])"
MONEY_SIGNS = {"¥": "元", "￥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑"}
# 港币520万元: a currency before the amount says whose 元 it is.
_CURRENCIES = {
    "港币": "港元",
    "港元": "港元",
    "新台币": "新台币",
    "台币": "新台币",
    "美元": "美元",
    "美金": "美元",
    "澳门币": "澳门元",
}
_CURRENCY = re.compile(f"({'|'.join(_CURRENCIES)})(?:约|近|逾|超过)?$")

_JOINED_WITH_ONE = frozenset("统唯同专单逐不之进")  # 统一部署, 进一步
_MINUS = re.compile("负的?$")
_LARGE = "百千万亿兆"
_BARE = re.compile(f"[{_LARGE}]+")


class Quantity(NamedTuple):
    """text[start:end] states a number, with its unit and the qualifier behind it.

    `value` is in base units (3.8万人 is 38000), `high` the upper end of a range, else None. `unit` is the
    canonical form of `schemas/vocabularies/units.yaml`, None when none follows. `kind` is cardinal (people and
    things), money, percent (80% is 80), ratio (1:5 is 0.2), fraction, ordinal, duration, measure or share.
    """

    start: int
    end: int
    value: int | float
    high: int | float | None
    unit: str | None
    kind: str
    qualifier: str


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a text in order, without dates, clock times, codes and telephone numbers.

    Chinese numerals count only with a unit, a percent or an ordinal sign, as 一 and 万 are parts of many words.
    """
    pattern, units, may_follow = scanner()
    found: list[Quantity] = []
    done = 0
    for cue in NUMERALS.finditer(text):
        start, end = cue.span()
        # Most of them are 一 in 统一, 一些, 进一步: no unit follows.
        lone = end - start == 1 and text[start] in _LONE_CHINESE and text[start - 1 : start] != "第"
        if lone and text[end : end + 1] not in may_follow:
            continue
        if text[end : end + 1] in _OF_DATES and text[start] <= "9" and text[start - 1 : start] != "第":
            continue
        start -= text[start - 1 : start] in {"数", "几"} and text[start] in "十百千万亿"
        if start >= done and (m := pattern.match(text, start)) is not None:
            done = m.end()
            if (quantity := read_quantity(text, m, units)) is not None:
                found.append(quantity)
    return found


@cache
def scanner() -> tuple[re.Pattern[str], dict[str, tuple[str, str]], frozenset[str]]:
    """The one pattern that finds numerals with their tails; unit words to (canonical unit, kind); and the characters
    of which one follows a lone Chinese digit that is a quantity."""
    units: dict[str, tuple[str, str]] = {}
    guards: dict[str, str] = {}
    for kind, entries in load_vocabulary("units").items():
        for entry in entries:
            for word in (entry["unit"], *entry.get("also", ())):
                units[word] = (entry["unit"], "cardinal" if kind in {"people", "count"} else kind)
                if not_before := entry.get("not_before"):
                    guards[word] = f"(?!{one_of(not_before)})"
    words = "|".join(re.escape(word) + guards.get(word, "") for word in sorted(units, key=lambda w: (-len(w), w)))
    pattern = re.compile(
        rf"(?P<low>{_NUMERAL})"
        rf"(?:(?:分之|(?<=百)分)(?P<part>{_NUMERAL})(?:{_TO}(?:百分之)?(?P<part_high>{_NUMERAL}))?"
        rf"|[:：比](?P<ratio>{_ARABIC}|{_CHINESE}+)(?!个)"
        rf"|(?:[%％]?{_TO}(?P<high>{_NUMERAL}))?(?P<more>有余|[余多来几])?(?:(?P<sign>[%％‰])|(?P<unit>{words}))?)"
    )
    return pattern, units, frozenset({word[0] for word in units} | set("余多来几有成分个点%％‰:：比至到-－—–~～.．,"))


def read_quantity(text: str, m: re.Match[str], units: dict[str, tuple[str, str]]) -> Quantity | None:
    """The quantity that a match of the scanner states, None for a date, code or bare numeral."""
    low, part, _, ratio, upper, _, sign, unit = m.groups()
    if len(low) > LONGEST_NUMERAL:
        return None
    before = text[m.start() - 1 : m.start()]
    arabic = "0" <= low[0] <= "9" or "０" <= low[0] <= "９"
    if unit is None and not (arabic or before == "第" or part or sign or ratio or upper):
        return _tenths(text, m) or _large(text, m)
    if (arabic and is_code(text, m)) or (low == "一" and before in _JOINED_WITH_ONE):
        return None
    if part:
        return _fraction(text, m)
    if ratio:
        return _ratio(text, m)
    numeral = _range(m) if upper else read_numeral(low)
    return None if numeral is None or is_date(text, m, numeral) else _counted(text, m, numeral, units)


def _counted(text: str, m: re.Match[str], numeral: Numeral, units: dict[str, tuple[str, str]]) -> Quantity | None:
    """The quantity of a numeral with its sign or unit; None for a bare 百, 千 or 万 that nothing qualifies."""
    (start, end), before = m.span(), text[m.start() - 1 : m.start()]
    low, more, unit = m["low"], m["more"], m["unit"]
    value, high = numeral.value, numeral.high
    canonical, kind = _sign(m["sign"]) if m["sign"] else units[unit] if unit else (None, "cardinal")
    if kind == "money":
        small, money_end = _small_money(text, end)
        if unit == "块" and money_end == end:
            kind, canonical = "cardinal", "块"
        value, high, end = value + small, high + small, money_end
        if canonical == "元" and (m_before := _CURRENCY.search(text[max(0, start - 5) : start])):
            canonical = _CURRENCIES[m_before[1]]
    if before in MONEY_SIGNS and unit is None:
        kind, canonical, start = "money", MONEY_SIGNS[before], start - 1
    elif before == "第":
        kind, start = "ordinal", start - 1
    elif before == "负":
        value, high, start = -value, -high, start - 1
    bare = low[0] in _LARGE and _BARE.fullmatch(low) is not None
    qualifier, end = read_qualifier(text, start, end, numeral.over or more is not None, bare)
    if bare and qualifier == "exact" and unit != "名" and kind != "ordinal":
        return None
    return Quantity(start, end, value, high if high != value else None, canonical, kind, qualifier)


def _sign(sign: str) -> tuple[str, str]:
    """Unit and kind of a percent sign."""
    return ("‰" if sign == "‰" else "%"), "percent"


def _range(m: re.Match[str]) -> Numeral | None:
    """Both ends of a range; the lower one shares the larger scale of the upper (3至5万 is 30000 to 50000)."""
    low, high = read_numeral(m["low"]), read_numeral(m["high"])
    if low is None or high is None:
        return None
    value = low.value
    if (scale := re.search("[万亿]+$", m["high"])) and not re.search("[万亿]", m["low"]):
        scaled = read_numeral("1" + scale[0])
        if scaled and value * scaled.value < high.value:  # but not 9000至1.1万
            value = value * scaled.value
    return Numeral(value, high.value, high.over) if value < high.value else None


def _fraction(text: str, m: re.Match[str]) -> Quantity | None:
    whole, part = read_numeral(m["low"]), read_numeral(m["part"])
    if whole is None or part is None or not whole.value:
        return None
    high = read_numeral(m["part_high"]) if m["part_high"] else None
    negative = _MINUS.search(text, max(0, m.start() - 2), m.start())
    start, sign = (negative.start(), -1) if negative else (m.start(), 1)
    qualifier, end = read_qualifier(text, start, m.end(), False, False)
    if whole.value in {100, 1000}:
        unit = "%" if whole.value == 100 else "‰"
        return Quantity(start, end, sign * part.value, high and high.value, unit, "percent", qualifier)
    return Quantity(start, end, sign * part.value / whole.value, None, None, "fraction", qualifier)


def _ratio(text: str, m: re.Match[str]) -> Quantity | None:
    first, second = read_numeral(m["low"]), read_numeral(m["ratio"])
    if first is None or second is None or not second.value or text[m.end() : m.end() + 1] in {":", "："}:
        return None
    return Quantity(m.start(), m.end(), first.value / second.value, None, None, "ratio", "exact")


_SURE_NUMERAL = re.compile(f".[百千万亿]|点{_DECIMALS}{{3}}")
_TENTHS = re.compile("成(?P<half>[半一二三四五六七八九])?(?=以上|左右|以下|多|的|是|为|受|[，。；、）,.;)]|$)")


def _tenths(text: str, m: re.Match[str]) -> Quantity | None:
    """三成 is 30 %, 八成五 is 85 %."""
    numeral = read_numeral(m["low"])
    tail = _TENTHS.match(text, m.end())
    if tail is None or numeral is None or not 0 < numeral.value <= 10:
        return None
    half = {"半": 5, None: 0}.get(tail["half"]) if tail["half"] in {"半", None} else parse_number(tail["half"])
    qualifier, end = read_qualifier(text, m.start(), tail.end(), numeral.over, False)
    high = numeral.high * 10 if numeral.high != numeral.value else None
    return Quantity(m.start(), end, numeral.value * 10 + (half or 0), high, "%", "percent", qualifier)


def _large(text: str, m: re.Match[str]) -> Quantity | None:
    """A Chinese numeral without a unit, kept when it can be nothing else: 三万二, 三点一四一."""
    low = m["low"]
    if len(low) < 3 or not _SURE_NUMERAL.search(low):
        return None
    numeral = read_numeral(low)
    if numeral is None or is_date(text, m, numeral):
        return None
    qualifier, end = read_qualifier(text, m.start(), m.end(), numeral.over or m["more"] is not None, False)
    sign = -1 if text[m.start() - 1 : m.start()] == "负" else 1
    high = sign * numeral.high if numeral.high != numeral.value else None
    return Quantity(m.start() - (sign < 0), end, sign * numeral.value, high, None, "cardinal", qualifier)


_SMALL_MONEY = re.compile(rf"(?:(?P<tenth>{_CHINESE}|{_D})[角毛])?(?:(?P<cent>{_CHINESE}|{_D})分(?!之))?")


def _small_money(text: str, end: int) -> tuple[float, int]:
    """What 五角八分 behind an amount adds, and where it ends."""
    m = _SMALL_MONEY.match(text, end)
    if m is None or m.end() == end:
        return 0, end
    tenth = parse_number(m["tenth"]) if m["tenth"] else 0
    cent = parse_number(m["cent"]) if m["cent"] else 0
    return round((tenth or 0) / 10 + (cent or 0) / 100, 2), m.end()
