"""A second view of a page: which lines are its story by scores set by hand, with no trees and no markup.

Nothing is kept or removed for it. It shares no code with what chooses the story, and where the two differ most the page
was cleaned wrongly more often than not: it is one of the signs of `flows.suspicion`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flows.strip.bodies import Range
from flows.strip.judge import Judged
from flows.strip.title import repeated_title
from flows.strip.worth import is_story

ENTER, LEAVE = 7.0, 1.0
"""What it costs to enter a body in the middle of a page: nine short lines, or a sidebar's blurb or two; and to leave
one before the page ends."""

SHARE, EVEN, DENSE = 0.5, 1.2, 2.4
"""What a stretch must earn beside the best one, or beside the one under the headline: this share of it and EVEN a line,
or DENSE a line, as paragraphs throughout do and a sidebar never does."""

SHORT_IN_STORY = 0.3
"""What is left of a short line's cost between the headline and the mark that ends the story."""

SHORT_STORY, LONE_STORY = 2.0, 7.0
"""What a lone stretch must score to be a story, if a headline or a source line vouches for it, and if nothing does."""

_ENDS, _PLACED, _ELSE = -9.0, -1.2, -1.0
_WEIGHT = {"related_heading": _ENDS, "copyright": _ENDS, "contact": -2.0, "related_links": -2.0, "navigation": -1.5,
           "share": -1.5, "teaser": -1.5, "site_prompt": -1.5, "credit": -0.5, "caption": 0.0,
           "repeated": 0.0}  # fmt: skip
"""What a line that a rule takes says of those around it, by kind."""

_ENDING_RULES = frozenset({"nav_prev_next", "credit_editor"})
_ENDING_KINDS = frozenset({"share", "site_prompt", "copyright", "contact"})
_FAR = 12


def plain_lines(judged: Sequence[Judged], stated: str | None) -> list[bool]:
    """Of each line, before its place on the page has been told: is it in the story? None is, on a page without one."""
    scores = [_score(one) for one in judged]
    title = repeated_title(judged, stated)
    below = 0 if title is None else title + 1
    zone = _story_zone(judged, scores, title)
    for i in zone or ():
        if scores[i] < 0 and judged[i].kind is None:
            scores[i] *= SHORT_IN_STORY
    regions = [(below + a, below + b) for a, b in _regions(scores[below:])]
    bodies = _worthy(scores, regions, zone) or _short_story(judged, scores, below, title is not None)
    held = [False] * len(judged)
    if bodies and is_story(judged, bodies, title is not None):
        for a, b in bodies:
            held[a:b] = [one.kind is None for one in judged[a:b]]
    return held


def unlike(judged: Sequence[Judged], held: Sequence[bool], title: int | None) -> float:
    """How far the lines kept, of a settled page, are from those `held`, by characters: 0 the same, 1 none in common.

    A line that a rule takes for its place is no difference.
    """
    both = apart = 0
    for i, (one, is_held) in enumerate(zip(judged, held, strict=True)):
        if i == title:
            continue
        if one.kind is None and is_held:
            both += len(one.form)
        elif one.kind is None or (is_held and not one.placed):
            apart += len(one.form)
    return apart / (2 * both + apart) if apart else 0.0


def _score(one: Judged) -> float:
    if one.rule in _ENDING_RULES:
        return _ENDS
    if one.kind is not None:
        return _WEIGHT.get(one.kind, _ELSE)
    return min(_PLACED, one.score) if one.placed else one.score


def _story_zone(judged: Sequence[Judged], scores: list[float], title: int | None) -> range | None:
    """The lines from below the headline, or the source line, to the mark that ends the story, where both are there;
    controls under the headline lose their weight."""
    start = title if title is not None else _source_line(judged, scores)
    prose = next((i for i in range(start + 1, len(scores)) if scores[i] >= 1), None) if start is not None else None
    if start is None or prose is None:
        return None
    for i in range(start + 1, prose):
        if judged[i].kind is not None or judged[i].placed:
            scores[i] = 0.0
    end = next((i for i in range(prose, len(scores)) if _may_end(judged[i], scores[i])), None)
    return range(start + 1, end) if end is not None else None


def _may_end(one: Judged, score: float) -> bool:
    """Does the line stand, more often than not, behind a story?"""
    return score <= _ENDS or one.kind in _ENDING_KINDS or any(rule.kind in _ENDING_KINDS for rule in one.placed)


def _source_line(judged: Sequence[Judged], scores: Sequence[float]) -> int | None:
    """The first line that names time or source, with a paragraph soon below it."""
    for i, one in enumerate(judged):
        sourced = one.kind == "metadata" or any(rule.kind == "metadata" for rule in one.placed)
        if sourced and any(score >= 1 for score in scores[i + 1 : i + _FAR]):
            return i
    return None


def _regions(scores: Sequence[float]) -> list[Range]:
    """Half-open ranges of lines that are body, in order: the two-state sequence with the highest score.

    Viterbi: a line in a body earns its score, one outside nothing; entries and exits cost ENTER and LEAVE, but the
    first line may be in a body and the last one end in it for nothing.
    """
    outside = inside = 0.0
    before: list[tuple[bool, bool]] = []  # of each line, for the states outside and inside: was the one above inside?
    for score in scores:
        left, entered = inside - LEAVE, outside - ENTER
        before.append((left > outside, inside >= entered))
        outside, inside = max(left, outside), max(inside, entered) + score
    found: list[Range] = []
    is_inside, end = inside > outside, len(scores)
    for i in range(len(scores) - 1, -1, -1):
        was = before[i][is_inside]
        if is_inside and (not was or i == 0):
            found.append((i, end))
        elif was and not is_inside:
            end = i
        is_inside = was
    return [(a, b) for a, b in map(partial(_without_losses, scores), reversed(found)) if a < b]


def _without_losses(scores: Sequence[float], body: Range) -> Range:
    """The range without the lines at its ends that earn nothing."""
    a, b = body
    while a < b and scores[a] <= 0:
        a += 1
    while b > a and scores[b - 1] <= 0:
        b -= 1
    return a, b


def _worthy(scores: Sequence[float], regions: Sequence[Range], zone: range | None) -> list[Range]:
    """Those that are the story, not a sidebar or a comment: what begins before the end of the zone and what is dense;
    without a zone the best one, and what is nearly as good."""
    totals = [sum(scores[a:b]) for a, b in regions]
    inside = [zone is not None and a < zone.stop for a, _ in regions]
    best = max(totals, default=0.0)
    chosen = []
    for (a, b), total, is_inside in zip(regions, totals, inside, strict=True):
        fair = is_inside if any(inside) else total >= min(best, max(SHARE * best, EVEN * (b - a)))
        if fair or total >= DENSE * (b - a):
            chosen.append((a, b))
    return chosen


def _short_story(judged: Sequence[Judged], scores: Sequence[float], below: int, titled: bool) -> list[Range]:
    """The best stretch of lines none of which pays for an entry, if it scores enough."""
    best, found, total, start = 0.0, (0, 0), 0.0, below
    for i, score in enumerate(scores[below:], below):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, found = total, (start, i + 1)
    above = judged[max(0, found[0] - 8) : found[0]]
    vouched = titled or any(one.kind == "metadata" or one.placed for one in above)
    return [found] if best >= (SHORT_STORY if vouched else LONE_STORY) else []
