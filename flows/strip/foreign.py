"""Text in other languages: whether a page is Chinese, and which lines are a translation beside its Chinese story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.characters import code_points
from flows.strip.judge import Judged
from flows.strip.layout import Layout
from flows.strip.title import overlap

SOME = 0.2
"""Foreign text beside Chinese, by weight, from which on the lines of a page are looked at."""

TRANSLATION = 0.4
"""The same for prose, from which on it is a translation, and no words that a story quotes."""

MOST = 4.0
"""How many times the Chinese story foreign prose must be for the page to be foreign: a notice in Chinese stands on many
pages of other languages, a translation is never so much longer."""

LETTERS = 3.0
"""Letters that say as much as a Chinese character."""

KANA, RUNS, BESIDE = 0.2, 3, 6
"""Least share of kana in a line of Japanese, which has half as a rule, and in how many places, as a title that a
Chinese line names stands in one; and least number of letters to a Chinese character in a line of another language."""

FIRST_WIDE = 0x2E80
"""Where the letters end and the writing of East Asia begins."""

TITLE, SHARED = 6, 0.4
"""Chinese characters of a headline that shows the story to be Chinese, and the share of it that stands in the story."""

PROSE, WORDS = 12.0, 8
"""Least weight of a line of foreign prose, and words in it where it is written in words."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9d]+")
_QUOTED = ((re.compile("《[^》]*》"), "》"), (re.compile("[“「『][^”」』]*[”」』]"), "”」』"))
"""What is quoted, and the marks that end it."""

_HANGUL = re.compile("[\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W\d_\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+")
"""A word in letters: Latin, Cyrillic, Greek, Arabic, Thai and so on."""


class Weights(NamedTuple):
    """How much text is Chinese, in other languages, and prose in these, in Chinese characters or what says as much."""

    chinese: float
    foreign: float
    prose: float


class Line(NamedTuple):
    """What a line weighs, whether it is in another language, and prose in it."""

    weight: float
    foreign: bool
    prose: bool


def take_foreign(judged: Sequence[Judged], text: str) -> Weights:
    """What the page weighs, `text` being all of it; lines of a translation beside Chinese text are taken."""
    if not _has_some(text):
        return Weights(1.0, 0.0, 0.0)
    lines = [weigh(one.chars) for one in judged]
    weights = Weights(
        sum(line.weight for line in lines if not line.foreign),
        sum(line.weight for line in lines if line.foreign),
        sum(line.weight for line in lines if line.prose),
    )
    if weights.prose >= TRANSLATION * weights.chinese:
        for one, line in zip(judged, lines, strict=True):
            if line.prose:
                one.take("other", "foreign_language")
    return weights


def tells_chinese(judged: Sequence[Judged], layout: Layout, weights: Weights) -> bool:
    """Is the story of a layout Chinese, or some notice on a page in another language? A story may stand among much more
    of the other if its headline is its own."""
    if not weights.prose:
        return True
    lines = [one for a, b in layout.bodies for one in judged[a:b] if one.kind is None]
    if weights.prose <= MOST * sum(line.weight for one in lines if not (line := weigh(one.chars)).foreign):
        return True
    title = judged[layout.title].form if layout.title is not None else ""
    return len(_HAN.findall(title)) >= TITLE and overlap(title, "".join(one.form for one in lines)) >= SHARED


def weigh(chars: str) -> Line:
    """A line by what its characters say."""
    han, hangul = len(_HAN.findall(chars)), len(_HANGUL.findall(chars))
    runs, words = _KANA.findall(_unquoted(chars)), _WORD.findall(chars)
    kana, letters = sum(map(len, runs)), sum(map(len, words))
    if (kana > KANA * (kana + han) and len(runs) >= RUNS) or kana > han or hangul > han:
        weight = han + kana + hangul
        return Line(weight, True, weight >= PROSE)
    if letters > BESIDE * han:
        return Line(letters / LETTERS, True, letters >= PROSE * LETTERS and len(words) >= WORDS)
    return Line(han, False, False)


def _unquoted(chars: str) -> str:
    """A line without what it quotes. Behind the last mark that ends a quotation none is looked for: each that is never
    closed would be followed to the end of the line."""
    for quoted, marks in _QUOTED:
        end = max(chars.rfind(mark) for mark in marks) + 1
        chars = quoted.sub("", chars[:end]) + chars[end:]
    return chars


def _has_some(text: str) -> bool:
    sorts = _sorts()[code_points(text)]
    counts = np.bincount(sorts, minlength=4)
    return bool(counts[2] + counts[3] / LETTERS > SOME * counts[1])


@cache
def _sorts() -> NDArray[np.uint8]:
    """By code point: 1 for Chinese characters, 2 for kana and hangul, 3 for letters, else 0."""
    sorts = np.zeros(0x110000, np.uint8)
    sorts[[code for code in range(FIRST_WIDE) if chr(code).isalpha()]] = 3
    for sort, first, last in ((2, 0x3041, 0x3100), (1, 0x3400, 0xA000), (2, 0xAC00, 0xD7A4), (2, 0xFF66, 0xFF9E)):
        sorts[first:last] = sort
    return sorts
