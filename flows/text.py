"""Text: characters, and for each the place in the raw document that it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.characters import code_points

NOWHERE = -1

MANY = 8
"""Spans from which on one pass over the text is cheaper than a few for each span."""


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
        there are more, the surplus takes an empty span behind the last. An edit of an empty place inserts, and
        so does one by JOIN: the old characters are deleted.

        Raises:
            ValueError: edits out of order or overlapping, or a span that is not contiguous (delete the
                surplus characters by an edit of their own and record them as a removal).
        """
        if not edits:
            return self
        parts, lengths, shifts, done, shift = [], [], [], 0, 0
        replaced: list[tuple[Edit, int]] = []  # and the place of its first character in the new text
        inserted: list[int] = []
        how: list[Operation] = []
        for edit in edits:
            start, end, chars, operation = edit
            if start < done or end < start or end > len(self.chars):
                raise ValueError(f"edit {start}:{end} overlaps another or leaves the text")
            parts += [self.chars[done:start], chars]
            lengths.append(start - done + len(chars))
            shifts.append(shift)  # from a place in the new text to that in the old
            if chars and operation is not Operation.JOIN and end > start:
                replaced.append((edit, start - shift))
            elif chars:
                inserted += range(start - shift, start - shift + len(chars))
                how += [operation] * len(chars)
            shift += end - start - len(chars)
            done = end
        parts.append(self.chars[done:])
        new = Text.inserted("".join(parts))
        if self.chars:
            lengths.append(len(self.chars) - done)
            source = np.arange(len(new.chars)) + np.repeat([*shifts, shift], lengths)
            old = (self.start, self.end, self.operation)
            new = Text(new.chars, *[values.take(source, mode="clip") for values in old])
        new.start[inserted] = new.end[inserted] = NOWHERE
        new.operation[inserted] = how
        for edit, place in replaced:
            self._align(edit, place, new)
        return new

    def _align(self, edit: Edit, place: int, new: Text) -> None:
        """Aligns the edit's characters, which stand in the new text from `place` on, with those that they replace."""
        old, made, behind = edit.end - edit.start, len(edit.chars), place + len(edit.chars)
        new.operation[place:behind] = edit.operation
        if made > old:
            new.start[place + old : behind] = new.end[place + old : behind] = self.end[edit.end - 1]
        elif made < old:
            first = edit.start + made
            if (self.start[first : edit.end] != self.end[first - 1 : edit.end - 1]).any():
                raise ValueError(f"edit {edit.start}:{edit.end} merges characters that are apart in the raw document")
            new.end[behind - 1] = self.end[edit.end - 1]

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
        if not (real := b > a).all():
            a, b = a[real], b[real]
        if not len(a):
            return []
        if not (a[1:] != b[:-1]).any():
            return [(int(a[0]), int(b[-1]))]
        order = np.argsort(a, kind="stable")
        a, b = a[order], b[order]
        gaps = np.flatnonzero(a[1:] != b[:-1]) + 1
        return list(zip(a[np.append(0, gaps)].tolist(), b[np.append(gaps, len(a)) - 1].tolist(), strict=True))

    def each_raw_spans(self, spans: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
        """What `raw_spans` gives for each of the spans; for many of them in one pass over the text."""
        real = self.end > self.start
        if len(spans) < MANY or (self.start[real][1:] < self.end[real][:-1]).any():  # some are not in raw order
            return [self.raw_spans(*span) for span in spans]
        before = np.append(0, np.cumsum(self.end - self.start, dtype=np.int32))  # raw characters of text[:n]
        starts, ends = _bounds(spans)
        firsts, behind = self._hulls(starts, ends)
        covered = before[ends] - before[starts]
        own = [[hull] for hull in zip(firsts.tolist(), behind.tolist(), strict=True)]
        for place in np.flatnonzero((covered == 0) | (covered < behind - firsts)).tolist():
            own[place] = self.raw_spans(*spans[place])
        return own

    def raw_hulls(self, starts: Sequence[int], ends: Sequence[int]) -> tuple[list[int], list[int]]:
        """For each span of a text in raw order, starts[i] to ends[i], where the raw span from its first to its last
        raw character starts and ends; both are equal when all of it was inserted."""
        if not starts:
            return [], []
        firsts, behind = self._hulls(np.array(starts), np.array(ends))
        return firsts.tolist(), behind.tolist()

    def _hulls(self, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Where the hulls of the n spans text[start:end] start and end, shape (n,) each; empty where all was
        inserted."""
        lasts = ends - 1
        if (starts <= lasts).all():
            firsts, behind = self.start[starts], self.end[lasts]
            if ((firsts < self.end[starts]) & (self.start[lasts] < behind)).all():
                return firsts, behind
        if not (real := np.flatnonzero(self.end > self.start)).size:
            return np.zeros(len(starts), np.int32), np.zeros(len(starts), np.int32)
        first, last = np.searchsorted(real, starts), np.searchsorted(real, ends) - 1
        hulls = self.start[real.take(first, mode="clip")], self.end[real.take(last, mode="clip")]
        return np.where(first <= last, hulls[0], 0), np.where(first <= last, hulls[1], 0)


def _bounds(spans: Sequence[tuple[int, int]]) -> NDArray[np.intp]:
    """The spans' starts and ends, shape (2, n)."""
    return np.fromiter(chain.from_iterable(spans), np.intp, 2 * len(spans)).reshape(-1, 2).T
