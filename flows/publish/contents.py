"""Everything that a release holds and SHA256SUMS covers, written from its tables: of the full and of the open tier."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

import pyarrow as pa

from flows.corpus import Corpus, corpus_of_release, starts
from flows.publish.card import write_card, write_dictionary
from flows.publish.changed_rows import write_changed_rows
from flows.publish.changes import Changes
from flows.publish.citation import write_citation
from flows.publish.compatibility import compatibility
from flows.publish.croissant import write_croissant
from flows.publish.datapackage import write_datapackage
from flows.publish.diff import as_json, as_markdown
from flows.publish.files import ParquetFile, append_csv, open_parquet, write_json
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
    version, corpus = report.version, Corpus.of(tables)
    rows = corpus.rows()
    withheld = sum(int(part["articles"]["text"].null_count) for part in corpus.parts())
    _write_tables(corpus, folder)
    write_json(as_json(changes.tables, changes.since, version, changes.schema), folder / "CHANGES.json")
    markdown = as_markdown(changes.tables, changes.since, version, changes.schema)
    (folder / "CHANGES.md").write_text(markdown, encoding="utf-8")
    if before is not None:
        write_changed_rows(corpus_of_release(before, starts(corpus)), corpus, folder / "changes")
    write_datapackage(folder, version, rows, compatibility(changes.schema), tier)
    write_croissant(folder, version)
    write_card(folder, version, rows, tier, withheld)
    write_dictionary(folder)
    write_citation(folder, version)
    write_report(folder / "report", report, corpus, changes.tables, raw)
    write_sums(folder)


def nullable(table: pa.Table) -> pa.Table:
    """The table with every column nullable: how rows that a gate refused can be written all the same."""
    return table.cast(pa.schema([field.with_nullable(True) for field in table.schema], table.schema.metadata))


def _write_tables(corpus: Corpus, folder: Path) -> None:
    """All tables as Parquet and CSV, in one pass over the parts."""
    (folder / "data").mkdir()
    schemas = _schemas(corpus)
    with ExitStack() as stack:
        parquet, text = dict[str, ParquetFile](), dict[str, TextIO]()
        for name in TABLES:
            path = folder / "data" / name
            parquet[name] = stack.enter_context(open_parquet(name, schemas[name], path.with_suffix(".parquet")))
            out = path.with_suffix(".csv").open("w", encoding="utf-8", newline="")
            text[name] = stack.enter_context(out)
        for number, part in enumerate(corpus.parts()):
            for name in TABLES:
                parquet[name].write(part[name])
                append_csv(part[name], text[name], head=number == 0)


def _schemas(corpus: Corpus) -> dict[str, pa.Schema]:
    """The schema of each table; all columns nullable where a gate will have refused a null anyway."""
    schemas: dict[str, pa.Schema] = {}
    for part in corpus.parts():
        for name in TABLES:
            table = part[name]
            nulls = any(
                column.null_count and not field.nullable
                for column, field in zip(table.columns, table.schema, strict=True)
            )
            if name not in schemas or nulls:
                schemas[name] = nullable(table).schema if nulls else table.schema
    return schemas
