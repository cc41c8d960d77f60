"""Failing gates that a maintainer accepted (raw/exceptions.yaml)."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from flows.decisions import Acceptance
from flows.validate.report import KEYS_SHOWN, GateResult


def excuse(gates: Sequence[GateResult], accepted: Sequence[Acceptance], since: str | None) -> list[GateResult]:
    """The gates, those that fail only by what was accepted turned into warnings that say so.

    An acceptance of a document holds for one gate of that document; one of drift for one subject, and only against the
    release that it was written about (`since`).
    """
    return [_excused(gate, [entry for entry in accepted if entry.gate == gate.name], since) for gate in gates]


def _excused(gate: GateResult, accepted: Sequence[Acceptance], since: str | None) -> GateResult:
    if gate.passed or gate.error is not None or not accepted:
        return gate
    names = {entry.document for entry in accepted if entry.document}
    left = tuple(document for document in gate.documents if document not in names)
    if gate.table == "drift":
        subjects = {entry.subject for entry in accepted if entry.since == since}
        whole = gate.failing <= KEYS_SHOWN and all(key["subject"] in subjects for key in gate.keys)
    else:
        whole = not left and not gate.unplaced
    if not whole:
        return dataclasses.replace(gate, documents=left)
    said = "; ".join(f"{entry.why} ({entry.who}, {entry.date})" for entry in accepted)
    return dataclasses.replace(gate, severity="warning", detail=f"accepted: {said}")
