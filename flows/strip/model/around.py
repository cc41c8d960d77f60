"""What stands around each line of a page, in whole numbers: a column a feature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.strip.judge import Judged
from flows.strip.lines import unspaced
from flows.strip.model.marks import KINDS, Column, Columns, small

_METADATA, _CREDIT, _COPYRIGHT, _RELATED = (
    KINDS.index(kind) + 1 for kind in ("metadata", "credit", "copyright", "related_heading")
)
_FAR = 99
_FARTHEST = 40
_FARTHER = ("len", "score")
_NEAR = (*_FARTHER, "placed", "indent", "blank", "func", "simprose", "simtitle", "end", "rep", "digit")
"""Features of a line that those above and below it are told, up to three lines away or next to it."""

_AWAY = tuple(
    (names, farthest, tuple((offset, tuple(f"{name}{offset:+d}" for name in names)) for offset in offsets))
    for names, farthest, offsets in ((_NEAR, 1, (-1, 1)), (_FARTHER, 3, (-3, -2, 2, 3)))
)
"""The names of those features, how far away the lines stand that are told, and the names of the columns by offset."""

_PAIRS = 1 << 16
"""Places in the table in which pairs of characters are counted."""

_SPACE = 32


class Pairs:
    """The pairs of neighbouring characters of each line (its first 200), as numbers, and the lines they stand in."""

    def __init__(self, codes: NDArray[np.uint32], starts: Column, ends: Column) -> None:
        codes = codes.astype(np.int64)
        pairs = (codes[:-1] * 40_503 + codes[1:] * 9_973) & (_PAIRS - 1)
        shown = codes > _SPACE
        counts = np.maximum(np.minimum(ends - starts, 200) - 1, 0)
        line = np.repeat(np.arange(len(starts)), counts)
        places = np.arange(len(line)) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
        real = (shown[:-1] & shown[1:])[places]
        self.line = line[real]
        self.counts = np.maximum(np.bincount(self.line, minlength=len(starts)), 1)
        found = pairs[places[real]]
        last = np.empty(_PAIRS, dtype=np.int64)  # only what is written here is read
        last[found] = np.arange(len(found))
        self.pairs = last[found]
        """Of each pair the place of the last one that is the same."""

    def shared(self, source: NDArray[np.bool_]) -> Column:
        """The share (in hundredths) of each line's pairs that stand in the lines of `source`; of a line that is one of
        those, only pairs that stand there twice."""
        among = source[self.line]
        seen = np.bincount(self.pairs[among], minlength=len(self.pairs))
        found = seen[self.pairs] > among
        return np.bincount(self.line[found], minlength=len(source)) * 100 // self.counts


def mark_around(columns: Columns, judged: Sequence[Judged], pairs: Pairs, stated: str | None) -> None:
    """Adds the columns of what stands around the lines; `stated` is the title that the markup states."""
    count = len(judged)
    length, kind, placed = columns["len"], columns["kind"], columns["placed"]
    columns["repeats"] = _repeats(judged, stated)
    columns["simtitle"] = pairs.shared(np.arange(count) == 0)
    prosey = (columns["score"] >= 100) & (kind == 0)
    columns["simprose"] = pairs.shared(prosey)
    _place(columns, prosey)
    meta = (kind == _METADATA) | (placed == _METADATA)
    ends = columns["isend"] >= 2
    credit = (kind == _CREDIT) | (placed == _CREDIT)
    said = columns["repeats"] > 0
    big = prosey & (length >= 30)
    rights = (kind == _COPYRIGHT) | (placed == _COPYRIGHT)
    masks = {
        "meta": meta,
        "rep": said,
        "end": ends,
        "credit": credit,
        "big": big,
        "head": kind == _RELATED,
        "copy": rights,
    }
    _distances(columns, masks)
    columns["nendbefore"] = np.minimum(np.cumsum(ends) - ends, 20)
    columns["nendafter"] = np.minimum(ends.sum() - np.cumsum(ends), 20)
    columns["nmetabefore"] = np.minimum(np.cumsum(meta) - meta, 10)
    columns["nrepbefore"] = np.minimum(np.cumsum(said), 5)
    _since_title(columns, said, ends, prosey)
    _windows(columns, prosey)
    _neighbours(columns)


def _distances(columns: Columns, masks: dict[str, NDArray[np.bool_]]) -> None:
    """How far above each line, and how far below, the nearest one of each mask stands."""
    stacked = stack(list(masks.values()))
    both = _behind(np.concatenate([stacked, stacked[:, ::-1]]), _FARTHEST)
    for name, above, below in zip(masks, both, both[len(masks) :, ::-1], strict=False):
        columns[f"d{name}"], columns[f"d{name}next"] = above, below


def stack(rows: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Rows of one length, one below the other."""
    return np.concatenate(rows).reshape(len(rows), -1)


def _neighbours(columns: Columns) -> None:
    """What the lines up to three above and below are like."""
    count = len(columns["len"])
    for names, farthest, offsets in _AWAY:
        padded = np.full((len(names), count + 2 * farthest), -1, dtype=np.int64)
        padded[:, farthest : farthest + count] = stack([columns[name] for name in names])
        for offset, away in offsets:
            columns.update(zip(away, padded[:, farthest + offset : farthest + offset + count], strict=True))


