"""What changed between two releases: rows added, changed (by column) and removed, by primary key."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.compare.compatibility import SchemaChange, compatibility
from flows.corpus import Arrow, Corpus, Source
from flows.decisions import TakenDown
from flows.decisions.takedowns import told
from flows.errors import ReleaseError
from flows.schema import TABLES, load

EXAMPLES = 10
"""How many keys of each sort a difference names; counts are always whole."""
FIRST = "首个版本，没有可比较的版本。First release: nothing to compare with."
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


def diff_corpora(before: Corpus, after: Corpus) -> list[TableDiff]:
    """Every table compared, part by part: the two are cut before the same documents."""
    differing = unlike(before, after)
    found = iter(after.run(diff_parts, [pair for pair in differing if pair]))
    diffs = [next(found) if pair else same for pair, same in zip(differing, after.each(unchanged), strict=True)]
    return [functools.reduce(_sum, of_table) for of_table in zip(*diffs, strict=True)]


def unlike(before: Corpus, after: Corpus) -> list[tuple[Source, Source] | None]:
    """The parts of two corpora that are cut before the same documents, in pairs; None for two that are the same."""
    pairs = zip(before.sources(), after.sources(), strict=True)
    if after.work is None:  # comparing costs less than telling whether there is anything to compare
        return list(pairs)
    same = (old == new for old, new in zip(before.digests(), after.digests(), strict=True))
    return [None if equal else pair for pair, equal in zip(pairs, same, strict=True)]


def diff_parts(old: Source, new: Source) -> list[TableDiff]:
    """Every table of two parts compared."""
    before, after = old(), new()
    return [diff_tables(name, before[name], after[name]) for name in TABLES]


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
    return replace(first, **whole, changed_columns={column: columns[column] for column in order})


COUNTS = ("before", "after", "added", "changed", "removed")


def _keys(diff: TableDiff, name: str) -> tuple[Key, ...]:
    keys: tuple[Key, ...] = getattr(diff, f"{name}_keys")
    return keys


def diff_tables(name: str, before: pa.Table, after: pa.Table) -> TableDiff:
    """One table compared. Rows are equal when all columns that both have are equal; row order does not matter."""
    old_types, new_types = (dict(zip(t.schema.names, t.schema.types, strict=True)) for t in (before, after))
    shared = [column for column in load(name).names if column in old_types and column in new_types]
    key = [column for column in load(name).primary_key if column in shared]
    if not key:
        raise ReleaseError("diff", f"{name} shares no key column between the two.", "Compare the schemas.", name)
    old_only, new_only = unmatched(before.select(shared), after.select(shared))
    old_rows, new_rows = (_by_key(rows, key) for rows in (old_only, new_only))
    changed = [row for row in old_rows if row in new_rows]
    columns = Counter(c for row in changed for c in shared if old_rows[row].get(c) != new_rows[row].get(c))
    added = [row for row in new_rows if row not in old_rows]
    removed = [row for row in old_rows if row not in new_rows]
    return TableDiff(
        name,
        before.num_rows,
        after.num_rows,
        len(added),
        len(changed),
        len(removed),
        {column: columns[column] for column in shared if columns[column]},
        tuple(added[:EXAMPLES]),
        tuple(changed[:EXAMPLES]),
        tuple(removed[:EXAMPLES]),
        columns_added=tuple(column for column in new_types if column not in old_types),
        columns_removed=tuple(column for column in old_types if column not in new_types),
        columns_retyped=tuple(column for column in shared if old_types[column] != new_types[column]),
    )


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
        return [value if value is None else tuple(value) for value in column.to_pylist()]
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        column = column.cast(pa.string())  # Python gives -1 and -2 the same hash
    values: list[Any] = column.to_pylist()
    return values


def _by_key(rows: pa.Table, key: list[str]) -> dict[Key, dict[str, Any]]:
    if rows.num_rows:
        rows = rows.take(pc.sort_indices(rows, sort_keys=[(column, "ascending") for column in key]))
    return {tuple(row[column] for column in key): row for row in rows.to_pylist()}


def as_json(
    found: Iterable[TableDiff],
    old: str | None,
    new: str,
    schema: Sequence[SchemaChange] = (),
    taken: Sequence[TakenDown] = (),
) -> dict[str, Any]:
    """CHANGES.json. `old` is None for the first release, which has nothing to compare with."""
    return {
        "from": old,
        "to": new,
        "first_release": old is None,
        "schema": compatibility(schema),
        "schema_changes": [change._asdict() for change in schema],
        "takedowns": told(taken),
        "tables": {entry.table: _plain(entry) for entry in found},
    }


def _plain(entry: TableDiff) -> dict[str, Any]:
    plain: dict[str, Any] = {name: getattr(entry, name) for name in ("before", "after", "added", "changed", "removed")}
    plain["changed_columns"] = dict(entry.changed_columns)
    for name in ("added_keys", "changed_keys", "removed_keys"):
        plain[name] = [[str(part) if part is not None else None for part in row] for row in getattr(entry, name)]
    for name in ("columns_added", "columns_removed", "columns_retyped"):
        plain[name] = list(getattr(entry, name))
    return plain


def as_markdown(
    found: Iterable[TableDiff],
    old: str | None,
    new: str,
    schema: Sequence[SchemaChange] = (),
    taken: Sequence[TakenDown] = (),
) -> str:
    """CHANGES.md, and what `shegong diff` prints."""
    found = list(found)
    if old is None:
        counts = "".join(f"\n| {entry.table} | {entry.after} |" for entry in found)
        return f"# {new}\n\n{FIRST}\n\n| 表 table | 行 rows |\n|---|---:|{counts}\n"
    lines = [f"# {old} → {new}\n"]
    if all(entry.empty for entry in found) and not schema and not taken:
        return lines[0] + "\n没有变化。Nothing changed.\n"
    lines += [
        f"\n模式 Schema: {compatibility(schema)}\n",
        *(f"\n* {change.table}.{change.column or '*'}: {change.what} ({change.kind})" for change in schema),
        "\n" if schema else "",
        "\n| 表 table | 新增 added | 修改 changed | 删除 removed | 行 rows |",
    ]
    lines += ["\n|---|---:|---:|---:|---:|"]
    lines += [f"\n| {e.table} | {e.added} | {e.changed} | {e.removed} | {e.before} → {e.after} |" for e in found]
    if taken:
        lines.append("\n\n## 撤下 Taken down\n")
        lines += [f"\n* `{row.document_id}` takedown {row.date}" for row in taken]
    for entry in found:
        if not entry.empty:
            lines.append(f"\n\n## {entry.table}\n")
            lines += _details(entry)
    return "".join(lines) + "\n"


def _details(entry: TableDiff) -> Iterator[str]:
    for word in ("added", "removed", "retyped"):
        if columns := getattr(entry, f"columns_{word}"):
            yield f"\n* columns {word}: {', '.join(columns)}"
    if entry.changed_columns:
        yield "\n* changed: " + ", ".join(f"{name} ({count})" for name, count in entry.changed_columns.items())
    for word, count in (("added", entry.added), ("changed", entry.changed), ("removed", entry.removed)):
        keys = getattr(entry, f"{word}_keys")
        if keys:
            more = f" … {count - len(keys)} more" if count > len(keys) else ""
            yield f"\n* {word}: " + ", ".join(f"`{' '.join(map(str, row))}`" for row in keys) + more
