"""The open tier: what must be withheld in it is, nothing else is, and the gates that need the text do not ask."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from flows.corpus import Corpus
from flows.validate.gates import ask_rows, together
from flows.validate.report import GateResult
from flows.validate.suites import Gate, Suite

NEED_TEXT = frozenset({"articles.text_present", "articles.date_stated", "removals.text_kept"})
"""Gates that a withheld text fails. All others hold without it: offsets against char_count, facts without evidence."""


def withheld_gates(tables: Mapping[str, pa.Table]) -> list[GateResult]:
    """One gate over the published documents: text withheld where rights are reserved, whole where they are not."""
    pair = {"column_A": "found", "column_B": "declared", "ignore_row_if": "neither"}
    gate = Gate("withheld", "critical", "ExpectColumnPairValuesToBeEqual", pair)
    suite = Suite("tier", ("document_id",), ("document_id", "found", "declared"), (gate,))
    asked = (ask_rows(suite, rows) for rows in Corpus.of(tables).each(withheld_rows))
    return [together(results) for results in zip(*asked, strict=True)]


def withheld_rows(tables: Mapping[str, pa.Table]) -> list[dict[str, str]]:
    """The frame of that gate for one part: what was found of each published document, and what its rights ask for."""
    found: dict[str, set[str]] = {}
    for name, told_by_null in (("articles", True), ("removals", False)):
        for row in tables[name].select(["document_id", "text"]).to_pylist():
            if told_by_null or row["text"] is not None:  # personal data among removals is null in any tier
                word = "withheld" if row["text"] is None else "whole"
                found.setdefault(row["document_id"], set()).add(word)
    rows = []
    for row in tables["documents"].select(["document_id", "status", "rights"]).to_pylist():
        if row["status"] == "published" and row["document_id"] in found:
            declared = "withheld" if row["rights"] == "reserved" else "whole"
            words = " and ".join(sorted(found[row["document_id"]]))
            rows.append({"document_id": row["document_id"], "found": words, "declared": declared})
    return rows
