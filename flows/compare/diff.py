"""What changed between two releases: rows added, changed (by column) and removed, by primary key."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.compare.causes import UNKNOWN, Causes, Reasons, in_order
from flows.corpus import Arrow, Corpus, Source
from flows.document import Row
from flows.errors import ReleaseError
from flows.schema import TABLES, load

EXAMPLES = 10
"""How many keys of each sort a difference names; counts are always whole."""
_BATCH = 50_000

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class TableDiff:
    """One table. `changed_columns` counts the changed rows by the columns that differ in them."""

    table: str
    before: int
    after: int
    added: int
    changed: int
    removed: int
    changed_columns: Mapping[str, int]
    added_keys: tuple[Key, ...] = ()
    changed_keys: tuple[Key, ...] = ()
    removed_keys: tuple[Key, ...] = ()
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    columns_retyped: tuple[str, ...] = ()
    causes: Mapping[str, int] = field(default_factory=dict)
    """Rows that were added, changed or removed, by their cause (flows/compare/causes.py)."""

    @property
    def empty(self) -> bool:
        """Whether the table is the same."""
        return not (self.added or self.changed or self.removed or self.schema_change)

    @property
    def schema_change(self) -> str | None:
        """breaking: a column went or changed its type; additive: one came; None: the same columns."""
        if self.columns_removed or self.columns_retyped:
            return "breaking"
        return "additive" if self.columns_added else None


def diff_corpora(before: Corpus, after: Corpus, reasons: Reasons = UNKNOWN) -> list[TableDiff]:
    """Every table compared, part by part: the two are cut before the same documents."""
    differing = unlike(before, after)
    found = iter(after.run(diff_parts, [(*pair, reasons) for pair in differing if pair]))
    diffs = [next(found) if pair else same for pair, same in zip(differing, after.each(unchanged), strict=True)]
    return [functools.reduce(_sum, of_table) for of_table in zip(*diffs, strict=True)]


def unlike(before: Corpus, after: Corpus) -> list[tuple[Source, Source] | None]:
    """The parts of two corpora that are cut before the same documents, in pairs; None for two that are the same."""
    pairs = zip(before.sources(), after.sources(), strict=True)
    if after.work is None:  # comparing costs less than telling whether there is anything to compare
        return list(pairs)
    same = (old == new for old, new in zip(before.digests(), after.digests(), strict=True))
    return [None if equal else pair for pair, equal in zip(pairs, same, strict=True)]


def diff_parts(old: Source, new: Source, reasons: Reasons) -> list[TableDiff]:
    """Every table of two parts compared."""
    before, after = old(), new()
    causes = Causes(before, after, reasons)
    return [diff_tables(name, before[name], after[name], causes) for name in TABLES]


def unchanged(part: Arrow) -> list[TableDiff]:
    """What there is to say of a part that is as it was."""
    return [TableDiff(name, part[name].num_rows, part[name].num_rows, 0, 0, 0, {}) for name in TABLES]


def all_new(part: Arrow) -> list[TableDiff]:
    """What there is to say of a part of a first release."""
    found = []
    for name in TABLES:
        rows, key = part[name], list(load(name).primary_key)
        keys = tuple(tuple(row.values()) for row in rows.slice(0, EXAMPLES).select(key).to_pylist())
        found.append(TableDiff(name, 0, len(rows), len(rows), 0, 0, {}, added_keys=keys))
    return found


def first_diff(corpus: Corpus) -> list[TableDiff]:
    """Every table of a first release: all of it is new."""
    return [functools.reduce(_sum, of_table) for of_table in zip(*corpus.each(all_new), strict=True)]


def _sum(first: TableDiff, second: TableDiff) -> TableDiff:
    """The differences of two parts of a table, in the order of their keys, as one."""
    columns = Counter(first.changed_columns) + Counter(second.changed_columns)
    whole: dict[str, Any] = {name: getattr(first, name) + getattr(second, name) for name in COUNTS}
    whole |= {f"{name}_keys": (*_keys(first, name), *_keys(second, name))[:EXAMPLES] for name in COUNTS[2:]}
    order = [column for column in load(first.table).names if columns[column]]
    causes = in_order(Counter(first.causes) + Counter(second.causes))
    return replace(first, **whole, changed_columns={column: columns[column] for column in order}, causes=causes)


COUNTS = ("before", "after", "added", "changed", "removed")


def _keys(diff: TableDiff, name: str) -> tuple[Key, ...]:
    keys: tuple[Key, ...] = getattr(diff, f"{name}_keys")
    return keys


def diff_tables(name: str, before: pa.Table, after: pa.Table, causes: Causes | None = None) -> TableDiff:
    """One table compared. Rows are equal when all columns that both have are equal; row order does not matter.
    `causes` are those of the part."""
    old_types, new_types = (dict(zip(t.schema.names, t.schema.types, strict=True)) for t in (before, after))
    shared = [column for column in load(name).names if column in old_types and column in new_types]
    key = [column for column in load(name).primary_key if column in shared]
    if not key:
        raise ReleaseError("diff", f"{name} shares no key column between the two.", "Compare the schemas.", name)
    old_only, new_only = unmatched(before.select(shared), after.select(shared))
    old_rows, new_rows = (by_key(rows, key) for rows in (old_only, new_only))
    changed = {row: differing(old_rows[row], new_rows[row]) for row in old_rows if row in new_rows}
    columns = Counter(column for names in changed.values() for column in names)
    added = [row for row in new_rows if row not in old_rows]
    removed = [row for row in old_rows if row not in new_rows]
    rows = [(old_rows[row], names) for row, names in changed.items()]
    rows += [(side[row], ()) for side, keys in ((new_rows, added), (old_rows, removed)) for row in keys]
    of = Counter(causes.of(owner(row), name, names).cause for row, names in rows) if causes else Counter[str]()
    return TableDiff(
        name,
        before.num_rows,
        after.num_rows,
        len(added),
        len(changed),
        len(removed),
        {column: columns[column] for column in shared if columns[column]},
        tuple(added[:EXAMPLES]),
        tuple(changed)[:EXAMPLES],
        tuple(removed[:EXAMPLES]),
        columns_added=tuple(column for column in new_types if column not in old_types),
        columns_removed=tuple(column for column in old_types if column not in new_types),
        columns_retyped=tuple(column for column in shared if old_types[column] != new_types[column]),
        causes=in_order(of),
    )


def differing(old: Row, new: Row) -> tuple[str, ...]:
    """The columns in which two rows are not alike."""
    return tuple(name for name in old if old[name] != new.get(name))


def owner(row: Row) -> str | None:
    """The document that a row belongs to; None for one that is of no single document."""
    if row.get("document_id"):
        return str(row["document_id"])
    return str(row["article_id"])[:16] if row.get("article_id") else None


def unmatched(before: pa.Table, after: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The rows of each side that the other does not hold, so that only these become Python objects.

    By a hash of each row's Arrow values; equal rows cancel out one for one.
    """
    old, new = (list(row_hashes(table)) for table in (before, after))
    old_count, new_count = Counter(old), Counter(new)
    left = [n for n, value in enumerate(old) if new_count[value] < old_count[value]]
    right = [n for n, value in enumerate(new) if old_count[value] < new_count[value]]
    return before.take(pa.array(left, pa.int64())), after.take(pa.array(right, pa.int64()))


def row_hashes(table: pa.Table) -> Iterator[int]:
    """A hash of each row: 8 bytes a row are kept, not the row."""
    for batch in table.to_batches(max_chunksize=_BATCH):
        columns = [_hashable(batch.column(n)) for n in range(batch.num_columns)]
        yield from map(hash, zip(*columns, strict=True))


def _hashable(column: pa.Array) -> list[Any]:
    if pa.types.is_list(column.type):
        return [value if value is None else tuple(map(str, value)) for value in column.to_pylist()]
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        column = column.cast(pa.string())  # Python gives -1 and -2 the same hash
    values: list[Any] = column.to_pylist()
    return values


def by_key(rows: pa.Table, key: list[str]) -> dict[Key, Row]:
    """The rows as Python objects, by their key and in its order."""
    if rows.num_rows:
        rows = rows.take(pc.sort_indices(rows, sort_keys=[(column, "ascending") for column in key]))
    return {tuple(row[column] for column in key): row for row in rows.to_pylist()}
