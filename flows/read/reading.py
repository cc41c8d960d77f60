"""What a format's reader gives: text with what the format knows of it, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from flows.document import UNSTATED, Block, Stated


@dataclass(frozen=True, slots=True)
class Reading:
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
