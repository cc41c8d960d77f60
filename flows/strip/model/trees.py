"""Boosted trees as data: whole numbers in, whole numbers out, so that every machine decides alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST_LEAVES = 16
"""Leaves of a tree at most: which of them are left for a row is one bit each of 16."""

_NEVER = 32767
_LOWEST = np.zeros(1 << MOST_LEAVES, dtype=np.uint8)
for _bit in reversed(range(MOST_LEAVES)):
    _LOWEST[1 << _bit :: 1 << (_bit + 1)] = _bit


class Forest(NamedTuple):
    """Trees over `features` (names of columns, in order).

    Node k of tree t sends a row right when its column `columns[k, t]` is above `bounds[k, t]`; then the leaves of its
    left side, the bits of `lefts[k, t]`, are out. The first leaf that is left tells `values[t, leaf]`, thousandths of
    log-odds; `base` is added. (The way of scoring is that of Lucchese et al., QuickScorer, 2015.)
    """

    features: tuple[str, ...]
    columns: NDArray[np.intp]
    bounds: NDArray[np.int16]
    lefts: NDArray[np.uint16]
    values: NDArray[np.int32]
    base: int

    def odds(self, rows: NDArray[np.int16]) -> NDArray[np.int32]:
        """The log-odds of rows, in thousandths; `rows` are columns by rows, in the order of `features`."""
        out = np.zeros((self.values.shape[0], rows.shape[1]), dtype=np.uint16)
        for columns, bounds, lefts in zip(self.columns, self.bounds, self.lefts, strict=True):
            out |= (rows[columns] > bounds[:, None]) * lefts[:, None]
        leaves = _LOWEST[~out]
        sums: NDArray[np.int32] = np.take_along_axis(self.values, leaves.astype(np.intp), axis=1).sum(
            axis=0, dtype=np.int32
        )
        return sums + np.int32(self.base)


def forest_of(entry: Mapping[str, Any]) -> Forest:
    """A forest as it is stored: `trees` are pairs of nodes and leaves; a node is column, bound, and the first leaf of
    its left side and of its right side."""
    trees: Sequence[tuple[Sequence[Sequence[int]], Sequence[int]]] = entry["trees"]
    deepest = max(len(nodes) for nodes, _ in trees)
    columns = np.zeros((deepest, len(trees)), dtype=np.intp)
    bounds = np.full((deepest, len(trees)), _NEVER, dtype=np.int16)
    lefts = np.zeros((deepest, len(trees)), dtype=np.uint16)
    values = np.zeros((len(trees), MOST_LEAVES), dtype=np.int32)
    for t, (nodes, leaves) in enumerate(trees):
        values[t, : len(leaves)] = leaves
        for k, (column, bound, left, right) in enumerate(nodes):
            columns[k, t], bounds[k, t] = column, bound
            lefts[k, t] = (1 << right) - (1 << left)
    return Forest(tuple(entry["features"]), columns, bounds, lefts, values, entry["base"])
