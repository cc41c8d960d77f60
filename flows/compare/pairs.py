"""Which document of a release takes the place of which of the release before, and `documents.supersedes`.

A page that was changed has other bytes and so another id. It is known by its address, else by its path, else by its
place in an archive. Both versions may stand in one release, where pages that were collected again are kept; then the
one that was fetched later supersedes the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from flows.corpus import Arrow, Corpus, Edited, Source
from flows.decisions.names import path_of, url_of
from flows.held import Held, Numbers, number_of, numbers_in, numbers_of, rows_among, stated

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


def places(documents: pa.Table) -> list[Place]:
    """The places of documents; of a release made before a column was, without it."""
    columns = (
        documents[name].to_pylist() if name in documents.schema.names else [None] * documents.num_rows
        for name in Place._fields
    )
    return [Place(*row) for row in zip(*columns, strict=True)]


def places_of(source: Source, numbers: Numbers) -> list[Place]:
    """The places of some documents of a part."""
    return places(rows_among(source()["documents"], numbers))


def superseded(before: Corpus | None, after: Corpus) -> dict[str, str]:
    """The documents of a corpus to the one that each takes the place of, there or in the release before, None for the
    first. The two are cut before the same documents; what was taken down must be in neither.

    Of documents that are in both, and at an address of their own, eight bytes each are held.
    """
    found, gone, come = dict[str, str](), list[Place](), list[Place]()
    if before is not None:
        pairs = [(old, new) for old, new in zip(before.each(numbers_in), after.each(numbers_in), strict=True)]
        gone = _some(before, [np.setdiff1d(old, new) for old, new in pairs])
        come = _some(after, [np.setdiff1d(new, old) for old, new in pairs])
        here = Held(new for _, new in pairs)
        found = {name: of for name, of in stated(before).items() if name in here}
    for name, of in _versions(_fetched_again(after)):
        found.setdefault(name, of)
    for key in (_by_url, _by_path, _by_record):
        for name, of in _one_to_one(gone, come, key):
            if name not in found and of not in found.values():
                found[name] = of
    return {name: of for name, of in sorted(found.items()) if name != of}


def _some(corpus: Corpus, numbers: Iterable[Numbers]) -> list[Place]:
    """The places of some documents, given by part."""
    calls = [(source, mine) for source, mine in zip(corpus.sources(), numbers, strict=True) if len(mine)]
    return [place for found in corpus.run(places_of, calls) for place in found]


def replaced(before: Container[str], after: Container[str], supersedes: Mapping[str, str]) -> dict[str, str]:
    """Documents that are new in a release to those of the release before that they take the place of."""
    return {name: of for name, of in supersedes.items() if name in after and name not in before and of in before}


def _fetched_again(corpus: Corpus) -> list[Place]:
    """The documents that share their address with another."""
    parts: list[Numbers] = list(corpus.each(addresses))
    every, count = np.unique(np.concatenate([np.array([], np.uint64), *parts]), return_counts=True)
    again = every[count > 1]
    mine = [sorted(set(part[np.isin(part, again)].tolist())) for part in parts]
    return [place for found in corpus.each(fetched_from, mine) for place in found]


def addresses(part: Arrow) -> Numbers:
    """A hash of the address of each document of a part that was fetched from one."""
    return numbers_of(url_of(place.url).value for place in _fetched(part) if place.url)


def fetched_from(part: Arrow, wanted: Sequence[int]) -> list[Place]:
    """The documents of a part that were fetched from one of these addresses."""
    if not wanted:
        return []
    known = frozenset(wanted)
    return [place for place in _fetched(part) if place.url and number_of(url_of(place.url).value) in known]


def _fetched(part: Arrow) -> list[Place]:
    return [place for place in places(part["documents"]) if place.url and place.fetched_at is not None]


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
    found = superseded(before, corpus)
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
