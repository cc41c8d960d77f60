"""Which documents get a page of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from flows.document import Row
from flows.report.figures import Arrow
from flows.schema import load_list

PLENTY = frozenset({"ambiguous_script"})
"""Flags so frequent that they alone do not make a document deserve a look."""


def choose(tables: Arrow, failing: Collection[str]) -> list[Row]:
    """The rows of `documents` to show, in the order of the table, each id once.

    All of a small release. Of a large one those whose rows fail a gate (`failing`), those kept back, those that are
    flagged, and a sample by a hash of the id, so that a release shows the documents of the one before.
    """
    limits = load_list("report")
    wanted = ("document_id", "path", "sha256", "status", "flags")
    columns = (tables["documents"][name].to_pylist() for name in wanted)
    rows = [dict(zip(wanted, row, strict=True)) for row in zip(*columns, strict=True)]
    first: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["status"] == "duplicate"):
        first.setdefault(row["document_id"], row)
    if len(first) <= limits["pages_all_up_to"]:
        chosen: Collection[str] = first.keys()
    else:
        sample = sorted(first, key=_draw)[: limits["sample"]]
        ranked = sorted(first.values(), key=lambda row: (-_weight(row, failing), _draw(row["document_id"])))
        heavy = [row["document_id"] for row in ranked if _weight(row, failing)]
        chosen = {*sample, *heavy[: limits["pages_at_most"] - len(sample)]}
    return sorted((first[name] for name in chosen), key=lambda row: (row["document_id"], row["path"]))


def _weight(row: Mapping[str, object], failing: Collection[str]) -> int:
    """How much a document deserves a look."""
    flags = row["flags"]
    assert isinstance(flags, list)
    telling = any(not flag.startswith(tuple(PLENTY)) for flag in flags)
    return 4 * (row["document_id"] in failing) + 2 * (row["status"] in ("quarantined", "rejected")) + telling


def _draw(document_id: str) -> str:
    return hashlib.sha256(document_id.encode()).hexdigest()
