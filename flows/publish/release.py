"""From validated tables to a release on disk: the files, what describes them, their sums, and the move into place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.compare.changes import changes_since
from flows.compare.making import making
from flows.compare.pairs import with_supersedes
from flows.corpus import HIGHEST, LOWEST, Corpus
from flows.decisions import Decisions
from flows.decisions.takedowns import taken_in
from flows.decisions.tombstones import beside_standing
from flows.entities.whole import with_whole
from flows.errors import GateError, TargetError
from flows.folder import stage
from flows.folder.files import write_json, write_parquet
from flows.folder.tables import read_range
from flows.misfits import ROWS
from flows.publish.contents import write_contents
from flows.publish.tables import nullable
from flows.suspicion.against import with_suspicion
from flows.validate import GateResult, ValidationReport, quarantine, validate
from flows.validate.drift import ask_drift
from flows.validate.exceptions import excuse
from flows.validate.quarantine import NOTHING_TAKEN, Taken, of_documents

NOTHING_DECIDED = Decisions()


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
        tables: all, sorted, as `concat` gives them.
        releases: folder of releases; its newest is what CHANGES compares with.
        version: as `stage.next_version` gives it.
        documents_read: how many raw files there were.
        build: volatile facts for build.json (time, versions, commit, fingerprint of the input).
        state: folder outside of releases/ for what is kept back.

    Raises:
        GateError: a critical gate failed; the staged release is kept in <state>/failed, nothing is visible.
        TargetError: releases cannot be written.
    """
    before = stage.latest(releases)
    report, kept, taken = check(with_whole(Corpus.of(tables), known_entities(before)), version, documents_read, before)
    staging = write_staging(kept, report, releases, version)
    stage.write_build(staging, build)
    if not report.passed:
        refuse(staging, report, state, version)
    if report.quarantined or report.misfits:
        keep_quarantined(taken, report, releases, version)
    return stage.commit(staging, releases, version)


def known_entities(release: Path | None) -> pa.Table | None:
    """The entities of the release before; None where there is none, or it had no such table."""
    return read_range(release, "entities", LOWEST, HIGHEST) if release is not None else None


ROUNDS = 3
"""How often what fails is taken out: a row that is gone can lay bare one that led to it, and that another."""


def check(
    tables: Mapping[str, pa.Table],
    version: str,
    documents_read: int,
    before: Path | None = None,
    decisions: Decisions = NOTHING_DECIDED,
    misfits: pa.Table = NOTHING_TAKEN.misfits,
    again: Callable[[Corpus], Corpus] = with_whole,
) -> tuple[ValidationReport, Corpus, Taken]:
    """Ask the gates; take out the pages, and the single rows of facts, that fail a critical one, and ask again of the
    rest; compare what is left with the release `before`.

    Gives the last report, the tables to publish and what was taken out, with the `misfits` that no table could take to
    begin with. What `decisions` accept is no fault. `again` makes the tables of the whole corpus anew when something
    was taken out of it.
    """
    corpus = Corpus.of(tables)
    earlier = beside_standing(before, corpus, decisions.withheld) if before else None
    kept = with_suspicion(with_supersedes(corpus, earlier), earlier)
    taken = Taken({}, of_documents(misfits, kept))  # what was taken down by its address is not kept beside the release
    reasons: dict[str, str] = {}

    def ask() -> ValidationReport:
        report = validate(kept, version, documents_read, reasons, misfits=taken.counted())
        return replace(report, gates=tuple(excuse(report.gates, decisions.exceptions, None)))

    report, faults = ask(), list[GateResult]()
    for _ in range(ROUNDS):
        pages, facts = report.reasons(), report.failing_facts()
        if not pages and not facts:
            break
        faults += [gate for gate in report.blocking if gate.documents or gate.places]
        kept, more = quarantine(kept, pages, facts)
        kept = again(kept)
        taken, reasons = taken | more, reasons | pages
        report = ask()
    report = replace(report, faults=tuple(faults))
    if all(gate.passed for gate in report.gates if gate.table == "schema"):  # else there are no columns to compare
        gates, drift = ask_drift(kept, before, decisions.withheld)
        gates = excuse(gates, decisions.exceptions, before.name if before else None)
        report = replace(report, gates=(*report.gates, *gates), drift=tuple(drift))
    return replace(report, decisions=tuple(decisions.listed())), kept, taken


def write_staging(
    tables: Mapping[str, pa.Table], report: ValidationReport, releases: Path, version: str, raw: Path | None = None
) -> Path:
    """A staging folder with everything that SHA256SUMS covers, and SHA256SUMS. Its bytes depend on the tables, the
    report, the version, the release before and the raw documents, on nothing else.

    Raises:
        TargetError: releases cannot be written, or is full.
    """
    before = stage.latest(releases)
    staging = stage.open_staging(releases, version)
    try:
        changes = changes_since(before, tables, taken_in(report.decisions), made=making(report.decisions))
        write_contents(staging, tables, report, changes, before, raw=raw)
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


def keep_quarantined(taken: Taken, report: ValidationReport, releases: Path, version: str) -> Path:
    """Keep what was taken out in <releases>/quarantine/<version>, beside the release: it waits for a decision (`shegong
    quarantine`), and what is in the state folder may be deleted at any time.

    There are the tables of the documents that were taken out, rows.jsonl with the rows that were taken out alone, each
    with its document, table and reason, and reasons.json with the gates that all this failed.
    """
    folder = releases / "quarantine" / version
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in taken.tables.items():
        write_parquet(name, nullable(table), folder / f"{name}.parquet")
    with (folder / ROWS).open("w", encoding="utf-8") as out:
        for one in taken.misfits.to_pylist():
            out.write(json.dumps(one | {"row": json.loads(one["row"])}, ensure_ascii=False) + "\n")
    found = report.as_json()
    write_json({"quarantined": found["quarantined"], "faults": found["faults"]}, folder / "reasons.json")
    return folder


def row_counts(release: Path) -> dict[str, int]:
    """Rows by table of a release, as its CHANGES.json has them."""
    found = json.loads((release / "CHANGES.json").read_text(encoding="utf-8"))
    return {name: int(entry["after"]) for name, entry in found["tables"].items()}
