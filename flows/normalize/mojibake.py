"""Text that was decoded in the wrong encoding, decoded again in the right one where that is certain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from flows.characters import CharacterSet
from flows.chinese import common_share
from flows.document import UNSTATED, Page, Stated
from flows.normalize.edits import Swap, flag_damage, spans, swap
from flows.read.encoding import REPLACEMENT
from flows.text import Operation, Text

LOST = re.compile("锟斤拷|(?:锟斤)+|烫烫烫|屯屯屯")
"""What U+FFFD and unset memory look like in GBK: nothing is left to repair."""

PLAUSIBLE, IMPLAUSIBLE = 0.5, 0.25
"""Least share of common characters in what a repair gives, and most in what it replaces. Right text has 0.51 or more
(see `flows.read.encoding`); no run of 431 sound pages is taken for damage."""

VALID = 0.6
"""Least share of the bytes of a run that are characters in the right encoding; a decoder that shows U+FFFD for one byte
costs a whole character."""

MOSTLY = 0.5
"""Share of the strange characters of a page in certain runs from which on its other runs are damage too, however short:
年 and 月 between the figures of a date."""


FIRST_WIDE = "\u2010"
"""From here on stand the characters of Chinese text; before, those that GBK text is too easily taken for."""

NOT_ASCII = re.compile("[^\0-\x7f]+")


class Character(NamedTuple):
    """content[start:end] is `char` in the right encoding."""

    start: int
    end: int
    char: str


class Mistake(NamedTuple):
    """A wrong decoding: what its text looks like in a line, how it gives its bytes back, and which characters these
    are; a run of fewer than `least` of them, ASCII aside, says nothing by itself."""

    rule: str
    cue: frozenset[str]
    run: re.Pattern[str]
    encode: Callable[[str], bytes]
    decode: Callable[[bytes], Iterator[Character]]
    least: int


class Undone(NamedTuple):
    """A run of `strange` characters undone: its new characters in their places, and whether it is certain by itself."""

    swaps: list[Swap]
    strange: int
    sure: bool


def repair_mojibake(page: Page) -> Page:
    """The page with runs of wrongly decoded text as they were; surplus characters are removed (`repair`).

    A run is certain if its bytes are valid in the right encoding and give common characters, which the run itself is
    not made of. Bytes that make no character become U+FFFD. Flag: `lost_text@raw_offset` where the characters
    themselves are gone (锟斤拷).
    """
    present = CUES.within(page.text.chars)
    if not present:
        return page
    repaired = _undo_mistakes(page, present)
    if repaired is not page and page.raw.stated is not UNSTATED:
        values = [value and _undo_mistakes(Page(page.raw, Text.of(value))).text.chars for value in page.raw.stated]
        repaired = replace(repaired, raw=replace(page.raw, stated=Stated(*values)))
    return flag_damage(repaired, "lost_text", spans(LOST, repaired.text.chars)) if LOST_CUE & present else repaired


def _undo_mistakes(page: Page, present: frozenset[str] | None = None) -> Page:
    """The page with its runs undone; `present` are the cues that it holds."""
    present = CUES.within(page.text.chars) if present is None else present
    for mistake in MISTAKES:
        if mistake.cue & present:
            page = swap(page, [one for run in _certain(page.text.chars, mistake) for one in run.swaps])
    return page


def _certain(chars: str, mistake: Mistake) -> list[Undone]:
    """The runs that the mistake made, in order: those that are certain, or all on a page that they make most of."""
    matches = list(mistake.run.finditer(chars))
    undone = [run for match in matches if (run := _undo(match, mistake)) is not None]
    sure = [run for run in undone if run.sure]
    strange = sum(_strange(match.group()) for match in matches)
    return undone if sum(run.strange for run in sure) >= MOSTLY * strange else sure


def _undo(match: re.Match[str], mistake: Mistake) -> Undone | None:
    """The run as it was, each character in the place of the first byte that it was made of; None if it is no text."""
    run = match.group()
    try:
        codes = [mistake.encode(char) for char in run]
    except UnicodeError:
        return None
    content, owners = b"".join(codes), [place for place, code in enumerate(codes) for _ in code]
    found = list(mistake.decode(content))
    foreign = [one for one in found if not one.char.isascii()]
    valid = sum(one.end - one.start for one in foreign) >= VALID * sum(byte >= 0x80 for byte in content)
    wide = sum(one.char >= FIRST_WIDE for one in foreign) * 2 >= len(foreign)
    if not (foreign and valid and wide) or common_share(run) >= PLAUSIBLE:
        return None
    starts = [owners[one.start] for one in found]
    if any(a >= b for a, b in pairwise(starts)):
        return None
    made: list[tuple[int, int, str]] = []
    for start, one, behind in zip(starts, found, [*starts[1:], len(run)], strict=True):
        made += _gaps(run, made[-1][1] if made else 0, start)
        made.append((start, min(owners[one.end - 1] + 1, behind), one.char))
    made += _gaps(run, made[-1][1], len(run))
    at = match.start()
    swaps = [
        Swap(at + start, at + end, char, Operation.REPAIR, "repair", mistake.rule)
        for start, end, char in made
        if run[start:end] != char
    ]
    likely = common_share(run) <= IMPLAUSIBLE and common_share("".join(one.char for one in foreign)) >= PLAUSIBLE
    return Undone(swaps, _strange(run), likely and len(foreign) >= mistake.least)


def _gaps(run: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The parts of run[start:end] that make no character, and what stands for each."""
    for gap in NOT_ASCII.finditer(run, start, end):
        yield *gap.span(), REPLACEMENT


