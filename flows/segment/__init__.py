"""Segmenting: the kept lines of a page to articles of paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from flows.document import Article, Line, Note, Page, Removal
from flows.read.formats import HTML, MHTML
from flows.segment.kept import Kept, join_paragraphs, keep
from flows.segment.printed import printed_stories
from flows.segment.stories import Story, begins_headline, find_stories
from flows.segment.wraps import Break, Paragraph, join_wraps
from flows.strip import NO_ARTICLE
from flows.strip.printed import has_headlines
from flows.strip.title import goes_on
from flows.text import Text

UNTOLD, LABEL = ("teaser", "headline_without_text"), ("page_furniture", "comment_label")
"""What becomes of the heads of a story without text, and of the label of a comment."""


class Taken(NamedTuple):
    """The lines and parts of lines that were taken out, in order, by column: what they were, and where each starts and
    ends in the page's text."""

    notes: list[Note]
    starts: list[int]
    ends: list[int]


def split_articles(page: Page) -> Page:
    """The page's articles, and every line or part of one that stands in none of them as a removal.

    A headline with no text below it is no article; a page of nothing else is rejected.
    """
    find = printed_stories if has_headlines(page) else find_stories
    stories = [] if page.reason else find(page.lines)
    bodies = [_body(page, story) for story in stories]
    told = [(story, body) for story, body in zip(stories, bodies, strict=True) if body]
    verdicts = {i: UNTOLD for story, body in zip(stories, bodies, strict=True) if not body for i in story.heads}
    verdicts |= {story.label: LABEL for story, _ in told}
    page = _take_heads(page, verdicts)
    taken = _taken(page.lines, page.text.chars)
    removals = _removals(page, taken)
    articles = [
        _article(page, story, body, tuple(_notes(page.lines, taken, story)), position)
        for position, (story, body) in enumerate(told, 1)
    ]
    return replace(
        page,
        articles=tuple(articles),
        removals=(*_outside(page.removals, removals), *removals),
        reason=page.reason or (None if told else NO_ARTICLE),
    )


def _take_heads(page: Page, verdicts: Mapping[int | None, tuple[str, str]]) -> Page:
    """The page without the lines, by place, that are heads of no article; None stands for a head that there is not."""
    if not verdicts.keys() - {None}:
        return page
    lines = list(page.lines)
    for i, (kind, rule) in verdicts.items():
        if i is not None and lines[i].kind is None:
            lines[i] = lines[i]._replace(kind=kind, rule=rule, cuts=())
    return replace(page, lines=tuple(lines))


def _notes(lines: Sequence[Line], taken: Taken, story: Story) -> Iterator[Note]:
    """What was taken of the lines of a story."""
    for part in (range(story.start, story.end), story.rest):
        if part:
            first, last = (bisect_left(taken.starts, end) for end in (lines[part[0]].start, lines[part[-1]].end))
            yield from taken.notes[first:last]


def _removals(page: Page, taken: Taken) -> list[Removal]:
    """What was taken from the lines, with what had been removed inside it or directly behind it before."""
    behind = {removal.raw_start: removal.raw_end for removal in page.removals}
    new, hulls = tuple.__new__, page.text.raw_hulls(taken.starts, taken.ends)
    return [
        new(Removal, (start, behind.get(end, end), kind, rule))
        for start, end, (kind, rule, _) in zip(*hulls, taken.notes, strict=True)
        if end > start
    ]


def _outside(removals: Sequence[Removal], taken: Sequence[Removal]) -> Iterator[Removal]:
    """The removals made inside lines, less those in parts that were taken out whole; both in raw order."""
    ends = [removal.raw_end for removal in taken] if removals else []
    for removal in removals:
        place = bisect_right(ends, removal.raw_start)
        if place == len(taken) or removal.raw_end <= taken[place].raw_start:
            yield removal