def _repeats(judged: Sequence[Judged], stated: str | None) -> Column:
    """Is the line held by the page's title, its first line or what its markup states?"""
    head, said = unspaced(judged[0].form), unspaced(stated or "")
    longest = len(judged[0].form) + len(said) + 20
    held = {*head, *said}
    return small(
        [
            6 <= len(one.form) <= longest and one.form[0] in held and _is_held(i, unspaced(one.form), head, said)
            for i, one in enumerate(judged)
        ]
    )


def _is_held(i: int, form: str, head: str, said: str) -> bool:
    return len(form) >= 6 and ((i > 0 and form in head) or form in said)


def _place(columns: Columns, prosey: NDArray[np.bool_]) -> None:
    """Where on the page the line stands."""
    length = columns["len"]
    count = len(length)
    places = np.arange(count)
    columns["pos"] = places * 100 // max(1, count - 1)
    columns["i"], columns["fromend"] = np.minimum(places, 60), np.minimum(count - 1 - places, 60)
    sums = np.cumsum(length)
    columns["charpos"] = (sums - length) * 100 // sums[-1]
    told = length * prosey
    sums = np.cumsum(told)
    total = max(1, int(sums[-1]))
    columns["prosebefore"] = (sums - told) * 100 // total
    columns["proseafter"] = (total - sums) * 100 // total


def _since_title(columns: Columns, said: NDArray[np.bool_], ends: NDArray[np.bool_], prosey: NDArray[np.bool_]) -> None:
    """What stands between the headline, the first line that the page's title holds or the last one above, and a line;
    -1 above it."""
    places = np.arange(len(said))
    last = np.maximum.accumulate(np.where(said, places, -1))
    names, most = ("ends", "told", "short", "dates"), np.array([[20], [20_000], [200], [30]])
    values = stack(
        [
            ends,
            columns["len"] * prosey,
            ~prosey & (columns["kind"] == 0),
            columns["dated"] | (columns["time"] > 0),
        ]
    )
    sums = np.cumsum(values, axis=1)
    above = sums - values
    since = np.where(last >= 0, np.minimum(above - sums[:, last], most), -1)
    first = int(np.argmax(said))
    if said[first]:
        below = np.where(places > first, np.minimum(above - sums[:, first, None], most), -1)
    else:
        below = np.full(values.shape, -1, dtype=np.int64)
    for name, of_last, of_first in zip(names, since, below, strict=True):
        columns[f"{name}last"], columns[f"{name}first"] = of_last, of_first


def _windows(columns: Columns, prosey: NDArray[np.bool_]) -> None:
    """What the lines above (b) and below (a) add up to, by how many of them."""
    length, stops, kind = columns["len"], columns["stops"], columns["kind"]
    full = ((stops > 0) & (columns["closed"] > 0) & (kind == 0)).astype(np.int64)
    short = ((length < 25) & (stops == 0)).astype(np.int64)
    told = length * prosey
    blank, taken = columns["blank"] > 1, kind > 0
    for widths, summed in (
        ((3, 8, 20), {"pl": told, "full": full, "sh": short}),
        ((8,), {"kd": taken, "dt": columns["dated"], "sp": columns["speak"]}),
        ((3,), {"fn": columns["func"]}),
        ((5,), {"bl": blank, "ln": length}),
    ):
        for width, (before, after) in zip(widths, windows(stack(list(summed.values())), widths), strict=True):
            for name, above, below in zip(summed, before, after, strict=True):
                columns[f"{name}{width}b"], columns[f"{name}{width}a"] = above, below
    columns["runshort"], columns["inrunshort"] = _runs((stops == 0) & (length < 40))
    columns["runfull"], columns["inrunfull"] = _runs(full > 0)


def windows(values: Column, widths: Sequence[int]) -> list[tuple[Column, Column]]:
    """For each width, the sums of so many values before each place and behind it, along the last axis."""
    count, most = values.shape[-1], max(widths)
    start = most + 1
    sums = np.zeros((*values.shape[:-1], start + count + most), dtype=np.int64)  # of all values before a place
    np.cumsum(values, axis=-1, out=sums[..., start : start + count])
    sums[..., start + count :] = sums[..., start + count - 1, None]
    here, behind = sums[..., most : most + count], sums[..., start : start + count]
    return [
        (
            here - sums[..., most - width : most - width + count],
            sums[..., start + width : start + width + count] - behind,
        )
        for width in widths
    ]


def shifted(values: Column, offset: int, fill: int) -> Column:
    """The values of the lines `offset` further down, along the last axis; `fill` beyond the page."""
    out = np.full(values.shape, fill, dtype=np.int64)
    if offset < 0:
        out[..., -offset:] = values[..., :offset]
    else:
        out[..., :-offset] = values[..., offset:]
    return out


def _behind(masks: NDArray[np.bool_], most: int) -> Column:
    """How far above each line the last one of each mask stands, `most` at most."""
    count = masks.shape[1]
    places = np.arange(count)
    last = np.full((len(masks), count + 1), -_FAR)
    last[:, 1:] = np.where(masks, places, -_FAR)
    np.maximum.accumulate(last, axis=1, out=last)
    return np.minimum(places - last[:, :-1], most)


def _runs(mask: NDArray[np.bool_]) -> tuple[Column, Column]:
    """The length of the run of the mask that each line stands in, and its place in it; 0 outside."""
    count = len(mask)
    places = np.arange(count)
    start = np.maximum.accumulate(np.where(mask, -1, places))
    stop = np.minimum.accumulate(np.where(mask, count, places)[::-1])[::-1]
    return np.where(mask, stop - start - 1, 0), np.where(mask, places - start - 1, 0)
