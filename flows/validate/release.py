"""A release checked again, from its files alone."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection
from pathlib import Path

from flows.corpus import Corpus
from flows.decisions import Acceptance
from flows.errors import ReleaseError
from flows.figures import figures_of
from flows.folder.files import read_json
from flows.folder.layout import Kind, is_table_file, table_files, table_place
from flows.folder.stage import VERSION
from flows.folder.sums import NAME, damaged_files, read_sums
from flows.folder.tables import corpus_of_release, read_table
from flows.schema import TABLES
from flows.validate.exceptions import excuse
from flows.validate.gates import ask_rows, validate
from flows.validate.report import GateResult, ValidationReport
from flows.validate.suites import Gate, Suite
from flows.validate.tier import NEED_TEXT, withheld_gates

EXPECTED = (
    *("report/index.html", "report/documents.html", "report/validation.json", "report/junit.xml"),
    *("datapackage.json", "croissant.json", "README.md"),
    *("DICTIONARY.md", "CITATION.cff", "CHANGES.json", "CHANGES.md"),
)
"""What every release holds beside its tables, whatever its SHA256SUMS says."""

KINDS: tuple[Kind, ...] = ("parquet", "csv")


def validate_release(release: Path) -> ValidationReport:
    """Sums, then every gate over the tables as they stand in the files.

    Damaged files fail the gate files.sums; when a table among them cannot be read, its gates are not asked.

    Raises:
        ReleaseError: the folder is no release.
    """
    version = _version(release)
    wrong = damaged_files(release)
    tables = (path for table in TABLES for kind in KINDS for path in table_files(release, table, kind))
    expected = {*EXPECTED, *(path.relative_to(release).as_posix() for path in tables)}
    names = sorted({*expected, *read_sums(release), *wrong})
    missing = {name for name in expected if not (release / name).is_file()}
    rows = [
        {"file": name, "found": "missing" if name in missing else wrong.get(name, "whole"), "declared": "whole"}
        for name in names
    ]
    files = ask_rows(_file_suite(), rows)
    if unreadable := _unreadable(release, wrong):
        gate = GateResult("readable", "files", "critical", False, len(TABLES), len(unreadable), tuple(unreadable))
        return ValidationReport(version, 0, (*files, dataclasses.replace(gate, unplaced=len(unreadable))))
    corpus = corpus_of_release(release)
    read, quarantined, misfits = _run(release, corpus)
    report = validate(corpus, version, read, quarantined, misfits=misfits)
    gates = tuple(excuse(report.gates, _accepted(release), None))
    if (tier := read_json(release, "datapackage.json").get("tier", "full")) != "full":
        gates = tuple(gate for gate in gates if gate.name not in NEED_TEXT)
        gates += tuple(withheld_gates(corpus)) if tier == "open" else ()
    return dataclasses.replace(report, gates=(*files, *gates))


def _file_suite() -> Suite:
    pair = {"column_A": "found", "column_B": "declared", "ignore_row_if": "neither"}
    gate = Gate("sums", "critical", "ExpectColumnPairValuesToBeEqual", pair)
    return Suite("files", ("file",), ("file", "found", "declared"), (gate,))


def _version(release: Path) -> str:
    """The version that the datapackage states; the folder may have another name, as in a copy."""
    path = release / "datapackage.json"
    if not (release / NAME).is_file():
        problem = "there is no SHA256SUMS in it." if release.is_dir() else "there is no such folder."
        raise ReleaseError("release", problem, "Give the folder of one release, such as releases/v2026.11.22.", release)
    try:
        version = str(json.loads(path.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        version = release.name
    if not VERSION.fullmatch(version):
        raise ReleaseError("release", f"its version {version!r} is none.", "Fetch the release again.", path)
    return version


def _unreadable(release: Path, wrong: Collection[str]) -> list[dict[str, str]]:
    """The tables that cannot be read, among the files that are not as they were written."""
    unreadable = []
    for name in (name for name in TABLES if any(is_table_file(path, name) for path in wrong)):
        try:
            read_table(release, name)
        except ReleaseError as error:
            unreadable.append({"file": table_place(release, name), "found": error.problem})
    return unreadable


def _accepted(release: Path) -> list[Acceptance]:
    """The failing gates that the release says were accepted."""
    try:
        found = json.loads((release / "report" / "validation.json").read_text(encoding="utf-8")).get("decisions", [])
        rows = [row for row in found if row["decision"] == "exception"]
        return [Acceptance(row["what"], row["why"], row["who"], row["date"], row["document"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _run(release: Path, corpus: Corpus) -> tuple[int, dict[str, str], dict[str, int]]:
    """How many documents were read, which were taken out, and how many rows alone, as the report says; else as the
    table does."""
    try:
        found = json.loads((release / "report" / "validation.json").read_text(encoding="utf-8"))
        taken = {row["document_id"]: row["reason"] for row in found["quarantined"]}
        return int(found["documents_read"]), taken, {name: int(rows) for name, rows in found.get("misfits", {}).items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return figures_of(corpus).rows["documents"], {}, {}
