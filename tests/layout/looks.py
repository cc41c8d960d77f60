"""Trains both looks at the lines (`flows.strip.model`), with and without each fold of sites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.strip.lines import rule_form
from flows.strip.model import Marked, Weighed, look_again, look_first, mark, rows_of
from flows.strip.model.odds import best_expected, shares
from flows.strip.model.pages import mark_page
from flows.strip.model.stretches import mark_stretches
from flows.strip.model.trees import forest_of
from tests.layout.forests import grow
from tests.layout.pages import Sheet

FOLDS = 5
FIRST_TREES, SECOND_TREES, PAGE_TREES = 160, 100, 200
OF_PAGE = {"num_leaves": 6, "min_data_in_leaf": 8, "learning_rate": 0.06, "feature_fraction": 0.3}
"""Settings for trees over pages, of which there are fewer than lines."""

AGAIN = (
    *("len", "score", "placed", "isend", "stops", "excl", "func", "indent"),
    *("blank", "simtitle", "repeats", "drep", "drepnext", "dmeta", "dhead", "dend", "dendnext"),
    *("nendbefore", "dcredit", "pos", "i", "fromend", "runshort", "full3a", "full3b", "full8a", "full8b", "kd8a"),
    *("kd8b", "bars", "commadens", "period", "end", "digit", "year", "time"),
    *("blinks", "btag", "bwithin", "bbad", "bgood", "blist", "bbadup", "bgoodup", "bparprose", "bpardens", "bparlinks"),
    *("bgpprose", "bgpdens", "binhalf", "binmost", "bsib", "bsame", "bsamenext", "blk3b", "blk3a", "blk8b", "blk8a"),
)
"""Features of the first look that the second one sees too; those of markup where there is any."""

UNASKED = frozenset({"heading", "kind", "dated", "closed", "cut", "full3b", "full3a", "sh3a", "sh3b", "inrunfull"})
"""Columns of lines that hardly a tree asks for: others tell the same."""

Fold = int | None
"""A fold of sites; None: no fold, all sites."""


Folds = dict[str, int]
"""The fold of each site."""


def share_out(sheets: Sequence[Sheet]) -> Folds:
    """The sites of pages in folds: the site with most pages first, each into the fold that has fewest."""
    pages = Counter(site for sheet in sheets for site in sheet.sites)
    folds, sizes = {}, [0] * FOLDS
    for site in sorted(pages, key=lambda site: (-pages[site], site)):
        fold = sizes.index(min(sizes))
        folds[site], sizes[fold] = fold, sizes[fold] + pages[site]
    return folds


Grown = dict[Fold, dict[str, Any]]


@dataclass
class Looks:
    """The trees of both looks (`flows.strip.model.trees.forest_of`), by the fold of sites that they have not seen."""

    folds: Folds
    first: Grown = field(default_factory=dict)
    second: Grown = field(default_factory=dict)
    story: Grown = field(default_factory=dict)
    likeness: Grown = field(default_factory=dict)

    def of(self, sheet: Sheet) -> list[int]:
        """The folds of the sites whose lines are on a page."""
        return sorted({self.folds[site] for site in sheet.sites})

    def unseen_lines(self, sheet: Sheet, marked: Marked) -> NDArray[np.int32]:
        """The log-odds of a page's lines by trees that have not seen its sites."""
        found = []
        for fold in self.of(sheet):
            first = look_first(marked, forest_of(self.first[fold]))
            found.append(look_again(marked, first, forest_of(self.second[fold])))
        return mean_of(found)

    def unseen(self, sheet: Sheet) -> Weighed:
        """The weights of a page by trees that have not seen its sites."""
        marked = mark_sheet(sheet)
        odds = self.unseen_lines(sheet, marked)
        page = mark_page(sheet.judged, marked.columns, odds)
        story, likeness = (
            mean_of([forest_of(one[fold]).odds(rows_of(page, one[fold]["features"])) for fold in self.of(sheet)])
            for one in (self.story, self.likeness)
        )
        return Weighed(odds, int(story[0]), int(shares(likeness)[0]) // 100)


def mean_of(odds: Sequence[NDArray[np.int32]]) -> NDArray[np.int32]:
    """The mean of several log-odds."""
    return (np.sum(odds, axis=0) // len(odds)).astype(np.int32)


def mark_sheet(sheet: Sheet) -> Marked:
    """The features of a page's lines."""
    return mark(sheet.judged, rule_form(sheet.text), sheet.stated)


def train_looks(sheets: Sequence[Sheet], marked: Sequence[Marked], folds: Folds) -> Looks:
    """Both looks; the second learns from what the first says of pages whose sites it has not seen."""
    looks = Looks(folds)
    first = tuple(name for name in marked[0].columns if name not in UNASKED)
    seen = frozenset(marked[0].columns)
    rows = [rows_of(one.columns, first) for one in marked]
    for fold in (*range(FOLDS), None):
        looks.first[fold] = _grow(looks, first, rows, sheets, fold, FIRST_TREES)
    forests = {fold: forest_of(looks.first[fold]) for fold in range(FOLDS)}
    for sheet, one in zip(sheets, marked, strict=True):
        odds = mean_of([look_first(one, forests[fold]) for fold in looks.of(sheet)])
        mark_stretches(one.columns, odds, one.pairs)
    second = (
        *(name for name in marked[0].columns if name not in seen),
        *(name for name in AGAIN if name in first),
    )
    rows = [rows_of(one.columns, second) for one in marked]
    for fold in (*range(FOLDS), None):
        looks.second[fold] = _grow(looks, second, rows, sheets, fold, SECOND_TREES)
    return looks


def train_pages(looks: Looks, sheets: Sequence[Sheet], lists: Sequence[Sheet]) -> None:
    """Adds the trees that tell whether a page holds a story, and how like the reference its likeliest body is."""
    every = [*sheets, *lists]
    rows, likeness, story = [], [], []
    for sheet in every:
        marked = mark_sheet(sheet)
        odds = looks.unseen_lines(sheet, marked)
        rows.append(mark_page(sheet.judged, marked.columns, odds))
        likeness.append(_likeness(sheet, best_expected(odds, marked.columns["len"]).kept))
        story.append(float(sheet.story))
    features = tuple(rows[0])
    taught = [rows_of(one, features) for one in rows]
    for fold in (*range(FOLDS), None):
        seen = [i for i, sheet in enumerate(every) if fold not in looks.of(sheet)]
        known = [i for i in seen if every[i].story and every[i].weight.any()]
        looks.story[fold] = _grow_pages(features, taught, story, every, seen)
        looks.likeness[fold] = _grow_pages(features, taught, likeness, every, known)


def _likeness(sheet: Sheet, kept: NDArray[np.bool_]) -> float:
    """The F1 by characters of the lines kept, of those that teach."""
    length = np.array([len(one.form) for one in sheet.judged]) * (sheet.weight > 0)
    whole = float((length * kept).sum() + (length * sheet.told).sum())
    return 2 * float((length * kept * sheet.told).sum()) / whole if whole else 0.0


def _grow_pages(
    features: Sequence[str],
    rows: Sequence[NDArray[np.int16]],
    told: Sequence[float],
    sheets: Sequence[Sheet],
    chosen: Sequence[int],
) -> dict[str, Any]:
    weight = np.array([1.0 if sheets[i].page is not None else 0.5 for i in chosen])
    chosen_rows = np.concatenate([rows[i] for i in chosen], axis=1)
    return grow(features, chosen_rows, np.array([told[i] for i in chosen]), weight, PAGE_TREES, **OF_PAGE)


def _grow(
    looks: Looks,
    features: Sequence[str],
    rows: Sequence[NDArray[np.int16]],
    sheets: Sequence[Sheet],
    unseen: Fold,
    trees: int,
) -> dict[str, Any]:
    seen = [i for i, sheet in enumerate(sheets) if unseen not in looks.of(sheet) and sheet.weight.any()]
    return grow(
        features,
        np.concatenate([rows[i] for i in seen], axis=1),
        np.concatenate([sheets[i].told for i in seen]),
        np.concatenate([sheets[i].weight for i in seen]),
        trees,
    )
