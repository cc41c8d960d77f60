"""What the markup of a page says of each line, in whole numbers: a column a feature."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from flows.document import Block
from flows.strip.judge import Judged
from flows.strip.markup import FURNITURE
from flows.strip.model.around import shifted, windows
from flows.strip.model.marks import Column, Columns, small

TAGS = {
    tag: i
    for i, tag in enumerate(
        ("-", "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "figcaption", "div", "dd", "dt", "th", "blockquote")
    )
}
_OTHER = 20
_NO_BLOCK = Block(0, 0, "-")
_WITHIN = {name: i for i, name in enumerate(("nav", "header", "footer", "aside", "article", "main"), 1)}
_STORY = re.compile(r"(?<![a-z])(?:article|content|main|text|body|detail|post|story|news|entry|para)")
_LIST = re.compile(r"(?<![a-z])(?:list|links?|hot|top|header|side|item|relat|recom|page[rs]?)")

T = TypeVar("T", bound=Hashable)


def mark_blocks(columns: Columns, judged: Sequence[Judged]) -> None:
    """Adds the columns of a page with markup; lines without a block of their own have that of the line above."""
    blocks = [one.block or _NO_BLOCK for one in judged]
    length = columns["len"]
    columns["btag"] = small([TAGS.get(block.tag, _OTHER) for block in blocks])
    columns["bwithin"] = small([_WITHIN.get(block.within, 0) for block in blocks])
    columns["blinks"] = small(
        [min(100, 100 * block.links // max(1, block.end - block.start)) if block.links else 0 for block in blocks]
    )
    words, which = _numbered([block.words for block in blocks])
    named = np.array(list(map(_named, words)), dtype=np.int64)
    for name, values in zip(("bbad", "bgood", "blist", "bgoodup", "bbadup"), named[which].T, strict=True):
        columns[name] = values
    _elements(columns, *_numbered([block.inside for block in blocks]), length)
    for width, (before, after) in zip((3, 8), windows(columns["blinks"], (3, 8)), strict=True):
        columns[f"blk{width}b"], columns[f"blk{width}a"] = before, after
    for name in ("blinks", "btag", "binhalf", "bbad", "bpardens"):
        columns[f"{name}-1"], columns[f"{name}+1"] = (shifted(columns[name], offset, -1) for offset in (-1, 1))


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


def _numbered(values: Sequence[T]) -> tuple[list[T], Column]:
    """The different ones of some values, and of each value its place among them."""
    numbers: dict[T, int] = {}
    which = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), np.array(which, dtype=np.int64)


def _elements(columns: Columns, nests: Sequence[tuple[int, ...]], which: Column, length: Column) -> None:
    """What the elements hold that a line stands in: the innermost, the one around it, those that hold most prose.

    `nests` are the elements that lines stand in, `which` of them are those of each line.
    """
    count = len(which)
    sizes = np.array(list(map(len, nests)))
    columns["bdepth"] = sizes[which]
    numbers, ids = np.unique(np.array([n for nest in nests for n in nest], dtype=np.int64), return_inverse=True)
    if not len(numbers):
        for name in ("bparprose", "bpardens", "bparlinks", "bgpprose", "bgpdens", "binhalf", "binmost", "bsib"):
            columns[name] = np.zeros(count, dtype=np.int64)
        for name in ("bdenshalf", "bdensmost", "bsame", "bsamenext"):
            columns[name] = np.zeros(count, dtype=np.int64)
        return
    nest = np.repeat(np.arange(len(nests)), sizes)
    prosey = (columns["score"] >= 100) & (columns["kind"] == 0)
    told = length * prosey

    def held(values: Column) -> Column:
        by_nest = np.bincount(which, weights=values, minlength=len(nests))
        return np.bincount(ids, weights=by_nest[nest], minlength=len(numbers)).astype(np.int64)

    chars, prose, links = np.maximum(held(length), 1), held(told), held(length * columns["blinks"])
    total = max(1, int(told.sum()))
    ends = np.cumsum(sizes)
    own = np.where(sizes > 0, ids[np.maximum(ends - 1, 0)], -1)[which]
    up = np.where(sizes > 1, ids[np.maximum(ends - 2, 0)], -1)[which]
    columns["bparprose"], columns["bgpprose"] = _of(own, prose * 100 // total), _of(up, prose * 100 // total)
    columns["bpardens"], columns["bgpdens"] = _of(own, prose * 100 // chars), _of(up, prose * 100 // chars)
    columns["bparlinks"] = _of(own, links // chars)
    direct = np.bincount(own[(own >= 0) & prosey], minlength=len(numbers))
    columns["bsib"] = np.minimum(_of(own, direct), 10)
    for name, least in (("half", 50), ("most", 90)):
        holding = np.flatnonzero(prose * 100 >= least * total)
        best = int(holding[np.argmin(chars[holding])]) if len(holding) and total > 1 else -1
        within = np.bincount(nest[ids == best], minlength=len(nests))
        columns[f"bin{name}"] = np.minimum(within, 1)[which]
        columns[f"bdens{name}"] = np.full(count, int(prose[best] * 100 // chars[best]) if best >= 0 else 0)
    same = np.concatenate([[0], which[1:] == which[:-1]])
    columns["bsame"], columns["bsamenext"] = same, shifted(same, 1, 0)


def _of(which: NDArray[np.intp], values: Column) -> Column:
    return np.where(which >= 0, values[which], 0)
