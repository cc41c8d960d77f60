"""Takedowns: what raw/tombstones.yaml names stands in no release from then on, nor in what tells of two releases.

A tombstone names a document by its id, or by an address or a path that it bears. Which documents those are is told by
all that is known of documents: the raw folder, the release before, and the list of takedowns that goes with it, which
still knows them when their pages are gone from the raw folder. What names nothing at all is most likely misspelt, and
stops the run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from flows.corpus import Corpus, owners
from flows.decisions import DecisionError, Decisions, TakenDown, Tombstone, read_decisions
from flows.decisions.names import Name, id_of, is_id, nearest, paths_around, url_of
from flows.decisions.takedowns import read_takedowns
from flows.errors import InputError
from flows.folder.stage import latest
from flows.folder.tables import beside, read_table
from flows.raw.listed import AT_ONCE, Listed
from flows.raw.listing import list_documents
from flows.schema import load


class Known(NamedTuple):
    """What a document is known by, wherever that stands."""

    document_id: str
    path: str | None = None
    url: str | None = None


KNOWN_BY = list(Known._fields)


def wanted_documents(raw: Path, releases: Path | None = None) -> tuple[Sequence[Listed], Decisions]:
    """The documents of a raw folder that may be released, and what was decided of them. Those taken down by an address
    that nothing of earlier releases bears are told only when they have been cleaned (flows/run/withdrawing.py).

    Args:
        raw: the raw folder.
        releases: where earlier releases stand; without it, no tombstone is asked what it names.

    Raises:
        InputError: no such folder, or no document in it that was not taken down.
        DecisionError: see `read_decisions`; or a tombstone names nothing that is known.
    """
    documents = list_documents(raw)
    decisions = read_decisions(raw)
    if not decisions.tombstones:
        return documents, decisions
    before = latest(releases) if releases else None

    def known() -> Iterator[Known]:
        yield from (Known(listed.key[:16], listed.name) for listed in documents)
        yield from known_of(before) if before else ()

    earlier = [*(read_takedowns(before) if before else ()), *(read_takedowns(releases) if releases else ())]
    decisions = take_down(replace(decisions, unknown=decisions.tombstones), known(), earlier)
    if releases is not None:
        refuse_unknown(raw, [stone for stone in decisions.unknown if not stone.url], known())
    return left_of(raw, documents, decisions), decisions


def left_of(raw: Path, documents: Sequence[Listed], decisions: Decisions) -> Sequence[Listed]:
    """The documents that were not taken down.

    Raises:
        InputError: there is none.
    """
    left = decisions.withdraw(documents)
    if documents and not left:
        remedy = "Put other pages there; releases that hold these are yours to delete."
        raise InputError(
            "raw_taken_down", "all documents in it were taken down: nothing is left to release.", remedy, raw
        )
    return left


def take_down(decisions: Decisions, known: Iterable[Known], earlier: Iterable[TakenDown]) -> Decisions:
    """The decisions with the documents that their tombstones name.

    Args:
        known: documents that a tombstone may be about.
        earlier: what was taken down before. What its address or path named then, it names still.
    """
    stones = {name: stone for stone in reversed(decisions.tombstones) for name in stone.names}
    digests = {name.digest: name for name in stones if name.kind != "id"}
    bearing: dict[str, set[Name]] = defaultdict(set)
    for name in filter(is_id, stones):
        bearing[name.value].add(name)
    found: set[Name] = set()
    for row in earlier:
        names = {digests[digest] for digest in row.by if digest in digests}
        bearing[row.document_id] |= names
        found |= {Name("id", row.document_id), *names}
    for document, name in _named(stones, known):
        found.add(name)
        bearing[document].add(name)
    taken = [_row(document, {name: stones[name] for name in names}) for document, names in bearing.items() if names]
    unknown = tuple(stone for stone in decisions.unknown if not stone.not_here and found.isdisjoint(stone.names))
    return replace(decisions, taken=tuple(sorted(taken)), unknown=unknown)


def _row(document: str, stones: Mapping[Name, Tombstone]) -> TakenDown:
    """A document that these tombstones name so."""
    digests = sorted(name.digest for name in stones if name.kind != "id")
    return TakenDown(document, min(stone.date for stone in stones.values()), tuple(digests))


def _named(stones: Collection[Name], known: Iterable[Known]) -> Iterator[tuple[str, Name]]:
    """Each document with the names of tombstones that it bears."""
    kinds = {name.kind for name in stones}
    for document, path, url in known:
        names = [Name("id", document)]
        if path is not None and "path" in kinds:
            names += paths_around(path)
        if url is not None and "url" in kinds:
            names.append(url_of(url))
        yield from ((document, name) for name in names if name in stones)


def known_of(release: Path) -> Iterator[Known]:
    """What the documents of a release are known by."""
    for batch in read_table(release, "documents", KNOWN_BY).to_batches(max_chunksize=AT_ONCE):
        yield from map(Known, *(batch[name].to_pylist() for name in KNOWN_BY))


def refuse_unknown(raw: Path, stones: Sequence[Tombstone], known: Iterable[Known]) -> None:
    """Stops a run whose tombstones name nothing.

    Raises:
        DecisionError: there is one; names the nearest of what is known.
    """
    for stone in stones[:1]:
        name = next(iter(stone.names))
        given = stone.document or stone.sha256 or stone.url or stone.path
        field = "document_id" if name.kind == "id" else name.kind
        near = nearest(name, {text for document in known if (text := getattr(document, field))})
        problem = f"it takes down {given}, and nothing that is known here bears that {name.kind}."
        remedy = f"Nearest: {', '.join(near)}. " if near else ""
        remedy += "Mend the entry; if it is right, add `not_here: true` to it."
        raise DecisionError("tombstone_unknown", problem, remedy, f"{raw / 'tombstones.yaml'}:{stone.line}")


def whole_documents(decisions: Decisions) -> Iterator[str]:
    """A sentence for each tombstone that names an article: it takes down all of its document."""
    for stone in decisions.tombstones:
        if stone.document and "-" in stone.document:
            whole = id_of(stone.document).value
            yield f"tombstones.yaml:{stone.line}: {stone.document} is an article; all of {whole} is taken down"


TOLD_OF_ALL = ("entities", "entity_changes", "figures")
"""Tables whose rows do not say which documents they rest on: beside a takedown nothing of the older ones is told."""


def without(table: pa.Table, ids: Collection[str], name: str) -> pa.Table:
    """The table `name` without the rows of these documents, whether it names the document or an article of it, and
    without what other rows say of them: an article is no duplicate of one that was taken down."""
    if ids and name in TOLD_OF_ALL:
        return table.slice(0, 0)
    values = pa.array(sorted(ids), pa.string())
    table = table.filter(pc.invert(pc.is_in(owners(table), value_set=values)))
    for key in load(name).foreign_keys:
        for place, column in ((table.schema.get_field_index(column), column) for column in key.columns):
            if place < 0 or column in ("document_id", "article_id"):
                continue
            gone = pc.is_in(pc.utf8_slice_codeunits(table[column], 0, 16), value_set=values)
            left = pc.if_else(pc.fill_null(gone, False), pa.scalar(None, pa.string()), table[column])
            table = table.set_column(place, table.schema.field(place), left)
    for column in NAMING & set(table.schema.names):
        place, gone = table.schema.get_field_index(column), pc.is_in(table[column], value_set=values)
        left = pc.if_else(pc.fill_null(gone, False), pa.scalar(None, pa.string()), table[column])
        table = table.set_column(place, table.schema.field(place), left)
    return table


NAMING = {"supersedes"}
"""Columns that name a document of another release."""


def left_standing(corpus: Corpus, ids: Collection[str]) -> Corpus:
    """A corpus without these documents."""
    return corpus.edit(partial(_standing, tuple(sorted(ids)))) if ids else corpus


def beside_standing(release: Path, corpus: Corpus, ids: Collection[str]) -> Corpus:
    """A release without these documents, cut as `corpus` is and at work with it: what may be told of it."""
    return left_standing(beside(release, corpus), ids)


def _standing(ids: Collection[str], part: Mapping[str, pa.Table], name: str) -> pa.Table:
    return without(part[name], ids, name)
