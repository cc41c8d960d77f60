"""Boosted trees, trained with LightGBM and told in whole numbers (`flows.strip.model.trees`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

SETTINGS: dict[str, Any] = {
    "objective": "cross_entropy",
    "learning_rate": 0.085,
    "num_leaves": 15,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 2.0,
    "max_bin": 63,
    "verbose": -1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 7,
}


def grow(
    features: Sequence[str],
    rows: NDArray[np.int16],
    told: NDArray[np.float64],
    weight: NDArray[np.float64],
    trees: int,
    **settings: Any,
) -> dict[str, Any]:
    """The trees (`flows.strip.model.trees.forest_of`) of rows (by column) with shares of truth and weights."""
    counts = weight > 0
    weight = weight[counts] * (counts.sum() / weight[counts].sum())
    data = lightgbm.Dataset(rows[:, counts].T.astype(np.float32), told[counts], weight=weight)
    model = lightgbm.train({**SETTINGS, **settings}, data, trees).dump_model()
    return {
        "base": 0,
        "features": list(features),
        "trees": [_tree(one["tree_structure"]) for one in model["tree_info"]],
    }


def gains(entry: dict[str, Any]) -> list[tuple[str, int]]:
    """How often each feature is asked, most often first."""
    counts = np.bincount([node[0] for nodes, _ in entry["trees"] for node in nodes], minlength=len(entry["features"]))
    return sorted(zip(entry["features"], counts.tolist(), strict=True), key=lambda pair: -pair[1])


def _tree(root: dict[str, Any]) -> list[list[Any]]:
    """The nodes of a tree, each with column, bound, first leaf of its left side and of its right; and its leaves."""
    nodes: list[list[int]] = []
    leaves: list[int] = []

    def walk(node: dict[str, Any]) -> None:
        if "split_feature" not in node:
            leaves.append(round(node["leaf_value"] * 1000))
            return
        place, left = len(nodes), len(leaves)
        nodes.append([node["split_feature"], int(np.floor(node["threshold"])), left, 0])
        walk(node["left_child"])
        nodes[place][3] = len(leaves)
        walk(node["right_child"])

    walk(root)
    return [nodes, leaves]
