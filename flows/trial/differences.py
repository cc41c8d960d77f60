"""Rows of two trees side by side: which changed, which came, which went, with the words that they rest on."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from flows.document import Row, Tables
from flows.trial.rows import Cleaned

SHOWN = ("documents", "articles", "people", "organizations", "events", "statistics", "citations", "themes", "related",
         "removals", "lineage")  # fmt: skip

OF_THE_CORPUS = frozenset({"duplicate_of", "near_duplicate_of", "similarity", "supersedes", "suspicion", "suspicions"})
"""Columns that other documents decide: no part of a trial of single ones."""

PLACES = frozenset({"start", "end", "raw_start", "raw_end", "position", "char_count", "text_sha256", "kept_chars",
                    "removed_chars"})  # fmt: skip
"""Columns that change with the text before them; a row that differs in these alone is the same row."""

SAME: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "documents": (("document_id",),),
    "articles": (("title",), ("document_id",)),
    "people": (("name",),),
    "organizations": (("name",),),
    "events": (("name",), ("start_date", "place")),
    "statistics": (("value", "unit", "quote"), ("value", "quote"), ("value", "unit")),
    "citations": (("title",),),
    "themes": (("theme",),),
    "related": (("title",), ("raw_start",)),
    "removals": (("raw_start", "raw_end"), ("raw_start",)),
    "lineage": (("field", "raw_start"),),
}
"""By which columns a row of one tree is looked for among those of the other; the first that finds one wins."""


class Difference(NamedTuple):
    """One row that is not what it was: `before` is None for a row that came, `after` for one that went."""

    path: str
    table: str
    before: Row | None
    after: Row | None

    @property
    def columns(self) -> dict[str, tuple[Any, Any]]:
        """The columns that changed: old and new."""
        if self.before is None or self.after is None:
            return {}
        names = [name for name in {**self.before, **self.after} if name not in PLACES | OF_THE_CORPUS]
        pairs = {name: (self.before.get(name), self.after.get(name)) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def differences(before: Iterable[Cleaned], after: Iterable[Cleaned]) -> Iterator[Difference]:
    """All rows that differ, document by document; documents that only one side has are compared with nothing."""
    old = {(entry.document_id, entry.path): entry for entry in before}
    new = {(entry.document_id, entry.path): entry for entry in after}
    for key in sorted(old.keys() | new.keys()):
        tables = [side[key].tables if key in side else {} for side in (old, new)]
        if tables[0] != tables[1]:
            yield from _of_document(key[1], *tables)


def _of_document(path: str, before: Tables, after: Tables) -> Iterator[Difference]:
    for table in SHOWN:
        old, new = _unlike(before.get(table, ()), after.get(table, ()))
        for columns in SAME[table]:
            old, new, pairs = _paired(old, new, columns)
            found = (Difference(path, table, *pair) for pair in pairs)
            yield from (one for one in found if one.columns)
        yield from (Difference(path, table, row, None) for row in old)
        yield from (Difference(path, table, None, row) for row in new)


def _unlike(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of each side without those that the other has too, places aside."""
    have, want = Counter(map(_content, new)), Counter(map(_content, old))
    return _beyond(old, have), _beyond(new, want)


def _beyond(rows: Sequence[Row], there: Counter[str]) -> list[Row]:
    left = []
    for row in rows:
        content = _content(row)
        if there[content]:
            there[content] -= 1
        else:
            left.append(row)
    return left


def _content(row: Row) -> str:
    kept = {name: value for name, value in row.items() if name not in PLACES | OF_THE_CORPUS}
    return json.dumps(kept, sort_keys=True, default=str)


def _paired(
    old: Sequence[Row], new: Sequence[Row], columns: Sequence[str]
) -> tuple[list[Row], list[Row], list[tuple[Row, Row]]]:
    """What is left of both sides, and the pairs that agree in the columns, in order."""
    waiting: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in new:
        waiting[_identity(row, columns)].append(row)
    left, pairs = [], []
    for row in old:
        there = waiting[_identity(row, columns)]
        if there:
            pairs.append((row, there.pop(0)))
        else:
            left.append(row)
    return left, [row for row in new if any(row is one for one in waiting[_identity(row, columns)])], pairs


def _identity(row: Row, columns: Sequence[str]) -> tuple[Any, ...]:
    return (row.get("article_id"), *(row.get(column) for column in columns))


def as_lines(found: Sequence[Difference], lineage: bool = False) -> Iterator[str]:
    """A line a row, and at the end how many of which table changed, came and went."""
    total: Counter[tuple[str, str]] = Counter()
    for one in found:
        sort = "went" if one.after is None else "came" if one.before is None else "changed"
        total[one.table, sort] += 1
        if one.table != "lineage" or lineage:
            yield f"{one.path}: {one.table} {sort}: {_told(one)}"
    for (table, sort), rows in sorted(total.items()):
        yield f"{rows:,} rows of {table} {sort}"
    if not total:
        yield "no row changes"


def _told(one: Difference) -> str:
    row = one.after or one.before or {}
    evidence = row.get("quote") or row.get("name") or row.get("title") or row.get("text") or ""
    if one.columns:
        changed = "; ".join(f"{name} {_short(old)} -> {_short(new)}" for name, (old, new) in one.columns.items())
        return f"{changed}  | {_short(evidence)}"
    return " ".join(_short(row[name]) for name in row if name not in PLACES and row[name] not in (None, [], ""))


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else f"{text[:60]}… ({len(text)} characters)"
