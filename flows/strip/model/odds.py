"""Log-odds of lines to lines that are kept: whole numbers all the way."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

STEP, LIMIT = 50, 8000
"""Log-odds, in thousandths, are looked up in steps of STEP up to LIMIT either way."""

_SHARES = np.array(
    [round(10_000 / (1 + math.exp(-step * STEP / 1000))) for step in range(-LIMIT // STEP, LIMIT // STEP + 1)],
    dtype=np.int64,
)

LOST = -30_000
"""The log-odds of a line that a rule takes."""


def shares(odds: NDArray[np.integer]) -> Ints:
    """Probabilities in ten-thousandths."""
    steps = np.minimum(np.maximum(odds, -LIMIT), LIMIT)  # a quarter of the time that np.clip takes
    found: Ints = _SHARES.take((steps + (LIMIT + STEP // 2)) // STEP)
    return found


class Choice(NamedTuple):
    """Which lines are kept, the log-odds of the least sure of them, and the F1 by characters to expect, in
    ten-thousandths."""

    kept: NDArray[np.bool_]
    bound: int
    expected: int


def best_expected(odds: NDArray[np.integer], lengths: Ints) -> Choice:
    """The set of lines that has the greatest expected F1 by characters (Jansche 2007: it holds the likeliest ones)."""
    likely = shares(odds)
    order = np.argsort(-odds, kind="stable")
    held = (likely * lengths)[order]
    total = int(held.sum())
    if total == 0:
        return Choice(np.zeros(len(odds), dtype=bool), 0, 0)
    # 2 Σpl / (Σl + Σ all pl), in ten-thousandths
    worth = (2 * np.cumsum(held) * 10_000) // (np.cumsum(lengths[order]) * 10_000 + total)
    count = int(np.argmax(worth)) + 1
    kept = np.zeros(len(odds), dtype=bool)
    kept[order[:count]] = True
    return Choice(kept, int(odds[order[count - 1]]), int(worth[count - 1]))