def _taken(lines: Sequence[Line], text: str) -> Taken:
    """What was taken of the lines of a text; `tuple.__new__` takes a third of the time of `Note`."""
    new = tuple.__new__
    notes, starts, ends = taken = Taken([], [], [])
    for _, start, end, chars, kind, rule, cuts, _, _ in lines:
        if kind is not None:
            notes.append(new(Note, (kind, rule, chars)))
            starts.append(start)
            ends.append(end)
        elif cuts:
            notes += [Note(cut.kind, cut.rule, text[cut.start : cut.end]) for cut in cuts]
            starts += [cut.start for cut in cuts]
            ends += [cut.end for cut in cuts]
    return taken


def _body(page: Page, story: Story) -> list[Kept]:
    """What is kept of the lines of a story's text; none of it empty."""
    heads = story.heads
    lines = ((i, page.lines[i]) for i in story.lines)
    kept = [keep(line, page.text.chars) for i, line in lines if line.kind is None and i not in heads]
    return [one for one in kept if one.chars]


def _article(page: Page, story: Story, body: Sequence[Kept], notes: tuple[Note, ...], position: int) -> Article:
    joined = _as_printed(body) if has_headlines(page) else join_wraps([one.chars for one in body], _breaks(page, body))
    moved = sum(paragraph.moved for paragraph in joined)
    title, subtitles = _heads_of(page, story)
    return Article(
        position,
        title,
        Text.join(" ", subtitles) if subtitles else None,
        join_paragraphs(page.text, [[body[n] for n in paragraph.lines] for paragraph in joined]),
        notes,
        (f"moved_heading:{moved}",) if moved else (),
    )


def _breaks(page: Page, body: Sequence[Kept]) -> list[Break] | None:
    """What ends each of the lines of a story's text, if markup does: two newlines stand where a paragraph ends, and one
    at a `<br>`; in text with tags left in it they were inserted."""
    chars, html = page.text.chars, page.raw.media_type in (HTML, MHTML)
    tags = [place for place in np.flatnonzero(page.text.start < 0).tolist() if chars[place] == "\n"]
    if not html and not tags:
        return None
    breaks = []
    for above, below in pairwise(one.line for one in body):
        between = chars[above.end : below.start]
        inserted = bisect_left(tags, below.start) - bisect_left(tags, above.end)
        if not html and not inserted:
            breaks.append(Break.UNKNOWN)
        elif inserted > 1 or (html and "\n\n" in between) or between.endswith("  ") or _is_row(above):
            breaks.append(Break.PARAGRAPH)
        else:
            breaks.append(Break.LINE)
    return [*breaks, Break.PARAGRAPH]


def _is_row(line: Line) -> bool:
    return line.block is not None and line.block.tag == "tr"


def _heads_of(page: Page, story: Story) -> tuple[Text | None, list[Text]]:
    """The title, of one line or two, and what stands beside it."""
    title = _head(page, story.title)
    others = [text for i in (story.kicker, story.subtitle) if (text := _head(page, i)) is not None]
    if title is not None and story.title is not None and story.subtitle is not None:
        first, second = sorted((story.title, story.subtitle))
        upper, lower = page.lines[first], page.lines[second]
        broken = goes_on(upper.chars, lower.chars, "".join(page.lines[i].chars for i in story.lines if i > second))
        if second == first + 1 and (broken or begins_headline(upper, lower)):
            halves = [title, others.pop()] if first == story.title else [others.pop(), title]
            title = Text.join("" if broken or halves[0].chars[-1] in "：:" else " ", halves)
    return title, others


def _as_printed(body: Sequence[Kept]) -> list[Paragraph]:
    """The paragraphs as the page sets them; one that a page's end cuts goes on with the next page's first."""
    out: list[Paragraph] = []
    for n, (line, _, _) in enumerate(body):
        if out and line.block is not None and line.block.words == "runs-on":
            out[-1] = Paragraph((*out[-1].lines, n))
        else:
            out.append(Paragraph((n,)))
    return out


def _head(page: Page, i: int | None) -> Text | None:
    if i is None:
        return None
    return Text.concat(page.text[start:end] for start, end in keep(page.lines[i], page.text.chars).spans)
