"""Does what was found on a page make a story, or is the page a list, a search or an error?"""

from __future__ import annotations

from collections.abc import Sequence

from flows.strip.bodies import Range
from flows.strip.edges import FOOT
from flows.strip.forms import are_rows
from flows.strip.judge import Judged
from flows.strip.model import Weighed
from flows.strip.shape import CLOSED, ends_with_date
from flows.strip.worth import is_listing, is_story

LEAST_STORY, SURE_STORY, SURE_MARKED, SURE_LISTED = 0, 2000, 1500, 3000
"""The log-odds, in thousandths, below which what looks like a story is none, and from which on what does not look like
one is: in text, in markup, and what looks like a list in text or has an item of one for its headline in markup. Set so
that of 200 stories one is refused at most, by trees that have not seen their sites."""

ITEMS = frozenset({"li", "td", "tr", "dd", "dt"})
NO_HEADS = ITEMS | {"title"}
"""Elements of lists and tables, and those that are no headline of what stands below them."""

LEAST_LIKENESS = 50
"""The F1 (hundredths) that the lines kept of what does not look like a story are expected to reach at least."""

LEAST_ROWS, LEAST_HEADED, LEAST_MARKED = -3000, -2000, -500
"""The log-odds below which lines without sentences are none: rows of an announcement; what stands below a headline with
its time or source; what is no link below one in markup."""

LEAST_LINES = 3
"""Lines that a story without sentences has at least."""

LINKED = 8
"""Of so many lines of a list without sentences one at least holds a link."""

TOLD = 0.85
"""The share of characters in sentences from which on hardly anything else stands in a body."""

FURTHER_DOWN = 2
"""Lines below a story that state a day, a page or a source as those above it do: the paper's page, its editor."""

LEAST_CHARS = 20
"""Characters that a story has at least, without those of the page's foot."""


def holds_story(judged: Sequence[Judged], bodies: Sequence[Range], weighed: Weighed, title: int | None) -> bool:
    """Do the lines hold a story, unless the trees are sure that the page holds none, or else are the trees sure of it?

    A plain page (`_is_plain`) holds one whatever the trees say of it.
    """
    lines = [one for a, b in bodies for one in judged[a:b] if one.kind is None]
    if sum(len(one.form) for one in lines if not _is_of_foot(one)) < LEAST_CHARS:
        return False
    if not any("。" in one.form for one in lines) and _is_announced(judged, bodies[0][0]):
        return False
    looks_so = is_story(judged, bodies, title is not None)
    listed = not looks_so and is_listing(judged, bodies, title is not None)
    block = judged[title or 0].block
    if block is not None:
        sure = SURE_LISTED if block.tag in ITEMS else SURE_MARKED
    else:
        sure = SURE_LISTED if listed else SURE_STORY
    if looks_so:
        if weighed.story >= LEAST_STORY or _is_plain(judged, bodies, title):
            return True
    elif weighed.story >= sure and weighed.likeness >= LEAST_LIKENESS:
        return True
    if title is None or weighed.story < LEAST_ROWS:
        return False
    return are_rows(lines) or (not listed and _is_unspoken(judged, lines, weighed, title))


def _is_unspoken(judged: Sequence[Judged], lines: Sequence[Judged], weighed: Weighed, title: int) -> bool:
    """May lines that hold hardly a sentence be a story: verse, pictures, what people said?

    They are no links, below a headline in the markup; or they stand below what states the headline's time or source.
    """
    marked = judged[title].block
    if marked is not None and marked.tag not in NO_HEADS and weighed.story >= LEAST_MARKED:
        return len(lines) >= LEAST_LINES and not _lead_away(lines)
    return weighed.story >= LEAST_HEADED and _is_stated(judged, title, lines)


def _is_of_foot(one: Judged) -> bool:
    """Would rules take the line at a page's foot: whose site it is, where to find them?"""
    return any(rule.kind in FOOT for rule in one.placed)


def _is_announced(judged: Sequence[Judged], start: int) -> bool:
    """Does a line that announces other stories stand right above a body?"""
    return any(one.kind == "related_heading" for one in judged[max(0, start - 2) : start])


def _lead_away(lines: Sequence[Judged]) -> bool:
    """Do lines of markup hold links, more than here and there one?"""
    return LINKED * sum(one.block is not None and one.block.links > 1 for one in lines) >= len(lines)


def _is_stated(judged: Sequence[Judged], title: int, lines: Sequence[Judged]) -> bool:
    """Do lines directly below a headline state its time or source, and hardly any further down?"""
    stated = _stating(judged)
    first = next(i for i, one in enumerate(judged) if one is lines[0])
    near = any(title < i <= title + 3 for i in stated)
    return near and sum(i > max(first, title + 3) for i in stated) <= FURTHER_DOWN


def _stating(judged: Sequence[Judged]) -> list[int]:
    """The lines that state time or source, or would where they may."""
    return [
        i
        for i, one in enumerate(judged)
        if one.kind == "metadata" or (one.kind is None and any(rule.kind == "metadata" for rule in one.placed))
    ]


def _is_plain(judged: Sequence[Judged], bodies: Sequence[Range], title: int | None) -> bool:
    """Does a page hold a headline, what states its time or source, and sentences, or hardly anything but sentences?"""
    return _is_headed(judged, bodies, title) or _is_all(judged, bodies)


def _is_all(judged: Sequence[Judged], bodies: Sequence[Range]) -> bool:
    """Do the bodies hold most of a page, and are two of three of their lines sentences, or all but a few characters? Of
    a list's lines one of two are."""
    held = (one for a, b in bodies for one in judged[a:b] if one.kind is None)
    inside = [one for one in held if not ends_with_date(one.form)]
    told = [one for one in inside if one.prose or "。" in one.form]
    chars, most = sum(len(one.form) for one in inside), sum(len(one.form) for one in judged)
    few = 3 * len(told) >= 2 * len(inside) or sum(len(one.form) for one in told) >= TOLD * chars
    return 2 * chars >= most and few


def _is_headed(judged: Sequence[Judged], bodies: Sequence[Range], title: int | None) -> bool:
    """Do a headline, what states its time or source, and a sentence stand one below the other, and hardly anything
    that states such things further down, as each entry of a list does?"""
    if title is None:
        return False
    stated = _stating(judged)
    below = [i for i in stated if title < i <= title + 3]
    first = next((i for a, b in bodies for i in range(a, b) if judged[i].score >= 1 and judged[i].kind is None), None)
    if first is None or not below or judged[first].form[-1] not in CLOSED:
        return False
    return first - below[-1] <= 2 and sum(i > first for i in stated) <= FURTHER_DOWN
