"""The trained layout of a page: how likely each of its lines is part of a story, and the page to hold one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.strip.judge import Judged
from flows.strip.model.around import Pairs, mark_around
from flows.strip.model.blocks import mark_blocks
from flows.strip.model.marks import Columns, codes_of, mark_lines
from flows.strip.model.odds import LOST, shares
from flows.strip.model.pages import mark_page
from flows.strip.model.stored import line_model
from flows.strip.model.stretches import mark_stretches
from flows.strip.model.trees import FARTHEST, Forest

Odds = NDArray[np.int32]
"""Of each line of a page the log-odds, in thousandths, that it is part of a story."""


class Weighed(NamedTuple):
    """The log-odds of the lines of a page to be part of a story and of the page to hold one, in thousandths; and the F1
    by characters that the likeliest body is expected to reach, in hundredths."""

    lines: Odds
    story: int
    likeness: int


class Marked(NamedTuple):
    """The features of a page's lines by name, and the pairs of characters of each line."""

    columns: Columns
    pairs: Pairs


def weigh_lines(judged: Sequence[Judged], form: str, stated: str | None) -> Weighed:
    """The weights of a page; `form` is its text in rule form, `stated` the title in its markup."""
    model = line_model("text" if judged[-1].block is None else "html")
    marked = mark(judged, form, stated)
    odds = look_again(marked, look_first(marked, model.first), model.second)
    of_page = mark_page(judged, marked.columns, odds)
    likeness = shares(model.likeness.odds(rows_of(of_page, model.likeness.features)))
    return Weighed(odds, int(model.story.odds(rows_of(of_page, model.story.features))[0]), int(likeness[0]) // 100)


def mark(judged: Sequence[Judged], form: str, stated: str | None) -> Marked:
    """What the first look sees of the lines."""
    starts, ends = np.array([one.start for one in judged]), np.array([one.end for one in judged])
    codes = codes_of(form)
    columns = mark_lines(judged, codes, form, starts, ends)
    pairs = Pairs(codes, starts, ends)
    mark_around(columns, judged, pairs, stated)
    if judged[-1].block is not None:
        mark_blocks(columns, judged)
    return Marked(columns, pairs)


def look_first(marked: Marked, forest: Forest) -> Odds:
    """The log-odds that each line is story; of those that a rule takes, LOST."""
    return _odds(marked.columns, forest)


def look_again(marked: Marked, first: Odds, forest: Forest) -> Odds:
    """The same, once the first look's log-odds tell what stands around each line."""
    mark_stretches(marked.columns, first, marked.pairs)
    return _odds(marked.columns, forest)


def _odds(columns: Columns, forest: Forest) -> Odds:
    free = np.flatnonzero(columns["kind"] == 0)
    odds = np.full(len(columns["kind"]), LOST, dtype=np.int32)
    odds[free] = forest.odds(rows_of(columns, forest.features).take(free, axis=1))
    return odds


def rows_of(columns: Columns, features: Sequence[str]) -> NDArray[np.int16]:
    """The columns named, as a forest takes them."""
    rows = np.concatenate([columns[name] for name in features], dtype=np.int64)
    np.minimum(rows, FARTHEST, out=rows)
    np.maximum(rows, -FARTHEST, out=rows)
    return rows.astype(np.int16).reshape(len(features), -1)
