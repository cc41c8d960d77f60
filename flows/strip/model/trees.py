"""Boosted trees as data: whole numbers in, whole numbers out, so that every machine decides alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST_LEAVES = 16
"""Leaves of a tree at most: which of them are left for a row is one bit each of 16."""

FARTHEST = 16_000
"""Values and bounds lie between this and its negative, so that their differences are numbers of 16 bits too."""

AT_ONCE = 256
"""Rows that are told at once: what is worked on stays small."""

_NEVER = 16_383
_SIGN = 15


class Forest(NamedTuple):
    """Trees over `features` (names of columns, in order).

    Node k of tree t is node k * trees + t here: it sends a row right when its column `columns[node]` is above
    `bounds[node, 0]`; then the leaves of its left side, the bits of `lefts[node, 0]`, are out. The first leaf that is
    left tells `values[t, leaf]`, thousandths of log-odds; `offsets[t, 0]` is where the tree's own begin; `base` is
    added. (The way of scoring is that of Lucchese et al., QuickScorer, 2015.)
    """

    features: tuple[str, ...]
    columns: NDArray[np.intp]
    bounds: NDArray[np.int16]
    lefts: NDArray[np.int16]
    values: NDArray[np.int32]
    offsets: NDArray[np.intp]
    base: int

    def odds(self, rows: NDArray[np.int16]) -> NDArray[np.int32]:
        """The log-odds of rows, in thousandths; `rows` are columns by rows, in the order of `features`, each value
        FARTHEST at most."""
        parts = [self._odds(rows[:, start : start + AT_ONCE]) for start in range(0, rows.shape[1], AT_ONCE)]
        return np.concatenate([np.zeros(0, dtype=np.int32), *parts])

    def _odds(self, rows: NDArray[np.int16]) -> NDArray[np.int32]:
        below = rows.take(self.columns, axis=0)
        np.subtract(self.bounds, below, out=below)
        np.right_shift(below, _SIGN, out=below)  # -1, all bits, where the value is above the bound
        np.bitwise_and(below, self.lefts, out=below)
        gone = np.bitwise_or.reduce(below.reshape(-1, len(self.values), rows.shape[1]), axis=0).view(np.uint16)
        leaves = np.bitwise_count(gone & ~(gone + np.uint16(1))) + self.offsets
        sums: NDArray[np.int32] = self.values.take(leaves).sum(axis=0, dtype=np.int32)
        return sums + np.int32(self.base)


def forest_of(entry: Mapping[str, Any]) -> Forest:
    """A forest as it is stored: `trees` are pairs of nodes and leaves; a node is column, bound, and the first leaf of
    its left side and of its right side."""
    trees: Sequence[tuple[Sequence[Sequence[int]], Sequence[int]]] = entry["trees"]
    deepest = max(1, *(len(nodes) for nodes, _ in trees))
    columns = np.zeros((deepest, len(trees)), dtype=np.intp)
    bounds = np.full((deepest, len(trees)), _NEVER, dtype=np.int16)
    lefts = np.zeros((deepest, len(trees)), dtype=np.uint16)
    values = np.zeros((len(trees), MOST_LEAVES), dtype=np.int32)
    for t, (nodes, leaves) in enumerate(trees):
        values[t, : len(leaves)] = leaves
        for k, (column, bound, left, right) in enumerate(nodes):
            columns[k, t], bounds[k, t] = column, bound
            lefts[k, t] = (1 << right) - (1 << left)
    return Forest(
        tuple(entry["features"]),
        columns.ravel(),
        bounds.reshape(-1, 1),
        lefts.view(np.int16).reshape(-1, 1),
        values,
        np.arange(0, values.size, MOST_LEAVES, dtype=np.intp)[:, None],
        entry["base"],
    )
