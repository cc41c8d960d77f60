"""Numerals: what a written number is worth, in Arabic, Chinese and mixed digits."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
LONGEST_NUMERAL = 32
SMALL = {"十": 10, "百": 100, "千": 1000}
BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}

# One spelling for each numeral: full-width digits, formal characters (大写), and the ones read out by radio.
SPELLING = str.maketrans(
    "０１２３４５６７８９．〇○两壹贰叁肆伍陆柒捌玖拾佰仟萬億幺洞拐俩仨",
    "0123456789.零零二一二三四五六七八九十百千万亿一零七二三",
)
_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
_TOKEN = re.compile(rf"({_ARABIC})|([零一二三四五六七八九])|([十百千])|([万亿兆])|([余多来几])|(点)")
_PAIR = re.compile(
    r"(?<![零一二三四五六七八九点])(一二|二三|三四|四五|五六|六七|七八|八九|三五)(?![零一二三四五六七八九])"
)
_OUNCE = re.compile("[二三四五六七八九十]两$")  # the unit of weight
_DIGIT_STRING = re.compile(r"[零一二三四五六七八九]{2,}")


class Numeral(NamedTuple):
    """A number: value to high (equal unless it is a range), and whether it says "and some more" (余, 多, 几)."""

    value: int | float
    high: int | float
    over: bool


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> Numeral | None:
    """The worth of a numeral, None if it is none.

    Adjacent digits are a range (三五百 is 300 to 500, 十五六 is 15 to 16), an unfinished place takes the next
    lower one (一万六 is 16000), 余, 多, 几 and 数 mean "over" (82.4万余, 十几, 数百).
    """
    if len(text) > LONGEST_NUMERAL:
        return None
    if text.isascii() and text.isdecimal():
        return Numeral(int(text), int(text), False)
    if _OUNCE.search(text):
        return None
    text = text.translate(SPELLING).replace("廿", "二十").replace("卅", "三十")
    sign = -1 if text[:1] in {"负", "-"} else 1
    text = text.lstrip("负-")
    vague = text[:1] in {"数", "几"} and len(text) > 1
    text = text[1:] if vague else text
    if _DIGIT_STRING.fullmatch(text) and not (pair := _PAIR.fullmatch(text)):
        number = int("".join(str(DIGITS[c]) for c in text))
        return Numeral(sign * number, sign * number, vague)
    pair = _PAIR.search(text)
    if pair is None:
        worth = _evaluate(text)
        return None if worth is None else Numeral(sign * worth[0], sign * worth[0], worth[1] or vague)
    low = _evaluate(text[: pair.start()] + pair[0][0] + text[pair.end() :])
    high = _evaluate(text[: pair.start()] + pair[0][1] + text[pair.end() :])
    return None if low is None or high is None else Numeral(sign * low[0], sign * high[0], low[1])


def parse_number(text: str) -> int | float | None:
    """The worth of a numeral as one number (the lower end of a range), None if it is none."""
    numeral = read_numeral(text.strip())
    return None if numeral is None else numeral.value


def _evaluate(text: str) -> tuple[int | float, bool] | None:
    """The worth of a numeral without ranges, and whether it says "over"."""
    total, section, current = Decimal(0), Decimal(0), None
    largest, last_unit, over, end = 0, 0, False, 0
    fraction: int | None = None
    for token in _TOKEN.finditer(text):
        if token.start() != end:
            return None
        end = token.end()
        arabic, digit, small, big, more, point = token.groups()
        if arabic:
            current, last_unit = Decimal(arabic.replace(",", "")), 0
        elif digit:
            if fraction is not None:
                fraction += 1
                current = (current or Decimal(0)) + Decimal(DIGITS[digit]).scaleb(-fraction)
            else:
                last_unit = last_unit if DIGITS[digit] and current is None else 0
                current = Decimal(DIGITS[digit])
        elif point:
            if fraction is not None:
                return None
            fraction, current, last_unit = 0, section + (current or 0), 0
            section = Decimal(0)
        elif small:
            scale = SMALL[small]
            section += (current or Decimal(1)) * scale
            current, last_unit = None, scale
        elif big:
            scale = BIG[big]
            section += current or 0
            if scale > largest and total:
                total = (total + section) * scale
            else:
                total += (section or Decimal(1)) * scale
            section, current, last_unit, fraction = Decimal(0), None, scale, None
            largest = max(largest, scale)
        elif more:
            over = True
    if end != len(text) or not text:
        return None
    if current is not None:
        section += current * (last_unit // 10 if last_unit >= 100 else 1)
    number = total + section
    return (int(number) if number == number.to_integral_value() else float(number)), over
