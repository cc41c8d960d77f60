"""What became of the entities of the release before: those that merged, were split or renamed, and those that went.

Nothing but ids is told of what went: its name may be that of a page that was taken down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from flows.document import Row

GONE = "gone"


def entity_changes(before: pa.Table, after: pa.Table) -> Iterator[Row]:
    """A row for each old id that is no more, and each new one that took its place, in order.

    An old entity goes on as those new ones that bear its name, or have it or an alias of it among their aliases, and
    lie in its region or say none.
    """
    lost = before.filter(pc.invert(pc.is_in(before["entity_id"], value_set=after["entity_id"].combine_chunks())))
    if lost.num_rows == 0:
        return
    named: dict[tuple[str, str], set[tuple[str, str | None]]] = defaultdict(set)
    for row in after.select(["entity_id", "kind", "name", "aliases", "region"]).to_pylist():
        for name in (row["name"], *row["aliases"]):
            named[row["kind"], name].add((row["entity_id"], row["region"]))
    became: dict[str, set[str]] = {}
    for row in lost.select(["entity_id", "kind", "name", "region"]).to_pylist():
        new = named.get((row["kind"], row["name"]), set())
        became[row["entity_id"]] = {entity for entity, region in new if _fits(region, row["region"])}
    old_of: dict[str, set[str]] = defaultdict(set)
    for old, new_ids in became.items():
        for new_id in new_ids:
            old_of[new_id].add(old)
    there = set(before["entity_id"].to_pylist())
    for old in sorted(became):
        for new_id in sorted(became[old]):
            outcome = "split" if len(became[old]) > 1 else "renamed"
            if len(old_of[new_id]) > 1 or new_id in there:
                outcome = "merged"
            yield {"old_id": old, "new_id": new_id, "outcome": outcome, "reason": "name_now_means"}
        if not became[old]:
            yield {"old_id": old, "new_id": GONE, "outcome": "gone", "reason": "named_no_more"}


def _fits(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one[:4] == other[:4]
