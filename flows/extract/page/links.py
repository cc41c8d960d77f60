"""Which lines of a page are links of lists: those removed as such, those under a heading of links, and the stories
before and behind (上一篇：…)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.document import Line, Page
from flows.extract.page.related import Link
from flows.vocabulary import load_vocabulary

_WORDS = load_vocabulary("related_words")
_HEADING, _BESIDE, _NO_LINK = (re.compile(_WORDS[key]) for key in ("heading", "beside", "no_link"))
_UNTOLD = frozenset({"after_body", "not_an_article"})
"""Rules that take a line for its place alone."""
_PREVIOUS_NEXT = "nav_prev_next"
_SHORTEST, _LONGEST, _MOST = 6, 60, 12
"""Characters of a link under a heading, and how many links stand there at most."""


def page_links(page: Page) -> Iterator[Link]:
    """The links of a page in order, each with the raw place of what is said there."""
    spans = list(_spans(page.lines))
    hulls = page.text.raw_hulls([start for start, _, _ in spans], [end for _, end, _ in spans])
    for (_, _, words), start, end in zip(spans, *hulls, strict=True):
        if end > start:
            yield Link(start, end, words)


def _spans(lines: Sequence[Line]) -> Iterator[tuple[int, int, str]]:
    """Where each link starts and ends in the page's text, with its words."""
    listed = 0  # how many links more may stand under the heading
    for line in lines:
        if line.kind is None or not line.chars.strip():
            listed = 0 if line.kind is None else listed
            continue
        if line.kind == "related_links":
            yield line.start, line.end, line.chars
        elif line.rule == _PREVIOUS_NEXT:
            yield from _beside(line)
        elif _HEADING.fullmatch(line.chars):
            listed = _MOST
        elif listed and line.rule in _UNTOLD and _is_link(line.chars):
            listed -= 1
            yield line.start, line.end, line.chars
        else:
            listed = 0


def _is_link(words: str) -> bool:
    return _SHORTEST <= len(words.strip()) <= _LONGEST and _NO_LINK.search(words.strip()) is None


def _beside(line: Line) -> Iterator[tuple[int, int, str]]:
    """The stories that a line names as the one before and the one behind."""
    if len(line.chars) != line.end - line.start:
        return
    marks = list(_BESIDE.finditer(line.chars))
    ends = [mark.start() for mark in marks[1:]] + [len(line.chars)]
    for mark, end in zip(marks, ends, strict=bool(marks)):  # without a mark (上一篇) there is none
        words = line.chars[mark.end() : end]
        if _is_link(words):
            yield line.start + mark.end(), line.start + mark.end() + len(words.rstrip()), words.rstrip()
