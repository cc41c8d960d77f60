"""Asking all gates of all tables, and taking out the documents that fail."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.publish.stage import date_of
from flows.schema import TABLES, load_list, schemas
from flows.validate.contents import Contents
from flows.validate.report import GateResult, ValidationReport
from flows.validate.suites import Suite, run_rows, run_suite, schema_rows, schema_suite, suite_of

if TYPE_CHECKING:
    from flows.validate.engine import Engine


def validate(
    tables: Mapping[str, pa.Table],
    version: str,
    documents_read: int,
    quarantined: Mapping[str, str] | None = None,
    only: Collection[str] = TABLES,
) -> ValidationReport:
    """Ask every gate.

    Args:
        tables: all eleven, as `flows.publish.concat` gives them.
        version: CalVer; nothing in the tables may lie after its date.
        documents_read: how many raw files there were: each must be a row of documents.
        quarantined: document_id to reason, for the documents that `quarantine` took out before.
        only: tables whose own gates are asked; the schema and the run always are.
    """
    limits = load_list("limits")
    gates = ask_rows(schema_suite(), schema_rows(tables))
    taken = tuple(sorted((quarantined or {}).items()))
    if all(gate.passed for gate in gates):  # else there is no asking about columns
        contents = Contents(tables, date_of(version))
        gates += ask_rows(run_suite(limits), run_rows(tables, documents_read, limits))
        for table in schemas().values():
            if table.name in only:
                gates += _engine().ask(suite_of(table), contents)
    gates = [_widespread(gate, limits["widespread_at_least"]) for gate in gates]
    return ValidationReport(version, documents_read, tuple(gates), taken)


def quarantine(
    tables: Mapping[str, pa.Table], reasons: Mapping[str, str]
) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """The tables without the documents of `reasons`, and what was taken out of them.

    Such a document keeps its row in documents, with status quarantined, the reason, and no article; copies of it
    share its fate. `reasons` is document_id to reason, as `ValidationReport.reasons` gives it.
    """
    ids = pa.array(sorted(reasons), pa.string())
    kept, taken = {}, {}
    for name, table in tables.items():
        owner = "document_id" if "document_id" in table.schema.names else "article_id"
        mine = table[owner] if owner == "document_id" else pc.utf8_slice_codeunits(table[owner], 0, 16)
        out = pc.fill_null(pc.is_in(mine, value_set=ids), False)
        taken[name] = table.filter(out)
        kept[name] = _marked(table, reasons) if name == "documents" else table.filter(pc.invert(out))
    if "duplicate_of" in kept["articles"].schema.names:
        kept["articles"] = _without_lost_originals(kept["articles"])
    return kept, taken


def _marked(documents: pa.Table, reasons: Mapping[str, str]) -> pa.Table:
    """The documents, those of `reasons` marked as quarantined, without an article."""
    ids = documents["document_id"].to_pylist()
    mask = pa.array([name in reasons for name in ids], pa.bool_())
    why = pa.array([reasons.get(name) for name in ids], pa.string())
    changes = {"status": pa.scalar("quarantined"), "reason": why, "article_count": pa.scalar(0, pa.int64())}
    changes |= {"kept_chars": pa.scalar(0, pa.int64()), "removed_chars": pa.scalar(0, pa.int64())}
    for name, value in changes.items():
        place = documents.schema.get_field_index(name)
        column = pc.if_else(mask, value, documents[name])
        documents = documents.set_column(place, documents.schema.field(name), column)
    return documents


def _without_lost_originals(articles: pa.Table) -> pa.Table:
    """An article whose original was taken out is no duplicate any more."""
    place = articles.schema.get_field_index("duplicate_of")
    there = pc.is_in(articles["duplicate_of"], value_set=articles["article_id"])
    column = pc.if_else(there, articles["duplicate_of"], pa.scalar(None, pa.string()))
    return articles.set_column(place, articles.schema.field(place), column)


def _widespread(gate: GateResult, at_least: int) -> GateResult:
    """A lesser gate that too many rows fail becomes critical; whole-release, so that no document is taken out."""
    for check in schemas()[gate.table].checks if gate.table in TABLES else ():
        too_many = check.widespread is not None and gate.failing > check.widespread * gate.rows
        if check.id == gate.gate and too_many and gate.failing >= at_least:
            detail = f"{gate.failing} of {gate.rows} rows: more than {check.widespread:.0%}"
            return dataclasses.replace(gate, severity="critical", detail=detail, documents=(), unplaced=gate.failing)
    return gate


def ask_rows(suite: Suite, rows: list[dict[str, Any]]) -> list[GateResult]:
    """The gates of rows that are no table of a release, such as its files."""
    return _engine().ask_rows(suite, rows)


@functools.cache
def _engine() -> Engine:
    from flows.validate.engine import Engine

    return Engine()
