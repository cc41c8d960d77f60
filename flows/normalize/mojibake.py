"""Text that was decoded in the wrong encoding, decoded again in the right one where that is certain."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from flows.characters import CharacterSet
from flows.chinese import common_characters
from flows.document import Page
from flows.normalize.edits import Swap, place_flags, swap
from flows.text import Operation

LOST = re.compile("锟斤拷|(?:锟斤)+|烫烫烫|屯屯屯")
"""What U+FFFD and unset memory look like in GBK: nothing is left to repair."""

PLAUSIBLE, IMPLAUSIBLE = 0.5, 0.25
"""Least share of common characters in what a repair gives, and most in what it replaces. Right text has 0.51 or more
(see `flows.read.encoding`); no run of 431 sound pages is taken for damage."""


class Mistake(NamedTuple):
    """A wrong decoding: what its text looks like, how it gives its bytes back, and the encoding that was right."""

    rule: str
    cue: frozenset[str]
    run: re.Pattern[str]
    encode: Callable[[str], bytes]
    right: str


def repair_mojibake(page: Page) -> Page:
    """The page with runs of wrongly decoded text as they were; surplus characters are removed (`repair`).

    A run is repaired if all its bytes are valid in the right encoding and give common characters, which the run
    itself is not made of. Flag: `lost_text@raw_offset` where the characters themselves are gone (锟斤拷).
    """
    present = CUES.within(page.text.chars)
    for mistake in MISTAKES:
        if not mistake.cue.isdisjoint(present):
            swaps = [part for match in mistake.run.finditer(page.text.chars) for part in _undo(match, mistake)]
            page = swap(page, swaps)
    lost = [match.start() for match in LOST.finditer(page.text.chars)] if not present.isdisjoint(LOST_CUE) else []
    return page.flag(*place_flags(page, "lost_text", lost)) if lost else page


def _undo(match: re.Match[str], mistake: Mistake) -> list[Swap]:
    """The swaps that give a run its right characters, each in the place of the first byte that it was made of."""
    run, start = match.group(), match.start()
    try:
        content = mistake.encode(run)
        right = content.decode(mistake.right)
    except UnicodeError:
        return []
    if _share(run) > IMPLAUSIBLE or _share(right) < PLAUSIBLE:
        return []
    owners = [place for place, char in enumerate(run) for _ in mistake.encode(char)]
    firsts, at = [], 0
    for char in right:
        firsts.append(start + owners[at])
        at += len(char.encode(mistake.right))
    places = [*firsts, start + len(run)]
    if any(a >= b for a, b in pairwise(places)):
        return []
    return [
        Swap(a, b, char, Operation.REPAIR, "repair", mistake.rule)
        for char, (a, b) in zip(right, pairwise(places), strict=True)
    ]


def _share(text: str) -> float:
    """Share of common characters among those that are not ASCII."""
    foreign = [char for char in text if not char.isascii()]
    return sum(map(common_characters().__contains__, foreign)) / max(1, len(foreign))


UPPER = {byte: bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
TO_BYTE = {ord(char): byte for byte, char in UPPER.items()} | {byte: byte for byte in range(0x80, 0xA0)}
WESTERN = "".join(map(chr, sorted(TO_BYTE)))
"""What Windows-1252 and Latin-1 show for the bytes from 0x80 on."""


def _western(run: str) -> bytes:
    return run.translate(TO_BYTE).encode("latin-1")


def _gbk(run: str) -> bytes:
    return run.encode("gbk")


MISTAKES = (
    Mistake(
        "utf8_read_as_gbk",
        frozenset("鐨鏄鍦锛銆绀浼鍏涓浜"),
        re.compile("[^\0-\x7f]{4,}(?:[ -~]{1,3}[^\0-\x7f]+)*"),
        _gbk,
        "utf-8",
    ),
    Mistake("utf8_read_as_western", frozenset("äåæçèéï"), re.compile(f"[{WESTERN}]{{6,}}"), _western, "utf-8"),
    Mistake(
        "gbk_read_as_western",
        frozenset(map(chr, (*range(0xB8, 0xD7), *range(0xD8, 0xF7)))),
        re.compile(f"[{WESTERN}]{{4,}}"),
        _western,
        "gbk",
    ),
)
"""In the order that they are tried; the last only after no UTF-8 was found in the run."""

LOST_CUE = frozenset("锟烫屯")
CUES = CharacterSet(LOST_CUE.union(*[mistake.cue for mistake in MISTAKES]))
"""Characters of which damage must have one; most pages have none."""
