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

    Node k of tree t sends a row right when its column `columns[k][t]` is above `bounds[k][t, 0]`; then the leaves of
    its left side, the bits of `lefts[k][t, 0]`, are out. The first leaf that is left tells `values[t, leaf]`,
    thousandths of log-odds; `base` is added. (The way of scoring is that of Lucchese et al., QuickScorer, 2015.)
    """

    features: tuple[str, ...]
    columns: list[NDArray[np.intp]]
    bounds: list[NDArray[np.int16]]
    lefts: list[NDArray[np.uint16]]
    values: NDArray[np.int32]
    base: int

    def odds(self, rows: NDArray[np.int16]) -> NDArray[np.int32]:
        """The log-odds of rows, in thousandths; `rows` are columns by rows, in the order of `features`."""
        trees, count = self.values.shape[0], rows.shape[1]
        out = np.zeros((trees, count), dtype=np.uint16)
        found, above, gone = np.empty((trees, count), np.int16), np.empty((trees, count), np.bool_), np.empty_like(out)
        for columns, bounds, lefts in zip(self.columns, self.bounds, self.lefts, strict=True):
            np.take(rows, columns, axis=0, out=found, mode="clip")
            np.greater(found, bounds, out=above)
            np.multiply(above, lefts, out=gone)
            np.bitwise_or(out, gone, out=out)
        leaves = (
            _LOWEST[np.invert(out, out=out)] + np.arange(0, trees * MOST_LEAVES, MOST_LEAVES, dtype=np.int32)[:, None]
        )
        sums: NDArray[np.int32] = self.values.ravel()[leaves].sum(axis=0, dtype=np.int32)
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
    return Forest(
        tuple(entry["features"]),
        list(columns),
        list(bounds[:, :, None]),
        list(lefts[:, :, None]),
        values,
        entry["base"],
    )
