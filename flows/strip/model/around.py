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
_NEIGHBOURS = {
    **dict.fromkeys(("len", "score", "kind", "stops"), (-3, -2, -1, 1, 2, 3)),
    **dict.fromkeys(
        ("closed", "placed", "indent", "blank", "func", "simprose", "dated", "simtitle", "repeats", "end", "rep"),
        (-1, 1),
    ),
    "digit": (-1, 1),
}

_PAIRS = 1 << 17
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
    for name, mask, most in (("meta", meta, 30), ("rep", said, 40), ("end", ends, 30), ("credit", credit, 30)):
        columns[f"d{name}"], columns[f"d{name}next"] = _behind(mask, most), _behind(mask[::-1], most)[::-1]
    columns["dbig"], columns["dbignext"] = _behind(big, 30), _behind(big[::-1], 30)[::-1]
    columns["dhead"] = _behind(kind == _RELATED, 40)
    columns["dcopynext"] = _behind(((kind == _COPYRIGHT) | (placed == _COPYRIGHT))[::-1], 40)[::-1]
    columns["nendbefore"] = np.minimum(np.cumsum(ends) - ends, 20)
    columns["nendafter"] = np.minimum(ends.sum() - np.cumsum(ends), 20)
    columns["nmetabefore"] = np.minimum(np.cumsum(meta) - meta, 10)
    columns["nrepbefore"] = np.minimum(np.cumsum(said), 5)
    _since_title(columns, said, ends, prosey)
    _windows(columns, prosey)
    for name, offsets in _NEIGHBOURS.items():
        for offset in offsets:
            columns[f"{name}{offset:+d}"] = shifted(columns[name], offset, -1)


def _repeats(judged: Sequence[Judged], stated: str | None) -> Column:
    """Is the line held by the page's title, its first line or what its markup states?"""
    head, said = unspaced(judged[0].form), unspaced(stated or "")
    shown = [unspaced(one.form) for one in judged]
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
    for name, values, widths in (
        ("pl", told, (3, 8, 20)),
        ("full", full, (3, 8, 20)),
        ("sh", short, (3, 8, 20)),
        ("kd", (kind > 0).astype(np.int64), (8,)),
        ("dt", columns["dated"], (8,)),
        ("sp", columns["speak"], (8,)),
        ("fn", columns["func"], (3,)),
        ("bl", (columns["blank"] > 1).astype(np.int64), (5,)),
        ("ln", length, (5,)),
    ):
        for width, (before, after) in zip(widths, windows(values, widths), strict=True):
            columns[f"{name}{width}b"], columns[f"{name}{width}a"] = before, after
    columns["runshort"], columns["inrunshort"] = _runs((stops == 0) & (length < 40))
    columns["runfull"], columns["inrunfull"] = _runs(full > 0)


def windows(values: Column, widths: Sequence[int]) -> list[tuple[Column, Column]]:
    """For each width, the sums of so many values before each place and behind it."""
    count = len(values)
    sums = np.concatenate([[0], np.cumsum(values)])
    places = np.arange(count)
    out = []
    for width in widths:
        before = sums[:-1] - sums[np.maximum(places - width, 0)]
        after = sums[np.minimum(places + 1 + width, count)] - sums[1:]
        out.append((before, after))
    return out


def shifted(values: Column, offset: int, fill: int) -> Column:
    """The values of the lines `offset` further down; `fill` beyond the page."""
    out = np.full(len(values), fill, dtype=np.int64)
    if offset < 0:
        out[-offset:] = values[:offset]
    else:
        out[:-offset] = values[offset:]
    return out


def _behind(mask: NDArray[np.bool_], most: int) -> Column:
    """How far above each line the last one of the mask stands, `most` at most."""
    places = np.arange(len(mask))
    last = np.maximum.accumulate(np.where(mask, places, -_FAR))
    last = np.concatenate([[-_FAR], last[:-1]])
    return np.minimum(places - last, most)


def _runs(mask: NDArray[np.bool_]) -> tuple[Column, Column]:
    """The length of the run of the mask that each line stands in, and its place in it; 0 outside."""
    count = len(mask)
    places = np.arange(count)
    start = np.maximum.accumulate(np.where(mask, -1, places))
    stop = np.minimum.accumulate(np.where(mask, count, places)[::-1])[::-1]
    return np.where(mask, stop - start - 1, 0), np.where(mask, places - start - 1, 0)
