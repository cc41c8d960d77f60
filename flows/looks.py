"""Patterns that are costly to try and seldom fit: a look that is read off the pattern itself tells where it cannot."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from flows.literals import ends_of, literals_around

MOST_LOOKED_FOR = 40
"""Of more literals looking for each costs more than trying the pattern."""


class AtEnd:
    """A pattern of what stands at the end of some words; it ends in $. Tried only where they end in a character that
    can be its last."""

    def __init__(self, pattern: str) -> None:
        self._search = re.compile(pattern).search
        lasts = ends_of(pattern)
        self._lasts = lasts | {"\n"} if lasts is not None else None

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        end = min(end, len(text))
        if self._lasts is not None and (end <= start or text[end - 1] not in self._lasts):
            return None
        return self._search(text, start, end)


class IfHeld:
    """A pattern that is looked for in a stretch of text; tried only if that holds one of its literals."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._pattern = re.compile(pattern, flags)
        literals = literals_around(pattern, MOST_LOOKED_FOR) if not flags & re.IGNORECASE else None
        self._look = re.compile("|".join(map(re.escape, sorted(literals or [""])))).search

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """As `re.Pattern.finditer`."""
        return self._pattern.finditer(text, start, end) if self._look(text, start, end) else iter(())

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self._pattern.search(text, start, end) if self._look(text, start, end) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.fullmatch`."""
        return self._pattern.fullmatch(text) if self._look(text) else None
