"""Lines of a page, and the form of their characters that rules are written against."""

from __future__ import annotations

from collections.abc import Sequence
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


def split_lines(text: Text, blocks: Sequence[Block] = ()) -> Places:
    """The lines of a text, each with the last block that begins before its first character or there."""
    starts, ends, lines = [], [], []
    behind = -1
    for whole in text.chars.split("\n"):
        behind += len(whole) + 1
        chars = whole.strip()
        if chars:
            start = behind - len(whole if len(chars) == len(whole) else whole.lstrip())
            starts.append(start)
            ends.append(start + len(chars))
            lines.append(chars)
    if not blocks:
        return Places(starts, ends, lines, [None] * len(lines))
    by_place = [None, *blocks]
    places = np.array([block.start for block in blocks]).searchsorted(text.start[starts], "right")
    return Places(starts, ends, lines, [by_place[place] for place in places.tolist()])
