"""Which documents get a page of their own."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Collection, Mapping

from flows.corpus import Arrow, Corpus
from flows.document import Row
from flows.schema import load_list

PLENTY = frozenset({"ambiguous_script"})
"""Flags so frequent that they alone do not make a document deserve a look."""


def choose(tables: Arrow, failing: Collection[str]) -> list[Row]:
    """The rows of `documents` to show, in the order of the table, each id once.

    All of a small release. Of a large one those whose rows fail a gate (`failing`), those kept back, those that are
    flagged, and a sample by a hash of the id, so that a release shows the documents of the one before.
    """
    limits = load_list("report")
    count, rows = 0, list[Row]()
    sample, heavy = list[Row](), list[Row]()
    for part in Corpus.of(tables).parts():
        mine = _first_rows(part)
        count += len(mine)
        if count <= limits["pages_all_up_to"]:
            rows += mine
        sample = heapq.nsmallest(limits["sample"], [*sample, *mine], key=lambda row: _draw(row["document_id"]))
        telling = [row for row in mine if _weight(row, failing)]
        ranked = sorted([*heavy, *telling], key=lambda row: (-_weight(row, failing), _draw(row["document_id"])))
        heavy = ranked[: limits["pages_at_most"]]
    if count <= limits["pages_all_up_to"]:
        return rows
    chosen = {row["document_id"]: row for row in [*sample, *heavy[: limits["pages_at_most"] - len(sample)]]}
    return sorted(chosen.values(), key=lambda row: (row["document_id"], row["path"]))


def _first_rows(part: Arrow) -> list[Row]:
    """The row of each document of a part, of copies that of the original, in the order of the table."""
    wanted = ("document_id", "path", "sha256", "status", "flags")
    columns = (part["documents"][name].to_pylist() for name in wanted)
    rows = [dict(zip(wanted, row, strict=True)) for row in zip(*columns, strict=True)]
    first: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["status"] == "duplicate"):
        first.setdefault(row["document_id"], row)
    return sorted(first.values(), key=lambda row: (row["document_id"], row["path"]))


def _weight(row: Mapping[str, object], failing: Collection[str]) -> int:
    """How much a document deserves a look."""
    flags = row["flags"]
    assert isinstance(flags, list)
    telling = any(not flag.startswith(tuple(PLENTY)) for flag in flags)
    return 4 * (row["document_id"] in failing) + 2 * (row["status"] in ("quarantined", "rejected")) + telling


def _draw(document_id: str) -> str:
    return hashlib.sha256(document_id.encode()).hexdigest()
