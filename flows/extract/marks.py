"""Marks: where the part of a text begins that stands behind the last of some marks."""

from __future__ import annotations


def behind_last(marks: str, text: str) -> int:
    """Where the text goes on behind the last of the marks in it; 0 if it holds none."""
    return max(map(text.rfind, marks)) + 1
