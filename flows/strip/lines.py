"""Lines of a page, and the form of their characters that rules are written against."""

from __future__ import annotations

import re

from flows.document import Line
from flows.text import Text

# One width and one style of punctuation, so that a rule is written once. One to one: places stay valid.
_FORM = str.maketrans(
    {
        **{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)},
        **dict.fromkeys("\u00a0\u3000\t\u2002\u2003\u2009", " "),
        **dict.fromkeys("【〔〖［", "["),
        **dict.fromkeys("】〕〗］", "]"),
        **dict.fromkeys("︰∶", ":"),
        **dict.fromkeys("｜│┊┃┆丨", "|"),
        **dict.fromkeys("›»→▶►", ">"),
        **dict.fromkeys("•●‧・∙▪◆■★", "·"),
    }
)

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BLOCK_END = re.compile(r"</(?:p|div|li|tr|h[1-6])>|<(?:br|hr)\s*/?>", re.IGNORECASE)


def rule_form(chars: str) -> str:
    """The characters as rules see them: ASCII punctuation, plain spaces. As long as the input."""
    return chars.translate(_FORM)


def split_lines(text: Text) -> tuple[Line, ...]:
    """The lines of a text that are not blank, without the white space at their ends.

    Markup left in a text ends a line where it ends a paragraph.
    """
    spans: list[tuple[int, int]] = []
    for found in _LINE.finditer(text.chars):
        start, end = found.span()
        if "<" in found.group():
            for mark in _BLOCK_END.finditer(text.chars, start, end):
                spans.append((start, mark.end()))
                start = mark.end()
        spans.append((start, end))
    lines = []
    for start, end in spans:
        chars = text.chars[start:end]
        start += len(chars) - len(chars.lstrip())
        if chars := chars.strip():
            lines.append(Line(len(lines), start, start + len(chars), chars))
    return tuple(lines)
