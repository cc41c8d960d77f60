"""Segmenting: the kept lines of a page to articles of paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flows.document import Article, Line, Note, Page, Removal
from flows.segment.kept import Kept, join_paragraphs, keep
from flows.segment.printed import printed_stories
from flows.segment.stories import Story, find_stories
from flows.segment.wraps import Paragraph, join_wraps
from flows.strip import NO_ARTICLE
from flows.strip.printed import has_headlines
from flows.text import Text


def split_articles(page: Page) -> Page:
    """The page's articles, and every line or part of one that stands in none of them as a removal.

    A headline with no text below it is no article; a page of nothing else is rejected.
    """
    find = printed_stories if has_headlines(page) else find_stories
    stories = [] if page.reason else find(page.lines)
    bodies = [_body(page, story) for story in stories]
    told = [(story, body) for story, body in zip(stories, bodies, strict=True) if body]
    untold = {i for story, body in zip(stories, bodies, strict=True) if not body for i in _heads(story)}
    lines = page.lines
    if untold:
        lines = tuple(_untold(line) if i in untold and line.kind is None else line for i, line in enumerate(lines))
    page = replace(page, lines=lines, reason=page.reason or (None if told else NO_ARTICLE))
    taken = _removals(page)
    articles = tuple(_article(page, *pair, position) for position, pair in enumerate(told, 1))
    return replace(page, articles=articles, removals=(*_outside(page.removals, taken), *taken))


def _untold(line: Line) -> Line:
    return line._replace(kind="teaser", rule="headline_without_text", cuts=())


def _removals(page: Page) -> list[Removal]:
    """What was taken from the lines, with what had been removed inside it or directly behind it before."""
    behind = {removal.raw_start: removal.raw_end for removal in page.removals}
    taken = _taken(page.lines)
    hulls = page.text.raw_hulls([(start, end) for _, _, start, end in taken])
    return [
        tuple.__new__(Removal, (hull[0], behind.get(hull[1], hull[1]), kind, rule))
        for (kind, rule, _, _), hull in zip(taken, hulls, strict=True)
        if hull is not None
    ]


def _outside(removals: Sequence[Removal], taken: Sequence[Removal]) -> Iterator[Removal]:
    """The removals made inside lines, less those in parts that were taken out whole; both in raw order."""
    ends = [removal.raw_end for removal in taken]
    for removal in removals:
        place = bisect_right(ends, removal.raw_start)
        if place == len(taken) or removal.raw_end <= taken[place].raw_start:
            yield removal


def _taken(lines: Sequence[Line]) -> list[tuple[str, str, int, int]]:
    """Kind, rule, start and end of the lines, and the parts of lines, that were taken out."""
    taken: list[tuple[str, str, int, int]] = []
    for line in lines:
        if line.kind is not None and line.rule is not None:
            taken.append((line.kind, line.rule, line.start, line.end))
        elif line.cuts:
            taken += [(cut.kind, cut.rule, cut.start, cut.end) for cut in line.cuts]
    return taken


def _heads(story: Story) -> tuple[int | None, int | None, int | None]:
    return story.title, story.subtitle, story.kicker


def _body(page: Page, story: Story) -> list[Kept]:
    """What is kept of the lines of a story's text; none of it empty."""
    heads = _heads(story)
    lines = enumerate(page.lines[story.start : story.end], story.start)
    kept = [keep(line, page.text.chars) for i, line in lines if line.kind is None and i not in heads]
    return [one for one in kept if one.chars]


def _article(page: Page, story: Story, body: Sequence[Kept], position: int) -> Article:
    joined = _as_printed(body) if has_headlines(page) else join_wraps([one.chars for one in body])
    moved = sum(paragraph.moved for paragraph in joined)
    chars = page.text.chars
    notes = [
        tuple.__new__(Note, (kind, rule, chars[start:end]))
        for kind, rule, start, end in _taken(page.lines[story.start : story.end])
    ]
    subtitles = [text for i in (story.kicker, story.subtitle) if (text := _head(page, i)) is not None]
    return Article(
        position,
        _head(page, story.title),
        Text.join(" ", subtitles) if subtitles else None,
        join_paragraphs(page.text, [[body[n] for n in paragraph.lines] for paragraph in joined]),
        tuple(notes),
        (f"moved_heading:{moved}",) if moved else (),
    )


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
