"""Marks: where the part of a text begins that stands behind the last of some marks."""

from __future__ import annotations

import re
from collections.abc import Callable


def behind_last(marks: str) -> Callable[[str], int]:
    """A function that gives where a text goes on behind the last of the marks in it, 0 if it holds none."""
    marks = re.escape(marks)
    search = re.compile(f"[{marks}](?=[^{marks}]*+\\Z)").search

    def place(text: str) -> int:
        return m.end() if (m := search(text)) else 0

    return place
