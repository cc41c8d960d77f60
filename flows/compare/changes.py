"""What is different between two releases: rows by table, and the declarations of the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from flows.compare.causes import Reasons
from flows.compare.compatibility import SchemaChange, declared, schema_changes
from flows.compare.diff import TableDiff, diff_corpora, first_diff
from flows.compare.entities import entities_became
from flows.compare.making import Making, read_making, remade
from flows.compare.pairs import replaced, superseded
from flows.compare.table_schema import table_schema
from flows.compare.totals import totals
from flows.compare.values import Values, values_of_corpora
from flows.corpus import HIGHEST, LOWEST, Arrow, Corpus
from flows.decisions import TakenDown
from flows.decisions.takedowns import read_takedowns
from flows.decisions.tombstones import beside_standing, left_standing
from flows.folder.files import read_json
from flows.folder.tables import corpus_of_release, read_range
from flows.held import Held, stated
from flows.schema import load, schemas

LISTS = ("documents", "values", "texts", "totals", "entities")
"""What CHANGES.json lists of `Values`."""


class Changes(NamedTuple):
    """What is different from the release before; `since` is its version, None for the first release. `taken` are the
    documents that were taken down since; nothing else is told of them, as if they had never been in either."""

    since: str | None
    tables: tuple[TableDiff, ...]
    schema: tuple[SchemaChange, ...] = ()
    taken: tuple[TakenDown, ...] = ()
    values: Values = Values()
    made: Making | None = None
    """What the later release was made with."""


def changes_since(
    before: Path | None,
    tables: Mapping[str, pa.Table],
    taken: Sequence[TakenDown] = (),
    since: str | None = None,
    made: Making | None = None,
) -> Changes:
    """From the release `before`, None for the first, to tables as schemas/ declares them now.

    Args:
        before: a release.
        tables: those of the next one.
        taken: every document that is taken down now; none of them is in `tables`.
        since: what `before` is called, if not by its folder.
        made: what the next one is made with.

    Raises:
        ReleaseError: `before` is no release.
    """
    after = Corpus.of(tables)
    if before is None:
        return Changes(None, tuple(first_diff(after)), taken=tuple(taken), made=made)
    compared = _compared(before, beside_standing(before, after, _ids(taken)), after, made, _entities(after))
    new = {name: table_schema(table) for name, table in schemas().items()}
    declarations = schema_changes(declared(read_json(before, "datapackage.json")), new)
    return compared._replace(since=since or before.name, schema=tuple(declarations), taken=new_takedowns(taken, before))


def changes_between(old: Path, new: Path) -> Changes:
    """From one release to another, each as its own datapackage.json declares it.

    Raises:
        ReleaseError: one of them is no release.
    """
    taken = takedowns_of(old, new)
    whole = corpus_of_release(new)
    after = left_standing(whole, _ids(taken))
    holds_taken = any(not _ids(taken).isdisjoint(found) for found in whole.each(ids_in))
    entities = load("entities").arrow.empty_table() if holds_taken else _entities(whole)
    compared = _compared(old, beside_standing(old, after, _ids(taken)), after, read_making(new), entities)
    declarations = schema_changes(*(declared(read_json(release, "datapackage.json")) for release in (old, new)))
    return compared._replace(since=old.name, schema=tuple(declarations), taken=new_takedowns(taken, old))


def _compared(release: Path, before: Corpus, after: Corpus, made: Making | None, entities: pa.Table) -> Changes:
    """The rows and values of two corpora that are cut before the same documents, with the causes of what differs;
    `entities` are those of the later one that may be told."""
    found = superseded(before, after) | stated(after)
    reasons = reasons_between(release, before, after, made)
    values = values_of_corpora(before, after, replaced(Held.of(before), Held.of(after), found), reasons)
    became = entities_became(read_range(release, "entities", LOWEST, HIGHEST), entities, reasons.of_whole())
    values = values._replace(totals=tuple(totals(before, after)), entities=tuple(became)).listed()
    return Changes(None, tuple(diff_corpora(before, after, reasons)), values=values, made=made)


def _entities(corpus: Corpus) -> pa.Table:
    """Those of a corpus, which stand in its first part."""
    return next((part["entities"] for part in corpus.parts()), load("entities").arrow.empty_table())


def ids_in(part: Arrow) -> list[str]:
    """The documents of a part."""
    found: list[str] = part["documents"]["document_id"].to_pylist()
    return found


def reasons_between(release: Path, before: Corpus, after: Corpus, made: Making | None) -> Reasons:
    """What may have changed rows from a release to a corpus."""
    return Reasons(remade(read_making(release), made), Held.of(before) != Held.of(after))


def takedowns_of(*releases: Path) -> list[TakenDown]:
    """Every document that one of the releases says was taken down."""
    return sorted({row for release in releases for row in read_takedowns(release)})


def new_takedowns(taken: Sequence[TakenDown], before: Path | None) -> tuple[TakenDown, ...]:
    """Those that the release before, if there is one, did not know of."""
    known = _ids(read_takedowns(before) if before else ())
    return tuple(row for row in taken if row.document_id not in known)


def _ids(taken: Sequence[TakenDown]) -> frozenset[str]:
    return frozenset(row.document_id for row in taken)


def read_changes(release: Path) -> Changes:
    """The changes that CHANGES.json of a release states."""
    found: dict[str, Any] = read_json(release, "CHANGES.json")
    tables = []
    for name, entry in found["tables"].items():
        keys = {word: tuple(map(tuple, entry[word])) for word in ("added_keys", "changed_keys", "removed_keys")}
        columns = {word: tuple(entry[word]) for word in ("columns_added", "columns_removed", "columns_retyped")}
        tables.append(TableDiff(table=name, **{**entry, **keys, **columns}))
    schema = tuple(SchemaChange(**change) for change in found.get("schema_changes", ()))
    taken = (TakenDown(row["document_id"], row["date"]) for row in found.get("takedowns", ()))
    lists = {name: tuple(found[name]) for name in LISTS if name in found}
    values = Values(**lists, not_compared=found.get("not_compared", 0))
    return Changes(found["from"], tuple(tables), schema, tuple(taken), values, read_making(release))
