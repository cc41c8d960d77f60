"""The stretches of a page that are story, from the log-odds of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from flows.strip.judge import Judged
from flows.strip.markup import are_siblings, is_link, stands_beside
from flows.strip.model.odds import best_expected, shares
from flows.strip.sections import ENDS
from flows.strip.shape import CLOSED

GAP, UNLIKELY = 2, -2500
"""Lines between two kept ones that are kept with them, if the log-odds (thousandths) of each are above UNLIKELY."""

WIDE, DOUBTFUL = 6, -1500
"""The same for more lines between, of which each is more likely story."""

STORY = 3
"""Paragraphs that a story has at least if it stands below a line about rights."""

NEAR = 6
"""Lines between a stretch of short lines and one with sentences that it belongs to, at most."""

STRAY, WEAKER = 6, 2000
"""Lines between a body and the one that holds most from which on it is far from it, and how much lower the log-odds of
its lines may then be on average."""

OTHERS = frozenset({"related_heading", "copyright"})
"""Kinds of lines behind which other stories stand."""

Range = tuple[int, int]


def find_bodies(judged: Sequence[Judged], odds: NDArray[np.int32]) -> list[Range]:
    """Half-open ranges of lines, in order: the lines of the greatest expected F1, with what stands doubtful among them.

    Lines that rules take never part a body, but for those that end stories.
    """
    lengths = np.array([len(one.form) for one in judged])
    taken = np.array([one.kind is not None for one in judged])
    kept = best_expected(odds, lengths).kept & ~taken
    beside = np.zeros(len(judged), dtype=bool)
    if judged[-1].block is not None:
        beside[[i for i in np.flatnonzero(kept).tolist() if stands_beside(judged[i])]] = True
    if lengths[kept & beside].sum() < lengths[kept & ~beside].sum():
        kept &= ~beside
    _join_paragraphs(judged, odds, kept)
    bodies: list[list[int]] = []
    for place in np.flatnonzero(kept).tolist():
        if bodies and _belongs(judged, odds, bodies[-1][1], place):
            bodies[-1][1] = place + 1
        else:
            bodies.append([place, place + 1])
    found = _with_sentences(judged, [(start, end) for start, end in bodies])
    return _without_strays(judged, odds, found)


def _without_strays(judged: Sequence[Judged], odds: NDArray[np.int32], bodies: Sequence[Range]) -> list[Range]:
    """The bodies without those far from the one that holds most whose lines are much less likely: a page that is nearly
    all furniture has many doubtful lines, and no story stands in pieces among them."""
    if len(bodies) < 2:
        return list(bodies)
    length = np.array([len(one.form) if one.kind is None else 0 for one in judged])
    likely = [
        int((odds[a:b].astype(np.int64) * length[a:b]).sum()) // max(1, int(length[a:b].sum())) for a, b in bodies
    ]
    main = int(np.argmax([int((shares(odds[a:b]) * length[a:b]).sum()) for a, b in bodies]))
    kept = [bodies[main]]
    for n in range(main - 1, -1, -1):
        if kept[0][0] - bodies[n][1] <= STRAY or likely[n] >= likely[main] - WEAKER:
            kept.insert(0, bodies[n])
    for n in range(main + 1, len(bodies)):
        if bodies[n][0] - kept[-1][1] <= STRAY or likely[n] >= likely[main] - WEAKER:
            kept.append(bodies[n])
    return kept


def _join_paragraphs(judged: Sequence[Judged], odds: NDArray[np.int32], kept: NDArray[np.bool_]) -> None:
    """Keeps the closed paragraphs that adjoin kept lines, in markup in the same element, with nothing but what rules
    take between."""
    free = [i for i, one in enumerate(judged) if one.kind is None]
    held, likely = kept.tolist(), (odds > UNLIKELY).tolist()
    for places in (free, free[::-1]):
        for above, i in pairwise(places):
            if held[above] and not held[i] and likely[i]:
                one = judged[i]
                held[i] = one.prose and not one.placed and one.form[-1] in CLOSED and are_siblings(judged[above], one)
    kept[:] = held


def _belongs(judged: Sequence[Judged], odds: NDArray[np.int32], end: int, place: int) -> bool:
    """Does the kept line at `place` go on with the body that ends before `end`?"""
    between = range(end, place)
    free = [i for i in between if judged[i].kind is None]
    ended = any(_ends(judged[i]) for i in between)
    if ended:
        return False
    return (len(free) <= GAP and all(odds[i] > UNLIKELY for i in free)) or (
        len(free) <= WIDE and all(odds[i] > DOUBTFUL for i in free)
    )


def _ends(one: Judged) -> bool:
    return one.kind in ENDS


def _with_sentences(judged: Sequence[Judged], bodies: Sequence[Range]) -> list[Range]:
    """The bodies without those that hold no sentence and stand away from all that do, if any does."""
    telling = [body for body in bodies if any(one.kind is None and one.score > 0 for one in judged[slice(*body)])]
    telling = [body for body in telling if not _is_notice(judged, body)] or telling
    if not telling:
        return list(bodies)
    return [body for body in bodies if body in telling or any(_are_near(judged, body, other) for other in telling)]


def _is_notice(judged: Sequence[Judged], body: Range) -> bool:
    """Does a body of few paragraphs stand below a line about rights, whose other paragraphs rules do not know?"""
    above = next((judged[i] for i in range(body[0] - 1, -1, -1) if judged[i].kind is not None or judged[i].prose), None)
    few = sum(one.prose and one.kind is None for one in judged[slice(*body)]) < STORY
    return few and above is not None and above.kind == "copyright"


def _are_near(judged: Sequence[Judged], one: Range, other: Range) -> bool:
    """Do a few lines stand between two bodies, none of them one that ends a story?"""
    first, second = sorted((one, other))
    between = judged[first[1] : second[0]]
    return len(between) <= NEAR and not any(_ends(line) for line in between)


def without_title(judged: Sequence[Judged], bodies: Sequence[Range], title: int) -> list[Range]:
    """The bodies without the headline, and without what stands above it and holds no paragraph."""
    out = []
    for start, end in bodies:
        for a, b in ((start, min(end, title)), (max(start, title + 1), end)):
            if a < b and (a > title or any(one.prose and one.kind is None for one in judged[a:b])):
                out.append((a, b))
    return out


def without_others(judged: Sequence[Judged], bodies: Sequence[Range], title: int) -> list[Range]:
    """The bodies without other stories: what stands far below the paragraph under a headline that the page's title
    repeats, and behind a line that ends stories."""
    first = next((n for n, (a, b) in enumerate(bodies) if a > title and _opens(judged, title, a, b)), None)
    if first is None:
        return list(bodies)
    end = bodies[first][1]
    kept = list(bodies[: first + 1])
    for start, stop in bodies[first + 1 :]:
        if start - end > STRAY and any(one.kind in OTHERS for one in judged[end:start]):
            break
        if start - end > STRAY and is_link(judged[start - 1]) and stop == start + 1:  # the beginning of another story
            continue
        kept.append((start, stop))
        end = stop
    return kept


def _opens(judged: Sequence[Judged], title: int, start: int, end: int) -> bool:
    """Does a body begin near below the headline, with a closed paragraph?"""
    first = next((i for i in range(start, end) if judged[i].kind is None and judged[i].prose), None)
    return first is not None and first - title <= STRAY and judged[first].form[-1] in CLOSED
