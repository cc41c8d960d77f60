"""What the lines of a page, once they are weighed, say of the whole: does it hold a story, and how sure is its body?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.strip.forms import is_row
from flows.strip.judge import Judged
from flows.strip.model.blocks import TAGS
from flows.strip.model.marks import KINDS, Column, Columns
from flows.strip.model.odds import best_expected, shares
from flows.strip.worth import signs

METADATA, NAVIGATION = KINDS.index("metadata") + 1, KINDS.index("navigation") + 1
_HEADINGS, _ITEMS = [TAGS["h1"], TAGS["h2"]], [TAGS["li"], TAGS["td"], TAGS["dd"]]

PLAIN_END = 9
"""The value of the column "end" for lines that end with a character of words."""

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
    inside, span = _main(kept, held), _span(kept)
    of_main = _of_stretch(judged, columns, inside, odds, titled)
    alike = np.array_equal(inside, span)
    of_span = of_main if alike else _of_stretch(judged, columns, span, odds, titled)
    for name, of_lines in (("main", of_main), ("around", of_span)):
        found |= {f"{name}{what}": value for what, value in of_lines.items()}
    found |= _above(columns, inside)
    found["rows"] = _rows([judged[i] for i in np.flatnonzero(inside & (kind == 0)).tolist()])
    if "blinks" in columns:
        found["links"] = int((columns["blinks"] * length).sum()) // max(1, int(length.sum()))
        found["mainlinks"] = int((columns["blinks"] * length)[inside].sum()) // max(1, int(length[inside].sum()))
        found["parents"] = _count(columns["bsame"][inside] == 0) * 100 // max(1, _count(inside))
        found["mainlinked"] = _count(columns["blinks"][inside]) * 100 // max(1, _count(inside))
        found["mainitems"] = _count(np.isin(columns["btag"][inside], _ITEMS)) * 100 // max(1, _count(inside))
    return {name: np.array([value], dtype=np.int64) for name, value in found.items()}


def _above(columns: Columns, inside: NDArray[np.bool_]) -> dict[str, int]:
    """What stands above the main stretch and around it: a headline of the page, how near; what rules know as menus, and
    as what ends stories; lines that state time or source further down."""
    start = int(np.argmax(inside))
    kind, placed = columns["kind"], columns["placed"]
    said = np.flatnonzero(columns["repeats"][: start + 1])
    stated = (kind == METADATA) | ((kind == 0) & (placed == METADATA))
    found = {
        "titledist": min(start - int(said[-1]), 30) if len(said) else 40,
        "metaabove": _count(stated[max(0, start - 5) : start]),
        "metabelow": min(_count(stated[start + 1 :]), 30),
        "menus": _count(kind == NAVIGATION) * 100 // len(kind),
        "ended": _count(columns["isend"][start:] > 1) * 100 // len(kind),
    }
    if "btag" in columns:
        found["headed"] = _count(np.isin(columns["btag"][max(0, start - 8) : start + 1], _HEADINGS))
    return found


def _rows(lines: Sequence[Judged]) -> int:
    """What share of some lines (in hundredths), of which hardly one is a sentence, are rows of an announcement."""
    if 3 * sum(one.prose for one in lines) >= len(lines):
        return -1
    return sum(is_row(one) for one in lines) * 100 // len(lines)


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


def _of_stretch(
    judged: Sequence[Judged], columns: Columns, inside: NDArray[np.bool_], odds: NDArray[np.int32], titled: bool
) -> dict[str, int]:
    """What the lines of a stretch are like, and what they show of a list."""
    places = np.flatnonzero(inside)
    start, end = (int(places[0]), int(places[-1]) + 1) if len(places) else (0, 0)
    return _of_lines(columns, inside, odds) | signs(judged, start, end, titled)


def _of_lines(columns: Columns, inside: NDArray[np.bool_], odds: NDArray[np.int32]) -> dict[str, int]:
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
        "lines": min(count, 500),
        "chars": min(chars, 20_000),
        "odds": weighed,
        "long": share(long),
        "longclosed": _count(long & closed) * 100 // max(1, _count(long)),
        "turns": _count(turns > 0) * 100 // count,
        "dates": share(columns["dated"][inside]),
        "times": share(columns["time"][inside] | columns["year"][inside]),
        "taken": share(columns["kind"][inside]),
        "placed": share(columns["placed"][inside]),
        "cutshort": share(columns["end"][inside] == CUT_SHORT),
        "stops": int(columns["stops"][inside].sum()) * 100 // count,
        "like": int((columns["simprose"][inside] * length).sum()) // chars,
        "titled": int((columns["simtitle"][inside] * length).sum()) // chars,
        "repeated": share(columns["rep"][inside] > 1),
        "indented": share(columns["indent"][inside] >= 2),
        "longest": int(length.max()) if len(length) else 0,
        "mean": chars // count,
        "bare": share((columns["end"][inside] == PLAIN_END) & (length >= 8) & (length <= 32)),
        "spaced": share(columns["spaces"][inside]),
        "func": int(columns["func"][inside].sum()) // count,
        "digit": int(columns["digit"][inside].sum()) // count,
    }
