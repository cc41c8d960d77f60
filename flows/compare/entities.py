"""Entities of one release that are others in the next: merged, split or renamed, by their names.

Of one that went nothing is told here: its name may be that of a page that was taken down. Of the others only names are
told that the later release bears.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from flows.compare.causes import Cause
from flows.document import Row
from flows.entities.changes import GONE, entity_changes

OUTCOMES = ("merged", "split", "renamed")
"""In the order in which a reader looks for them."""


def entities_became(before: pa.Table, after: pa.Table, cause: Cause) -> list[Row]:
    """A row for each old entity that was split, and each new one that others, or another name, went into: outcome,
    `was` and `now` (entity_id and name each), cause, because, and a sentence.

    Args:
        before: rows of `entities`.
        after: those of the later release.
        cause: why an entity of the whole corpus is another now.
    """
    found = [row for row in entity_changes(before, after) if row["new_id"] != GONE]
    old = _names(before, {row["old_id"] for row in found})
    new = _names(after, {row["new_id"] for row in found})
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in found:
        groups[row["outcome"], row["old_id" if row["outcome"] == "split" else "new_id"]].append(row)
    rows = []
    for (outcome, _), members in groups.items():
        was, now = (
            [{"entity_id": name, "name": names[name]} for name in sorted({row[key] for row in members})]
            for key, names in (("old_id", old), ("new_id", new))
        )
        said = (", ".join(sorted({one["name"] for one in side})) for side in (was, now))
        about = {"cause": cause.cause, "because": list(cause.because)}
        rows.append({"outcome": outcome, "was": was, "now": now, **about, "text": " → ".join(said)})
    return sorted(rows, key=lambda row: (OUTCOMES.index(row["outcome"]), row["text"], row["was"][0]["entity_id"]))


def _names(entities: pa.Table, ids: set[str]) -> dict[str, str]:
    mine = entities.filter(pc.is_in(entities["entity_id"], value_set=pa.array(sorted(ids), pa.string())))
    return dict(_pairs(mine))


def _pairs(entities: pa.Table) -> Iterator[tuple[str, str]]:
    yield from zip(entities["entity_id"].to_pylist(), entities["name"].to_pylist(), strict=True)
