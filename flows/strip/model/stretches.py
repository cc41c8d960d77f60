"""The second look: each line again, with what the first look said of the stretch that it stands in or beside."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.strip.model.around import Pairs, shifted, stack, windows
from flows.strip.model.marks import Column, Columns
from flows.strip.model.odds import Choice, best_expected, shares

GAP = 1
"""Lines that may stand between two kept ones of one stretch."""

_NOWHERE = -1


class Stretches(NamedTuple):
    """Stretches of lines that the first look kept: `starts` and `ends` (exclusive), what each holds of the story
    (`mass`, characters times ten-thousandths), and the one that holds most."""

    starts: Column
    ends: Column
    mass: Column
    main: int


def mark_stretches(columns: Columns, odds: NDArray[np.int32], pairs: Pairs) -> Choice:
    """Adds the columns of the second look; gives what the first one chose."""
    length = columns["len"]
    held = shares(odds) * length
    choice = best_expected(odds, length)
    count = len(odds)
    columns["lo"] = odds.astype(np.int64) // 10
    columns["lorel"] = (odds.astype(np.int64) - choice.bound) // 10
    columns["ef"] = np.full(count, choice.expected // 10)
    columns["max"] = np.full(count, int(odds.max()) // 10)
    for offset in (-3, -2, -1, 1, 2, 3):
        columns[f"lo{offset:+d}"] = shifted(columns["lo"], offset, -900)
    _densities(columns, held, length)
    if not choice.kept.any():
        choice.kept[int(np.argmax(odds))] = True
    stretches = _find(choice.kept, held)
    _of_stretch(columns, choice.kept, odds, held, stretches)
    _main(columns, choice.kept, odds, stretches, pairs)
    return choice


def _densities(columns: Columns, held: Column, length: Column) -> None:
    widths = (3, 8, 20)
    for width, both in zip(widths, windows(stack([held, length]), widths), strict=True):
        for side, (mass, chars) in zip("ba", both, strict=True):
            columns[f"m{width}{side}"] = mass // 10_000
            columns[f"d{width}{side}"] = mass // 100 // np.maximum(chars, 1)
    total = int(held.sum()) + 1
    sums = np.cumsum(held)
    columns["mbefore"], columns["mafter"] = (sums - held) * 100 // total, (total - sums) * 100 // total
    columns["mtot"] = np.full(len(held), min(total // 10_000, 20_000))


def _find(kept: NDArray[np.bool_], held: Column) -> Stretches:
    places = np.flatnonzero(kept)
    parted = np.flatnonzero(np.diff(places) > GAP + 1)
    starts = places[np.append(0, parted + 1)]
    ends = places[np.append(parted, len(places) - 1)] + 1
    sums = np.concatenate([[0], np.cumsum(held)])
    mass = sums[ends] - sums[starts]
    return Stretches(starts, ends, mass, int(np.argmax(mass)))


def _of_stretch(
    columns: Columns, kept: NDArray[np.bool_], odds: NDArray[np.int32], held: Column, found: Stretches
) -> None:
    """Which stretch a line stands in, and those before and behind it."""
    count = len(odds)
    places = np.arange(count)
    total = int(held.sum()) + 1
    above = found.starts.searchsorted(places, "right") - 1
    here = np.where((above >= 0) & (places < found.ends[above]) & kept, above, _NOWHERE)
    share = found.mass * 100 // total
    rank = np.empty(len(share), dtype=np.int64)
    rank[np.argsort(-found.mass, kind="stable")] = np.arange(len(share))
    length = columns["len"]
    weighed = np.concatenate([[0], np.cumsum(odds.astype(np.int64) * length)])
    chars = np.concatenate([[0], np.cumsum(length)])
    mean = (weighed[found.ends] - weighed[found.starts]) // (chars[found.ends] - chars[found.starts]) // 10

    def of(which: Column, values: Column, missing: int) -> Column:
        return np.where(which >= 0, values[which], missing)

    columns["inseg"] = (here >= 0).astype(np.int64)
    columns["segmass"], columns["segrank"] = of(here, share, -1), of(here, rank, -1)
    columns["segidx"] = of(here, np.arange(len(share)) - found.main, 99)
    columns["nseg"] = np.full(count, len(share))
    columns["segn"], columns["segmean"] = of(here, found.ends - found.starts, 0), of(here, mean, -900)
    marked = np.flatnonzero(kept)
    before = marked.searchsorted(places, "right") - 1
    behind = marked.searchsorted(places)
    last = np.where(before >= 0, marked[before], _NOWHERE)
    following = np.append(marked, count)[behind]
    columns["dprev"] = np.where(last >= 0, np.minimum(places - last, 40), 40)
    columns["dnext"] = np.where(following < count, np.minimum(following - places, 40), 40)
    seg = found.starts.searchsorted(np.maximum(last, 0), "right") - 1
    columns["prevmass"] = np.where(last >= 0, share[np.maximum(seg, 0)], -1)
    seg = found.starts.searchsorted(np.minimum(following, count - 1), "right") - 1
    columns["nextmass"] = np.where(following < count, share[np.maximum(seg, 0)], -1)
    columns["mainmean"] = np.full(count, int(mean[found.main]))
    columns["mainshare"] = np.full(count, int(share[found.main]))


def _main(columns: Columns, kept: NDArray[np.bool_], odds: NDArray[np.int32], found: Stretches, pairs: Pairs) -> None:
    """How far from the main stretch a line stands, and how like it it is."""
    a, b = int(found.starts[found.main]), int(found.ends[found.main])
    places = np.arange(len(kept))
    length = columns["len"]
    columns["dmain"] = np.clip(np.where(places < a, places - a, np.where(places >= b, places - b + 1, 0)), -60, 60)
    sums = np.cumsum(length)
    away = np.where(places < a, sums - sums[a], np.where(places >= b, sums - sums[b - 1], 0))
    columns["cmain"] = np.clip(away, -5000, 5000)
    inside = kept & (places >= a) & (places < b)
    columns["simmain"] = pairs.shared(inside)
    columns["indeq"] = (columns["indent"] == _median(columns["indent"][inside])).astype(np.int64)
    columns["bleq"] = (columns["blank"] == _median(columns["blank"][inside])).astype(np.int64)
    columns["lenrel"] = np.minimum(length * 100 // max(1, _median(length[inside])), 3000)


def _median(values: Column) -> int:
    """The lower median: one of the values."""
    return int(np.sort(values)[(len(values) - 1) // 2])
