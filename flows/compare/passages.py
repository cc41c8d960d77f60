"""Where two texts differ, before and after, with a little of what stands around."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

AROUND = 16
"""Characters shown on each side of what differs."""

SHOWN = 240
"""Characters of one passage that are shown; a longer one is cut in its middle."""


class Passage(NamedTuple):
    """A passage before and after; "" on the side where it is not."""

    before: str
    after: str


def passages(before: str, after: str, most: int = 5) -> list[Passage]:
    """The first passages in which two texts differ, paragraph by paragraph."""
    found: list[Passage] = []
    for old, new in _paragraphs(before.split("\n"), after.split("\n")):
        found.append(Passage(*_narrowed(old, new)))
        if len(found) == most:
            break
    return found


def _paragraphs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Paragraphs that are not in both, those that stand in the same place beside each other."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if b - a == d - c:
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield "\n".join(old[a:b]), "\n".join(new[c:d])


def _narrowed(old: str, new: str) -> tuple[str, str]:
    """Two paragraphs without what is the same at their ends, but for a little of it."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    start, end = max(0, head - AROUND), max(0, tail - AROUND)
    return _shown(old, start, len(old) - end), _shown(new, start, len(new) - end)


def _shown(text: str, start: int, end: int) -> str:
    middle = text[start:end]
    if len(middle) > SHOWN:
        middle = f"{middle[: SHOWN // 2]} … {middle[-SHOWN // 2 :]}"
    return f"{'…' if start and middle else ''}{middle}{'…' if end < len(text) and middle else ''}"
