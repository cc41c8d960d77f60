"""Which documents get a page of their own."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Collection
from typing import NamedTuple

from flows.corpus import Arrow, Corpus
from flows.document import Row
from flows.schema import load_list


def choose(tables: Arrow, failing: Collection[str]) -> list[Row]:
    """The rows of `documents` to show, in the order of the table, each id once.

    All of a small release. Of a large one those whose rows fail a gate (`failing`) and those in quarantine, then the
    most suspect, and a sample by a hash of the id, so that a release shows the documents of the one before.
    """
    limits = load_list("report")
    corpus = Corpus.of(tables)
    found: list[Candidates] = list(corpus.each(candidates, corpus.by_part(failing)))
    if sum(part.documents for part in found) <= limits["pages_all_up_to"]:
        return [row for part in found for row in part.all]
    sample = heapq.nsmallest(limits["sample"], (row for part in found for row in part.sample), key=_drawn)
    heavy = sorted((row for part in found for row in part.heavy), key=lambda row: _rank(row, failing))
    chosen = {row["document_id"]: row for row in [*sample, *heavy[: limits["pages_at_most"] - len(sample)]]}
    return sorted(chosen.values(), key=lambda row: (row["document_id"], row["path"]))


class Candidates(NamedTuple):
    """The rows of `documents` of one part that may be chosen."""

    documents: int
    all: list[Row]
    """None of a part that is larger than what is shown whole."""
    sample: list[Row]
    heavy: list[Row]


def candidates(part: Arrow, failing: Collection[str]) -> Candidates:
    """Of one part: see `choose`."""
    limits, rows = load_list("report"), _first_rows(part)
    telling = sorted((row for row in rows if _weight(row, failing)), key=lambda row: _rank(row, failing))
    return Candidates(
        len(rows),
        rows if len(rows) <= limits["pages_all_up_to"] else [],
        heapq.nsmallest(limits["sample"], rows, key=_drawn),
        telling[: limits["pages_at_most"]],
    )


def _first_rows(part: Arrow) -> list[Row]:
    """The row of each document of a part, of copies that of the original, in the order of the table."""
    wanted = ("document_id", "path", "sha256", "status", "suspicion")
    columns = (part["documents"][name].to_pylist() for name in wanted)
    rows = [dict(zip(wanted, row, strict=True)) for row in zip(*columns, strict=True)]
    first: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["status"] == "duplicate"):
        first.setdefault(row["document_id"], row)
    return sorted(first.values(), key=lambda row: (row["document_id"], row["path"]))


def _weight(row: Row, failing: Collection[str]) -> float:
    """How much a document deserves a look: its suspicion, and more where it fails a gate or waits in quarantine."""
    suspicion: float = row["suspicion"] or 0.0
    worse: int = 4 * (row["document_id"] in failing) + 2 * (row["status"] == "quarantined")
    return worse + suspicion


def _rank(row: Row, failing: Collection[str]) -> tuple[float, str]:
    return -_weight(row, failing), _drawn(row)


def _drawn(row: Row) -> str:
    return hashlib.sha256(row["document_id"].encode()).hexdigest()
