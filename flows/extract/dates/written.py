"""How years, months and days are written, in digits and in Chinese numerals: one grammar for the dates of prose and
for those that a page prints of itself."""

from __future__ import annotations

from functools import lru_cache

from flows.extract.numbers.numerals import parse_number

CHINESE = "零〇○一二三四五六七八九"
YEAR = rf"(?:\d{{4}}|[{CHINESE}]{{4}}|[二两]千(?:零?(?:二?十)?[一二三四五六七八九]|零?二?十)?)"
MONTH = r"(?:1[0-2]|0?[1-9]|１[０-２]|０?[１-９]|十[一二]?|零?[一二三四五六七八九])"
DAY = (
    r"(?:[0-9０-９]{1,2}|[二廿]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十一?|卅一?|零?[一二三四五六七八九])"
)
ERA_YEAR = rf"(?:\d{{1,4}}|[{CHINESE}十百]{{1,5}}|元)"


@lru_cache(maxsize=1024)
def number(digits: str | None) -> int | None:
    """A year, month or day as a number; None for none."""
    value = parse_number(digits) if digits else None
    return None if value is None else int(value)
