"""What each line of a page says by itself, in whole numbers: a column a feature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.strip.judge import Judged
from flows.strip.shape import CLOSED, ends_with_date

Column = NDArray[np.int64]
Columns = dict[str, Column]

KINDS = (
    *("metadata", "credit", "caption", "navigation", "share", "site_prompt", "copyright", "contact"),
    *("related_heading", "related_links", "teaser", "repeated", "advertisement", "page_furniture", "site_summary"),
)
_KIND = {kind: i for i, kind in enumerate(KINDS, 1)}
_OTHER = len(KINDS) + 1
ENDING = frozenset({"related_heading", "copyright", "contact", "share", "site_prompt", "related_links", "teaser"})
"""Kinds of lines that stand behind a story."""

_CLASSES = {
    "digit": "0123456789",
    "latin": "".join(map(chr, [*range(65, 91), *range(97, 123)])),
    "stops": "。",
    "semi": ";",
    "excl": "!?",
    "commas": ",、",
    "quotes": '“"「',
    "book": "《",
    "paren": "([",
    "spaces": " ",
    "bars": "|>/·-_",
    "colon": ":",
    "func": "的了在是和有为与及将就也对等中上不从到以这他们我你她说会于",
}
_BITS = np.zeros(0x110000, dtype=np.uint16)
for _place, _members in enumerate(_CLASSES.values()):
    for _char in _members:
        _BITS[ord(_char)] |= 1 << _place
_CJK = len(_CLASSES)
_BITS[0x4E00:0xA000] |= 1 << _CJK

_SPOTS = re.compile(r"\d{1,2}:\d{2}|(?:19|20)\d\d|网友|回复|楼主|\d楼|评论|发表于|顶\[|支持|举报")
_DIGITS = str.maketrans("123456789", "000000000")

_ENDS = {
    char: i
    for i, chars in enumerate(("。", "!?", "…;", '”"’』」', ")]", ":", ",、", "0123456789"), 1)
    for char in chars
}
_STARTS = {
    char: i
    for i, chars in enumerate(("0123456789", "[(", "·-*>+", '“"「《', "一二三四五六七八九十"), 1)
    for char in chars
}


def codes_of(form: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(form.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def mark_lines(judged: Sequence[Judged], form: str) -> Columns:
    """The columns of the lines; `form` is the page's text in rule form."""
    starts = np.array([one.start for one in judged])
    ends = np.array([one.end for one in judged])
    length = ends - starts
    columns: Columns = {"len": np.minimum(length, 2000)}
    _count(columns, form, starts, ends)
    _speak(columns, form, starts)
    forms = [one.form for one in judged]
    columns["end"] = _column([_ENDS.get(form[-1], 9) for form in forms])
    columns["closed"] = _column([form[-1] in CLOSED for form in forms])
    columns["start"] = _column([_STARTS.get(form[0], 0) for form in forms])
    columns["dated"] = _column([ends_with_date(form) for form in forms])
    columns["rep"] = _repeats(forms, 4)
    columns["repn"] = _repeats([form.translate(_DIGITS) for form in forms], 6)
    _judge(columns, judged)
    _space(columns, form, starts, ends)
    return columns


def _column(values: Sequence[Any]) -> Column:
    return np.array(values, dtype=np.int64)


def _repeats(forms: Sequence[str], most: int) -> Column:
    seen = Counter(forms)
    return _column([min(seen[form], most) for form in forms])


def _count(columns: Columns, form: str, starts: Column, ends: Column) -> None:
    """How many characters of each class, and what share of the line (in thousandths) some of them are."""
    bits = _BITS[codes_of(form)]
    places = np.stack([starts, ends], axis=1).ravel()
    length = ends - starts
    sums = np.zeros(len(bits) + 1, dtype=np.int64)

    def count(place: int) -> Column:
        np.cumsum((bits >> place) & 1, out=sums[1:])
        at = sums[places]
        return at[1::2] - at[::2]

    found = {name: count(place) for place, name in enumerate(_CLASSES)}
    columns["cjk"] = count(_CJK) * 100 // length
    for name in ("digit", "latin"):
        columns[name] = found[name] * 100 // length
    for name, most in (("stops", 6), ("semi", 3), ("excl", 3), ("commas", 8), ("quotes", 3), ("book", 3)):
        columns[name] = np.minimum(found[name], most)
    for name, most in (("paren", 3), ("spaces", 8), ("bars", 6), ("colon", 3)):
        columns[name] = np.minimum(found[name], most)
    columns["period"] = (found["stops"] + found["semi"]) * 1000 // length
    columns["commadens"] = found["commas"] * 1000 // length
    columns["spacedens"] = found["spaces"] * 100 // length
    columns["func"] = found["func"] * 1000 // length


def _speak(columns: Columns, form: str, starts: Column) -> None:
    """Times, years and the words of comments, counted by line."""
    names = ("time", "year", "speak")
    spots: dict[str, list[int]] = {name: [] for name in names}
    for found in _SPOTS.finditer(form):
        chars = found.group()
        spots["time" if ":" in chars else "year" if chars.isdecimal() else "speak"].append(found.start())
    for name in names:
        lines = starts.searchsorted(_column(spots[name]), "right") - 1
        columns[name] = np.minimum(np.bincount(lines, minlength=len(starts)), 3)


def _judge(columns: Columns, judged: Sequence[Judged]) -> None:
    """What the rules say of the lines."""
    columns["score"] = _column([round(one.score * 100) for one in judged])
    columns["prose"] = _column([one.prose for one in judged])
    columns["kind"] = _column([_KIND.get(one.kind, _OTHER) if one.kind is not None else 0 for one in judged])
    columns["placed"] = _column([_KIND.get(one.placed[0].kind, _OTHER) if one.placed else 0 for one in judged])
    columns["isend"] = _column(
        [2 * (one.kind in ENDING) + any(rule.kind in ENDING for rule in one.placed) for one in judged]
    )
    columns["heading"] = _column([one.heading for one in judged])
    columns["cut"] = _column(
        [100 * sum(cut.end - cut.start for cut in one.cuts) // len(one.form) if one.cuts else 0 for one in judged]
    )


def _space(columns: Columns, form: str, starts: Column, ends: Column) -> None:
    """Line ends above a line, and white space in front of it."""
    newlines = np.flatnonzero(codes_of(form) == 10)
    before = newlines.searchsorted(starts)
    above = np.append(0, newlines.searchsorted(ends)[:-1])
    columns["blank"] = np.minimum(before - above, 5)
    opened = np.append(-1, newlines)[before] + 1
    columns["indent"] = np.minimum(starts - opened, 5)
