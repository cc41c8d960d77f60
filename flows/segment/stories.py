"""Where one story of a page ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.document import Line
from flows.segment.headings import is_bracketed, is_headline, is_prose, subtitle_below
from flows.strip.judge import HEADING_MARK
from flows.strip.title import are_halves, overlap

_CLOSING = {
    *("credit_source_end", "credit_author_end", "credit_name_end", "credit_editor", "credit_paragraph_end"),
    "epaper_teaser",
}
"""Rules whose lines, or parts of lines, stand behind the last paragraph of a story; a teaser there tells where it goes
on."""

_SUBTITLE = re.compile(r"[—-]{2}")
_COMMENT = re.compile(
    r"[■●◆▲□\[【]?\s*(?:短评|时评|快评|微评|锐评|社论|编后|今日快评|现场短评|本报评论员?|记者手记)[\]】]?"
)
"""The label of a comment beside the news that it speaks of."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_KICKER = re.compile(r"[\u4e00-\u9fff“”·]{2,14}[：:]?")


class Story(NamedTuple):
    """lines[start:end] of a page are one story; `title`, `subtitle` and `kicker` (what stands above the title, where
    print tells it from a subtitle) are places of its lines, or None, and so is `label`, which tells a comment; `rest`
    is where a story goes on behind a comment that stands in the midst of it."""

    start: int
    end: int
    title: int | None
    subtitle: int | None
    kicker: int | None = None
    label: int | None = None
    rest: range = range(0)

    @property
    def heads(self) -> tuple[int | None, ...]:
        """The places of what is not its text."""
        return self.title, self.subtitle, self.kicker, self.label

    @property
    def lines(self) -> tuple[int, ...]:
        """The places of its lines, in order."""
        return (*range(self.start, self.end), *self.rest)


def find_stories(lines: Sequence[Line]) -> list[Story]:
    """The stories of a page, which together hold all its lines.

    A headline opens a new story when the one before has ended (a closing credit), when a byline or the opening of a
    news story follows it, when it is marked as a heading of the level of the first (in markup, where sections are
    marked alike, only when the story before has ended), when it names a column of bracketed briefs, or stands under the
    label of a comment; but for the last three it must share its words with the text below.
    """
    roles = {line.role: i for i, line in enumerate(lines) if line.role is not None}
    title, subtitle = roles.get("title"), roles.get("subtitle")
    first = title if title is not None else next((i for i, line in enumerate(lines) if line.kind is None), 0)
    opened: list[tuple[int, int | None, int | None]] = [(0, title, subtitle)]
    for other, headline in _openings(lines, first):
        opened.append((min(headline, other), headline, other if other != headline else None))
    ends = [start for start, _, _ in opened[1:]] + [len(lines)]
    stories = [_story(lines, start, end, i, other) for (start, i, other), end in zip(opened, ends, strict=True)]
    for n in range(1, len(stories)):
        if (signed := _signature(lines, stories[n])) is not None:
            rest = range(signed + 1, stories[n].end)
            stories[n - 1 : n + 1] = [stories[n - 1]._replace(rest=rest), stories[n]._replace(end=signed + 1)]
    return stories


def _openings(lines: Sequence[Line], first: int) -> Iterator[tuple[int, int]]:
    """For each story after the first: the places of its kicker or subtitle, or else its headline, and its headline."""
    level = _level(lines[first]) if lines else 0
    web = any(line.rule in _WEB_PAGE for line in lines)
    closed, prose, kicker, comment = False, False, None, None
    for i in range(first + 1, len(lines)):
        line = lines[i]
        if line.kind is not None:
            closed = closed or (prose and ends_story(line))
        elif level and _level(line):
            if _level(line) == level:
                yield i, i
        elif closed and _is_ranked_alike(lines, i, first):
            yield i, i
            closed, prose, kicker = False, False, None
        elif is_prose(line.chars) and line.role is None:
            prose, kicker, closed = True, None, ends_story(line)
        elif prose and not level and _COMMENT.fullmatch(line.chars):
            kicker = comment = i
        elif prose and not level and (_is_under(comment, i, lines) or _opens_story(lines, i, closed, web)):
            below = i + 1 if i + 1 < len(lines) and _is_subtitle(lines[i + 1]) else i
            half = i - 1 if begins_headline(lines[i - 1], lines[i]) else None
            yield next(place for place in (kicker, half, below) if place is not None), i
            closed, prose, kicker = False, False, None
        elif closed and kicker is None and _KICKER.fullmatch(line.chars):
            kicker = i


