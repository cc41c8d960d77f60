"""Text: characters, and for each the place in the raw document that it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOWHERE = -1


class Operation(IntEnum):
    """How a character of a text came from its raw characters (`lineage.operation`)."""

    KEEP = 0
    SCRIPT = 1
    WIDTH = 2
    REPAIR = 3
    JOIN = 4


class Edit(NamedTuple):
    """Put `chars` in the place of text[start:end]; an empty `chars` deletes."""

    start: int
    end: int
    chars: str
    operation: Operation


class Run(NamedTuple):
    """text[start:end] came from raw[raw_start:raw_end]; both None for inserted characters."""

    start: int
    end: int
    raw_start: int | None
    raw_end: int | None
    operation: Operation


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """An immutable string of n characters aligned with the raw document.

    `start` and `end` (int32, shape (n,)) hold the half-open raw span of each character, in code points
    of the decoded raw document; both are -1 for an inserted character, and equal where one raw character
    became several. `operation` (uint8, shape (n,)) says how the character was made. The spans of
    different characters never overlap, whatever was edited, so what is kept and what was deleted always
    add up to the raw document.
    """

    chars: str
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    operation: NDArray[np.uint8]

    @classmethod
    def of(cls, raw: str) -> Text:
        """The text of a whole raw document: every character kept, in its place."""
        places = np.arange(len(raw) + 1, dtype=np.int32)
        return cls(raw, places[:-1], places[1:], np.zeros(len(raw), np.uint8))

    @classmethod
    def inserted(cls, chars: str) -> Text:
        """Characters that no raw character stands behind, such as the newline between paragraphs."""
        nowhere = np.full(len(chars), NOWHERE, np.int32)
        return cls(chars, nowhere, nowhere, np.full(len(chars), Operation.JOIN, np.uint8))

    @classmethod
    def concat(cls, parts: Iterable[Text]) -> Text:
        """The parts one after the other, in the order given, which may differ from the raw order."""
        parts = list(parts)
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return cls.of("")
        return cls(
            "".join(part.chars for part in parts),
            np.concatenate([part.start for part in parts]),
            np.concatenate([part.end for part in parts]),
            np.concatenate([part.operation for part in parts]),
        )

    @classmethod
    def join(cls, separator: str, parts: Iterable[Text]) -> Text:
        """The parts with an inserted separator between them."""
        between = cls.inserted(separator)
        out: list[Text] = []
        for part in parts:
            out += [between, part] if out else [part]
        return cls.concat(out)

    def __len__(self) -> int:
        return len(self.chars)

    def __str__(self) -> str:
        return self.chars

    def __getitem__(self, place: slice) -> Text:
        """text[a:b], without a step."""
        return Text(self.chars[place], self.start[place], self.end[place], self.operation[place])

    def strip(self) -> Text:
        """The text without white space at its ends."""
        a = len(self.chars) - len(self.chars.lstrip())
        return self[a : max(a, len(self.chars.rstrip()))]

    def recode(self, chars: str, operation: Operation) -> Text:
        """The text with each character replaced by the one at its place in `chars`, of the same length.

        Only characters that differ take the operation.
        """
        if len(chars) != len(self.chars):
            raise ValueError(f"recode needs {len(self.chars)} characters, got {len(chars)}")
        if chars == self.chars:
            return self
        changed = code_points(chars) != code_points(self.chars)
        return Text(chars, self.start, self.end, np.where(changed, np.uint8(operation), self.operation))

    def edit(self, edits: Sequence[Edit]) -> Text:
        """The text after all edits, whose places count in this text: in order, none overlapping.

        Replaced characters pair off one to one from the left. When there are fewer new ones, the last
        takes the raw span of all that remain, which must then be contiguous in the raw document; when
        there are more, the surplus takes an empty span behind the last. An edit of an empty place inserts.

        Raises:
            ValueError: edits out of order or overlapping, or a span that is not contiguous (delete the
                surplus characters by an edit of their own and record them as a removal).
        """
        if not edits:
            return self
        parts, done = [], 0
        for edit in edits:
            if edit.start < done or edit.end < edit.start or edit.end > len(self.chars):
                raise ValueError(f"edit {edit.start}:{edit.end} overlaps another or leaves the text")
            parts.append(self[done : edit.start])
            if edit.chars:
                parts.append(self._replaced(edit))
            done = edit.end
        parts.append(self[done:])
        return Text.concat(parts)

    def _replaced(self, edit: Edit) -> Text:
        old, new = edit.end - edit.start, len(edit.chars)
        operation = np.full(new, edit.operation, np.uint8)
        if old == 0:
            nowhere = np.full(new, NOWHERE, np.int32)
            return Text(edit.chars, nowhere, nowhere, operation)
        start, end = self.start[edit.start : edit.end], self.end[edit.start : edit.end]
        if new > old:
            behind = np.full(new - old, end[-1], np.int32)
            return Text(edit.chars, np.concatenate([start, behind]), np.concatenate([end, behind]), operation)
        if (start[new:] != end[new - 1 : -1]).any():
            raise ValueError(f"edit {edit.start}:{edit.end} merges characters that are apart in the raw document")
        return Text(edit.chars, start[:new], np.append(end[: new - 1], end[-1]), operation)

    def delete(self, spans: Sequence[tuple[int, int]]) -> Text:
        """The text without the spans, given in order; the caller records them (see `raw_spans`)."""
        if not spans:
            return self
        stays = np.ones(len(self.chars), np.bool_)
        parts, done = [], 0
        for a, b in spans:
            if a < done or b < a or b > len(self.chars):
                raise ValueError(f"span {a}:{b} overlaps another or leaves the text")
            parts.append(self.chars[done:a])
            stays[a:b] = False
            done = b
        parts.append(self.chars[done:])
        return Text("".join(parts), self.start[stays], self.end[stays], self.operation[stays])

    def raw_spans(self, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """The raw spans of text[start:end], merged where contiguous, in raw order."""
        a, b = self.start[start:end], self.end[start:end]
        real = b > a
        a, b = a[real], b[real]
        if not len(a):
            return []
        order = np.argsort(a, kind="stable")
        a, b = a[order], b[order]
        gap = np.flatnonzero(a[1:] != b[:-1]) + 1
        firsts, lasts = np.append(0, gap), np.append(gap, len(a)) - 1
        return list(zip(a[firsts].tolist(), b[lasts].tolist(), strict=True))

    def raw_hull(self, start: int, end: int) -> tuple[int, int] | None:
        """The raw span from the first to the last raw character of text[start:end], in a text in raw order; None
        when all of it was inserted."""
        while start < end and self.end[start] <= self.start[start]:
            start += 1
        while end > start and self.end[end - 1] <= self.start[end - 1]:
            end -= 1
        return (int(self.start[start]), int(self.end[end - 1])) if start < end else None

    def runs(self) -> Iterator[Run]:
        """The alignment, compressed: maximal runs of one operation over contiguous raw characters.

        A run of several characters maps them one to one, except inserted ones, which map to nothing.
        """
        n = len(self.chars)
        if not n:
            return
        inserted = self.start == NOWHERE
        single = self.end - self.start == 1
        follows = (self.start[1:] == self.end[:-1]) & single[1:] & single[:-1]
        follows |= inserted[1:] & inserted[:-1]
        follows &= self.operation[1:] == self.operation[:-1]
        breaks = np.flatnonzero(~follows) + 1
        firsts, lasts = np.append(0, breaks), np.append(breaks, n)
        for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True):
            operation = Operation(int(self.operation[a]))
            if inserted[a]:
                yield Run(a, b, None, None, operation)
            else:
                yield Run(a, b, int(self.start[a]), int(self.end[b - 1]), operation)


class CharacterSet:
    """A set of characters that is looked for in whole texts, in an array by code point.

    `frozenset.isdisjoint(text)` and `set(text)` make a string of each Chinese character: 15 MB/s, and this 300.
    """

    def __init__(self, chars: Iterable[str]) -> None:
        self._holds = np.zeros(0x110000, np.bool_)
        self._holds[[ord(char) for char in chars]] = True

    def within(self, text: str) -> frozenset[str]:
        """Those of the set that stand in the text."""
        codes = code_points(text)
        return _characters(codes[self._holds[codes]])

    def missing(self, text: str) -> frozenset[str]:
        """The characters of the text that are not in the set."""
        codes = code_points(text)
        return _characters(codes[~self._holds[codes]])


def _characters(codes: NDArray[np.uint32]) -> frozenset[str]:
    return frozenset(map(chr, np.unique(codes).tolist())) if len(codes) else frozenset()


def code_points(chars: str) -> NDArray[np.uint32]:
    """The characters as an array of code points, shape (n,); lone surrogates included."""
    return np.frombuffer(chars.encode("utf-32-le", "surrogatepass"), np.uint32)
