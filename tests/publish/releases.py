"""Releases for the tests of this folder, made of synthetic tables; no gate is asked."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from flows.arrow_rows import to_arrow
from flows.folder.stage import commit, write_build
from flows.publish.release import write_staging
from flows.validate import ValidationReport
from tests.synthetic import VERSION, documents_read, tables_of


def build(
    folder: Path, count: int = 3, version: str = VERSION, tables: dict[str, pa.Table] | None = None, **facts: str
) -> Path:
    """A release in folder/releases."""
    report = ValidationReport(version, documents_read(count), ())
    staging = write_staging(tables or tables_of(count), report, folder / "releases", version)
    write_build(staging, facts)
    return commit(staging, folder / "releases", version)


def with_row(tables: dict[str, pa.Table], table: str, row: int, **cells: object) -> dict[str, pa.Table]:
    """The tables with some cells of one row changed."""
    rows = tables[table].to_pylist()
    rows[row] |= cells
    return tables | {table: to_arrow(table, rows)}
