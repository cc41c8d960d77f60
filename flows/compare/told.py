"""CHANGES.json: what changed, for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from flows.compare.causes import in_order
from flows.compare.changes import LISTS, Changes
from flows.compare.compatibility import compatibility
from flows.compare.diff import TableDiff
from flows.decisions.takedowns import told
from flows.document import Row


def as_json(changes: Changes, new: str) -> dict[str, Any]:
    """CHANGES.json of the release `new`. A first release has nothing to compare with."""
    return {
        "from": changes.since,
        "to": new,
        "first_release": changes.since is None,
        "schema": compatibility(changes.schema),
        "schema_changes": [change._asdict() for change in changes.schema],
        "takedowns": told(changes.taken),
        "causes": causes_of(changes),
        **{name: list(getattr(changes.values, name)) for name in LISTS},
        "not_compared": changes.values.not_compared,
        "tables": {entry.table: _plain(entry) for entry in changes.tables},
    }


def causes_of(changes: Changes) -> dict[str, int]:
    """Changed rows of all tables, by cause."""
    return in_order(sum((Counter(entry.causes) for entry in changes.tables), Counter()))


def _plain(entry: TableDiff) -> dict[str, Any]:
    plain: dict[str, Any] = {name: getattr(entry, name) for name in ("before", "after", "added", "changed", "removed")}
    plain["changed_columns"] = dict(entry.changed_columns)
    plain["causes"] = dict(entry.causes)
    for name in ("added_keys", "changed_keys", "removed_keys"):
        plain[name] = [[str(part) if part is not None else None for part in row] for row in getattr(entry, name)]
    for name in ("columns_added", "columns_removed", "columns_retyped"):
        plain[name] = list(getattr(entry, name))
    return plain


def withheld(changes: Changes, longest: int, reserved: Collection[str] = ()) -> Changes:
    """The changes without the texts of pages whose rights are reserved, and their quotes cut to `longest` characters;
    `reserved` are documents that are so by what a release says."""
    values = changes.values
    rows = tuple(_short(row, longest) if _is_reserved(row, reserved) else row for row in values.values)
    texts = tuple(row for row in values.texts if not _is_reserved(row, reserved))
    return changes._replace(values=values._replace(values=rows, texts=texts))


def _is_reserved(row: Row, reserved: Collection[str]) -> bool:
    return bool(row["reserved"]) or row["document_id"] in reserved or row["was"] in reserved


def _short(row: Row, longest: int) -> Row:
    quotes = {name: row[name] for name in ("quote_before", "quote_after")}
    return row | {name: quote if not quote or len(quote) <= longest else f"{quote[:longest]}…"
                  for name, quote in quotes.items()}  # fmt: skip
