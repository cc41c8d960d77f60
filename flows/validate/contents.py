"""The tables under validation, with the few joins that checks need made once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from flows.corpus import owners
from flows.schema import Check, TableSchema

Passes = NDArray[np.bool_]
"""One truth value a row of the table: whether the row passes."""

Places = NDArray[np.int64]
"""For each row the number of a row in another table."""

UNKNOWN = -1
"""The place of a row that is not there, and the number that stands for null."""


class Across(NamedTuple):
    """What checks of one part must know of the articles in the others."""

    originals: tuple[str, ...] = ()
    """Ids of articles, wherever they are, that articles of the part name as their original."""
    repeated: tuple[str, ...] = ()
    """Hashes of texts of the part that more than one article, wherever, has without naming an original."""
    entities: tuple[str, ...] = ()
    """Ids of entities that rows of the part name and the table of entities holds."""


NOTHING_ACROSS = Across()


@dataclass(frozen=True, eq=False)
class Contents:
    """Tables of a release in the making, all or a part; `day` is the date of its version, which nothing in it may be
    after."""

    tables: Mapping[str, pa.Table]
    day: dt.date
    across: Across = NOTHING_ACROSS
    _made: dict[Any, Any] = field(default_factory=dict)

    def values(self, table: str, column: str) -> list[Any]:
        """A column as Python values, kept for the next check."""
        values: list[Any] = self._once(("values", table, column), lambda: self.tables[table][column].to_pylist())
        return values

    def numbers(self, table: str, column: str) -> NDArray[np.int64]:
        """A column of integers; null is -1."""
        filled = pc.fill_null(self.tables[table][column], UNKNOWN)
        return np.asarray(filled.to_numpy(), dtype=np.int64)

    def present(self, table: str, column: str) -> Passes:
        """Which rows hold a value."""
        return np.asarray(pc.is_valid(self.tables[table][column]).to_numpy(), dtype=bool)

    def equals(self, table: str, column: str, value: str) -> Passes:
        """Which rows hold that text; null does not."""
        return truth(pc.fill_null(pc.equal(self.tables[table][column], value), False))

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.tables[table].num_rows)

    def place(self, table: str, column: str, parent: str, parent_column: str) -> Places:
        """For each row the number of the parent's row that holds its value, the first of several; -1 without one."""
        key = ("place", table, column, parent, parent_column)
        places: Places = self._once(key, lambda: self._place(table, column, parent, parent_column))
        return places

    def article(self, table: str) -> Places:
        """For each row of a fact table the row number of its article, or -1."""
        return self.place(table, "article_id", "articles", "article_id")

    def document(self, table: str) -> Places:
        """For each row the number of its document's row, the published one if there are copies, or -1."""
        places: Places = self._once(("document", table), lambda: self._document(table))
        return places

    def texts(self, table: str) -> list[str]:
        """For each row of a fact table the text of its article, "" where there is none."""
        texts = self.values("articles", "text")
        return [(texts[n] or "") if n != UNKNOWN else "" for n in self.article(table).tolist()]

    def document_ids(self, table: str) -> list[str | None]:
        """For each row the id of its document, None where that document is not in the documents table."""
        ids = self.values("documents", "document_id")
        return [ids[n] if n != UNKNOWN else None for n in self.document(table).tolist()]

    def _document(self, table: str) -> Places:
        status = self.tables["documents"]["status"]
        copy = pc.fill_null(pc.equal(status, "duplicate"), True)
        first = pc.sort_indices(pa.table({"copy": copy}), sort_keys=[("copy", "ascending")])
        ids = self.tables["documents"]["document_id"].take(first)
        return _index(owners(self.tables[table]), ids, np.asarray(first))

    def _place(self, table: str, column: str, parent: str, parent_column: str) -> Places:
        ids = self.tables[parent][parent_column]
        return _index(self.tables[table][column], ids, np.arange(len(ids)))

    def _once(self, key: Any, make: Callable[[], Any]) -> Any:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


def _index(mine: pa.ChunkedArray, ids: pa.ChunkedArray, places: NDArray[Any]) -> Places:
    found = pc.index_in(mine, value_set=ids, skip_nulls=True)
    found = np.asarray(pc.fill_null(found, UNKNOWN).to_numpy(), dtype=np.int64)
    if not len(places):
        return found
    return np.where(found == UNKNOWN, UNKNOWN, places.astype(np.int64)[found])


def truth(values: Any) -> Passes:
    """Truth values as an array, whatever held them; none may be null."""
    return np.asarray(values, dtype=bool)


CheckFunction = Callable[[Contents, TableSchema, Check], Passes]
CHECKS: dict[str, CheckFunction] = {}
"""Check kind, as schemas/*.yaml name it, to the function that tells which rows pass."""


def check(function: CheckFunction) -> CheckFunction:
    """Register a check under its function's name."""
    CHECKS[function.__name__] = function
    return function


def each(rows: list[Any], passes: Callable[[Any], bool]) -> Passes:
    """`passes` of every row; a null passes."""
    return np.fromiter((row is None or passes(row) for row in rows), bool, len(rows))
