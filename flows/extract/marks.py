"""Marks: where the part of a text begins that stands behind the last of some marks."""

from __future__ import annotations

import re
import sys
from typing import Protocol


class BehindLast(Protocol):
    """Gives where a text goes on behind the last mark in text[start:end], 0 if that holds none."""

    def __call__(self, text: str, start: int = 0, end: int = sys.maxsize) -> int: ...


def behind_last(marks: str) -> BehindLast:
    """A function that finds the last of some marks; it looks from the end."""
    match = re.compile(f"(?s:.*)[{re.escape(marks)}]").match

    def place(text: str, start: int = 0, end: int = sys.maxsize) -> int:
        return m.end() if (m := match(text, start, end)) else 0

    return place
