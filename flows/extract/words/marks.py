"""Marks: where the part of a text begins that stands behind the last of some marks, or that tells what it is about."""

from __future__ import annotations

import re
import sys
from typing import Protocol

CLAUSE_ENDS = "，；。！？\n"
"""What ends a clause; a colon leads on from what it introduces (目标：建站12个)."""

PART_ENDS = CLAUSE_ENDS + "："
"""What ends a part of a sentence."""

QUOTES = "“”"

_LONGEST_CONTEXT = 60  # characters


class BehindLast(Protocol):
    """Gives where a text goes on behind the last mark in text[start:end], 0 if that holds none."""

    def __call__(self, text: str, start: int = 0, end: int = sys.maxsize) -> int: ...


def behind_last(marks: str) -> BehindLast:
    """A function that finds the last of some marks; it looks from the end."""
    match = re.compile(f"(?s:.*)[{re.escape(marks)}]").match

    def place(text: str, start: int = 0, end: int = sys.maxsize) -> int:
        return m.end() if (m := match(text, start, end)) else 0

    return place


behind_clause_end = behind_last(CLAUSE_ENDS)
"""Where the clause goes on behind the last one that ended in text[start:end], 0 if none did."""

behind_part_end = behind_last(PART_ENDS)
"""The same of parts."""


def context_start(text: str, sentence: int) -> int:
    """Where the words begin that tell what a sentence is about: in the one before for a sentence that 其中 begins."""
    return max(0, sentence - _LONGEST_CONTEXT) if text.startswith("其中", sentence) else sentence
