"""The signs that a page alone does not show: beside the other pages of its publisher, and beside the release before."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from flows.corpus import Arrow, Corpus, Edited
from flows.held import Numbers, number_of, numbers_in, numbers_of, stated
from flows.suspicion.score import Measured, signs, weighed_on

ENOUGH = 8
"""Pages of a publisher that have a middle."""

SMALLEST = 0.01
"""The least share of a page that counts as kept."""

Floats = NDArray[np.float64]

NONE = math.nan


class Shares(NamedTuple):
    """How much of each document of a part was kept, a row of `documents` each: 16 bytes."""

    numbers: Numbers
    shares: Floats
    """Not a number of one that is not published."""


def shares_in(part: Arrow) -> Shares:
    """Of the documents of a part."""
    return Shares(numbers_in(part), np.array([NONE if one is None else one for one in _shares(part["documents"])]))


def shares_by_publisher(part: Arrow) -> dict[str, Floats]:
    """The shares kept of the published documents of a part."""
    found: dict[str, list[float]] = defaultdict(list)
    for publisher, share in zip(part["documents"]["publisher"].to_pylist(), _shares(part["documents"]), strict=True):
        if publisher and share is not None:
            found[publisher].append(share)
    return {publisher: np.array(shares) for publisher, shares in found.items()}


def _shares(documents: pa.Table) -> Iterator[float | None]:
    """A row each; of a release made before a column was, none."""
    names, wanted = documents.schema.names, ("kept_chars", "char_count", "status")
    columns = (documents[name].to_pylist() if name in names else [None] * len(documents) for name in wanted)
    for kept, size, status in zip(*columns, strict=True):
        yield kept / size if status == "published" and size else None


def with_suspicion(corpus: Corpus, before: Corpus | None) -> Corpus:
    """The corpus, in whose documents suspicion counts what their publisher's pages and the release before say, which is
    cut before the same documents.

    Of each document eight bytes are held, and of the release before sixteen while the two are compared.
    """
    middles = _middles(corpus)
    was = _earlier(corpus, before) if before is not None else [None] * len(corpus.sources())
    pairs = zip(corpus.sources(), was, strict=True)
    return Corpus([Edited(source, partial(_told, middles, mine)) for source, mine in pairs], corpus.work)


def _middles(corpus: Corpus) -> dict[str, float]:
    """The median share kept, to a twentieth, by publisher."""
    shares: dict[str, list[Floats]] = defaultdict(list)
    for found in corpus.each(shares_by_publisher):
        for publisher, mine in found.items():
            shares[publisher].append(mine)
    joined = ((name, np.concatenate(mine)) for name, mine in sorted(shares.items()))
    return {name: round(20 * float(np.median(mine))) / 20 for name, mine in joined if len(mine) >= ENOUGH}


def _earlier(corpus: Corpus, before: Corpus) -> Iterator[Floats | None]:
    """For each part the share that was kept in the release before of each of its documents, or of the one that it
    supersedes; not a number where neither was published, None where none was."""
    old = list(before.each(shares_in))
    supersedes = stated(corpus)
    later = corpus.by_part(supersedes)
    for part, (numbers, mine) in enumerate(zip(corpus.each(numbers_in), later, strict=True)):
        of = {number_of(name): supersedes[name] for name in mine}
        found, known = _looked_up(old[part], numbers)
        for row in np.flatnonzero(~known) if of else ():
            if (superseded := of.get(int(numbers[row]))) is not None:
                found[row] = next(_share_of(superseded, old), NONE)
        yield None if np.isnan(found).all() else found


def _share_of(document: str, parts: Sequence[Shares]) -> Iterator[float]:
    wanted = numbers_of([document])
    for part in parts:
        share, known = _looked_up(part, wanted)
        if known[0]:
            yield float(share[0])


def _looked_up(part: Shares, wanted: Numbers) -> tuple[Floats, NDArray[np.bool_]]:
    """The shares of some documents, and which of them the part holds; of several rows the last counts."""
    if not len(part.numbers):
        return np.full(len(wanted), NONE), np.zeros(len(wanted), bool)
    order = np.argsort(part.numbers, kind="stable")
    places = np.searchsorted(part.numbers, wanted, side="right", sorter=order) - 1
    rows = order[places]
    known = (places >= 0) & (part.numbers[rows] == wanted)
    return np.where(known, part.shares[rows], NONE), known


def _signs(publisher: str | None, share: float, was: float, middles: Mapping[str, float]) -> Iterator[Measured]:
    """Of a published document."""
    middle = middles.get(publisher or "")
    if middle is not None:
        yield _unlike("unlike_publisher", share, middle)
    if not math.isnan(was):
        yield _unlike("unlike_before", share, was)


def _unlike(sign: str, share: float, other: float) -> Measured:
    """By how much two shares differ, as a natural logarithm; the code tells the other in percent."""
    apart = abs(math.log(max(share, SMALLEST) / max(other, SMALLEST)))
    return Measured(sign, apart, round(100 * other))


def _told(middles: Mapping[str, float], was: Floats | None, part: Arrow, name: str) -> pa.Table:
    """One table of a part with the whole suspicion in its documents (an edit of a corpus)."""
    table = part[name]
    if name != "documents":
        return table
    columns = [table[column].to_pylist() for column in ("status", "suspicion", "suspicions", "publisher")]
    earlier = [NONE] * len(table) if was is None else was.tolist()
    rows = []
    for status, suspicion, codes, publisher, share, before in zip(*columns, _shares(table), earlier, strict=True):
        measured = [] if share is None else list(_signs(publisher, share, before, middles))
        rows.append(_of_row(measured, status, suspicion, codes))
    for place, column in enumerate(("suspicion", "suspicions")):
        at = table.schema.get_field_index(column)
        values = pa.array([row[place] for row in rows], table.schema.field(at).type)
        table = table.set_column(at, table.schema.field(at), values)
    return table


def _of_row(
    measured: Sequence[Measured], status: str, suspicion: float | None, codes: list[str] | None
) -> tuple[float | None, list[str]]:
    """Suspicion and its reasons; none of a document that was not cleaned."""
    if status not in ("published", "rejected") or suspicion is None:
        return None, []
    return weighed_on(suspicion, codes or [], [one for one in measured if one.sign in signs()])
