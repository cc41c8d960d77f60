"""The exact inverse of a replacement of bytes that split characters: one line at a time.

Annotations are pure insertions, so the line's bytes without them are the bytes of the line as it was; only the bytes that
the mirror's decoder lost (each together with the "(" behind it, shown as one "?") have to be found. The annotation tells: the
lost byte and the one before it are a character that is read so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flows.normalize.gbk import expectation, gbk_bytes, gbk_char, is_read, read_so

BARRIER = -1
"""Stands among the bytes for a character that GBK does not have."""

MARGIN = 2
"""By how much the best candidate for a lost byte must beat the next one. With 2 the simulator of tests/normalize gives no
silent error in 2,000 texts."""

QUESTION = ord("?")


class Annotation(NamedTuple):
    """line[start:end] is "(pinyin)", or "?pinyin)" where the decoder lost a byte and the bracket."""

    start: int
    end: int
    pinyin: str
    lost: bool


class Knowledge(NamedTuple):
    """What the whole document says of the mirror's list of characters."""

    listed: frozenset[str]
    """Characters seen with an annotation."""
    unlisted: frozenset[str]
    """Characters seen without."""


@dataclass(slots=True)
class Restored:
    """What becomes of each character of a line: `chars[n]` is the new one, or None if it goes. `unsure`: places of
    characters that could not be found, where a "?" stays."""

    chars: list[str | None]
    unsure: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Bytes:
    """A line's bytes without its annotations: each with the place of its character, None for a lost byte; and, for each
    annotation, how many bytes stand before it."""

    codes: list[int | None] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    annotated: dict[int, Annotation] = field(default_factory=dict)


def unsplit(line: str, annotations: Sequence[Annotation], knowledge: Knowledge) -> Restored | None:
    """The line before the damage; None where its bytes have no reading as GBK."""
    content = _encode(line, annotations)
    unsure = _find_lost(content, knowledge)
    restored = Restored([None] * len(line), unsure)
    for annotation in _unfounded(content):
        restored.chars[annotation.start : annotation.end] = line[annotation.start : annotation.end]
        unsure.append(annotation.start)
    codes, places, at = content.codes, content.places, 0
    while at < len(codes):
        code = codes[at]
        if code == BARRIER or (code is not None and code < 0x80):
            restored.chars[places[at]] = line[places[at]]
            at += 1
            continue
        if at + 1 == len(codes) or codes[at + 1] == BARRIER:
            return None
        trail = codes[at + 1]
        if code is None or trail is None:
            restored.chars[places[at]] = "?"
        elif trail == QUESTION:
            restored.chars[places[at + 1]] = "?"
            restored.unsure.append(places[at + 1])
        else:
            char = gbk_char(code, trail)
            if char is None:
                return None
            restored.chars[places[at]] = char
        at += 2
    return restored


def _encode(line: str, annotations: Sequence[Annotation]) -> Bytes:
    content, done = Bytes(), 0
    for annotation in [*annotations, Annotation(len(line), len(line), "", False)]:
        for place in range(done, annotation.start):
            for code in gbk_bytes(line[place]) or (BARRIER,):
                content.codes.append(code)
                content.places.append(place)
        if annotation.lost:
            content.codes.append(None)
            content.places.append(annotation.start)
        if annotation.pinyin:
            content.annotated[len(content.codes)] = annotation
        done = annotation.end
    return content


def _unfounded(content: Bytes) -> list[Annotation]:
    """The annotations that stand behind no character that is read so: they are no annotations."""
    found = []
    for behind, annotation in content.annotated.items():
        lead, trail = content.codes[behind - 2 : behind] if behind > 1 else (None, None)
        char = gbk_char(lead, trail) if lead and trail and lead > 0x80 and trail > 0 else None
        if not annotation.lost and not (char and is_read(char, annotation.pinyin)):
            found.append(annotation)
    return found


def _find_lost(content: Bytes, knowledge: Knowledge) -> list[int]:
    """Fills in the lost bytes that have one answer; gives the places of the others."""
    unsure, leads = [], _lead_places(content.codes)
    for behind, annotation in content.annotated.items():
        at = behind - 1
        if not annotation.lost:
            continue
        before = content.codes[at - 1] if at else None
        code = _lost_code(before, annotation.pinyin, content.codes[at + 1 : at + 2], at in leads, knowledge)
        content.codes[at] = code
        if code is None:
            unsure.append(content.places[at])
    return unsure


def _lost_code(before: int | None, pinyin: str, behind: Sequence[int | None], is_lead: bool, knowledge: Knowledge) -> int | None:
    """The lost byte between two others, if one candidate is clearly the best."""
    if before is None or before < 0x80:
        return None
    scores: list[tuple[int, int]] = []
    for char, code in read_so(before, pinyin):
        score = 3 * (char in knowledge.listed) - 3 * (char in knowledge.unlisted) + min(expectation(char), 1)
        if is_lead:
            other = gbk_char(code, behind[0]) if code > 0x80 and behind and behind[0] is not None and behind[0] > 0 else None
            if other is None:
                continue
            score += 2 * expectation(other)
        scores.append((score, code))
    scores.sort(reverse=True)
    if not scores or len(scores) > 1 and scores[0][0] - scores[1][0] < MARGIN:
        return None
    return scores[0][1]


def _lead_places(codes: Sequence[int | None]) -> frozenset[int]:
    """Where a character of two bytes begins. The value of a lost byte does not change it: it is one of a pair."""
    leads, at = set(), 0
    while at < len(codes):
        code = codes[at]
        if code is None or code >= 0x80:
            leads.add(at)
            at += 1
        at += 1
    return frozenset(leads)
