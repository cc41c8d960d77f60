"""From validated tables to a release on disk: the files, what describes them, their sums, and the move into place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.errors import GateError, TargetError
from flows.publish import stage
from flows.publish.card import write_card, write_dictionary
from flows.publish.citation import write_citation
from flows.publish.croissant import write_croissant
from flows.publish.datapackage import write_datapackage
from flows.publish.diff import TableDiff, as_json, as_markdown, compatibility, diff_tables, read_table
from flows.publish.files import write_csv, write_json, write_parquet
from flows.publish.sums import write_sums
from flows.report import write_report
from flows.schema import TABLES
from flows.validate import ValidationReport, quarantine, validate


def build_release(
    tables: Mapping[str, pa.Table],
    releases: Path,
    version: str,
    documents_read: int,
    build: dict[str, Any],
    state: Path,
) -> Path:
    """Validate, take out the documents that fail, publish the rest; gives the folder of the release.

    Args:
        tables: all eleven, sorted, as `concat` gives them.
        releases: folder of releases; its newest is what CHANGES compares with.
        version: as `stage.next_version` gives it.
        documents_read: how many raw files there were.
        build: volatile facts for build.json (time, versions, commit, fingerprint of the input).
        state: folder outside of releases/ for what is kept back.

    Raises:
        GateError: a critical gate failed; the staged release is kept in <state>/failed, nothing is visible.
        TargetError: releases cannot be written.
    """
    report, kept, taken = check(tables, version, documents_read)
    staging = write_staging(kept, report, releases, version)
    stage.write_build(staging, build)
    if not report.passed:
        refuse(staging, report, state, version)
    if report.quarantined:
        keep_quarantined(taken, report, state, version)
    return stage.commit(staging, releases, version)


def check(
    tables: Mapping[str, pa.Table], version: str, documents_read: int
) -> tuple[ValidationReport, dict[str, pa.Table], dict[str, pa.Table]]:
    """Ask the gates; take out the documents whose rows fail a critical one and ask again of the rest.

    Gives the last report, the tables to publish and the rows taken out. Asking again is bounded: a document taken out
    can only lay bare a fault between tables, so the second answer stands.
    """
    report = validate(tables, version, documents_read)
    reasons = report.reasons()
    if not reasons:
        return report, dict(tables), {}
    kept, taken = quarantine(tables, reasons)
    return validate(kept, version, documents_read, reasons), kept, taken


def write_staging(tables: Mapping[str, pa.Table], report: ValidationReport, releases: Path, version: str) -> Path:
    """A staging folder with everything that SHA256SUMS covers, and SHA256SUMS. Its bytes depend on the tables, the
    report, the version and the release before, on nothing else.

    Raises:
        TargetError: releases cannot be written, or is full.
    """
    before = stage.latest(releases)
    staging = stage.open_staging(releases, version)
    try:
        rows = {name: tables[name].num_rows for name in TABLES}
        _write_tables(tables, staging)
        changes = _write_changes(tables, staging, before, version)
        write_datapackage(staging, version, rows, compatibility(changes) if before else "compatible")
        write_croissant(staging, version)
        write_card(staging, version, rows)
        write_dictionary(staging)
        write_citation(staging, version)
        write_report(staging / "report", report, tables, changes)
        write_sums(staging)
    except OSError as error:
        stage.discard(staging)
        remedy = "Make room or give another folder with --releases."
        raise TargetError("target", f"the release cannot be written: {error.strerror}.", remedy, releases) from error
    except BaseException:
        stage.discard(staging)
        raise
    return staging


def refuse(staging: Path, report: ValidationReport, state: Path, version: str) -> None:
    """Set a staged release aside whose gates failed, and say so.

    Raises:
        GateError: always.
    """
    place = stage.set_aside(staging, state, version)
    names = ", ".join(f"{gate.name} ({gate.failing} rows)" for gate in report.blocking[:5])
    problem = f"nothing was released: {len(report.blocking)} critical gates failed: {names}."
    raise GateError("gate", problem, f"Open {place / 'report' / 'index.html'}.", place)


def keep_quarantined(taken: Mapping[str, pa.Table], report: ValidationReport, state: Path, version: str) -> Path:
    """Keep the rows of the documents taken out, with the reasons, in <state>/quarantine/<version>."""
    folder = state / "quarantine" / version
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in taken.items():
        write_parquet(name, _nullable(table), folder / f"{name}.parquet")
    write_json(report.as_json()["quarantined"], folder / "reasons.json")
    return folder


def _write_tables(tables: Mapping[str, pa.Table], staging: Path) -> None:
    (staging / "data").mkdir()
    for name in TABLES:
        table = tables[name]
        nulls = any(
            column.null_count and not field.nullable for column, field in zip(table.columns, table.schema, strict=True)
        )
        write_parquet(name, _nullable(table) if nulls else table, staging / "data" / f"{name}.parquet")
        write_csv(table, staging / "data" / f"{name}.csv")


def _nullable(table: pa.Table) -> pa.Table:
    """The table with every column nullable: how rows that a gate refused can be written all the same."""
    return table.cast(pa.schema([field.with_nullable(True) for field in table.schema], table.schema.metadata))


def _write_changes(tables: Mapping[str, pa.Table], staging: Path, before: Path | None, version: str) -> list[TableDiff]:
    changes = [diff_tables(n, read_table(before, n) if before else tables[n].slice(0, 0), tables[n]) for n in TABLES]
    old = before.name if before else None
    write_json(as_json(changes, old, version), staging / "CHANGES.json")
    (staging / "CHANGES.md").write_text(as_markdown(changes, old, version), encoding="utf-8")
    return changes


def row_counts(release: Path) -> dict[str, int]:
    """Rows by table of a release, as its CHANGES.json has them."""
    found = json.loads((release / "CHANGES.json").read_text(encoding="utf-8"))
    return {name: int(entry["after"]) for name, entry in found["tables"].items()}
