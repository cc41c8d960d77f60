"""Which stretches of a page are body: the two-state sequence of lines with the highest score."""

from __future__ import annotations

from collections.abc import Sequence

SWITCH = 6.0
"""What it costs to enter or to leave the body: about eight short lines, or a page's worth of sidebar."""

SHARE = 0.15
"""A further stretch must earn this share of the best one, else it is a sidebar's blurb."""


def body_regions(scores: Sequence[float], switch: float = SWITCH) -> list[tuple[int, int]]:
    """Half-open ranges of lines that are body, in order; empty if nothing earns its place.

    Viterbi over two states: a line in the body earns its score, a line outside nothing, and every
    entry and exit costs `switch`, except at the ends of the page. O(n).
    """
    outside, inside = 0.0, 0.0
    came_from: list[tuple[bool, bool]] = []  # for each line and state: was the line before inside?
    for score in scores:
        enter, stay = outside - switch, inside
        leave, remain = inside - switch, outside
        came_from.append((leave > remain, stay >= enter))
        outside, inside = max(leave, remain), max(stay, enter) + score
    regions, end, state = [], None, inside > outside
    for i in range(len(scores) - 1, -1, -1):
        if state and end is None:
            end = i + 1
        before = came_from[i][1] if state else came_from[i][0]
        if end is not None and (not before or i == 0) and state:
            regions.append((i, end))
            end = None
        state = before
    regions.reverse()
    regions = [shrunk for a, b in regions if (shrunk := _without_losses(scores, a, b))]
    if not regions:
        return []
    best = max(sum(scores[a:b]) for a, b in regions)
    return [(a, b) for a, b in regions if sum(scores[a:b]) >= SHARE * best]


def _without_losses(scores: Sequence[float], a: int, b: int) -> tuple[int, int] | None:
    """The range without the lines at its ends that earn nothing."""
    while a < b and scores[a] <= 0:
        a += 1
    while b > a and scores[b - 1] <= 0:
        b -= 1
    return (a, b) if a < b else None
