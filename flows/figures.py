"""The figures of the overview, counted in Arrow part by part: no row of a large release becomes a Python object."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from flows.corpus import Arrow, Corpus
from flows.flags import code_of
from flows.schema import TABLES, load_list

FILLED = ("title", "published_date", "source", "authors", "editors", "region", "themes")
"""Columns of articles whose fill rate tells whether a publisher's pages are read right."""

UNNAMED = "–"
"""Stands for a publisher that the page does not name."""


def _counters() -> defaultdict[Any, Counter[Any]]:
    return defaultdict(Counter)


@dataclass(slots=True)
class Figures:
    """Counts and sums over a corpus, added up part by part: what is held grows with the number of different values, not
    with the rows."""

    rows: Counter[str] = field(default_factory=Counter)
    """By table."""
    chars: Counter[str] = field(default_factory=Counter)
    """Sums of the counts of characters in documents."""
    values: defaultdict[tuple[str, str], Counter[str | None]] = field(default_factory=_counters)
    """Rows by value, for the columns of COUNTED, by (table, column)."""
    spans: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Removed spans by (kind, rule)."""
    sizes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Removed characters by (kind, rule)."""
    dates: Counter[date | None] = field(default_factory=Counter)
    """Articles by date."""
    filled: defaultdict[str, Counter[str]] = field(default_factory=_counters)
    """By publisher: articles that hold a value, by column of FILLED, and all articles under ""."""
    flags: Counter[str] = field(default_factory=Counter)
    """Documents by the codes of their flags and those of their articles."""
    documents: int = 0
    """Different documents; copies count once."""

    def add(self, part: Arrow) -> None:
        """Counts the rows of a part, which holds all rows of its documents."""
        for name in TABLES:
            self.rows[name] += part[name].num_rows
        for column in CHARS:
            self.chars[column] += int(np.asarray(pc.fill_null(part["documents"][column], 0)).sum())
        for table, column in counted():
            self.values[table, column].update(dict(_counted(part[table], column)))
        for (kind, rule), size, spans in removed(part["removals"], "kind", "rule"):
            self.spans[kind, rule] += spans
            self.sizes[kind, rule] += size
        self.dates.update(dict(_counted(part["articles"], "published_date")))
        _add_filled(part, self.filled)
        self.flags.update(_flagged(part["documents"], part["articles"]))
        self.documents += pc.count_distinct(part["documents"]["document_id"]).as_py()

    def count(self, table: str, column: str) -> list[tuple[str, int]]:
        """Rows by value, most first; null is UNNAMED."""
        pairs = self.values[table, column].items()
        return _ranked([(UNNAMED if value is None else str(value), rows) for value, rows in pairs])

    def removed(self, *by: str) -> list[tuple[tuple[str, ...], int, int]]:
        """Characters and spans removed by `kind`, `rule` or both, most characters first."""
        sizes, spans = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
        for (kind, rule), size in self.sizes.items():
            key = tuple({"kind": kind, "rule": rule}[name] for name in by)
            sizes[key] += size
            spans[key] += self.spans[kind, rule]
        return sorted(((key, sizes[key], spans[key]) for key in sizes), key=lambda row: (-row[1], row[0]))

    def by_month(self) -> tuple[list[tuple[str, int]], int]:
        """Articles by month (by year past five years), in order, without gaps; and how many have no date."""
        days = {day: count for day, count in self.dates.items() if day is not None}
        undated = self.dates[None]
        if not days:
            return [], undated
        months = max(days).year - min(days).year < 5
        places: Counter[int] = Counter()
        for day, count in days.items():
            places[day.year * 12 + day.month - 1 if months else day.year] += count
        label = _month if months else str
        return [(label(n), places[n]) for n in range(min(places), max(places) + 1)], undated

    def fill_rates(self) -> dict[str, tuple[int, dict[str, float]]]:
        """Publisher to its number of articles and, for each of FILLED, the share of them that holds a value."""
        found = {
            publisher: (count[""], {name: count[name] / count[""] for name in FILLED})
            for publisher, count in self.filled.items()
        }
        return dict(sorted(found.items(), key=lambda entry: (-entry[1][0], entry[0])))

    def ranked_flags(self) -> list[tuple[str, int]]:
        """Flag codes by the number of documents that bear one, on themselves or on an article."""
        return _ranked(list(self.flags.items()))

    def __iadd__(self, other: Figures) -> Figures:
        """Adds what was counted elsewhere."""
        for name in ("rows", "chars", "spans", "sizes", "dates", "flags"):
            getattr(self, name).update(getattr(other, name))
        for column, rows in other.values.items():
            self.values[column].update(rows)
        for publisher, articles in other.filled.items():
            self.filled[publisher].update(articles)
        self.documents += other.documents
        return self


