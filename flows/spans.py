"""A text with what was seen in it (an organization, a date, a title) as one character each: a regular expression reads
甲局、乙会联合印发《丙》 as two organizations, two words and a title."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

FIRST_CODE = 0xF0000
"""The characters of kinds of spans: private use that no font and no script has."""

_CODES = re.compile(f"[{chr(FIRST_CODE)}-{chr(FIRST_CODE + 0xFF)}]")


class Span(NamedTuple):
    """What was seen at text[start:end], of what kind, and what it means where that is not its own words."""

    start: int
    end: int
    kind: str
    value: Any = None


class View:
    """text[start:end] with the characters of `codes` in place of spans; of two that overlap the longer one of those
    that begin first. A span of a kind without a code stays as it is written."""

    def __init__(
        self, text: str, spans: Iterable[Span], codes: Mapping[str, str], start: int = 0, end: int | None = None
    ) -> None:
        end = len(text) if end is None else end
        parts: list[str] = []
        self._places, self._starts, self._seen = [0], [start], dict[int, Span]()
        done, place = start, 0
        for span in sorted((one for one in spans if one.kind in codes), key=lambda one: (one.start, -one.end)):
            if span.start < done or span.end > end:
                continue
            parts += [_CODES.sub("\ufffd", text[done : span.start]), codes[span.kind]]
            place += span.start - done
            self._seen[place] = span
            self._places += [place, place + 1]
            self._starts += [span.start, span.end]
            done, place = span.end, place + 1
        parts.append(_CODES.sub("\ufffd", text[done:end]))
        self.chars = "".join(parts)

    def offset(self, place: int) -> int:
        """Where in the text a place of the view stands."""
        n = bisect_right(self._places, place) - 1
        return self._starts[n] + place - self._places[n]

    def seen(self, start: int, end: int) -> list[Span]:
        """The spans between two places of the view, in order."""
        return [span for place, span in self._seen.items() if start <= place < end]
