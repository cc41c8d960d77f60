"""`shegong quarantine accept`: entries of raw/exceptions.yaml for what is in quarantine or drifted, nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from flows.clock import today
from flows.decisions.appending import append_entries
from flows.decisions.quarantine import QuarantineError, gates_of, newest, one_of
from flows.document import Row
from flows.state import state_folder
from flows.terminal.safe import safe

DRIFT = "drift."


def accept(releases: Path, raw: Path, wanted: str | Sequence[str], why: str, who: str) -> str:
    """Writes exceptions into raw/exceptions.yaml, for the next run to honour; gives its path. All of them or none.

    Each of the `wanted` is a document in quarantine, or of which rows are, whose failed gates are all accepted; or
    drift.<gate>:<subject>, such as drift.rows_fell:people, which is accepted against the newest release only.

    Raises:
        QuarantineError: there is no such document, or no gate put it or its rows there (it could not be cleaned); or
            nothing drifted so, in the newest release or the newest build that was refused.
    """
    several = [wanted] if isinstance(wanted, str) else wanted
    return append_entries(raw, "exceptions", [row for one in several for row in entries(releases, one, why, who)])


def entries(releases: Path, wanted: str, why: str, who: str) -> list[Row]:
    """The entries that accept one of them. Raises QuarantineError: see `accept`."""
    said = {"why": why, "who": who, "date": today().isoformat()}
    if wanted.startswith(DRIFT):
        gate, _, subject = wanted.partition(":")
        since = newest(releases).name
        _refuse_unknown(releases, gate, subject)
        return [{"gate": gate, "subject": subject, "since": since, **said}]
    row, mine = one_of(releases, wanted)
    gates = gates_of(row, mine)
    if not gates:
        problem = f"no gate put {row['document_id']} there: {safe(row['reason'] or mine[0]['reason'])}"
        remedy = f"Mend the code or the file, and run again; shegong quarantine show {row['document_id']} tells more."
        raise QuarantineError("not_a_gate", problem, remedy, releases)
    return [{"document": row["document_id"], "gate": gate, **said} for gate in gates]


def _refuse_unknown(releases: Path, gate: str, subject: str) -> None:
    """Refuses a drift that is nowhere to be seen."""
    there = list(dict.fromkeys(drifted(releases)))
    if (gate, subject) in there:
        return
    known = "; ".join(f"{name}:{of}" for name, of in there[:5]) or "nothing"
    if not subject:
        problem = f"{safe(gate)} names no subject: write {safe(gate)}:SUBJECT."
    else:
        problem = f"nothing drifted so: {safe(gate)}:{safe(subject)}."
    raise QuarantineError("unknown_drift", problem, f"What drifted: {safe(known)}. The report lists it.", releases)


def drifted(releases: Path) -> Iterator[tuple[str, str]]:
    """Gates and subjects that drifted past their bounds, in the builds that were refused since the newest release and
    in that release itself."""
    release = newest(releases)
    refused = sorted(
        (state_folder() / "failed").glob("*/report/validation.json"), key=lambda file: file.stat().st_mtime
    )
    for file in (*refused[::-1], release / "report" / "validation.json"):
        for gate in _gates(file):
            name = f"{gate['table']}.{gate['gate']}"
            if name.startswith(DRIFT) and not gate["passed"]:
                yield from ((name, str(key["subject"])) for key in gate["keys"] if "subject" in key)


def _gates(file: Path) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["gates"]
    except (OSError, ValueError, KeyError):
        return []
    return found