def begins_headline(above: Line, below: Line) -> bool:
    """Is a line the beginning of the headline that the one below it ends: up to a colon, or the first half of it?"""
    if above.kind is not None:
        return False
    if above.chars[-1] in "：:":
        return _KICKER.fullmatch(above.chars) is not None
    return are_halves(above, below)


def ends_story(line: Line) -> bool:
    """Does what was taken out of a line, or the whole of it, stand behind a story? A byline does if it opens with a
    bracket."""
    taken = [(line.rule, line.chars[0]), *((cut.rule, line.chars[cut.start - line.start]) for cut in line.cuts)]
    return any(rule in _CLOSING or (rule == "credit_byline" and opening in "（(") for rule, opening in taken)


def _story(lines: Sequence[Line], start: int, end: int, title: int | None, other: int | None) -> Story:
    if other is not None and _COMMENT.fullmatch(lines[other].chars):
        return Story(start, end, title, None, label=other)
    if other is None and title is not None:
        other = subtitle_below(lines, title, end)
    return Story(start, end, title, other)


def _signature(lines: Sequence[Line], story: Story) -> int | None:
    """The place of the name under a comment, if paragraphs follow: they are those of the story that it speaks of."""
    if story.label is None:
        return None
    signed = next(
        (i for i in range(story.start, story.end) if lines[i].kind is not None and ends_story(lines[i])), None
    )
    if signed is None or all(line.kind is not None for line in lines[signed + 1 : story.end]):
        return None
    return signed


def _is_under(comment: int | None, i: int, lines: Sequence[Line]) -> bool:
    """Is line i the headline of a comment: directly under its label, with a paragraph below?"""
    headed = comment is not None and i - comment == 1 and is_headline(lines[i].chars)
    return headed and any(is_prose(line.chars) for line in lines[i + 1 : i + 3] if line.kind is None)


def _is_subtitle(line: Line) -> bool:
    return line.kind is None and _SUBTITLE.match(line.chars) is not None


def _level(line: Line) -> int:
    mark = HEADING_MARK.match(line.chars)
    return len(mark.group(1)) if mark else 0


def _is_ranked_alike(lines: Sequence[Line], i: int, first: int) -> bool:
    """Does the markup give line i, with a paragraph below, the rank of the first headline: its heading, or its class
    where paragraphs have another?"""
    below = next((line for line in lines[i + 1 : i + 4] if line.kind is None), None)
    line, head = lines[i].block, lines[first].block
    if line is None or head is None or below is None or below.block is None or not is_prose(below.chars):
        return False
    own, others, text = (block.words.partition(">")[0] for block in (line, head, below.block))
    return line.tag == head.tag and (line.tag in _HEADINGS or (own != "" and own == others and own != text))


def _opens_story(lines: Sequence[Line], i: int, closed: bool, web: bool) -> bool:
    chars = lines[i].chars
    if not is_headline(chars) or is_bracketed(chars) or _level(lines[i]):
        return False
    below = [line for line in lines[i + 1 : i + 6] if line.kind is None][:3]
    if not below:
        return False
    if is_bracketed(below[0].chars):
        return sum(line.kind is None and is_bracketed(line.chars) for line in lines[i + 1 :]) >= 3
    if not any(is_prose(line.chars) for line in below):
        return False
    shared = overlap(chars, "".join(line.chars for line in below))
    lead = below[0].cuts or _LEAD.match(below[0].chars) is not None
    if not web and len(chars) >= 6 and (_DATELINE.match(below[0].chars) or lines[i + 1].rule == "credit_byline"):
        return True
    if closed or any(line.rule == "credit_byline" for line in lines[i + 1 : i + 3]):
        return len(chars) >= 8 and (shared >= 0.3 or bool(lead))
    if web:
        return False
    likely = shared >= 0.6 or (shared >= 0.3 and _PLACED.match(chars) is not None)
    return len(chars) >= 12 and likely and bool(lead)


_LEAD = re.compile(
    r"(?:近日|日前|连日来|近期|昨日|昨天|今天|今日|本报|本网|新华社|记者|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日)"
)
"""How the first paragraph of a news story opens, and that of a section seldom does."""
_DATELINE = re.compile(r"(?:本[报网刊]|新华社|中新社|人民网)(?:[^，。]{0,12}讯|[^，。]{1,14}电(?=[ （(]))")
"""How nothing but a news story opens."""
_PLACED = re.compile(r"[\u4e00-\u9fff]{2,10}[:：]")
_WEB_PAGE = {"page_title", "site_suffix"}
"""Rules that show a page with a title of its own, which tells one story."""
