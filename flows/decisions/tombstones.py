"""Takedowns: what raw/tombstones.yaml names stands in no release from then on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from flows.corpus import owners
from flows.decisions import Tombstone


def named(documents: pa.Table, tombstones: Sequence[Tombstone]) -> set[str]:
    """Ids of the rows of `documents` that a tombstone names, by id, hash or address."""
    found: set[str] = set()
    for column, name in (("document_id", "document"), ("sha256", "sha256"), ("url", "url")):
        values = pa.array([value for stone in tombstones if (value := getattr(stone, name))], pa.string())
        if len(values) and column in documents.schema.names:
            hits = documents.filter(pc.is_in(documents[column], value_set=values))
            found |= set(hits["document_id"].to_pylist())
    return found


def without(table: pa.Table, ids: Collection[str]) -> pa.Table:
    """A table without the rows of these documents, whether it names the document or an article of it."""
    return table.filter(pc.invert(pc.is_in(owners(table), value_set=pa.array(sorted(ids), pa.string()))))


def standing(tombstones: Sequence[Tombstone], part: Mapping[str, pa.Table], name: str) -> pa.Table:
    """One table of a part without the rows of the documents that tombstones name (an edit of a corpus)."""
    return without(part[name], named(part["documents"], tombstones))
