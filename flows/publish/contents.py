"""Everything that a release holds and SHA256SUMS covers, written from its tables: of the full and of the open tier."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from flows.publish.card import write_card, write_dictionary
from flows.publish.changed_rows import write_changed_rows
from flows.publish.changes import Changes
from flows.publish.citation import write_citation
from flows.publish.compatibility import compatibility
from flows.publish.croissant import write_croissant
from flows.publish.datapackage import write_datapackage
from flows.publish.diff import as_json, as_markdown, read_table
from flows.publish.files import write_csv, write_json, write_parquet
from flows.publish.sums import write_sums
from flows.report import write_report
from flows.schema import TABLES
from flows.validate.report import ValidationReport


def write_contents(
    folder: Path,
    tables: Mapping[str, pa.Table],
    report: ValidationReport,
    changes: Changes,
    before: Path | None = None,
    tier: str = "full",
    raw: Path | None = None,
) -> None:
    """The files of a release into an empty folder; the sums come last. The same arguments give the same bytes.

    `before` is the release that `changes` compares with: the rows that differ are written whole. `raw` is the
    folder of raw documents, of which the report shows converted characters as they stood.
    """
    version = report.version
    rows = {name: tables[name].num_rows for name in TABLES}
    withheld = int(tables["articles"]["text"].null_count)
    _write_tables(tables, folder)
    write_json(as_json(changes.tables, changes.since, version, changes.schema), folder / "CHANGES.json")
    markdown = as_markdown(changes.tables, changes.since, version, changes.schema)
    (folder / "CHANGES.md").write_text(markdown, encoding="utf-8")
    if before is not None:
        write_changed_rows({name: read_table(before, name) for name in TABLES}, tables, folder / "changes")
    write_datapackage(folder, version, rows, compatibility(changes.schema), tier)
    write_croissant(folder, version)
    write_card(folder, version, rows, tier, withheld)
    write_dictionary(folder)
    write_citation(folder, version)
    write_report(folder / "report", report, tables, changes.tables, raw)
    write_sums(folder)


def nullable(table: pa.Table) -> pa.Table:
    """The table with every column nullable: how rows that a gate refused can be written all the same."""
    return table.cast(pa.schema([field.with_nullable(True) for field in table.schema], table.schema.metadata))


def _write_tables(tables: Mapping[str, pa.Table], folder: Path) -> None:
    (folder / "data").mkdir()
    for name in TABLES:
        table = tables[name]
        nulls = any(
            column.null_count and not field.nullable for column, field in zip(table.columns, table.schema, strict=True)
        )
        write_parquet(name, nullable(table) if nulls else table, folder / "data" / f"{name}.parquet")
        write_csv(table, folder / "data" / f"{name}.csv")
