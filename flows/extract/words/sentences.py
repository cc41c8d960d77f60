"""Sentences: where each of a text begins and ends, one definition for all finders."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from flows.extract.words.reading import Reading

# Begins with a set, so that `re` skips to it; what closes a quotation or a bracket behind a mark belongs to it.
_END = re.compile("[。！？!?\n](?:(?<=\n)\n*|(?<!\n)[。！？!?]*[”’」』）)]*)")


class Sentences:
    """The sentences of a text, each with its closing mark; a line is the end of one too."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *map(re.Match.end, _END.finditer(self.text))]

    def around(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence that a place lies in."""
        n = bisect_right(self._starts, place)
        return self._starts[n - 1], self._starts[n] if n < len(self._starts) else len(self.text)

    def start(self, place: int) -> int:
        """Where the sentence begins that a place lies in."""
        return self._starts[bisect_right(self._starts, place) - 1]

    def are_one(self, place: int, other: int) -> bool:
        """Whether two places lie in one sentence."""
        return bisect_right(self._starts, place) == bisect_right(self._starts, other)


def sentences_of(reading: Reading) -> Sentences:
    """The sentences of an article's text."""
    return reading.once(_of_text, "text")


def _of_text(reading: Reading) -> Sentences:
    return Sentences(reading.text)
