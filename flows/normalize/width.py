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

from flows.characters import code_points, spread
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


CHANGED = 0x80
"""What the sort of a character has beside when the character becomes another one wherever it stands."""


class Tables(NamedTuple):
    """By code point: what it becomes wherever it stands, what it becomes next to Chinese, and the sort of what it
    becomes."""

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
    old = codes = code_points(text)
    sorts = tables.sort.take(codes)
    if sorts.max() >= CHANGED:
        codes = tables.always.take(codes)
        sorts &= ~np.uint8(CHANGED)
    marks = np.flatnonzero(sorts == MARK)
    if len(marks):
        marks = marks[_beside_chinese(codes, sorts, marks)]
        if "=" in text:
            marks = np.setdiff1d(marks, [place.start() for place in QUERY.finditer(text)])
    if len(marks):
        codes = codes.copy()
        codes[marks] = tables.beside[codes[marks]]
    return text if codes is old else codes.tobytes().decode("utf-32-le", "surrogatepass")


def _beside_chinese(codes: Codes, sorts: NDArray[np.uint8], marks: Places) -> Mask:
    """Which of the half-width marks are Chinese punctuation."""
    framed = np.concatenate(([NEWLINE], sorts, [NEWLINE]))
    before, behind = framed[marks], framed[marks + 2]
    beside: Mask = (before == CHINESE) | (behind == CHINESE)
    newlines = np.flatnonzero(sorts == NEWLINE)
    one, other = _neighbours(codes[marks], marks, newlines)
    beside = spread(beside, one, other)
    beside &= (before != DIGIT) | (behind != DIGIT)
    words = np.flatnonzero((sorts[:-1] == LATIN) & (sorts[1:] == SPACE))
    if len(words) >= WORDS:
        beside &= ~_in_english(sorts, words, newlines, np.searchsorted(newlines, marks))
    return beside


def _in_english(sorts: NDArray[np.uint8], words: Places, newlines: Places, lines: Places) -> Mask:
    """For each of some marks, by the number of its line, whether the line is an English passage: mostly Latin letters,
    in several words; `words` are the places of their last letters."""
    count = np.bincount(np.searchsorted(newlines, words), minlength=len(newlines) + 1)
    english: Mask = count[lines] >= WORDS
    if english.any():
        starts = np.append(0, newlines[newlines < len(sorts) - 1] + 1)
        letters, chinese = (np.add.reduceat(sorts == sort, starts, dtype=np.int32) for sort in (LATIN, CHINESE))
        english &= (letters > ENGLISH * chinese)[lines]
    return english


def _neighbours(own: Codes, marks: Places, newlines: Places) -> tuple[Places, Places]:
    """Pairs of marks, by place in `marks`, of which both stand beside Chinese if one does: those that touch (好!!), and
    the two brackets of a pair in one line. `own` are the marks themselves."""
    first = np.flatnonzero(marks[1:] - marks[:-1] == 1)
    second = first + 1
    opens = own == ord("(")
    if opens.any():
        brackets = np.flatnonzero(opens | (own == ord(")")))
        left, right = brackets[:-1], brackets[1:]
        pairs = opens[left] & ~opens[right]
        left, right = left[pairs], right[pairs]
        in_line = np.searchsorted(newlines, marks[left]) == np.searchsorted(newlines, marks[right])
        first, second = np.append(first, left[in_line]), np.append(second, right[in_line])
    return first, second


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
    becomes = sort[always]
    becomes[always != np.arange(0x110000)] |= CHANGED
    return Tables(always, beside, becomes)


def _code(char: str | int | None) -> int:
    return char if isinstance(char, int) else ord(char or "\0")
