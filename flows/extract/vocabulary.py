"""Vocabularies as the extractors use them: by name, and as regular expressions."""

from __future__ import annotations

from collections.abc import Iterable
from re import escape

from flows.vocabulary import load_vocabulary as vocabulary

__all__ = ["one_of", "vocabulary"]


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first, so that 人次 is not read as 人."""
    return "|".join(escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
