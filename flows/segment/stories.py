"""Where one story of a page ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.document import Line
from flows.segment.headings import is_bracketed, is_headline, is_prose
from flows.strip.judge import HEADING_MARK
from flows.strip.title import overlap

_CLOSING = {"credit_source_end", "credit_author_end", "credit_editor"}
"""Rules whose lines stand behind the last paragraph of a story."""


def story_starts(lines: Sequence[Line], first: int) -> list[int]:
    """The places in `lines` of the headlines of all stories after the first, whose headline is line `first`.

    A headline opens a new story when the one before has ended (a closing credit), when a byline or the opening of a
    news story follows it, when it is marked as a heading of the level of the first, or when it names a column of
    bracketed briefs; but for the last two it must share its words with the text below it.
    """
    level = _level(lines[first])
    starts = []
    closed, prose = False, False
    for i in range(first + 1, len(lines)):
        line = lines[i]
        if line.kind is not None:
            closed = closed or (prose and line.rule in _CLOSING)
        elif level and _level(line):
            if _level(line) == level:
                starts.append(i)
        elif is_prose(line.chars) and line.role is None:
            prose, closed = True, False
        elif prose and _opens_story(lines, i, closed):
            starts.append(i)
            closed = prose = False
    return starts


def _level(line: Line) -> int:
    mark = HEADING_MARK.match(line.chars)
    return len(mark.group(1)) if mark else 0


def _opens_story(lines: Sequence[Line], i: int, closed: bool) -> bool:
    chars = lines[i].chars
    if _level(lines[i]) or not is_headline(chars) or is_bracketed(chars):
        return False
    below = [line for line in lines[i + 1 : i + 6] if line.kind is None][:3]
    if not below:
        return False
    if is_bracketed(below[0].chars):
        return sum(line.kind is None and is_bracketed(line.chars) for line in lines[i + 1 :]) >= 3
    if not any(is_prose(line.chars) for line in below):
        return False
    text = "".join(line.chars for line in below)
    byline = any(line.rule == "credit_byline" for line in lines[i + 1 : i + 3])
    shared = overlap(chars, text)
    if closed or byline:
        return len(chars) >= 8 and shared >= 0.3
    if any(line.rule in _WEB_PAGE for line in lines):
        return False
    likely = shared >= 0.6 or (shared >= 0.3 and _PLACED.match(chars) is not None)
    return len(chars) >= 12 and likely and _LEAD.match(below[0].chars) is not None


_LEAD = re.compile(
    r"(?:近日|日前|连日来|近期|昨日|昨天|今天|今日|本报|本网|新华社|记者|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日)"
)
"""How the first paragraph of a news story opens, and that of a section seldom does."""
_PLACED = re.compile(r"[\u4e00-\u9fff]{2,10}[:：]")
_WEB_PAGE = {"page_title", "site_suffix"}
"""Rules that show a page with a title of its own, which tells one story."""
