"""Where the stories of a printed page (PDF) begin: at its headlines and frames."""

from __future__ import annotations

from collections.abc import Sequence

from flows.document import Line
from flows.segment.headings import is_prose, subtitle_below
from flows.segment.stories import Story, ends_story
from flows.strip.printed import HEADLINES

DATELINE = "dateline_head"
"""The rule that takes the agency's mark in front of a news story: 本报讯."""


def printed_stories(lines: Sequence[Line]) -> list[Story]:
    """The stories of a page whose blocks tell its headlines, which together hold all its lines.

    A headline opens one, at its kicker if it has one; a frame does too, with its first line as title if that is a
    heading. So does a heading where the story above has ended or a news story begins below; of a column of briefs, in
    which most headings stand like that, each.
    """
    briefs = _briefs(lines)
    starts = [i for i in range(len(lines)) if i and (i in briefs or _opens(lines, i))]
    if starts and all(line.kind is not None for line in lines[: starts[0]]):
        starts[0] = 0  # running heads above the first story
    starts = sorted({0, *starts}) if lines else []
    return [_story(lines, start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _opens(lines: Sequence[Line], i: int) -> bool:
    tag, before = _tag(lines[i]), _tag(lines[i - 1])
    if tag == "kicker":
        return before != "kicker"
    if tag in HEADLINES:
        return before != "kicker"
    return _box(lines[i]) != _box(lines[i - 1]) and tag not in ("figcaption", "footer", "header", "subtitle")


def _briefs(lines: Sequence[Line]) -> set[int]:
    """The headings that open a brief."""
    headings = [i for i in range(1, len(lines) - 1) if _tag(lines[i]) == "h4" and lines[i].kind is None]
    headings = [i for i in headings if _tag(lines[i + 1]) == "p" and is_prose(lines[i + 1].chars)]
    sure = [i for i in headings if ends_story(lines[i - 1]) or any(cut.rule == DATELINE for cut in lines[i + 1].cuts)]
    return set(headings if len(sure) > 1 and 2 * len(sure) > len(headings) else sure)


def _story(lines: Sequence[Line], start: int, end: int) -> Story:
    kept = [i for i in range(start, end) if lines[i].kind is None]  # a page in other languages may lose headlines too
    title = next((i for i in kept if _tag(lines[i]) in HEADLINES), None)
    if title is None:
        first = kept[0] if kept else start
        title = first if _tag(lines[first]) == "h4" and (start or _box(lines[first])) else None
        return Story(start, end, title, None)
    kicker = next((i for i in kept if i < title and _tag(lines[i]) == "kicker"), None)
    subtitle = next((i for i in kept if i > title and _tag(lines[i]) == "subtitle"), None)
    if subtitle is None:
        subtitle = subtitle_below(lines, title, end)
    return Story(start, end, title, subtitle, kicker)


def _tag(line: Line) -> str:
    return line.block.tag if line.block is not None else ""


def _box(line: Line) -> str:
    return line.block.words if line.block is not None and line.block.within == "aside" else ""
