"""Printed lines to one line of text, and where a sentence can end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from flows.read.pdf.sheet import PrintedLine

SHORT = 0.6
"""Ems that a line leaves blank at its end, beside those that the next characters need, if it is the last of its
paragraph."""

_MARKS = r"(?:[{}]|[a-zA-Z)]\.)[”’』」）)]*$"
_CLOSED = re.compile(_MARKS.format("。！？!?；;…：:"))
_ENDED = re.compile(_MARKS.format("。！？!?…"))
_UNBREAKABLE = re.compile(r"[!-~]+|[“‘（《「『]*.[，。、；：！？”’）》」』…—]*")
_NUMERAL = re.compile(r"\d[.,:]?$")


def is_closed(chars: str) -> bool:
    """Can a paragraph end here?"""
    return _CLOSED.search(chars) is not None


def is_ended(chars: str) -> bool:
    """Does a sentence end here?"""
    return _ENDED.search(chars) is not None


def may_leave(chars: str) -> float:
    """The ems that a line may leave blank if these characters did not fit any more: a Latin word cannot be parted, nor
    a character from the marks that may not begin or end a line."""
    found = _UNBREAKABLE.match(chars)
    first = found.group() if found else ""
    return SHORT + (0.6 * len(first) if first.isascii() else len(first))


def join(lines: Sequence[PrintedLine], width: float | None) -> str:
    """Lines as one. Where a line ends before the `width` (points) is full, somebody broke it there, and a space
    stands for the break; None: it is running text."""
    chars = lines[0].chars
    for a, b in pairwise(lines):
        broken = width is not None and a.rect.width + 2 * a.size <= width
        chars = f"{chars} {b.chars}" if broken else glue(chars, b.chars)
    return chars


def glue(a: str, b: str) -> str:
    """Two lines of running text as one: a space only between Latin words."""
    if not a[-1].isascii() or not b[0].isascii() or a[-1] in "-/([" or b[0] in "-/)],.;:!?%":
        return a + b
    return a + b if b[0].isdigit() and _NUMERAL.search(a) else f"{a} {b}"
