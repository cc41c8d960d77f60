"""What is different between two releases: rows by table, and the declarations of the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from flows.compare.compatibility import SchemaChange, declared, schema_changes
from flows.compare.diff import TableDiff, diff_corpora, first_diff
from flows.compare.table_schema import table_schema
from flows.corpus import Corpus
from flows.decisions import TakenDown
from flows.decisions.takedowns import read_takedowns
from flows.decisions.tombstones import beside_standing, left_standing
from flows.folder.files import read_json
from flows.folder.tables import corpus_of_release
from flows.schema import schemas


class Changes(NamedTuple):
    """What is different from the release before; `since` is its version, None for the first release. `taken` are the
    documents that were taken down since; nothing else is told of them, as if they had never been in either."""

    since: str | None
    tables: tuple[TableDiff, ...]
    schema: tuple[SchemaChange, ...] = ()
    taken: tuple[TakenDown, ...] = ()


def changes_since(
    before: Path | None, tables: Mapping[str, pa.Table], taken: Sequence[TakenDown] = (), since: str | None = None
) -> Changes:
    """From the release `before`, None for the first, to tables as schemas/ declares them now.

    Args:
        before: a release.
        tables: those of the next one.
        taken: every document that is taken down now; none of them is in `tables`.
        since: what `before` is called, if not by its folder.

    Raises:
        ReleaseError: `before` is no release.
    """
    after = Corpus.of(tables)
    if before is None:
        return Changes(None, tuple(first_diff(after)), taken=tuple(taken))
    rows = tuple(diff_corpora(beside_standing(before, after, _ids(taken)), after))
    new = {name: table_schema(table) for name, table in schemas().items()}
    declarations = schema_changes(declared(read_json(before, "datapackage.json")), new)
    return Changes(since or before.name, rows, tuple(declarations), new_takedowns(taken, before))


def changes_between(old: Path, new: Path) -> Changes:
    """From one release to another, each as its own datapackage.json declares it.

    Raises:
        ReleaseError: one of them is no release.
    """
    taken = takedowns_of(old, new)
    after = left_standing(corpus_of_release(new), _ids(taken))
    rows = tuple(diff_corpora(beside_standing(old, after, _ids(taken)), after))
    declarations = schema_changes(*(declared(read_json(release, "datapackage.json")) for release in (old, new)))
    return Changes(old.name, rows, tuple(declarations), new_takedowns(taken, old))


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
    return Changes(found["from"], tuple(tables), schema, tuple(taken))
