"""The figures of the overview, counted in Arrow: no row of a large release becomes a Python object."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Arrow = Mapping[str, pa.Table]

FILLED = ("title", "published_date", "source", "authors", "editors", "region", "themes")
"""Columns of articles whose fill rate tells whether a publisher's pages are read right."""

UNNAMED = "–"
"""Stands for a publisher that the page does not name."""


def count(table: pa.Table, column: str) -> list[tuple[str, int]]:
    """Rows by value, most first; null is UNNAMED."""
    counted = table.group_by(column).aggregate([([], "count_all")])
    pairs = zip(counted[column].to_pylist(), counted["count_all"].to_pylist(), strict=True)
    return _ranked([(UNNAMED if value is None else str(value), rows) for value, rows in pairs])


def _ranked(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def removed(removals: pa.Table, *by: str) -> list[tuple[tuple[str, ...], int, int]]:
    """Characters and spans removed by the values of columns, most characters first."""
    sized = removals.append_column("size", pc.subtract(removals["raw_end"], removals["raw_start"]))
    sums = sized.group_by(list(by)).aggregate([("size", "sum"), ([], "count_all")])
    rows = [
        (tuple(str(row[name]) for name in by), int(row["size_sum"] or 0), int(row["count_all"]))
        for row in sums.to_pylist()
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def by_month(articles: pa.Table) -> tuple[list[tuple[str, int]], int]:
    """Articles by month (by year past five years), in order, without gaps; and how many have no date."""
    dates = articles["published_date"]
    years, months = pc.year(dates.drop_null()).to_numpy(), pc.month(dates.drop_null()).to_numpy()
    if not len(years):
        return [], len(dates)
    if years.max() - years.min() < 5:
        place, label = years * 12 + months - 1, _month
    else:
        place, label = years, _year
    counts = Counter(place.tolist())
    rows = [(label(n), counts[n]) for n in range(int(place.min()), int(place.max()) + 1)]
    return rows, int(dates.null_count)


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"


def _year(number: int) -> str:
    return str(number)


def publishers(tables: Arrow) -> pa.ChunkedArray:
    """For each row of articles the publisher of its document; UNNAMED where the page names none."""
    documents, articles = tables["documents"], tables["articles"]
    place = pc.index_in(articles["document_id"], value_set=documents["document_id"].combine_chunks())
    return pc.fill_null(documents["publisher"].take(place), UNNAMED)


def fill_rates(tables: Arrow) -> dict[str, tuple[int, dict[str, float]]]:
    """Publisher to its number of articles and, for each of FILLED, the share of them that holds a value."""
    articles = tables["articles"]
    filled = {name: _filled(articles[name]).cast(pa.int8()) for name in FILLED}
    frame = pa.table({"publisher": publishers(tables), **filled})
    means = frame.group_by("publisher").aggregate([([], "count_all"), *((name, "mean") for name in FILLED)])
    found = {
        row["publisher"]: (int(row["count_all"]), {name: float(row[f"{name}_mean"]) for name in FILLED})
        for row in means.to_pylist()
    }
    return dict(sorted(found.items(), key=lambda entry: (-entry[1][0], entry[0])))


def _filled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_list(column.type):
        return pc.fill_null(pc.greater(pc.list_value_length(column), 0), False)
    return pc.is_valid(column)


FLAG = re.compile(r"[a-z_0-9]+")


def flag_code(flag: str) -> str:
    """The code of a flag, without the place or number behind it: damage@120 and damage:more:3 are damage."""
    match = FLAG.match(flag)
    return match[0] if match else flag


def flags(documents: pa.Table, articles: pa.Table) -> list[tuple[str, int]]:
    """Flag codes by the number of documents that bear one, on themselves or on an article."""
    pairs: set[tuple[str, str]] = set()
    for table in (documents, articles):
        column = table["flags"].combine_chunks()
        if len(column):
            owners = table["document_id"].take(pc.list_parent_indices(column)).to_pylist()
            pairs |= {
                (owner, flag_code(f)) for owner, f in zip(owners, pc.list_flatten(column).to_pylist(), strict=True)
            }
    return _ranked(list(Counter(code for _, code in pairs).items()))


def sums(table: pa.Table, names: Sequence[str]) -> dict[str, int]:
    """The sum of each column of integers."""
    return {name: int(np.asarray(pc.fill_null(table[name], 0)).sum()) for name in names}
