"""The rows that differ between two releases, whole, as Parquet: changes/<table>.parquet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.publish.diff import read_table, row_hashes, unmatched
from flows.publish.files import ZSTD_LEVEL
from flows.schema import TABLES, load

CHANGE = pa.field("change", pa.string(), nullable=False, metadata={"description": "added, removed, before or after"})
"""A changed row stands twice: as it was before and as it is after."""


def changed_rows(name: str, before: pa.Table, after: pa.Table) -> pa.Table:
    """The rows that are not in both, in the order of their keys, with the column `change` in front.

    Columns are those that both sides have; a row is told by its primary key.
    """
    shared = [column for column in load(name).names if column in before.schema.names and column in after.schema.names]
    key = [column for column in load(name).primary_key if column in shared]
    old, new = unmatched(*_alike(before.select(shared), after.select(shared)))
    both = set(row_hashes(old.select(key))) & set(row_hashes(new.select(key)))
    parts = [_told(old, key, both, "before", "removed"), _told(new, key, both, "after", "added")]
    order = [(column, "ascending") for column in key] + [("change", "descending")]
    return pa.concat_tables(parts, promote_options="permissive").sort_by(order).combine_chunks()


def _alike(before: pa.Table, after: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Both with a column that changed its type as text, so that its values can stand under each other."""
    for place, (was, now) in enumerate(zip(before.schema, after.schema, strict=True)):
        if was.type != now.type:
            as_text = pa.field(was.name, pa.string())
            before = before.set_column(place, as_text, _text(before[place]))
            after = after.set_column(place, as_text, _text(after[place]))
    return before, after


def _text(column: pa.ChunkedArray) -> pa.Array:
    return pa.array([None if value is None else str(value) for value in column.to_pylist()], pa.string())


def write_changed_rows(before: Mapping[str, pa.Table], after: Mapping[str, pa.Table], folder: Path) -> list[Path]:
    """One file for each table in which a row differs; gives their paths. Nothing is written when none does."""
    written = []
    for name, table in after.items():
        rows = changed_rows(name, before[name], table)
        if rows.num_rows:
            folder.mkdir(parents=True, exist_ok=True)
            written.append(folder / f"{name}.parquet")
            pq.write_table(
                rows, written[-1], compression="zstd", compression_level=ZSTD_LEVEL, write_page_checksum=True
            )
    return written


def write_between(old: Path, new: Path, folder: Path) -> list[Path]:
    """The same for two releases.

    Raises:
        ReleaseError: one of them is no release.
    """
    before, after = ({name: read_table(release, name) for name in TABLES} for release in (old, new))
    return write_changed_rows(before, after, folder)


def _told(rows: pa.Table, key: list[str], both: set[int], changed: str, single: str) -> pa.Table:
    words = [changed if value in both else single for value in row_hashes(rows.select(key))]
    return rows.add_column(0, CHANGE, pa.array(words, pa.string()))
