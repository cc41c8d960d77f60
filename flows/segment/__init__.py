"""Segmenting: the kept lines of a page to articles of paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flows.document import Article, Line, Note, Page, Removal
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
    told = [story for story in stories if _body(page, story)]
    untold = {i for story in stories if story not in told for i in _heads(story)}
    lines = tuple(_untold(line) if i in untold and line.kind is None else line for i, line in enumerate(page.lines))
    page = replace(page, lines=lines, reason=page.reason or (None if told else NO_ARTICLE))
    taken = tuple(_removals(page))
    articles = tuple(_article(page, story, position) for position, story in enumerate(told, 1))
    return replace(page, articles=articles, removals=(*_outside(page.removals, taken), *taken))


def _untold(line: Line) -> Line:
    return replace(line, kind="teaser", rule="headline_without_text", cuts=())


def _removals(page: Page) -> Iterator[Removal]:
    """What was taken from the lines, with what had been removed inside it or directly behind it before."""
    behind = {removal.raw_start: removal.raw_end for removal in page.removals}
    for line in page.lines:
        for kind, rule, start, end in _taken(line):
            if hull := page.text.raw_hull(start, end):
                yield Removal(hull[0], behind.get(hull[1], hull[1]), kind, rule)


def _outside(removals: Sequence[Removal], taken: Sequence[Removal]) -> Iterator[Removal]:
    """The removals made inside lines, less those in parts that were taken out whole; both in raw order."""
    ends = [removal.raw_end for removal in taken]
    for removal in removals:
        place = bisect_right(ends, removal.raw_start)
        if place == len(taken) or removal.raw_end <= taken[place].raw_start:
            yield removal


def _taken(line: Line) -> Iterator[tuple[str, str, int, int]]:
    if line.kind is not None and line.rule is not None:
        yield line.kind, line.rule, line.start, line.end
    else:
        for cut in line.cuts:
            yield cut.kind, cut.rule, cut.start, cut.end


def _heads(story: Story) -> tuple[int | None, int | None, int | None]:
    return story.title, story.subtitle, story.kicker


def _body(page: Page, story: Story) -> list[tuple[Line, Text]]:
    """The lines of a story's text, and what is kept of each; none of it empty."""
    heads = _heads(story)
    kept = [
        (page.lines[i], _kept(page, page.lines[i]).strip())
        for i in range(story.start, story.end)
        if page.lines[i].kind is None and i not in heads
    ]
    return [(line, text) for line, text in kept if text.chars]


def _article(page: Page, story: Story, position: int) -> Article:
    lines = page.lines[story.start : story.end]
    body = _body(page, story)
    joined = _as_printed(body) if has_headlines(page) else join_wraps([text.chars for _, text in body])
    paragraphs = [Text.concat(body[n][1] for n in paragraph.lines) for paragraph in joined]
    moved = sum(paragraph.moved for paragraph in joined)
    notes = tuple(
        Note(kind, rule, page.text.chars[start:end]) for line in lines for kind, rule, start, end in _taken(line)
    )
    subtitles = [text for i in (story.kicker, story.subtitle) if (text := _head(page, i)) is not None]
    return Article(
        position,
        _head(page, story.title),
        Text.join(" ", subtitles) if subtitles else None,
        Text.join("\n", paragraphs),
        notes,
        (f"moved_heading:{moved}",) if moved else (),
    )


def _as_printed(body: Sequence[tuple[Line, Text]]) -> list[Paragraph]:
    """The paragraphs as the page sets them; one that a page's end cuts goes on with the next page's first."""
    out: list[Paragraph] = []
    for n, (line, _) in enumerate(body):
        if out and line.block is not None and line.block.words == "runs-on":
            out[-1] = Paragraph((*out[-1].lines, n))
        else:
            out.append(Paragraph((n,)))
    return out


def _head(page: Page, i: int | None) -> Text | None:
    return _kept(page, page.lines[i]).strip() if i is not None else None


def _kept(page: Page, line: Line) -> Text:
    """The text of a kept line without its cuts."""
    parts, done = [], line.start
    for cut in line.cuts:
        parts.append(page.text[done : cut.start])
        done = cut.end
    return Text.concat([*parts, page.text[done : line.end]])
