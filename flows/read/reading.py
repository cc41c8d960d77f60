"""What a format's reader gives: text with what the format knows of it, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from flows.document import UNSTATED, Block, Stated


@dataclass(frozen=True, slots=True)
class Read:
    """The text of a document, and what its format says beside it.

    `encoding` is None where the format fixes none (PDF). Flags: those of `flows.read.encoding`, and the format's own.
    """

    text: str
    encoding: str | None
    flags: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    stated: Stated = UNSTATED


@dataclass(frozen=True, slots=True)
class Unread:
    """Why there is no text: "code: sentence"."""

    reason: str


def checked(reading: Read | Unread) -> Read | Unread:
    """A reading as it is, once what every step after reading takes for granted is sure.

    Raises:
        ValueError: the text holds a lone surrogate, a block lies outside of it or in another one, or it is no reading.
    """
    if isinstance(reading, Unread):
        return reading
    if not isinstance(reading, Read) or not isinstance(reading.text, str):
        raise ValueError(f"{type(reading).__name__} is no reading")
    if not reading.text.isascii():
        reading.text.encode()
    ends = [0, *(end for block in reading.blocks for end in (block.start, block.end)), len(reading.text)]
    if ends != sorted(ends):
        raise ValueError("its blocks are not in order, or outside of the text")
    return reading
