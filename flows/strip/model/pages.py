"""What the lines of a page, once they are weighed, say of the whole: does it hold a story, and how sure is its body?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.strip.judge import Judged
from flows.strip.model.marks import Column, Columns
from flows.strip.model.odds import best_expected, shares
from flows.strip.worth import signs

CUT_SHORT = 3
"""The value of the column "end" for lines that break off with an ellipsis."""


def mark_page(judged: Sequence[Judged], columns: Columns, odds: NDArray[np.int32]) -> Columns:
    """The features of a page, each a column of one row; `odds` are what the second look says of its lines."""
    length, kind = columns["len"], columns["kind"]
    held = shares(odds) * length
    choice = best_expected(odds, length)
    kept = choice.kept
    found: dict[str, int] = {
        "expected": choice.expected // 10,
        "bound": choice.bound // 10,
        "highest": int(odds.max()) // 10,
        "mass": min(int(held.sum()) // 10_000, 20_000),
        "massshare": int(held.sum()) // max(1, int(length.sum())) // 100,
        "lines": min(len(odds), 2000),
        "taken": _count(kind) * 100 // len(odds),
        "said": min(int(columns["repeats"].sum()), 3),
        "dates": _count(columns["dated"]) * 100 // len(odds),
        "times": _count(columns["time"] | columns["year"]) * 100 // len(odds),
        "short": _count((length < 25) & (kind == 0)) * 100 // len(odds),
        "stopped": min(int((columns["stops"] * (kind == 0)).sum()), 200),
        "prose": min(int(columns["prose"].sum()), 200),
        "cutshort": _count(columns["end"] == CUT_SHORT) * 100 // len(odds),
        "repeated": _count(columns["rep"] > 1) * 100 // len(odds),
    }
    titled = bool(columns["repeats"].any())
    for name, values in (("main", _main(kept, held)), ("around", _span(kept))):
        found |= _of_lines(name, columns, values, odds)
        places = np.flatnonzero(values)
        start, end = (int(places[0]), int(places[-1]) + 1) if len(places) else (0, 0)
        found |= {f"{name}{sign}": value for sign, value in signs(judged, start, end, titled).items()}
    if "blinks" in columns:
        inside = _main(kept, held)
        found["links"] = int((columns["blinks"] * length).sum()) // max(1, int(length.sum()))
        found["mainlinks"] = int((columns["blinks"] * length)[inside].sum()) // max(1, int(length[inside].sum()))
        found["parents"] = _count(columns["bsame"][inside] == 0) * 100 // max(1, _count(inside))
    return {name: np.array([value], dtype=np.int64) for name, value in found.items()}


def _count(mask: NDArray[Any]) -> int:
    """How many values are not 0; a tenth of the time that adding them up takes."""
    return int(np.count_nonzero(mask))


def _main(kept: NDArray[np.bool_], held: Column) -> NDArray[np.bool_]:
    """The lines of the stretch of kept ones, at most two others between, that holds most."""
    places = np.flatnonzero(kept)
    inside = np.zeros(len(kept), dtype=bool)
    if len(places):
        parted = np.flatnonzero(np.diff(places) > 3)
        starts, ends = places[np.append(0, parted + 1)], places[np.append(parted, len(places) - 1)] + 1
        sums = np.concatenate([[0], np.cumsum(held)])
        best = int(np.argmax(sums[ends] - sums[starts]))
        inside[starts[best] : ends[best]] = True
    return inside


def _span(kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The lines from the first kept one to the last."""
    inside = np.zeros(len(kept), dtype=bool)
    places = np.flatnonzero(kept)
    if len(places):
        inside[places[0] : places[-1] + 1] = True
    return inside


def _of_lines(name: str, columns: Columns, inside: NDArray[np.bool_], odds: NDArray[np.int32]) -> dict[str, int]:
    """What some of the lines are like."""
    count = max(1, _count(inside))
    length = columns["len"][inside]
    chars = max(1, int(length.sum()))
    long = length >= 30
    closed = columns["closed"][inside] > 0
    turns = np.diff(long.astype(np.int64))
    weighed = int((odds[inside].astype(np.int64) * length).sum()) // chars // 10

    def share(mask: NDArray[Any]) -> int:
        return _count(mask) * 100 // count

    return {
        f"{name}lines": min(count, 500),
        f"{name}chars": min(chars, 20_000),
        f"{name}odds": weighed,
        f"{name}long": share(long),
        f"{name}longclosed": _count(long & closed) * 100 // max(1, _count(long)),
        f"{name}turns": _count(turns > 0) * 100 // count,
        f"{name}dates": share(columns["dated"][inside]),
        f"{name}times": share(columns["time"][inside] | columns["year"][inside]),
        f"{name}taken": share(columns["kind"][inside]),
        f"{name}placed": share(columns["placed"][inside]),
        f"{name}cutshort": share(columns["end"][inside] == CUT_SHORT),
        f"{name}stops": int(columns["stops"][inside].sum()) * 100 // count,
        f"{name}like": int((columns["simprose"][inside] * length).sum()) // chars,
        f"{name}titled": int((columns["simtitle"][inside] * length).sum()) // chars,
        f"{name}repeated": share(columns["rep"][inside] > 1),
        f"{name}indented": share(columns["indent"][inside] >= 2),
        f"{name}longest": int(length.max()) if len(length) else 0,
    }
