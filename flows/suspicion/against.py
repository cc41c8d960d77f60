"""The signs that a page alone does not show: beside the other pages of its publisher, and beside the release before."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import pyarrow as pa

from flows.corpus import Arrow, Corpus, Edited
from flows.suspicion.score import Measured, signs, weighed_on

ENOUGH = 8
"""Pages of a publisher that have a middle."""

SMALLEST = 0.01
"""The least share of a page that counts as kept."""


class Kept(NamedTuple):
    """How much of a document was kept. `share` is None of one that is not published."""

    document_id: str
    publisher: str | None
    share: float | None
    supersedes: str | None


def kept_in(part: Arrow) -> list[Kept]:
    """Of the documents of a part."""
    documents = part["documents"]
    names = documents.schema.names
    columns = ("document_id", "publisher", "kept_chars", "char_count", "status", "supersedes")
    rows = (documents[name].to_pylist() if name in names else [None] * len(documents) for name in columns)
    return [
        Kept(name, publisher, kept / size if status == "published" and size else None, earlier)
        for name, publisher, kept, size, status, earlier in zip(*rows, strict=True)
    ]


def with_suspicion(corpus: Corpus, before: Corpus | None) -> Corpus:
    """The corpus, in whose documents suspicion counts what their publisher's pages and the release before say."""
    documents = [one for found in corpus.each(kept_in) for one in found]
    middles = _middles(documents)
    earlier = {one.document_id: one.share for found in (before.each(kept_in) if before else ()) for one in found}
    found: dict[str, list[Measured]] = defaultdict(list)
    for one in documents:
        if one.share is not None:
            found[one.document_id] = list(_signs(one, middles, earlier))
    told = {name: tuple(measured) for name, measured in found.items() if measured}
    parts = zip(corpus.sources(), corpus.by_part(told), strict=True)
    sources = [Edited(source, partial(_told, {name: told[name] for name in mine})) for source, mine in parts]
    return Corpus(sources, corpus.work)


def _middles(documents: Iterable[Kept]) -> dict[str, float]:
    """The median share kept, to a twentieth, by publisher."""
    shares: dict[str, list[float]] = defaultdict(list)
    for one in documents:
        if one.publisher and one.share is not None:
            shares[one.publisher].append(one.share)
    return {name: round(20 * statistics.median(mine)) / 20 for name, mine in shares.items() if len(mine) >= ENOUGH}


def _signs(one: Kept, middles: Mapping[str, float], earlier: Mapping[str, float | None]) -> Iterator[Measured]:
    """Of a published document."""
    assert one.share is not None
    middle = middles.get(one.publisher or "")
    if middle is not None:
        yield _unlike("unlike_publisher", one.share, middle)
    was = earlier.get(one.document_id, earlier.get(one.supersedes or ""))
    if was is not None:
        yield _unlike("unlike_before", one.share, was)


def _unlike(sign: str, share: float, other: float) -> Measured:
    """By how much two shares differ, as a natural logarithm; the code tells the other in percent."""
    apart = abs(math.log(max(share, SMALLEST) / max(other, SMALLEST)))
    return Measured(sign, apart, round(100 * other))


def _told(found: Mapping[str, Sequence[Measured]], part: Arrow, name: str) -> pa.Table:
    """One table of a part with the whole suspicion in its documents (an edit of a corpus)."""
    table = part[name]
    if name != "documents":
        return table
    columns = [table[column].to_pylist() for column in ("document_id", "status", "suspicion", "suspicions")]
    rows = [_of_row(found.get(row[0], ()), *row[1:]) for row in zip(*columns, strict=True)]
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
