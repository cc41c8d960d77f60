"""`shegong quarantine`: the documents and rows that the newest release left out, why, and what was decided of them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any

from flows.decisions import read_decisions
from flows.document import Row
from flows.errors import ShegongError
from flows.folder.stage import latest
from flows.folder.tables import read_table
from flows.misfits import ROWS
from flows.terminal.safe import safe


class QuarantineError(ShegongError):
    """Nothing in quarantine has that id, or it cannot be accepted."""


def left_out(releases: Path, raw: Path, wanted: str | None = None) -> Iterator[dict[str, Any]]:
    """The documents in quarantine, or of which rows are (whose ids start with `wanted`): id, path, reason, gates that
    failed, whether they were accepted since, and the rows; rows of no document come last, with the id None."""
    accepted = {(entry.document, entry.gate) for entry in read_decisions(raw).exceptions}
    rows = _rows_alone(releases)
    for row in _documents(releases, rows):
        mine, document = rows[row["document_id"]], row["document_id"]
        gates = gates_of(row, mine)
        done = bool(gates) and all((document, gate) in accepted for gate in gates)
        if document.startswith(wanted or ""):
            yield {**row, "gates": gates, "accepted": done, "rows": mine}
    if rows[None] and not wanted:
        yield {"document_id": None, "path": None, "status": None, "reason": None, "gates": [], "accepted": False,
               "rows": rows[None]}  # fmt: skip


def waiting(releases: Path, raw: Path) -> Iterator[str]:
    """A line a document in quarantine, or of which rows are: id, path, reason, and whether it was accepted since."""
    for row in left_out(releases, raw):
        if row["document_id"] is None:
            yield from (f"no document  {one['table']}: {safe(one['reason'])}" for one in row["rows"])
            continue
        note = "  accepted: the next run releases it" if row["accepted"] else ""
        count = Counter((one["table"], one["reason"]) for one in row["rows"])
        said = [row["reason"], *(f"{many} of {table}: {reason}" for (table, reason), many in sorted(count.items()))]
        yield f"{row['document_id']}  {safe(row['path'])}  {safe('; '.join(filter(None, said)))}{note}"


def show(releases: Path, wanted: str) -> Iterator[str]:
    """The reason of one document, the gates that it failed, with the failing rows, and how to go on."""
    row, mine = one_of(releases, wanted)
    yield f"{row['document_id']}  {safe(row['path'])}"
    if row["reason"]:
        yield f"  {safe(row['reason'])}"
    folder = releases / "quarantine" / newest(releases).name
    path = folder / "reasons.json"
    faults = json.loads(path.read_text(encoding="utf-8"))["faults"] if path.is_file() else []
    for gate in faults:
        if row["document_id"] in gate["documents"]:
            yield f"  {gate['severity']}: {gate['table']}.{gate['gate']}  {safe(gate['detail'])}"
            yield from (f"    {safe(_key(key))}" for key in gate["keys"] if _owner(key) in (row["document_id"], None))
    for one in mine:
        yield f"  taken out of {one['table']}: {safe(one['reason'])}"
        yield f"    {safe(json.dumps(one['row'], ensure_ascii=False))}"
    if faults:
        yield f"  its rows: {folder}"
    yield "  mend it: a rule or the code, or an entry in raw/corrections.yaml; the next run tries again"
    if gates_of(row, mine):
        yield f"  or accept it: shegong quarantine accept {row['document_id']} --why '…' --who '…'"


def newest(releases: Path) -> Path:
    """The newest release.

    Raises:
        QuarantineError: there is none.
    """
    release = latest(releases)
    if release is None:
        raise QuarantineError("no_release", "there is no release there.", "Run shegong release first.", releases)
    return release


def _rows_alone(releases: Path) -> defaultdict[str | None, list[Row]]:
    """The rows that were taken out alone, by their document."""
    path = releases / "quarantine" / newest(releases).name / ROWS
    found: defaultdict[str | None, list[Row]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        row = json.loads(line)
        found[row["document_id"]].append(row)
    return found


def _documents(releases: Path, rows: Container[str | None]) -> list[Row]:
    """The documents in quarantine, and those of which rows are."""
    documents = read_table(newest(releases), "documents", ["document_id", "path", "status", "reason"])
    return [row for row in documents.to_pylist() if row["status"] == "quarantined" or row["document_id"] in rows]


def one_of(releases: Path, wanted: str) -> tuple[Row, list[Row]]:
    """The document and its rows that were taken out alone.

    Raises:
        QuarantineError: no document in quarantine has that id, or several start so.
    """
    rows = _rows_alone(releases)
    found = [row for row in _documents(releases, rows) if row["document_id"].startswith(wanted)]
    if len({row["document_id"] for row in found}) != 1:
        problem = f"{'no document' if not found else 'more than one document'} in quarantine has the id {safe(wanted)}."
        some = ", ".join(sorted({row["document_id"] for row in found})[:5])
        remedy = f"They are {some}." if found else "shegong quarantine lists what is."
        raise QuarantineError("unknown_id", problem, remedy, releases)
    return found[0], rows[found[0]["document_id"]]


def gates_of(row: Row, alone: Iterable[Row]) -> list[str]:
    """The gates that a document, or rows of it, were taken out for."""
    pairs = ((one["reason"] or "").partition(": ") for one in (row, *alone))
    named = (name for code, _, names in pairs if code == "gate_failed" for name in names.split(", "))
    return list(dict.fromkeys(named))


def _owner(key: dict[str, Any]) -> str | None:
    """The document that the key of a failing row names."""
    owner = key.get("document_id") or key.get("article_id")
    return str(owner)[:16] if owner else None


def _key(key: dict[str, Any]) -> str:
    return "; ".join(f"{name}={value}" for name, value in key.items())
