"""What is different between two releases: rows by table, and the declarations of the tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from flows.corpus import Corpus
from flows.publish.compatibility import SchemaChange, declared, schema_changes
from flows.publish.datapackage import table_schema
from flows.publish.diff import TableDiff, diff, diff_corpora, first_diff
from flows.publish.files import read_json
from flows.released import beside
from flows.schema import schemas


class Changes(NamedTuple):
    """What is different from the release before; `since` is its version, None for the first release."""

    since: str | None
    tables: tuple[TableDiff, ...]
    schema: tuple[SchemaChange, ...] = ()


def changes_since(before: Path | None, tables: Mapping[str, pa.Table], since: str | None = None) -> Changes:
    """From the release `before`, None for the first, to tables as schemas/ declares them now.

    Raises:
        ReleaseError: `before` is no release.
    """
    after = Corpus.of(tables)
    if before is None:
        return Changes(None, tuple(first_diff(after)))
    rows = tuple(diff_corpora(beside(before, after), after))
    new = {name: table_schema(table) for name, table in schemas().items()}
    declarations = schema_changes(declared(read_json(before, "datapackage.json")), new)
    return Changes(since or before.name, rows, tuple(declarations))


def changes_between(old: Path, new: Path) -> Changes:
    """From one release to another, each as its own datapackage.json declares it.

    Raises:
        ReleaseError: one of them is no release.
    """
    rows = tuple(diff(old, new))
    declarations = schema_changes(*(declared(read_json(release, "datapackage.json")) for release in (old, new)))
    return Changes(old.name, rows, tuple(declarations))


def read_changes(release: Path) -> Changes:
    """The changes that CHANGES.json of a release states."""
    found: dict[str, Any] = read_json(release, "CHANGES.json")
    tables = []
    for name, entry in found["tables"].items():
        keys = {word: tuple(map(tuple, entry[word])) for word in ("added_keys", "changed_keys", "removed_keys")}
        columns = {word: tuple(entry[word]) for word in ("columns_added", "columns_removed", "columns_retyped")}
        tables.append(TableDiff(table=name, **{**entry, **keys, **columns}))
    schema = tuple(SchemaChange(**change) for change in found.get("schema_changes", ()))
    return Changes(found["from"], tuple(tables), schema)
