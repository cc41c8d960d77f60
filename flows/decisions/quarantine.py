"""`shegong quarantine`: the documents that the newest release left out, why, and what was decided of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from flows.cli.terminal import safe
from flows.decisions import append_exceptions, read_decisions
from flows.document import Row
from flows.errors import ShegongError
from flows.publish.stage import latest
from flows.run.ground import today


class QuarantineError(ShegongError):
    """Nothing in quarantine has that id, or it cannot be accepted."""


def waiting(releases: Path, raw: Path) -> Iterator[str]:
    """A line a document in quarantine: id, path, reason, and whether it was accepted since."""
    accepted = {(entry.document, entry.gate) for entry in read_decisions(raw).exceptions}
    for row in _rows(releases):
        gates = _gates(row)
        done = bool(gates) and all((row["document_id"], gate) in accepted for gate in gates)
        note = "  accepted: the next run releases it" if done else ""
        yield f"{row['document_id']}  {safe(row['path'])}  {safe(row['reason'])}{note}"


def show(releases: Path, wanted: str) -> Iterator[str]:
    """The reason of one document, the gates that it failed, with the failing rows, and how to go on."""
    row = _one(releases, wanted)
    yield f"{row['document_id']}  {safe(row['path'])}"
    yield f"  {safe(row['reason'])}"
    folder = releases / "quarantine" / _release(releases).name
    path = folder / "reasons.json"
    faults = json.loads(path.read_text(encoding="utf-8"))["faults"] if path.is_file() else []
    for gate in faults:
        if row["document_id"] in gate["documents"]:
            yield f"  {gate['severity']}: {gate['table']}.{gate['gate']}  {safe(gate['detail'])}"
            yield from (f"    {safe(_key(key))}" for key in gate["keys"] if _owner(key) in (row["document_id"], None))
    if faults:
        yield f"  its rows: {folder}"
    yield "  mend it: a rule or the code, or an entry in raw/corrections.yaml; the next run tries again"
    if _gates(row):
        yield f"  or accept it: shegong quarantine accept {row['document_id']} --why '…' --who '…'"


def accept(releases: Path, raw: Path, wanted: str, why: str, who: str) -> Path:
    """Writes exceptions into raw/exceptions.yaml, for the next run to honour; gives its path.

    `wanted` is a document in quarantine, whose failed gates are all accepted; or drift.<gate>:<subject>, such as
    drift.rows_fell:people, which is accepted against the newest release only.

    Raises:
        QuarantineError: there is no such document, or it was not a gate that put it there (it could not be cleaned).
    """
    said = {"why": why, "who": who, "date": today().isoformat()}
    if wanted.startswith("drift."):
        gate, _, subject = wanted.partition(":")
        return append_exceptions(raw, [{"gate": gate, "subject": subject, "since": _release(releases).name, **said}])
    row = _one(releases, wanted)
    gates = _gates(row)
    if not gates:
        problem = f"no gate put {row['document_id']} there: {safe(row['reason'])}"
        raise QuarantineError("not_a_gate", problem, "Mend the code or the file, and run again.", releases)
    return append_exceptions(raw, [{"document": row["document_id"], "gate": gate, **said} for gate in gates])


def _release(releases: Path) -> Path:
    release = latest(releases)
    if release is None:
        raise QuarantineError("no_release", "there is no release there.", "Run shegong release first.", releases)
    return release


def _rows(releases: Path) -> list[Row]:
    documents = pq.read_table(_release(releases) / "data" / "documents.parquet")
    return [row for row in documents.to_pylist() if row["status"] == "quarantined"]


def _one(releases: Path, wanted: str) -> Row:
    found = [row for row in _rows(releases) if row["document_id"].startswith(wanted)]
    if len({row["document_id"] for row in found}) != 1:
        problem = f"{'no document' if not found else 'more than one document'} in quarantine has the id {safe(wanted)}."
        raise QuarantineError("unknown_id", problem, "shegong quarantine lists them.", releases)
    return found[0]


def _gates(row: Row) -> list[str]:
    """The gates that a document was taken out for."""
    code, _, names = row["reason"].partition(": ")
    return names.split(", ") if code == "gate_failed" else []


def _owner(key: dict[str, Any]) -> str | None:
    """The document that the key of a failing row names."""
    owner = key.get("document_id") or key.get("article_id")
    return str(owner)[:16] if owner else None


def _key(key: dict[str, Any]) -> str:
    return "; ".join(f"{name}={value}" for name, value in key.items())
