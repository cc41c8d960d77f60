"""Half and full width: letters and digits half-width, punctuation next to Chinese full-width, as mainland print has it.

All is decided on arrays of code points; nothing here looks at one character at a time.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.characters import code_points
from flows.document import Page
from flows.text import Operation

Codes = NDArray[np.uint32]
Mask = NDArray[np.bool_]
Places = NDArray[np.intp]

FULL_WIDTH_STAYS = ",:;!?().~|[]{}<>-\"'"
HALF = str.maketrans({chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F) if chr(c) not in FULL_WIDTH_STAYS})
"""Full-width letters, digits and signs (％ ＋ ＝ ＠ …), which become half-width wherever they stand."""

FULL = str.maketrans(",:;?!()", "，：；？！（）")
SMALL = str.maketrans("﹐﹑﹔﹕﹖﹗﹙﹚｡､｢｣︰", "，、；：？！（）。、「」：")
"""Small and half-width forms of Chinese punctuation."""

RADICALS = str.maketrans(
    "⺠⻓⻔⻢⻩⻅⻉⻋⻘⻝⻚⻛⻜⻥⻦⻧⻨⻬⻮⻰⻳⻄⻆⻁⻤⻙⻯", "民长门马黄见贝车青食页风飞鱼鸟卤麦齐齿龙龟西角虎鬼韦龙"
)
"""Radicals that PDF fonts give in place of characters; those of U+2F00–2FD5 Unicode itself decomposes."""

ENGLISH, WORDS = 3, 3
"""A line with more than so many Latin letters to one Chinese character, in so many words, is an English passage
and keeps its punctuation; an address is not."""

DOUBLED = re.compile("(?<![，。、；：])([，。、；：])(\\1)(?![，。、；：])")
"""Exactly two equal marks; three and more are somebody's ellipsis, ！！ and ？？ are emphasis."""

QUERY = re.compile(r"\?(?=[\w%.-]{1,40}=)", re.ASCII)
"""The question mark inside a web address, which may stand behind Chinese."""

OUTSIDE, CHINESE, LATIN, DIGIT, SPACE, NEWLINE, MARK = range(7)
"""Sorts of characters; a mark is a half-width one that may be Chinese punctuation. All beyond the first plane are
Chinese."""


class Tables(NamedTuple):
    """By code point: what it becomes wherever it stands, what it becomes next to Chinese, and its sort."""

    always: Codes
    beside: Codes
    sort: NDArray[np.uint8]


def fold_width(page: Page) -> Page:
    """The page in standard widths. Doubled punctuation loses its second mark (removals of kind `repair`)."""
    page = replace(page, text=page.text.recode(fold(page.text.chars), Operation.WIDTH))
    chars = page.text.chars
    if not any(2 * mark in chars for mark in "，。、；："):
        return page
    return page.cut([match.span(2) for match in DOUBLED.finditer(chars)], "repair", "doubled_punctuation")


def fold(text: str) -> str:
    """The text, of the same length, in standard widths: 2023年,3人 → 2023年，3人, but 1,000 and 17:45:53 stay."""
    if text.isascii():
        return text
    tables = _tables()
    codes = code_points(text)
    codes = tables.always[codes]
    sorts = tables.sort[codes]
    marks = np.flatnonzero(sorts == MARK)
    if len(marks):
        marks = marks[_beside_chinese(codes, sorts, marks)]
        if "=" in text:
            marks = np.setdiff1d(marks, [place.start() for place in QUERY.finditer(text)])
        codes[marks] = tables.beside[codes[marks]]
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def _beside_chinese(codes: Codes, sorts: NDArray[np.uint8], marks: Places) -> Mask:
    """Which of the half-width marks are Chinese punctuation."""
    framed = np.concatenate(([NEWLINE], sorts, [NEWLINE]))
    before, behind = framed[marks], framed[marks + 2]
    beside = (before == CHINESE) | (behind == CHINESE)
    starts = np.concatenate(([0], np.flatnonzero(sorts[:-1] == NEWLINE) + 1))
    lines = np.searchsorted(starts, marks, "right") - 1
    one, other = _neighbours(codes, marks, lines)
    spreads = len(one) > 0
    while spreads:
        before_that = np.count_nonzero(beside)
        either = beside[one] | beside[other]
        beside[one[either]] = beside[other[either]] = True
        spreads = bool(np.count_nonzero(beside) > before_that)
    number = (before == DIGIT) & (behind == DIGIT)
    return np.asarray(beside & ~number & ~_in_english(sorts, starts)[lines], np.bool_)


def _in_english(sorts: NDArray[np.uint8], starts: Places) -> Mask:
    """For each line whether it is an English passage: mostly Latin letters, in several words."""
    latin = sorts == LATIN
    ends = np.flatnonzero(latin[:-1] & (sorts[1:] == SPACE))
    if len(ends) < WORDS:
        return np.zeros(len(starts), np.bool_)
    words = np.bincount(np.searchsorted(starts, ends, "right") - 1, minlength=len(starts))
    letters, chinese = (np.add.reduceat(mask, starts, dtype=np.int32) for mask in (latin, sorts == CHINESE))
    return np.asarray((letters > ENGLISH * chinese) & (words >= WORDS), np.bool_)


def _neighbours(codes: Codes, marks: Places, lines: Places) -> tuple[Places, Places]:
    """Pairs of marks of which both stand beside Chinese if one does: those that touch (好!!), and the two brackets of
    a pair in one line."""
    touching = np.flatnonzero(np.diff(marks) == 1)
    own = codes[marks]
    brackets = np.flatnonzero((own == ord("(")) | (own == ord(")")))
    first, second = brackets[:-1], brackets[1:]
    pairs = (own[first] == ord("(")) & (own[second] == ord(")")) & (lines[first] == lines[second])
    return np.concatenate((touching, first[pairs])), np.concatenate((touching + 1, second[pairs]))


@cache
def _tables() -> Tables:
    always = np.arange(0x110000, dtype=np.uint32)
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)):
        normal = unicodedata.normalize("NFKC", chr(code))
        always[code] = ord(normal) if len(normal) == 1 and normal > "\u3400" else code
    for table in (HALF, SMALL, RADICALS):
        always[list(table)] = [_code(new) for new in table.values()]
    beside = np.zeros(0x80, np.uint32)
    beside[list(FULL)] = [_code(new) for new in FULL.values()]
    sort = np.zeros(0x110000, np.uint8)
    for first, last in ((0x2E80, 0xA000), (0xF900, 0xFB00), (0xFE30, 0xFE50), (0xFF01, 0xFF66), (0x10000, 0x110000)):
        sort[first:last] = CHINESE
    sort[[ord(mark) for mark in "“”‘’…—·"]] = CHINESE
    sort[ord("0") : ord("9") + 1] = DIGIT
    sort[ord("a") : ord("z") + 1] = sort[ord("A") : ord("Z") + 1] = LATIN
    sort[ord(" ")], sort[ord("\n")] = SPACE, NEWLINE
    sort[list(FULL)] = MARK
    return Tables(always, beside, sort)


def _code(char: str | int | None) -> int:
    return char if isinstance(char, int) else ord(char or "\0")
