"""Marks: where the part of a text begins that stands behind the last of some marks, or that tells what it is about."""

from __future__ import annotations

import re
from collections.abc import Callable

_LONGEST_CONTEXT = 60  # characters


def behind_last(marks: str) -> Callable[[str], int]:
    """A function that gives where a text goes on behind the last of the marks in it, 0 if it holds none."""
    marks = re.escape(marks)
    search = re.compile(f"[{marks}](?=[^{marks}]*+\\Z)").search

    def place(text: str) -> int:
        return m.end() if (m := search(text)) else 0

    return place


def context_start(text: str, sentence: int) -> int:
    """Where the words begin that tell what a sentence is about: in the one before for a sentence that 其中 begins."""
    return max(0, sentence - _LONGEST_CONTEXT) if text.startswith("其中", sentence) else sentence
