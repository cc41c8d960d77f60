"""Which stretches of a page are body: the two-state sequence of lines with the highest score."""

from __future__ import annotations

from collections.abc import Sequence

ENTER = 7.0
"""What it costs to enter a body in the middle of a page: nine short lines, or a sidebar's blurb or two."""

LEAVE = 1.0
"""What it costs to leave a body before the page ends."""

SHARE, EVEN, DENSE = 0.5, 1.2, 2.4
"""What a stretch must earn beside the best one, or beside the one under the headline: this share of it and `EVEN` a
line, or `DENSE` a line, as paragraphs throughout do and a sidebar never does."""


def body_regions(scores: Sequence[float], enter: float = ENTER, leave: float = LEAVE) -> list[tuple[int, int]]:
    """Half-open ranges of lines that are body, in order; empty if nothing earns its place.

    Viterbi over two states: a line in the body earns its score, a line outside nothing; every entry costs
    `enter` and every exit `leave`, except that the first line may be in the body and the last one may end
    in it for nothing. O(n).
    """
    outside, inside = 0.0, 0.0
    was_inside: list[tuple[bool, bool]] = []  # for each line and its state outside, inside: the state before
    for score in scores:
        left, entered = inside - leave, outside - enter
        leaves, stays = left > outside, inside >= entered
        was_inside.append((leaves, stays))
        if leaves:
            outside = left
        inside = (inside if stays else entered) + score
    regions, end, state = [], None, inside > outside
    for i in range(len(scores) - 1, -1, -1):
        before = was_inside[i][state]
        if state and end is None:
            end = i + 1
        if state and end is not None and (not before or i == 0):
            regions.append((i, end))
            end = None
        state = before
    return [earning for a, b in reversed(regions) if (earning := _without_losses(scores, a, b))]


def worthy_regions(
    scores: Sequence[float], regions: Sequence[tuple[int, int]], zone: range | None
) -> list[tuple[int, int]]:
    """The regions that are the story, not a sidebar or a comment.

    `zone` are the lines between headline and end mark, where they are known: then the stretches inside it are the
    story, and any other must be dense; else the best one is.
    """
    totals = [sum(scores[a:b]) for a, b in regions]
    inside = [zone is not None and a < zone.stop for a, _ in regions]
    best = max(totals, default=0.0)
    chosen = []
    for (a, b), total, is_story in zip(regions, totals, inside, strict=True):
        dense = total >= DENSE * (b - a)
        if any(inside):
            good = is_story or dense
        else:
            good = total == best or dense or total >= max(SHARE * best, EVEN * (b - a))
        if good:
            chosen.append((a, b))
    return chosen


def _without_losses(scores: Sequence[float], a: int, b: int) -> tuple[int, int] | None:
    """The range without the lines at its ends that earn nothing."""
    while a < b and scores[a] <= 0:
        a += 1
    while b > a and scores[b - 1] <= 0:
        b -= 1
    return (a, b) if a < b else None
