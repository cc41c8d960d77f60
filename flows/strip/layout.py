"""Where on a page its story stands: title, head, body, tail; and what that makes of each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.strip.judge import Judged
from flows.strip.region import body_regions
from flows.strip.title import is_subtitle, likely_title, repeated_title

# What a removed line says of its surroundings: a heading over links ends a story, a caption does not.
_WEIGHT = {
    "related_heading": -4.0,
    "copyright": -3.0,
    "contact": -2.0,
    "navigation": -1.5,
    "share": -1.5,
    "teaser": -1.5,
    "related_links": -2.0,
    "site_prompt": -1.5,
    "advertisement": -1.0,
    "metadata": -1.0,
    "credit": -0.5,
    "caption": 0.0,
    "repeated": 0.0,
}
_PLACED = -1.2
"""The score of a line that a rule would take if it stood in the right place."""

SHORT_STORY = 2.0
"""What a lone paragraph must score to be a story, if a headline or a source line vouches for it."""

LONE_STORY = 7.0
"""What a stretch must score with nothing else to vouch for it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`title` and `subtitle` are indices of lines or None; `bodies` are half-open ranges of lines, in order.

    `first_prose` and `last_prose` are the first and the last paragraph of the bodies.
    """

    title: int | None
    subtitle: int | None
    bodies: tuple[tuple[int, int], ...]
    first_prose: int
    last_prose: int

    @property
    def start(self) -> int:
        return self.bodies[0][0]

    @property
    def end(self) -> int:
        return self.bodies[-1][1]

    def holds(self, i: int) -> bool:
        """Does line i stand in a body?"""
        return any(a <= i < b for a, b in self.bodies)


def lay_out(judged: Sequence[Judged]) -> Layout | None:
    """The layout of a page; None if it holds no story."""
    scores = [_score(one) for one in judged]
    title = repeated_title(judged)
    below = 0 if title is None else title + 1
    bodies = [(below + a, below + b) for a, b in body_regions(scores[below:])]
    if not bodies:
        bodies = _short_story(judged, scores)
    if not bodies:
        return None
    if title is None:
        title = likely_title(judged, bodies[0][0])
    bodies[0] = (_with_opening(judged, title, bodies[0][0]), bodies[0][1])
    prose = [i for a, b in bodies for i in range(a, b) if _is_plain(judged[i]) and judged[i].shape.score > 0]
    bodies[-1] = (bodies[-1][0], _with_closing(judged, prose[-1] + 1))
    subtitle = title + 1 if title is not None and is_subtitle(title, judged, prose[0]) else None
    if subtitle is not None and bodies[0][0] <= subtitle:
        bodies[0] = (subtitle + 1, bodies[0][1])
    return Layout(title, subtitle, tuple(bodies), prose[0], prose[-1])


def _score(one: Judged) -> float:
    if one.kind is not None:
        return _WEIGHT.get(one.kind, -1.0)
    if one.placed:
        return min(_PLACED, one.shape.score)
    return one.shape.score


def _short_story(judged: Sequence[Judged], scores: Sequence[float]) -> list[tuple[int, int]]:
    """The best stretch of a page on which none pays for itself, if a title or source line stands above."""
    best, best_range, total, start = 0.0, (0, 0), 0.0, 0
    for i, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += score
        if total > best:
            best, best_range = total, (start, i + 1)
    above = judged[max(0, best_range[0] - 8) : best_range[0]]
    vouched = any(one.kind == "metadata" or one.placed for one in above)
    if best >= LONE_STORY or (vouched and best >= SHORT_STORY):
        return [best_range]
    return []


def _with_opening(judged: Sequence[Judged], title: int | None, body: int) -> int:
    """The body's first line, with the short ones that stand between the source line, or the title, and it."""
    if title is None or title >= body:
        return body if title is None else title + 1
    first = body
    while first - 1 > title and _is_plain(judged[first - 1]):
        first -= 1
    below_source = judged[first - 1].kind in {"metadata", "credit"} or bool(judged[first - 1].placed)
    return first if body - first <= (8 if below_source else 3) else body


def _with_closing(judged: Sequence[Judged], end: int) -> int:
    """The body's end, with a signature or a short last line if the story clearly ends behind it."""
    last = end
    while last < len(judged) and _is_plain(judged[last]):
        last += 1
        if last - end > 4:
            return end
    return last


def _is_plain(one: Judged) -> bool:
    return one.kind is None and not one.placed and one.shape.score > -1.2
