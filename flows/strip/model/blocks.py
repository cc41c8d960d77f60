"""What the markup of a page says of each line, in whole numbers: a column a feature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from flows.strip.judge import Judged
from flows.strip.markup import FURNITURE
from flows.strip.model.around import shifted, windows
from flows.strip.model.marks import Column, Columns

_TAGS = {
    tag: i
    for i, tag in enumerate(
        ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "figcaption", "div", "dd", "dt", "th", "blockquote"), 1
    )
}
_WITHIN = {name: i for i, name in enumerate(("nav", "header", "footer", "aside", "article", "main"), 1)}
_STORY = re.compile(r"(?<![a-z])(?:article|content|main|text|body|detail|post|story|news|entry|para)")
_LIST = re.compile(r"(?<![a-z])(?:list|links?|hot|top|header|side|item|relat|recom|page[rs]?)")


def mark_blocks(columns: Columns, judged: Sequence[Judged]) -> None:
    """Adds the columns of a page with markup; lines without a block of their own have that of the line above."""
    blocks = [one.block for one in judged]
    length = columns["len"]
    tags = [0 if block is None else _TAGS.get(block.tag, 20) for block in blocks]
    columns["btag"] = np.array(tags, dtype=np.int64)
    columns["bwithin"] = np.array([0 if block is None else _WITHIN.get(block.within, 0) for block in blocks])
    columns["blinks"] = np.array(
        [0 if b is None else min(100, 100 * b.links // max(1, b.end - b.start)) for b in blocks], dtype=np.int64
    )
    named = [(0, 0, 0, 0, 0) if block is None else _named(block.words) for block in blocks]
    for name, values in zip(("bbad", "bgood", "blist", "bgoodup", "bbadup"), zip(*named, strict=True), strict=True):
        columns[name] = np.array(values, dtype=np.int64)
    inside = [() if block is None else block.inside for block in blocks]
    columns["bdepth"] = np.array([len(numbers) for numbers in inside], dtype=np.int64)
    _elements(columns, inside, length)
    for width, (before, after) in zip((3, 8), windows(columns["blinks"], (3, 8)), strict=True):
        columns[f"blk{width}b"], columns[f"blk{width}a"] = before, after
    for name in ("blinks", "btag", "binhalf", "bbad", "bpardens"):
        for offset in (-1, 1):
            columns[f"{name}{offset:+d}"] = shifted(columns[name], offset, -1)


@lru_cache(maxsize=4096)
def _named(words: str) -> tuple[int, int, int, int, int]:
    """What the names of an element and of the one around it say."""
    own, _, around = words.partition(">")
    return (
        FURNITURE.search(own) is not None,
        _STORY.search(own) is not None,
        _LIST.search(words) is not None,
        _STORY.search(around) is not None,
        FURNITURE.search(around) is not None,
    )


def _elements(columns: Columns, inside: Sequence[tuple[int, ...]], length: Column) -> None:
    """What the elements hold that a line stands in: the innermost, the one around it, those that hold most prose."""
    count = len(inside)
    sizes = np.array([len(numbers) for numbers in inside])
    elements, ids = np.unique(np.array([n for numbers in inside for n in numbers], dtype=np.int64), return_inverse=True)
    if not len(elements):
        for name in ("bparprose", "bpardens", "bparlinks", "bgpprose", "bgpdens", "binhalf", "binmost", "bsib"):
            columns[name] = np.zeros(count, dtype=np.int64)
        for name in ("bdenshalf", "bdensmost", "bsame", "bsamenext"):
            columns[name] = np.zeros(count, dtype=np.int64)
        return
    line = np.repeat(np.arange(count), sizes)
    prosey = (columns["score"] >= 100) & (columns["kind"] == 0)
    told = length * prosey

    def held(values: Column) -> Column:
        return np.bincount(ids, weights=values[line], minlength=len(elements)).astype(np.int64)

    chars, prose, links = np.maximum(held(length), 1), held(told), held(length * columns["blinks"])
    total = max(1, int(told.sum()))
    ends = np.cumsum(sizes)
    own = np.where(sizes > 0, ids[np.maximum(ends - 1, 0)], -1)
    up = np.where(sizes > 1, ids[np.maximum(ends - 2, 0)], -1)
    columns["bparprose"], columns["bgpprose"] = _of(own, prose * 100 // total), _of(up, prose * 100 // total)
    columns["bpardens"], columns["bgpdens"] = _of(own, prose * 100 // chars), _of(up, prose * 100 // chars)
    columns["bparlinks"] = _of(own, links // chars)
    direct = np.bincount(own[(own >= 0) & prosey], minlength=len(elements))
    columns["bsib"] = np.minimum(_of(own, direct), 10)
    for name, least in (("half", 50), ("most", 90)):
        holding = np.flatnonzero(prose * 100 >= least * total)
        best = int(holding[np.argmin(chars[holding])]) if len(holding) and total > 1 else -1
        within = np.bincount(line[ids == best], minlength=count)
        columns[f"bin{name}"] = np.minimum(within, 1)
        columns[f"bdens{name}"] = np.full(count, int(prose[best] * 100 // chars[best]) if best >= 0 else 0)
    same = np.array([i > 0 and inside[i] == inside[i - 1] for i in range(count)], dtype=np.int64)
    columns["bsame"], columns["bsamenext"] = same, shifted(same, 1, 0)


def _of(which: NDArray[np.intp], values: Column) -> Column:
    return np.where(which >= 0, values[which], 0)