def figures_of(tables: Arrow) -> Figures:
    """The figures of tables or of a corpus."""
    found = Figures()
    for part in Corpus.of(tables).each(figures_of_part):
        found += part
    return found


def figures_of_part(part: Arrow) -> Figures:
    """The figures of one part."""
    found = Figures()
    found.add(part)
    return found


CHARS = ("char_count", "kept_chars", "removed_chars")


def counted() -> set[tuple[str, str]]:
    """The (table, column) whose values the report or the drift gates count."""
    columns: dict[str, list[str]] = load_list("drift")["vocabulary"]
    watched = {(table, name) for table, names in columns.items() for name in names}
    shown = {
        ("documents", "status"),
        ("articles", "region_name"),
        ("statistics", "indicator"),
        ("figures", "agreement"),
    }
    return watched | shown | {("entities", "kind"), ("entity_changes", "outcome")}


def _counted(table: pa.Table, column: str) -> list[tuple[Any, int]]:
    found = table.group_by(column).aggregate([([], "count_all")])
    return list(zip(found[column].to_pylist(), found["count_all"].to_pylist(), strict=True))


def _ranked(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def removed(removals: pa.Table, *by: str) -> list[tuple[tuple[str, ...], int, int]]:
    """Characters and spans removed by the values of columns."""
    sized = removals.append_column("size", pc.subtract(removals["raw_end"], removals["raw_start"]))
    sums = sized.group_by(list(by)).aggregate([("size", "sum"), ([], "count_all")])
    return [
        (tuple(str(row[name]) for name in by), int(row["size_sum"] or 0), int(row["count_all"]))
        for row in sums.to_pylist()
    ]


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"


def publishers(tables: Arrow) -> pa.ChunkedArray:
    """For each row of articles the publisher of its document; UNNAMED where the page names none."""
    documents, articles = tables["documents"], tables["articles"]
    place = pc.index_in(articles["document_id"], value_set=documents["document_id"].combine_chunks())
    return pc.fill_null(documents["publisher"].take(place), UNNAMED)


def _add_filled(part: Arrow, filled: dict[str, Counter[str]]) -> None:
    articles = part["articles"]
    columns = {name: _filled(articles[name]).cast(pa.int64()) for name in FILLED}
    frame = pa.table({"publisher": publishers(part), **columns})
    sums = frame.group_by("publisher").aggregate([([], "count_all"), *((name, "sum") for name in FILLED)])
    for row in sums.to_pylist():
        filled[row["publisher"]].update({"": row["count_all"], **{name: row[f"{name}_sum"] for name in FILLED}})


def _filled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_list(column.type):
        return pc.fill_null(pc.greater(pc.list_value_length(column), 0), False)
    return pc.is_valid(column)


def _flagged(documents: pa.Table, articles: pa.Table) -> Counter[str]:
    """Flag codes by the number of documents that bear one, on themselves or on an article."""
    pairs: set[tuple[str, str]] = set()
    for table in (documents, articles):
        column = table["flags"].combine_chunks()
        if len(column):
            owners = table["document_id"].take(pc.list_parent_indices(column)).to_pylist()
            pairs |= {(owner, code_of(f)) for owner, f in zip(owners, pc.list_flatten(column).to_pylist(), strict=True)}
    return Counter(code for _, code in pairs)
