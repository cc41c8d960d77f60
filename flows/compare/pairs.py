"""Which document of a release takes the place of which of the release before, and `documents.supersedes`.

A page that was changed has other bytes and so another id. It is known by its address, else by its path, else by its
place in an archive. Both versions may stand in one release, where pages that were collected again are kept; then the
one that was fetched later supersedes the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import pyarrow as pa

from flows.corpus import Arrow, Corpus, Edited
from flows.decisions.names import path_of, url_of

RECORD_ID = 8
"""Characters of a record's id that make it known in any archive; a shorter one counts within its own."""


class Place(NamedTuple):
    """Where a document was found, and when. `supersedes` is what its release says."""

    document_id: str
    path: str
    url: str | None
    record_id: str | None
    fetched_at: Any
    supersedes: str | None


def places(part: Arrow) -> list[Place]:
    """The places of the documents of a part; of a release made before a column was, without it."""
    documents = part["documents"]
    columns = (
        documents[name].to_pylist() if name in documents.schema.names else [None] * documents.num_rows
        for name in Place._fields
    )
    return [Place(*row) for row in zip(*columns, strict=True)]


def superseded(before: Iterable[Place], after: Iterable[Place]) -> dict[str, str]:
    """The documents of a release to the one that each takes the place of, there or in the release before.

    Documents that were taken down must be in neither.
    """
    old, new = list(before), list(after)
    known, here = {place.document_id for place in old}, {place.document_id for place in new}
    carried = {place.document_id: place.supersedes for place in old if place.supersedes}
    found = {name: of for name, of in carried.items() if name in here}
    for name, of in _versions(new):
        found.setdefault(name, of)
    gone = [place for place in old if place.document_id not in here]
    come = [place for place in new if place.document_id not in known]
    for key in (_by_url, _by_path, _by_record):
        for name, of in _one_to_one(gone, come, key):
            if name not in found and of not in found.values():
                found[name] = of
    return {name: of for name, of in sorted(found.items()) if name != of}


def replaced(before: Collection[str], after: Collection[str], supersedes: Mapping[str, str]) -> dict[str, str]:
    """Documents that are new in a release to those of the release before that they take the place of."""
    return {name: of for name, of in supersedes.items() if name in after and name not in before and of in before}


def _versions(places: Iterable[Place]) -> Iterator[tuple[str, str]]:
    """Documents that were fetched from one address one after the other, each with the one before."""
    fetched: dict[str, dict[str, Any]] = defaultdict(dict)
    for place in places:
        if place.url and place.fetched_at is not None:
            fetched[url_of(place.url).value].setdefault(place.document_id, place.fetched_at)
    for times in fetched.values():
        in_order = sorted(times, key=lambda name: (times[name], name))
        for earlier, later in pairwise(in_order):
            if times[earlier] < times[later]:
                yield later, earlier


Key = Callable[[Place], str | None]


def _by_url(place: Place) -> str | None:
    return url_of(place.url).value if place.url else None


def _by_path(place: Place) -> str | None:
    return path_of(place.path).value


def _by_record(place: Place) -> str | None:
    if not place.record_id:
        return None
    archive = "" if len(place.record_id) >= RECORD_ID else place.path.rpartition("!")[0]
    return f"{archive}!{place.record_id}"


def _one_to_one(gone: Iterable[Place], come: Iterable[Place], key: Key) -> Iterator[tuple[str, str]]:
    """Documents that came to those that went, where one alone of either has a key."""
    sides: list[dict[str, set[str]]] = []
    for places in (gone, come):
        found: dict[str, set[str]] = defaultdict(set)
        for place in places:
            if (value := key(place)) is not None:
                found[value].add(place.document_id)
        sides.append(found)
    old, new = sides
    for value in sorted(new.keys() & old.keys()):
        if len(new[value]) == len(old[value]) == 1:
            yield min(new[value]), min(old[value])


def with_supersedes(corpus: Corpus, before: Corpus | None) -> Corpus:
    """The corpus, each of its documents with the one that it supersedes; `before` is the release before, without what
    was taken down."""
    earlier = [place for found in before.each(places) for place in found] if before is not None else []
    found = superseded(earlier, (place for part in corpus.each(places) for place in part))
    if not found:
        return corpus
    pairs = zip(corpus.sources(), corpus.by_part(found), strict=True)
    parts = [Edited(source, partial(_told, {name: found[name] for name in mine})) if mine else source
             for source, mine in pairs]  # fmt: skip
    return Corpus(parts, corpus.work)


def _told(supersedes: Mapping[str, str], part: Arrow, name: str) -> pa.Table:
    """One table of a part with `supersedes` in its documents (an edit of a corpus)."""
    table = part[name]
    if name != "documents":
        return table
    values = [supersedes.get(document) for document in table["document_id"].to_pylist()]
    place = table.schema.get_field_index("supersedes")
    return table.set_column(place, table.schema.field(place), pa.array(values, pa.string()))
