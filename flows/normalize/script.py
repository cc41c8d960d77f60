"""Traditional to mainland Simplified characters, only where text is Traditional; no word is replaced by another."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.characters import code_points
from flows.chinese import holds_traditional, simplified_only, traditional_only
from flows.document import Page
from flows.normalize.simplify import Converted, convert, simplify
from flows.text import Operation

MINORITY = 0.1
"""From this share of the text in the other script on a page counts as mixed."""

PASSAGE = 3
"""Distinguishing characters that a line needs to be of the other script than its page: a name (张昇, 志愿) is
no passage."""

TRADITIONAL, SIMPLIFIED = 1, 2


__all__ = ["simplify", "to_simplified"]


class Lines(NamedTuple):
    """For each line of a text: where it begins, and how many characters it has that only one script has."""

    starts: NDArray[np.intp]
    traditional: NDArray[np.intp]
    simplified: NDArray[np.intp]
    lengths: NDArray[np.intp]


def to_simplified(page: Page) -> Page:
    """The page in Simplified characters, and `script`: Hans, Hant, or mixed where both have passages of their own.

    Decided by document, then by line. A line of a Simplified page stays as it is, names with old characters
    too, unless it is clearly Traditional, and the other way round. Flag: `ambiguous_script:N`, converted
    characters that have several Simplified forms and stood in no known phrase.
    """
    chars = page.text.chars
    if not holds_traditional(chars):
        return replace(page, script="Hans")
    lines = _count(chars)
    script, turns = _decide(lines)
    if not turns.any():
        return replace(page, script=script)
    converted, ambiguous = convert(chars) if turns.all() else _convert_lines(chars, lines, turns)
    page = replace(page, script=script, text=page.text.recode(converted, Operation.SCRIPT))
    return page.flag(f"ambiguous_script:{ambiguous}") if ambiguous else page


def _decide(lines: Lines) -> tuple[str, NDArray[np.bool_]]:
    """The page's script, and which lines are to be converted."""
    traditional, simplified = lines.traditional, lines.simplified
    mostly_traditional = traditional.sum() > simplified.sum()
    as_traditional = (traditional >= PASSAGE) & (traditional > 3 * simplified)
    as_simplified = (simplified >= PASSAGE) & (simplified > 3 * traditional)
    other = as_simplified if mostly_traditional else as_traditional
    weight = lines.lengths[other].sum() / max(1, lines.lengths[as_traditional | as_simplified].sum())
    turns = ~as_simplified if mostly_traditional else as_traditional
    if weight >= MINORITY:
        return "mixed", turns
    return ("Hant" if mostly_traditional else "Hans"), turns


def _convert_lines(chars: str, lines: Lines, turns: NDArray[np.bool_]) -> Converted:
    """The text with the lines that turn converted, neighbouring ones together."""
    edges = np.flatnonzero(np.diff(turns)) + 1
    bounds = [0, *lines.starts[edges].tolist(), len(chars)]
    parts = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        part = chars[start:end]
        parts.append(convert(part) if bool(turns[0]) != bool(number % 2) else Converted(part, 0))
    return Converted("".join(part.text for part in parts), sum(part.ambiguous for part in parts))


def _count(chars: str) -> Lines:
    codes = code_points(chars)
    sorts = _sorts()[codes]
    newlines = np.flatnonzero(codes == ord("\n")) + 1
    starts = np.append(0, newlines[newlines < len(codes)])
    lengths = np.diff(np.append(starts, len(codes)))
    return Lines(
        starts,
        np.add.reduceat(sorts == TRADITIONAL, starts, dtype=np.intp),
        np.add.reduceat(sorts == SIMPLIFIED, starts, dtype=np.intp),
        lengths,
    )


@cache
def _sorts() -> NDArray[np.uint8]:
    """By code point: whether only Traditional or only Simplified text has it."""
    sorts = np.zeros(0x110000, np.uint8)
    sorts[[ord(char) for char in traditional_only() - simplified_only()]] = TRADITIONAL
    sorts[[ord(char) for char in simplified_only() - traditional_only()]] = SIMPLIFIED
    return sorts
