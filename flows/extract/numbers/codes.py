"""Numbers that count nothing: parts of codes, dates, clock times, telephone and document numbers."""

from __future__ import annotations

import re

from flows.extract.numbers.numerals import Numeral

# G20, A_4, 〔2021〕12号, 2.0.1, 2022-12, 17:45:53
_CODE_BEFORE = re.compile(r"[A-Za-z_#@=&〔〕]$|[A-Za-z0-9][-./·]$|[0-9][:：]$")
_CODE_AFTER = re.compile(r"[A-Za-z_@=〕]|[-./·]\d")
_LONGEST_BARE_NUMBER = 8
_CLOCK_TAIL = re.compile(r"[:：][0-9０-９]{2}(?![0-9０-９%])")
_RATIO_CUE = re.compile("(?:比|配|达到|按|占)[^，。；、]*$")
_YEAR_VALUE = range(1000, 2200)


def is_code(text: str, m: re.Match[str]) -> bool:
    """Whether an Arabic number is part of a name, version, clock time, telephone, identity or document number.

    `m` is a match of the quantity pattern, with groups low (the numeral), unit and sign.
    """
    start, low = m.start("low"), m["low"]
    before, after = text[max(0, start - 2) : start], text[m.end() : m.end() + 2]
    of_code = not "\u4e00" <= before[-1:] <= "\u9fff" and _CODE_BEFORE.search(before) is not None
    if of_code or (low[0] in "0０" and low[1:2] not in {"", ".", "．"}):
        return True
    clock = text[m.end("low") : m.end("low") + 1] in {":", "："} and _CLOCK_TAIL.match(text, m.end("low"))
    if clock and not _RATIO_CUE.search(text[max(0, start - 8) : start]):
        return True
    if m["unit"] is not None or m["sign"] is not None:
        return False
    digits = low.replace(",", "")
    return _CODE_AFTER.match(after) is not None or (digits.isdigit() and len(digits) > _LONGEST_BARE_NUMBER)


def is_date(text: str, m: re.Match[str], numeral: Numeral) -> bool:
    """Whether the number is the year, month, day or hour of a date, or the number of a document or house."""
    after = text[m.end() : m.end() + 1]
    if m["unit"] is None:
        clock = after == "分" and text[m.start() - 1 : m.start()] in {"点", "时", "："}
        return (clock or (after != "" and after in "年月日号时点")) and m["sign"] is None
    if m["unit"] == "年":
        return (numeral.value in _YEAR_VALUE or numeral.high in _YEAR_VALUE) and m["more"] is None
    return False
