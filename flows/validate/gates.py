"""Asking all gates of all tables, and taking out the documents that fail."""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from flows.corpus import Corpus, owners
from flows.publish.stage import date_of
from flows.schema import TABLES, load, load_list, schemas
from flows.validate.contents import Across, Contents
from flows.validate.report import KEYS_SHOWN, GateResult, ValidationReport
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
    limits, corpus = load_list("limits"), Corpus.of(tables)
    taken = tuple(sorted((quarantined or {}).items()))
    gates = _ask_schema(corpus)
    if all(gate.passed for gate in gates):  # else there is no asking about columns
        status: Counter[str] = Counter()
        across, asked = _across(corpus), list[list[GateResult]]()
        for part in corpus.parts():
            contents = Contents(part, date_of(version), across)
            status.update(part["documents"]["status"].to_pylist())
            asked.append(
                [gate for name in TABLES if name in only for gate in _engine().ask(suite_of(load(name)), contents)]
            )
        gates += ask_rows(run_suite(limits), run_rows(status, documents_read, limits))
        gates += [_together(results) for results in zip(*asked, strict=True)]
    gates = [_widespread(gate, limits["widespread_at_least"]) for gate in gates]
    return ValidationReport(version, documents_read, tuple(gates), taken)


def _ask_schema(corpus: Corpus) -> list[GateResult]:
    """Of the first part whose columns are not as declared, else of the last."""
    gates: list[GateResult] = []
    for part in corpus.parts():
        gates = ask_rows(schema_suite(), schema_rows(part)) if not gates or _differs(part) else gates
        if not all(gate.passed for gate in gates):
            break
    return gates


def _differs(part: Mapping[str, pa.Table]) -> bool:
    """Whether the columns of a table are not as declared."""
    return any(row["found"] != row["declared"] for row in schema_rows(part))


def _across(corpus: Corpus) -> Across:
    """Of each article the first half of its text hash is held for the time of one pass: 8 bytes."""
    named: set[str] = set()
    firsts = []
    for part in corpus.parts():
        articles = part["articles"]
        named.update(articles["duplicate_of"].drop_null().to_pylist())
        unmarked = articles["text_sha256"].filter(pc.is_null(articles["duplicate_of"]))
        firsts.append(np.array([hash(digest) for digest in unmarked.to_pylist()], np.int64))
    hashes, count = np.unique(np.concatenate([np.array([], np.int64), *firsts]), return_counts=True)
    again = frozenset(hashes[count > 1].tolist())
    originals, repeated = set[str](), Counter[str]()
    for part in corpus.parts() if named or again else ():
        articles = part["articles"]
        there = pc.is_in(articles["article_id"], value_set=pa.array(sorted(named), pa.string()))
        originals.update(articles["article_id"].filter(there).to_pylist())
        unmarked = articles["text_sha256"].filter(pc.is_null(articles["duplicate_of"])).to_pylist()
        repeated.update(digest for digest in unmarked if hash(digest) in again)
    return Across(frozenset(originals), frozenset(digest for digest, n in repeated.items() if n > 1))


def _together(results: Sequence[GateResult]) -> GateResult:
    """One gate asked of every part, as if it had been asked of the whole."""
    failed = [result for result in results if not result.passed]
    whole = dataclasses.replace(failed[0] if failed else results[0], rows=sum(result.rows for result in results))
    if len(failed) < 2:
        return whole
    details = dict.fromkeys(result.detail for result in failed)
    return dataclasses.replace(
        whole,
        failing=sum(result.failing for result in failed),
        keys=tuple(key for result in failed for key in result.keys)[:KEYS_SHOWN],
        documents=tuple(sorted({document for result in failed for document in result.documents})),
        unplaced=sum(result.unplaced for result in failed),
        detail="; ".join(details)[:500],
        error=next((result.error for result in failed if result.error), None),
    )


def quarantine(tables: Mapping[str, pa.Table], reasons: Mapping[str, str]) -> tuple[Corpus, dict[str, pa.Table]]:
    """The tables without the documents of `reasons`, and what was taken out of them.

    Such a document keeps its row in documents, with status quarantined, the reason, and no article; copies of it
    share its fate. `reasons` is document_id to reason, as `ValidationReport.reasons` gives it.
    """
    corpus, ids = Corpus.of(tables), pa.array(sorted(reasons), pa.string())

    def out(part: Mapping[str, pa.Table], name: str) -> pa.ChunkedArray:
        return pc.fill_null(pc.is_in(owners(part[name]), value_set=ids), False)

    def keep(part: Mapping[str, pa.Table], name: str) -> pa.Table:
        table = part[name]
        if name == "documents":
            return _marked(table, reasons)
        table = table.filter(pc.invert(out(part, name)))
        return _without_lost_originals(table, reasons) if name == "articles" else table

    taken: dict[str, list[pa.Table]] = {name: [] for name in tables}
    for part in corpus.parts():
        for name in taken:
            taken[name].append(part[name].filter(out(part, name)))
    return corpus.edit(keep), {name: pa.concat_tables(found) for name, found in taken.items()}


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


def _without_lost_originals(articles: pa.Table, reasons: Mapping[str, str]) -> pa.Table:
    """An article whose original was taken out is no duplicate any more."""
    if "duplicate_of" not in articles.schema.names:
        return articles
    place = articles.schema.get_field_index("duplicate_of")
    originals = articles["duplicate_of"].to_pylist()
    kept = [None if original is None or original[:16] in reasons else original for original in originals]
    return articles.set_column(place, articles.schema.field(place), pa.array(kept, pa.string()))


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
