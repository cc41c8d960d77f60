"""Traditional to mainland Simplified characters, only where text is Traditional; no word is replaced by another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.characters import code_points
from flows.chinese import holds_traditional, simplified_only, traditional_only
from flows.document import Page
from flows.normalize.simplify import convert, simplify
from flows.text import Operation

MINORITY = 0.1
"""From this share of the text in the other script on a page counts as mixed."""

PASSAGE = 3
"""Distinguishing characters that a line needs to be of the other script than its page: a name (张昇, 志愿) is
no passage."""

PIECE = re.compile("[“「『][^“”「」『』]*[”」』]?|[^“「『。！？；]*[。！？；]|[^“「『。！？；]+|.", re.DOTALL)
"""A quotation, or a sentence beside it, in a line."""

SCRIPTS = TRADITIONAL, SIMPLIFIED = 1, 2
KANA, LEAST_KANA = re.compile("[\u3041-\u30fa]"), 3
"""What a line of Japanese has, at least half as often as forms that only one script has."""


__all__ = ["simplify", "to_simplified"]


Counts = NDArray[np.intp]


class Lines(NamedTuple):
    """For each line of a text: where it begins, how many characters it has that only one script has (none that is not
    Chinese, but Japanese), and how many in all."""

    starts: Counts
    traditional: Counts
    simplified: Counts
    lengths: Counts
    chinese: NDArray[np.bool_]


def to_simplified(page: Page) -> Page:
    """The page in Simplified characters, and `script`: Hans, Hant, or mixed where both have passages of their own.

    Decided by document, then by line, then by quotation or sentence. What stands in a Simplified page stays as it is,
    names with old characters too, unless it is clearly Traditional, and the other way round. Flag:
    `ambiguous_script:N`, converted characters that have several Simplified forms and stood in no known phrase.
    """
    chars = page.text.chars
    if not holds_traditional(chars):
        return replace(page, script="Hans")
    lines = _count(chars)
    script, turns = _decide(lines)
    page = replace(page, script=script)
    passages = _passages(chars, lines, turns)
    if not passages:
        return page
    parts, done, ambiguous = [], 0, 0
    for start, end in passages:
        converted = convert(chars[start:end])
        parts += [chars[done:start], converted.text]
        done, ambiguous = end, ambiguous + converted.ambiguous
    page = replace(page, text=page.text.recode("".join([*parts, chars[done:]]), Operation.SCRIPT))
    return page.flag(f"ambiguous_script:{ambiguous}") if ambiguous else page


def _decide(lines: Lines) -> tuple[str, NDArray[np.bool_]]:
    """The page's script, and which lines are to be converted."""
    mostly_traditional = lines.traditional.sum() > lines.simplified.sum()
    as_traditional, as_simplified = _clearly(lines.traditional, lines.simplified)
    other = as_simplified if mostly_traditional else as_traditional
    weight = lines.lengths[other].sum() / max(1, lines.lengths[as_traditional | as_simplified].sum())
    turns = lines.chinese & ~as_simplified if mostly_traditional else as_traditional
    if weight >= MINORITY:
        return "mixed", turns
    return ("Hant" if mostly_traditional else "Hans"), turns


def _clearly(traditional: Counts, simplified: Counts) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which of some pieces of text are Traditional beyond doubt, and which Simplified, by the characters in them that
    only one script has."""
    return (
        (traditional >= PASSAGE) & (traditional > 3 * simplified),
        (simplified >= PASSAGE) & (simplified > 3 * traditional),
    )


def _passages(chars: str, lines: Lines, turns: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The spans of the text to be converted, in order, neighbouring ones as one: lines, but for what is of the other
    script in a line."""
    spans: list[tuple[int, int]] = []
    ends = lines.starts + lines.lengths
    mixed = (np.where(turns, lines.simplified, lines.traditional) >= PASSAGE).tolist()
    for start, end, turn, both in zip(lines.starts.tolist(), ends.tolist(), turns.tolist(), mixed, strict=True):
        for a, b in _pieces(chars, start, end, turn) if both else [(start, end)] if turn else []:
            if spans and spans[-1][1] == a:
                a = spans.pop()[0]
            spans.append((a, b))
    return spans


def _pieces(chars: str, start: int, end: int, turns: bool) -> Iterator[tuple[int, int]]:
    """The parts of a line that are to be converted if, on the whole, it `turns` or stays: a quotation or sentence that
    is clearly of the other script does not go with it."""
    pieces = [match.span() for match in PIECE.finditer(chars, start, end)]
    counts = _count_pieces(chars[start:end], np.array([a - start for a, _ in pieces]))
    traditional, simplified = _clearly(*counts)
    for piece, other in zip(pieces, (simplified if turns else traditional).tolist(), strict=True):
        if turns != other:
            yield piece


def _count(chars: str) -> Lines:
    newlines = np.flatnonzero(code_points(chars) == ord("\n")) + 1
    starts = np.append(0, newlines[newlines < len(chars)])
    traditional, simplified = _count_pieces(chars, starts)
    chinese = np.ones(len(starts), np.bool_)
    if KANA.search(chars):
        kana = np.array([len(KANA.findall(line)) for line in chars.split("\n")[: len(starts)]])
        chinese = (kana < LEAST_KANA) | (kana * 2 < traditional + simplified)
    lengths = np.diff(np.append(starts, len(chars)))
    return Lines(starts, traditional * chinese, simplified * chinese, lengths, chinese)


def _count_pieces(chars: str, starts: Counts) -> tuple[Counts, Counts]:
    """How many characters of each piece of a text, by where they start, only one script has: the two of SCRIPTS."""
    sorts = _sorts()[code_points(chars)]
    traditional, simplified = (np.add.reduceat(sorts == sort, starts, dtype=np.intp) for sort in SCRIPTS)
    return traditional, simplified


@cache
def _sorts() -> NDArray[np.uint8]:
    """By code point: whether only Traditional or only Simplified text has it."""
    sorts = np.zeros(0x110000, np.uint8)
    sorts[[ord(char) for char in traditional_only() - simplified_only()]] = TRADITIONAL
    sorts[[ord(char) for char in simplified_only() - traditional_only()]] = SIMPLIFIED
    return sorts
