"""Lines of a page, and the form of their characters that rules are written against."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, compress, count
from operator import add, sub
from typing import NamedTuple

import numpy as np

from flows.characters import CharacterMap
from flows.document import Block
from flows.text import Text

# One width and one style of punctuation, so that a rule is written once. One to one: places stay valid.
_FORM = CharacterMap(
    {
        **{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)},
        **dict.fromkeys("\u00a0\u3000\t\u2002\u2003\u2009", " "),
        **dict.fromkeys("【〔〖［", "["),
        **dict.fromkeys("】〕〗］", "]"),
        **dict.fromkeys("︰∶", ":"),
        **dict.fromkeys("｜│┊┃┆丨", "|"),
        **dict.fromkeys("›»→▶►", ">"),
        **dict.fromkeys("•●‧・∙▪◆■★□◎◇○", "·"),
    }
)


def unspaced(chars: str) -> str:
    """The characters without white space, of which headlines on one page have more or less."""
    return "".join(chars.split())


def rule_form(chars: str) -> str:
    """The characters as rules see them: ASCII punctuation, plain spaces. As long as the input."""
    return _FORM(chars)


class Places(NamedTuple):
    """The lines of a page that are not blank, without the white space at their ends, by column."""

    starts: list[int]
    ends: list[int]
    chars: list[str]
    blocks: list[Block | None]


def stripped_lines(chars: str) -> list[str]:
    """The lines of a text that are not blank, without the white space at their ends."""
    return list(filter(None, map(str.strip, chars.split("\n"))))


def split_lines(text: Text, blocks: Sequence[Block] = ()) -> Places:
    """The lines of a text, each with the last block that begins before its first character or there."""
    wholes = text.chars.split("\n")
    behind = map(add, accumulate(map(len, wholes)), count())
    starts = list(compress(map(sub, behind, map(len, map(str.lstrip, wholes))), map(str.strip, wholes)))
    lines = stripped_lines(text.chars)
    ends = list(map(add, starts, map(len, lines)))
    if not blocks:
        return Places(starts, ends, lines, [None] * len(lines))
    by_place = [None, *blocks]
    places = np.array([block.start for block in blocks]).searchsorted(text.start[starts], "right")
    return Places(starts, ends, lines, [by_place[place] for place in places.tolist()])