def _strange(run: str) -> int:
    return sum(not char.isascii() for char in run)


UPPER = {byte: bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
TO_BYTE = {ord(char): byte for byte, char in UPPER.items()} | {byte: byte for byte in range(0x80, 0xA0)}
WESTERN = "".join(map(chr, sorted(TO_BYTE)))
"""What Windows-1252 and Latin-1 show for the bytes from 0x80 on."""


def _western_bytes(char: str) -> bytes:
    return char.translate(TO_BYTE).encode("latin-1")


def _gbk_bytes(char: str) -> bytes:
    """The bytes of code page 936, which has the euro sign where GBK has nothing, and one that is in no UTF-8 where it
    was lost."""
    return {"€": b"\x80", REPLACEMENT: b"\xff"}.get(char) or char.encode("gbk")


UTF_8 = re.compile(
    rb"[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]"
    rb"|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}"
)
"""One character (Unicode Standard, table 3-7)."""
GBK = re.compile(rb"[\0-\x3f]+|[\x40-\xff]+")
"""What a lost byte does not reach beyond: no character goes on in a byte below 0x40."""


def _of_utf8(content: bytes) -> Iterator[Character]:
    for match in UTF_8.finditer(content):
        yield Character(*match.span(), match.group().decode())


def _of_gbk(content: bytes) -> Iterator[Character]:
    for match in GBK.finditer(content):
        try:
            chars = match.group().decode("gbk")
        except UnicodeDecodeError:
            continue
        at = match.start()
        for char in chars:
            length = 1 if char.isascii() else 2
            yield Character(at, at + length, char)
            at += length


MISTAKES = (
    Mistake(
        "utf8_read_as_gbk",
        frozenset("鐨鏄鍦锛銆绀浼鍏涓浜"),
        re.compile("[^\0-\x7f]+(?:[\t -~]+[^\0-\x7f]+)*"),
        _gbk_bytes,
        _of_utf8,
        least=3,
    ),
    Mistake(
        "utf8_read_as_western",
        frozenset("äåæçèéï"),
        re.compile(f"[{WESTERN}]+(?:[\t -~]+[{WESTERN}]+)*"),
        _western_bytes,
        _of_utf8,
        least=2,
    ),
    Mistake(
        "gbk_read_as_western",
        frozenset(map(chr, (*range(0xB8, 0xD7), *range(0xD8, 0xF7)))),
        re.compile(f"[{WESTERN}]+(?:[\t -~]+[{WESTERN}]+)*[@-~]?"),
        _western_bytes,
        _of_gbk,
        least=2,
    ),
)
"""In the order that they are tried; the last only after no UTF-8 was found in the run."""

LOST_CUE = frozenset("锟烫屯")
CUES = CharacterSet(LOST_CUE.union(*[mistake.cue for mistake in MISTAKES]))
"""Characters of which damage must have one; most pages have none."""
