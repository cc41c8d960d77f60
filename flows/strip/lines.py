"""Lines of a page, and the form of their characters that rules are written against."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from flows.characters import CharacterMap
from flows.document import Block, Line
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


def split_lines(text: Text, blocks: Sequence[Block] = ()) -> tuple[Line, ...]:
    """The lines of a text that are not blank, without the white space at their ends; with their blocks."""
    lines: list[Line] = []
    starts = [block.start for block in blocks]
    behind = -1
    for whole in text.chars.split("\n"):
        behind += len(whole) + 1
        chars = whole.lstrip()
        if chars:
            start = behind - len(chars)
            chars = chars.rstrip()
            place = bisect_right(starts, text.start.item(start)) - 1 if starts else -1
            block = blocks[place] if place >= 0 else None
            lines.append(Line(len(lines), start, start + len(chars), chars, block=block))
    return tuple(lines)
