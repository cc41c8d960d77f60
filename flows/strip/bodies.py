"""The stretches of a page that are story, from the log-odds of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from flows.strip.judge import Judged
from flows.strip.model.odds import best_expected
from flows.strip.shape import CLOSED

GAP, UNLIKELY = 2, -2500
"""Lines between two kept ones that are kept with them, if the log-odds (thousandths) of each are above UNLIKELY."""

NEAR = 6
"""Lines between a stretch of short lines and one with sentences that it belongs to, at most."""

Range = tuple[int, int]


def find_bodies(judged: Sequence[Judged], odds: NDArray[np.int32]) -> list[Range]:
    """Half-open ranges of lines, in order: the lines of the greatest expected F1, with what stands doubtful among them.

    Lines that rules take never part a body.
    """
    lengths = np.array([len(one.form) for one in judged])
    taken = np.array([one.kind is not None for one in judged])
    kept = best_expected(odds, lengths).kept & ~taken
    _join_paragraphs(judged, odds, kept)
    places = np.flatnonzero(kept).tolist()
    bodies: list[list[int]] = []
    for place in places:
        if bodies and _belongs(judged, odds, bodies[-1][1], place):
            bodies[-1][1] = place + 1
        else:
            bodies.append([place, place + 1])
    return _with_paragraphs(judged, [(start, end) for start, end in bodies])


def _join_paragraphs(judged: Sequence[Judged], odds: NDArray[np.int32], kept: NDArray[np.bool_]) -> None:
    """Keeps the closed paragraphs that adjoin kept ones, with nothing but what rules take between."""
    free = [i for i, one in enumerate(judged) if one.kind is None]
    for places in (free, free[::-1]):
        for above, i in pairwise(places):
            one = judged[i]
            if kept[above] and judged[above].prose and one.prose and not one.placed and one.form[-1] in CLOSED:
                kept[i] |= odds[i] > UNLIKELY


def _with_paragraphs(judged: Sequence[Judged], bodies: Sequence[Range]) -> list[Range]:
    """The bodies without those that hold no sentence and stand away from all that do, if any does."""
    telling = [any(one.kind is None and one.score > 0 for one in judged[a:b]) for a, b in bodies]
    if not any(telling):
        return list(bodies)
    return [
        body
        for i, body in enumerate(bodies)
        if telling[i]
        or (i > 0 and telling[i - 1] and body[0] - bodies[i - 1][1] <= NEAR)
        or (i + 1 < len(bodies) and telling[i + 1] and bodies[i + 1][0] - body[1] <= NEAR)
    ]


def _belongs(judged: Sequence[Judged], odds: NDArray[np.int32], end: int, place: int) -> bool:
    """Does the kept line at `place` go on with the body that ends before `end`?"""
    between = [i for i in range(end, place) if judged[i].kind is None]
    return len(between) <= GAP and all(odds[i] > UNLIKELY for i in between)


def without_title(judged: Sequence[Judged], bodies: Sequence[Range], title: int) -> list[Range]:
    """The bodies without the headline, and without what stands above it and holds no paragraph."""
    out = []
    for start, end in bodies:
        for a, b in ((start, min(end, title)), (max(start, title + 1), end)):
            if a < b and (a > title or any(one.prose and one.kind is None for one in judged[a:b])):
                out.append((a, b))
    return out
