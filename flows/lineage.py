"""Where the characters of texts came from, compressed to runs: what the table `lineage` says of each field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

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
    bounds = np.array([0, *accumulate(map(len, texts))])
    length = whole.end - whole.start
    begins = np.ones(len(whole), np.bool_)
    begins[1:] = (
        (whole.start[1:] != whole.end[:-1])
        | (whole.operation[1:] != whole.operation[:-1])
        | (length[1:] != length[:-1])
        | ((length[1:] != 1) & (whole.start[1:] != NOWHERE))
    )
    begins[bounds[bounds < len(whole)]] = True
    firsts = np.flatnonzero(begins)
    behind = np.concatenate((firsts[1:], bounds[-1:]))[: len(firsts)]
    owner = np.searchsorted(bounds, firsts, "right") - 1
    first = bounds[owner]
    return Runs(
        owner, firsts - first, behind - first, whole.start[firsts], whole.end[behind - 1], whole.operation[firsts]
    )
