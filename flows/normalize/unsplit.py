"""The exact inverse of a replacement of bytes that split characters: one line at a time.

Annotations are pure insertions, so the line's bytes without them are the bytes of the line as it was; only the
bytes that the mirror's decoder lost (each together with the "(" behind it, shown as one "?") have to be found. The
annotation tells: the lost byte and the one before it are a character that is read so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flows.normalize.gbk import expectation, gbk_bytes, gbk_char, is_read, read_so

BARRIER = -1
"""Stands among the bytes for a character that GBK does not have."""

MARGIN = 3
"""By how much the best candidate for a lost byte must beat the next one; see `_answers`. Simulated damage of 600,000
characters of real pages gave 3 wrong answers with 3, all for lists of rare characters, and 11 with 2."""

AHEAD = 6
"""Characters that are looked at to see which of two alignments gives text."""

FULL_WIDTH = 0xA3
"""Lead byte of the full-width forms of ASCII, whose trail byte is the ASCII one and 0x80."""

QUESTION, SPACE = ord("?"), ord(" ")


class Annotation(NamedTuple):
    """line[start:end] is "(pinyin)", or "?pinyin)" where the decoder lost a byte and the bracket."""

    start: int
    end: int
    pinyin: str
    lost: bool


class Knowledge(NamedTuple):
    """What the whole document says of the mirror's list: characters seen with an annotation, and without; and
    all its text."""

    listed: frozenset[str]
    unlisted: frozenset[str]
    seen: frozenset[str]


class Restored(NamedTuple):
    """What becomes of each character of a line: the new one, or None if it goes. `unsure`: places of characters
    that could not be found, where a "?" stays, and of what looks like an annotation and is none."""

    chars: list[str | None]
    unsure: list[int]


class Answer(NamedTuple):
    """A candidate for a lost byte, and what it makes the byte behind it if that is lost too."""

    score: int
    lost: int
    behind: int | None


@dataclass(slots=True)
class Byte:
    """A byte of the line as it was: None if the decoder lost it; the place of the character that shows it; and the
    annotation that stands behind it."""

    code: int | None
    place: int
    annotation: Annotation | None = None

    @property
    def is_lead(self) -> bool:
        return self.code is None or self.code >= 0x80


def unsplit(line: str, annotations: Sequence[Annotation], knowledge: Knowledge) -> Restored:
    """The line before the damage."""
    content = _encode(line, annotations)
    restored = Restored([None] * len(line), [])
    pairs = frozenset(_align(content))
    _find_lost(content, pairs, knowledge)
    for annotation in _unfounded(content):
        restored.chars[annotation.start : annotation.end] = line[annotation.start : annotation.end]
        restored.unsure.append(annotation.start)
    at = 0
    while at < len(content):
        here = content[at]
        if at in pairs:
            behind = content[at + 1]
            swallowed = behind.code == QUESTION
            char = None if swallowed else gbk_char(here.code, behind.code)
            place = behind.place if swallowed else here.place
            at += 2
        else:
            char = None if here.is_lead else line[here.place] if here.code == BARRIER else chr(here.code or 0)
            place = here.place
            at += 1
        restored.chars[place] = char or "?"
        if char is None:
            restored.unsure.append(place)
    return restored


def _encode(line: str, annotations: Sequence[Annotation]) -> list[Byte]:
    content: list[Byte] = []
    done = 0
    for annotation in [*annotations, Annotation(len(line), len(line), "", False)]:
        for place in range(done, annotation.start):
            content += [Byte(code, place) for code in gbk_bytes(line[place]) or (BARRIER,)]
        if annotation.lost:
            content.append(Byte(None, annotation.start))
        if annotation.pinyin and content:
            content[-1].annotation = annotation
        done = annotation.end
    return content


def _align(content: list[Byte]) -> Iterator[int]:
    """Where a character of two bytes begins; what a lost byte was does not change it. Bytes that the page hides
    are put in: of a pair that GBK has no character for, shown as one "?", and of full-width forms that a
    crawler made half-width."""
    at = 0
    while at < len(content):
        if not content[at].is_lead or at + 1 == len(content) or content[at + 1].code == BARRIER:
            at += 1
            continue
        place, code = content[at + 1].place, content[at + 1].code
        if code == QUESTION:
            if _promise(content, at + 3) > _promise(content, at + 2):
                content[at + 1 : at + 2] = [Byte(None, place), Byte(None, place)]
        elif code is not None and code <= SPACE:
            at += 1
            continue
        elif code is not None and code < 0x40:
            content[at + 1 : at + 2] = [Byte(FULL_WIDTH, place), Byte(code + 0x80, place)]
        yield at
        at += 2


def _promise(content: Sequence[Byte], at: int) -> int:
    """How much the next characters look like text if one begins at this byte."""
    promise = 0
    for _ in range(AHEAD):
        if at + 1 >= len(content):
            break
        here, behind = content[at], content[at + 1]
        if not here.is_lead:
            at += 1
            continue
        char = gbk_char(here.code, behind.code)
        if here.code is not None and behind.code is not None:
            promise += 2 * expectation(char) - 3 if char else -10
        at += 2
    return promise


def _find_lost(content: Sequence[Byte], pairs: frozenset[int], knowledge: Knowledge) -> None:
    """Fills in the lost bytes for which one candidate is clearly the best."""
    for at, lost in enumerate(content):
        if lost.code is not None or lost.annotation is None or at == 0:
            continue
        behind = content[at + 1] if at in pairs else None
        answers = sorted(
            _answers(content[at - 1].code, lost.annotation.pinyin, behind, knowledge),
            key=lambda a: a.score,
            reverse=True,
        )
        if len(answers) == 1 or (answers and answers[0].score - answers[1].score >= MARGIN):
            lost.code = answers[0].lost
            if behind is not None:
                behind.code = answers[0].behind


def _answers(before: int | None, pinyin: str, behind: Byte | None, knowledge: Knowledge) -> Iterator[Answer]:
    """Each candidate for a lost byte between two others (`behind` None: it ends a character). Its score says
    whether the character that the mirror saw is one of its list, and how common the one is that it makes with
    the byte behind it."""
    for char, lost in read_so(before, pinyin):
        score = 3 * (char in knowledge.listed) - 3 * (char in knowledge.unlisted) + expectation(char)
        if behind is None:
            yield Answer(score, lost, None)
            continue
        said = behind.annotation.pinyin if behind.annotation is not None else None
        if behind.code is None and said is not None:
            others = read_so(lost, said)
        else:
            other = gbk_char(lost, behind.code)
            fits = other is not None and (said is None or is_read(other, said))
            others = ((other, behind.code),) if fits and other and behind.code else ()
        for other, code in others:
            yield Answer(score + 2 * expectation(other) + 2 * (other in knowledge.seen), lost, code)


def _unfounded(content: Sequence[Byte]) -> Iterator[Annotation]:
    """The annotations that stand behind no character that is read so: they are none."""
    for at, byte in enumerate(content):
        if byte.annotation is not None and not byte.annotation.lost:
            lead = content[at - 1].code if at else BARRIER
            char = gbk_char(lead, byte.code)
            if lead is not None and byte.code is not None and not (char and is_read(char, byte.annotation.pinyin)):
                yield byte.annotation
