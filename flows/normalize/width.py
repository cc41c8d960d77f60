"""Half and full width: letters and digits half-width, punctuation next to Chinese full-width, as mainland print has it.

All is decided on arrays of code points; nothing here looks at one character at a time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.characters import code_points, spread
from flows.chinese import radicals
from flows.document import Page
from flows.normalize.edits import flag_damage, spans
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

ENGLISH, WORDS = 3, 3
"""A line with more than so many Latin letters to one Chinese character, in so many words, is an English passage
and keeps its punctuation; an address is not."""

DOUBLED = re.compile("(?<![，。、；：])([，。、；：])(\\1)(?![，。、；：])")
"""Exactly two equal marks; three and more are somebody's ellipsis, ！！ and ？？ are emphasis."""

MISPLACED, BEFORE_QUESTION = re.compile("，+(?=[。、；：])"), re.compile("，[？！]")
STREWN = 3
"""Commas doubled or before other marks, from which on they are a mirror's; one is somebody's slip, and which of the two
marks was meant is not certain."""

SPACED_MARKS = ",:;?!，。、；：？！"
SPACED = re.compile(f"(?<=[^\\s{SPACED_MARKS}])(?P<before> +)(?P<mark>[{SPACED_MARKS}])(?P<behind> *)")
IDEOGRAPH = re.compile("[\u2e80-\u9fff\uff01-\uff60“”‘’…—]")

QUERY = re.compile(r"\?(?=[\w%.-]{1,40}=)", re.ASCII)
"""The question mark inside a web address, which may stand behind Chinese."""

OUTSIDE, LATIN, DIGIT, SPACE, NEWLINE, MARK, CHINESE, FULL_MARK, BRACKET = range(9)
"""Sorts of characters; a mark is a half-width one that may be Chinese punctuation, a full mark or (full) bracket what
it becomes. From CHINESE on all are Chinese, and so are all characters beyond the first plane."""


CHANGED = 0x80
"""What the sort of a character has beside when the character becomes another one wherever it stands."""


class Tables(NamedTuple):
    """By code point: what it becomes wherever it stands, what it becomes next to Chinese, and the sort of what it
    becomes."""

    always: Codes
    beside: Codes
    sort: NDArray[np.uint8]


def fold_width(page: Page) -> Page:
    """The page in standard widths. Chinese punctuation loses the blanks around it where some stand before it (removals
    of kind `whitespace`), and where it is doubled its second mark (`repair`).

    Flag: `unrepaired_damage@raw_offset` where a mirror's comma stands before a question mark, which may be a lost
    character."""
    chars = page.text.chars
    if any(f" {mark}" in chars for mark in SPACED_MARKS):
        page = page.cut(_spaces(chars), "whitespace", "spaced_mark")
    page = _without_misplaced(replace(page, text=page.text.recode(fold(page.text.chars), Operation.WIDTH)))
    chars = page.text.chars
    if not any(2 * mark in chars for mark in "，。、；："):
        return page
    return page.cut([match.span(2) for match in DOUBLED.finditer(chars)], "repair", "doubled_punctuation")


def _without_misplaced(page: Page) -> Page:
    """A page that a mirror strewed with commas, without those before other marks; any other page as it is."""
    chars = page.text.chars
    strewn = spans(MISPLACED, chars)
    doubled = chars.count("，，")
    if not strewn or not (_is_mirrored(page) or (doubled and doubled + len(strewn) >= STREWN)):
        return page
    page = flag_damage(page, "unrepaired_damage", spans(BEFORE_QUESTION, chars))
    return page.cut(strewn, "repair", "misplaced_comma")


def _is_mirrored(page: Page) -> bool:
    return any(flag.startswith(("pinyin_damage", "unrepaired_damage")) for flag in page.flags)


def _spaces(chars: str) -> Iterator[tuple[int, int]]:
    """The blanks around Chinese punctuation that stands apart from what it closes; a half-width mark is Chinese if one
    of its neighbours is, and not between two digits (比分 3 : 5)."""
    for match in SPACED.finditer(chars):
        around = chars[match.start() - 1] + chars[match.end() : match.end() + 1]
        if not match["mark"].isascii() or (IDEOGRAPH.search(around) and not around.isdecimal()):
            yield match.span("before")
            yield match.span("behind")


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
        marks = _chinese_marks(codes, sorts)
        if "=" in text:
            marks = np.setdiff1d(marks, [place.start() for place in QUERY.finditer(text)])
    if len(marks):
        codes = codes.copy()
        codes[marks] = tables.beside[codes[marks]]
    return text if codes is old else codes.tobytes().decode("utf-32-le", "surrogatepass")


def _chinese_marks(codes: Codes, sorts: NDArray[np.uint8]) -> Places:
    """Where the half-width marks are that are Chinese punctuation. Marks that touch (好!!) are so together or not at
    all, and so are the two brackets of a pair."""
    marks = np.flatnonzero((sorts == MARK) | (sorts == BRACKET))
    full = sorts[marks] == BRACKET
    framed = np.concatenate(([NEWLINE], sorts, [NEWLINE]))
    before, behind = framed[marks], framed[marks + 2]
    beside: Mask = (before >= CHINESE) | (behind >= CHINESE) | full
    touching = np.flatnonzero(marks[1:] - marks[:-1] == 1)
    left, right = _pairs(codes[marks])
    beside = spread(beside, np.append(touching, left), np.append(touching + 1, right))
    single = np.ones(len(marks), np.bool_)
    single[left] = single[right] = False
    beside &= ~single | (before != DIGIT) | (behind != DIGIT)
    words = np.flatnonzero((sorts[:-1] == LATIN) & (sorts[1:] == SPACE))
    if len(words) >= WORDS:
        newlines = np.flatnonzero(sorts == NEWLINE)
        english = _in_english(sorts, words, newlines, np.searchsorted(newlines, marks)) & ~full
        english[left] = english[right] = english[left] & english[right]
        beside &= ~english
    chinese: Places = marks[beside & ~full]
    return chinese


def _pairs(own: Codes) -> tuple[Places, Places]:
    """The two brackets of each pair, of any width, by place among these marks."""
    opens = (own == ord("(")) | (own == ord("（"))
    brackets = np.flatnonzero(opens | (own == ord(")")) | (own == ord("）")))
    opens = opens[brackets]
    depth = np.cumsum(np.where(opens, 1, -1))
    level = np.where(opens, depth, depth + 1)
    order = np.argsort(level, kind="stable")
    left, right = order[:-1], order[1:]
    pairs = (level[left] == level[right]) & opens[left] & ~opens[right]  # at one level, the next closes what opens
    return brackets[left[pairs]], brackets[right[pairs]]


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


@cache
def _tables() -> Tables:
    always = np.arange(0x110000, dtype=np.uint32)
    for code in range(0xF900, 0xFB00):
        normal = unicodedata.normalize("NFKC", chr(code))
        always[code] = ord(normal) if len(normal) == 1 and normal > "\u3400" else code
    for table in (HALF, SMALL, str.maketrans(radicals())):
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
    sort[list(FULL)], sort[[_code(new) for new in FULL.values()]] = MARK, FULL_MARK
    sort[[ord("（"), ord("）")]] = BRACKET
    becomes = sort[always]
    becomes[always != np.arange(0x110000)] |= CHANGED
    return Tables(always, beside, becomes)


def _code(char: str | int | None) -> int:
    return char if isinstance(char, int) else ord(char or "\0")
