"""The subtitle: a short line between the title and the byline."""

from __future__ import annotations

from flows.document import Line
from flows.segment.headings import subtitle_below
from tests.pages import STORY, TITLE


def place(*lines: tuple[str, str | None]) -> int | None:
    return subtitle_below([Line(n, 0, len(chars), chars, kind) for n, (chars, kind) in enumerate(lines)], 0, len(lines))


def test_a_short_line_above_the_byline_is_the_subtitle() -> None:
    assert place((TITLE, None), ("八个寨子里的社工", None), ("记者 林小红", "credit"), (STORY[0], None)) == 1


def test_what_is_none() -> None:
    byline = ("记者 林小红", "credit")
    assert place((TITLE, None), (STORY[0], None), byline, (STORY[1], None)) is None
    assert place((TITLE, None), ("一、山村社工", None), byline, (STORY[0], None)) is None
    assert place((TITLE, None), ("八个寨子里的社工", None), (STORY[0], None)) is None
    assert place((TITLE, None), byline, ("八个寨子里的社工", None)) is None
