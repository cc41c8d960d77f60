"""Where the characters of texts came from, compressed to runs: what the table `lineage` says of each field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.text import NOWHERE, Text


class Runs(NamedTuple):
    """The runs of several texts, in order, as columns of n runs (shape (n,)).

    Run i says that text[start:end] of the text number `owner` came from raw[raw_start:raw_end] by `operation`; both
    raw places are NOWHERE for inserted characters.
    """

    owner: NDArray[np.intp]
    start: NDArray[np.intp]
    end: NDArray[np.intp]
    raw_start: NDArray[np.int32]
    raw_end: NDArray[np.int32]
    operation: NDArray[np.uint8]


def find_runs(texts: Sequence[Text]) -> Runs:
    """The alignment of texts: maximal runs of one operation over contiguous raw characters.

    A run of several characters maps them one to one, except inserted ones, which map to nothing.
    """
    whole = Text.concat(texts)
    start, end, operation = whole.start, whole.end, whole.operation
    bounds = np.array([0, *accumulate(len(text.chars) for text in texts)])
    single = end - start == 1
    goes_on = (start[1:] == end[:-1]) & (operation[1:] == operation[:-1])
    goes_on &= (single[1:] & single[:-1]) | (start[1:] == NOWHERE)
    begins = np.ones(len(start) + 1, np.bool_)  # and one behind the last character
    np.logical_not(goes_on, out=begins[1:-1])
    begins[bounds] = True
    firsts = begins.nonzero()[0]
    firsts, behind = firsts[:-1], firsts[1:]
    owner = bounds.searchsorted(firsts, "right") - 1
    first = bounds[owner]
    return Runs(owner, firsts - first, behind - first, start[firsts], end[behind - 1], operation[firsts])


def raw_spans(runs: Iterable[Mapping[str, Any]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where text[start:end] stands in the raw page, by the runs of that text's lineage."""
    spans: list[tuple[int, int]] = []
    for run in sorted(runs, key=lambda run: run["start"]):
        if run["raw_start"] is None or run["end"] <= start or run["start"] >= end:
            continue
        a, b = run["raw_start"], run["raw_end"]
        if b - a == run["end"] - run["start"]:  # one to one, so that a part of the run can be told
            a, b = a + max(0, start - run["start"]), b - max(0, run["end"] - end)
        if spans and spans[-1][1] == a:
            spans[-1] = (spans[-1][0], b)
        else:
            spans.append((a, b))
    return tuple(spans)
