"""What each line of a page says by itself, in whole numbers: a column a feature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

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
_KIND: dict[str | None, int] = {None: 0, **{kind: i for i, kind in enumerate(KINDS, 1)}}
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
    "spaces": " ",
    "bars": "|>/·-_",
    "colon": ":",
    "func": "的了在是和有为与及将就也对等中上不从到以这他们我你她说会于",
}
_CLASS = np.zeros(0x110000, dtype=np.uint8)
_CJK = len(_CLASSES) + 1
_CLASS[0x4E00:0xA000] = _CJK
for _place, _members in enumerate(_CLASSES.values(), 1):
    for _char in _members:
        _CLASS[ord(_char)] = _place

_SPEAKING = ("网友", "回复", "楼主", "评论", "发表于", "顶[", "支持", "举报")
"""Words of comments and of what stands around them."""

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


def mark_lines(judged: Sequence[Judged], codes: NDArray[np.uint32], form: str, starts: Column, ends: Column) -> Columns:
    """The columns of the lines; `form` is the page's text in rule form, `codes` its code points, `starts` and `ends`
    where the lines stand in it."""
    columns: Columns = {"len": np.minimum(ends - starts, 2000)}
    _count(columns, codes, starts, ends)
    _speak(columns, form, codes, starts)
    forms = [one.form for one in judged]
    columns["end"] = small([_ENDS.get(form[-1], 9) for form in forms])
    columns["closed"] = small([form[-1] in CLOSED for form in forms])
    columns["start"] = small([_STARTS.get(form[0], 0) for form in forms])
    columns["dated"] = small([ends_with_date(form) for form in forms])
    columns["rep"] = _repeats(forms, 4)
    _judge(columns, judged)
    _space(columns, codes, starts, ends)
    return columns


def small(values: Sequence[int]) -> Column:
    """A column of numbers from 0 to 255; a third of the time that an array of a list takes."""
    return np.frombuffer(bytes(values), dtype=np.uint8).astype(np.int64)


def _repeats(forms: Sequence[str], most: int) -> Column:
    seen = Counter(forms)
    if len(seen) == len(forms):
        return np.ones(len(forms), dtype=np.int64)
    return np.minimum(np.array([seen[form] for form in forms], dtype=np.int64), most)


def _count(columns: Columns, codes: NDArray[np.uint32], starts: Column, ends: Column) -> None:
    """How many characters of each class, and what share of the line (in thousandths) some of them are."""
    length = ends - starts
    line = np.repeat(np.arange(len(starts)), length)
    places = np.arange(len(line)) + np.repeat(starts - (np.cumsum(length) - length), length)
    classes = line * 16 + _CLASS[codes[places]]
    counts = np.bincount(classes, minlength=len(starts) * 16).reshape(-1, 16).T
    found = dict(zip(_CLASSES, counts[1:], strict=False))
    columns["cjk"] = (counts[_CJK] + found["func"]) * 100 // length
    for name in ("digit", "latin"):
        columns[name] = found[name] * 100 // length
    for name, most in (("stops", 6), ("excl", 3), ("commas", 8), ("spaces", 8), ("bars", 6), ("colon", 3)):
        columns[name] = np.minimum(found[name], most)
    columns["period"] = (found["stops"] + found["semi"]) * 1000 // length
    columns["commadens"] = found["commas"] * 1000 // length
    columns["spacedens"] = found["spaces"] * 100 // length
    columns["func"] = found["func"] * 1000 // length


def _speak(columns: Columns, form: str, codes: NDArray[np.uint32], starts: Column) -> None:
    """Times (8:15), years and the words of comments, counted by line."""
    digit = (codes >= 48) & (codes <= 57)
    colons = np.flatnonzero(codes[:-2] == 58)
    times = colons[digit[colons - 1] & digit[colons + 1] & digit[colons + 2]]
    pairs = np.flatnonzero(digit[:-3] & digit[1:-2] & digit[2:-1] & digit[3:])
    century = codes[pairs] * 10 + codes[pairs + 1]
    years = pairs[(century == 49 * 10 + 57) | (century == 50 * 10 + 48)]
    spoken: list[int] = []
    for word in _SPEAKING:
        place = form.find(word)
        while place >= 0:
            spoken.append(place)
            place = form.find(word, place + 1)
    for name, found in (("time", times), ("year", years), ("speak", np.array(spoken, dtype=np.int64))):
        lines = np.maximum(starts.searchsorted(found, "right") - 1, 0)
        columns[name] = np.minimum(np.bincount(lines, minlength=len(starts)), 3)


def _judge(columns: Columns, judged: Sequence[Judged]) -> None:
    """What the rules say of the lines."""
    columns["score"] = np.rint(np.array([one.score for one in judged]) * 100).astype(np.int64)
    columns["prose"] = small([one.prose for one in judged])
    columns["kind"] = small([_KIND.get(one.kind, _OTHER) for one in judged])
    columns["placed"] = small([_KIND.get(one.placed[0].kind, _OTHER) if one.placed else 0 for one in judged])
    columns["isend"] = small(
        [
            2 * (one.kind in ENDING) + (any(rule.kind in ENDING for rule in one.placed) if one.placed else False)
            for one in judged
        ]
    )
    columns["heading"] = small([one.heading for one in judged])
    columns["cut"] = small(
        [100 * sum(cut.end - cut.start for cut in one.cuts) // len(one.form) if one.cuts else 0 for one in judged]
    )


def _space(columns: Columns, codes: NDArray[np.uint32], starts: Column, ends: Column) -> None:
    """Line ends above a line, and white space in front of it."""
    newlines = np.flatnonzero(codes == 10)
    before = newlines.searchsorted(starts)
    above = np.append(0, newlines.searchsorted(ends)[:-1])
    columns["blank"] = np.minimum(before - above, 5)
    opened = np.append(-1, newlines)[before] + 1
    columns["indent"] = np.minimum(starts - opened, 5)
