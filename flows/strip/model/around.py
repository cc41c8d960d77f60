"""What stands around each line of a page, in whole numbers: a column a feature."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from flows.strip.judge import Judged
from flows.strip.lines import unspaced
from flows.strip.model.marks import KINDS, Column, Columns, codes_of

_METADATA, _CREDIT, _COPYRIGHT, _RELATED = (
    KINDS.index(kind) + 1 for kind in ("metadata", "credit", "copyright", "related_heading")
)
_FAR = 99
_FARTHEST = 40
_FARTHER = ("len", "score", "kind", "stops")
_NEAR = (
    *(*_FARTHER, "closed", "placed", "indent", "blank", "func", "simprose", "dated", "simtitle", "repeats", "end"),
    *("rep", "digit"),
)
"""Features of a line that those above and below it are told, up to three lines away or next to it."""

_PAIRS = 1 << 16
"""Places in the table in which pairs of characters are counted."""

_SPACE = 32


class Pairs:
    """The pairs of neighbouring characters of each line (its first 200), as numbers, and the lines they stand in."""

    def __init__(self, form: str, starts: Column, ends: Column) -> None:
        codes = codes_of(form).astype(np.int64)
        pairs = (codes[:-1] * 40_503 + codes[1:] * 9_973) & (_PAIRS - 1)
        real = (codes[:-1] > _SPACE) & (codes[1:] > _SPACE)
        counts = np.maximum(np.minimum(ends - starts, 200) - 1, 0)
        line = np.repeat(np.arange(len(starts)), counts)
        places = np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts) + starts[line]
        real = real[places]
        self.line, self.pairs = line[real], pairs[places[real]]
        self.counts = np.maximum(np.bincount(self.line, minlength=len(starts)), 1)

    def shared(self, source: NDArray[np.bool_]) -> Column:
        """The share (in hundredths) of each line's pairs that stand in the lines of `source`; of a line that is one of
        those, only pairs that stand there twice."""
        among = source[self.line]
        seen = np.bincount(self.pairs[among], minlength=_PAIRS)
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
    stacked = np.stack(list(masks.values()))
    before, behind = _behind(stacked, _FARTHEST), _behind(stacked[:, ::-1], _FARTHEST)[:, ::-1]
    for name, above, below in zip(masks, before, behind, strict=True):
        columns[f"d{name}"], columns[f"d{name}next"] = above, below


def _neighbours(columns: Columns) -> None:
    """What the lines up to three above and below are like."""
    for names, offsets in ((_NEAR, (-1, 1)), (_FARTHER, (-3, -2, 2, 3))):
        stacked = np.stack([columns[name] for name in names])
        for offset in offsets:
            for name, values in zip(names, shifted(stacked, offset, -1), strict=True):
                columns[f"{name}{offset:+d}"] = values


def _repeats(judged: Sequence[Judged], stated: str | None) -> Column:
    """Is the line held by the page's title, its first line or what its markup states?"""
    head, said = unspaced(judged[0].form), unspaced(stated or "")
    longest = len(judged[0].form) + len(said) + 20
    shown = [unspaced(one.form) if len(one.form) <= longest else "" for one in judged]
    return np.array(
        [len(form) >= 6 and ((i > 0 and form in head) or form in said) for i, form in enumerate(shown)], dtype=np.int64
    )


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
    first = int(np.argmax(said)) if said.any() else len(said)
    for name, values, most in (
        ("ends", ends, 20),
        ("told", columns["len"] * prosey, 20_000),
        ("short", ~prosey & (columns["kind"] == 0), 200),
        ("dates", columns["dated"] | (columns["time"] > 0), 30),
    ):
        sums = np.cumsum(values)
        columns[f"{name}last"] = np.where(last >= 0, np.minimum(sums - values - sums[last], most), -1)
        if first < len(said):
            columns[f"{name}first"] = np.where(places > first, np.minimum(sums - values - sums[first], most), -1)
        else:
            columns[f"{name}first"] = np.full(len(said), -1, dtype=np.int64)


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
        for width, (before, after) in zip(widths, windows(np.stack(list(summed.values())), widths), strict=True):
            for name, above, below in zip(summed, before, after, strict=True):
                columns[f"{name}{width}b"], columns[f"{name}{width}a"] = above, below
    columns["runshort"], columns["inrunshort"] = _runs((stops == 0) & (length < 40))
    columns["runfull"], columns["inrunfull"] = _runs(full > 0)


def windows(values: Column, widths: Sequence[int]) -> list[tuple[Column, Column]]:
    """For each width, the sums of so many values before each place and behind it, along the last axis."""
    count = values.shape[-1]
    sums = np.zeros((*values.shape[:-1], count + 1), dtype=np.int64)
    np.cumsum(values, axis=-1, out=sums[..., 1:])
    places = np.arange(count)
    out = []
    for width in widths:
        before = sums[..., :-1] - sums[..., np.maximum(places - width, 0)]
        after = sums[..., np.minimum(places + 1 + width, count)] - sums[..., 1:]
        out.append((before, after))
    return out


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
    places = np.arange(masks.shape[1])
    last = np.maximum.accumulate(np.where(masks, places, -_FAR), axis=1)
    last = np.concatenate([np.full((len(masks), 1), -_FAR), last[:, :-1]], axis=1)
    return np.minimum(places - last, most)


def _runs(mask: NDArray[np.bool_]) -> tuple[Column, Column]:
    """The length of the run of the mask that each line stands in, and its place in it; 0 outside."""
    count = len(mask)
    places = np.arange(count)
    start = np.maximum.accumulate(np.where(mask, -1, places))
    stop = np.minimum.accumulate(np.where(mask, count, places)[::-1])[::-1]
    return np.where(mask, stop - start - 1, 0), np.where(mask, places - start - 1, 0)
