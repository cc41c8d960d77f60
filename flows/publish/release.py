"""From validated tables to a release on disk: the files, what describes them, their sums, and the move into place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.errors import GateError, TargetError
from flows.publish import stage
from flows.publish.changes import changes_since
from flows.publish.contents import nullable, write_contents
from flows.publish.files import write_json, write_parquet
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
        changes = changes_since(before, tables)
        write_contents(staging, tables, report, changes, before)
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
        write_parquet(name, nullable(table), folder / f"{name}.parquet")
    write_json(report.as_json()["quarantined"], folder / "reasons.json")
    return folder


def row_counts(release: Path) -> dict[str, int]:
    """Rows by table of a release, as its CHANGES.json has them."""
    found = json.loads((release / "CHANGES.json").read_text(encoding="utf-8"))
    return {name: int(entry["after"]) for name, entry in found["tables"].items()}
