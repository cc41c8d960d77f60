"""What the gates found: frozen, and the same bytes for the same tables, so that it can stand in a release."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from flows.schema import OF_PAGES, Severity

KEYS_SHOWN = 20
"""How many failing keys a gate names; the count is always whole."""


class FailingRow(NamedTuple):
    """A row of a table of facts: the part of the corpus that holds it, its number there, and its document, None where
    no document has it."""

    part: int
    row: int
    document: str | None


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate of one table.

    `failing` rows failed of `rows`; `keys` are the primary keys of the first of them, `documents` the
    ids of all documents they belong to. `unplaced` counts failing rows that belong to no known document:
    taking documents out cannot mend them. `error` is set when the gate itself broke, which is a fault of ours.
    """

    gate: str
    table: str
    severity: Severity
    passed: bool
    rows: int
    failing: int = 0
    keys: tuple[dict[str, Any], ...] = ()
    documents: tuple[str, ...] = ()
    unplaced: int = 0
    detail: str = ""
    error: str | None = None
    places: tuple[FailingRow, ...] = field(default=(), compare=False)
    """All failing rows of a table of facts; they are for this run, and no report tells them."""

    @property
    def blocks(self) -> bool:
        """Whether nothing may be released as the tables stand."""
        return not self.passed and (self.severity == "critical" or self.error is not None)

    @property
    def name(self) -> str:
        """table.gate"""
        return f"{self.table}.{self.gate}"


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The verdict on a set of tables: every gate that was asked, in the order of the tables."""

    version: str
    documents_read: int
    gates: tuple[GateResult, ...]
    quarantined: tuple[tuple[str, str], ...] = ()
    """(document_id, reason) of the documents that were taken out before the gates were asked again."""
    misfits: tuple[tuple[str, int], ...] = ()
    """(table, count) of the rows that were taken out alone, while their documents stayed."""
    faults: tuple[GateResult, ...] = ()
    """The gates that documents and rows were taken out for, with the failing rows."""
    drift: tuple[dict[str, Any], ...] = ()
    """What is not as it was in the release before: measure, subject, before, now."""
    decisions: tuple[dict[str, Any], ...] = ()
    """Corrections, tombstones and exceptions that bear on this release (flows/decisions/__init__.py)."""

    @property
    def passed(self) -> bool:
        """No critical gate failed and none broke."""
        return not any(gate.blocks for gate in self.gates)

    @property
    def failed(self) -> tuple[GateResult, ...]:
        """The gates that did not pass, whatever their severity."""
        return tuple(gate for gate in self.gates if not gate.passed)

    @property
    def blocking(self) -> tuple[GateResult, ...]:
        """The gates that keep the release back."""
        return tuple(gate for gate in self.gates if gate.blocks)

    def reasons(self) -> dict[str, str]:
        """document_id to the reason why it must be taken out, for pages that fail a critical gate."""
        found: dict[str, list[str]] = {}
        for gate in self.blocking:
            if gate.error is None and gate.table in OF_PAGES:
                for document in gate.documents:
                    found.setdefault(document, []).append(gate.name)
        return {document: _reason(names) for document, names in sorted(found.items())}

    def failing_facts(self) -> dict[tuple[str, FailingRow], str]:
        """Table and row of the facts that must be taken out, since they fail a critical gate, with the reason."""
        found: dict[tuple[str, FailingRow], list[str]] = {}
        for gate in self.blocking:
            for place in gate.places if gate.error is None else ():
                if place.document is None or place.document in gate.documents:  # others were accepted
                    found.setdefault((gate.table, place), []).append(gate.name)
        return {place: _reason(names) for place, names in found.items()}

    def as_json(self) -> dict[str, Any]:
        """For report/validation.json: the verdict, and every gate, failing ones with their keys."""
        return {
            "version": self.version,
            "passed": self.passed,
            "documents_read": self.documents_read,
            "quarantined": [{"document_id": document, "reason": reason} for document, reason in self.quarantined],
            "misfits": dict(self.misfits),
            "gates": [_plain(gate) for gate in self.gates],
            "faults": [_plain(gate) for gate in self.faults],
            "drift": list(self.drift),
            "decisions": list(self.decisions),
        }

    def as_markdown(self) -> str:
        """The verdict as a short page, for Prefect's artifacts."""
        rows = [f"| {gate.severity} | `{gate.name}` | {gate.failing:,} |" for gate in worst_first(self.failed)]
        table = ["| severity | gate | rows |", "|---|---|---:|", *rows] if rows else []
        rows_out = sum(count for _, count in self.misfits)
        counts = f"{self.documents_read:,} documents read, {len(self.quarantined):,} quarantined, {rows_out:,} rows too"
        return "\n".join([f"# {self.version}", "", self.sentence(), "", counts, "", *table]) + "\n"

    def sentence(self) -> str:
        """One line for a terminal."""
        count = f"{sum(gate.passed for gate in self.gates)} of {len(self.gates)} gates passed"
        if self.passed:
            return f"passed: {count}"
        return f"failed: {count}; {', '.join(gate.name for gate in self.blocking[:5])}"


def read_report(found: dict[str, Any]) -> ValidationReport:
    """The report that `as_json` wrote."""
    gates, faults = (
        tuple(GateResult(**gate | {name: tuple(gate[name]) for name in ("keys", "documents")}) for gate in gates)
        for gates in (found["gates"], found.get("faults", ()))
    )
    taken = tuple((row["document_id"], row["reason"]) for row in found["quarantined"])
    misfits = tuple(found.get("misfits", {}).items())
    drift, decisions = tuple(found.get("drift", ())), tuple(found.get("decisions", ()))
    return ValidationReport(found["version"], found["documents_read"], gates, taken, misfits, faults, drift, decisions)


def worst_first(gates: Iterable[GateResult]) -> list[GateResult]:
    """Failed before passed, critical before warning before info; else as they come."""
    rank = {"critical": 0, "warning": 1, "info": 2}
    return sorted(gates, key=lambda gate: (gate.passed, not gate.blocks, rank[gate.severity]))


def _reason(gates: list[str]) -> str:
    return f"gate_failed: {', '.join(gates)}"


def _plain(gate: GateResult) -> dict[str, Any]:
    plain = dataclasses.asdict(gate)
    del plain["places"]
    return {**plain, "keys": list(gate.keys), "documents": list(gate.documents)}
