"""Rows of facts that break a rule of their table: taken out of the release, kept beside it, counted on their document.

A page does not go for one of them (`flows.schema.OF_PAGES` says which rows it does go for).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pyarrow as pa

from flows.arrow_rows import in_order, to_arrow
from flows.document import Row, Tables
from flows.errors import describe
from flows.flags import Flag, flags_of
from flows.schema import OF_CORPUS, OF_PAGES, TABLES

FLAG = "rows_quarantined"
"""On a document: rows_quarantined:statistics:2."""

ROWS = "rows.jsonl"
"""The file in the quarantine of a release that holds them, one a line."""

SCHEMA = pa.schema([(name, pa.string()) for name in ("document_id", "table", "reason", "row")])
"""`row` is JSON, since a value may be one that no column takes; `document_id` is null where no document has the row."""


class Misfit(NamedTuple):
    """A row of SCHEMA."""

    document_id: str | None
    table: str
    reason: str
    row: str

    @classmethod
    def of(cls, document_id: str | None, table: str, reason: str, row: object) -> Misfit:
        """A row of a table as text, whatever it holds."""
        try:
            text = json.dumps(row, ensure_ascii=False, default=str, skipkeys=True)
        except Exception:  # it holds itself, or is too deep
            text = json.dumps(f"a {type(row).__name__} that cannot be written")
        return cls(document_id, table, reason, text.encode("utf-8", "backslashreplace").decode())


def as_table(misfits: Iterable[Misfit]) -> pa.Table:
    """Misfits as Arrow, in the order of SCHEMA's columns, which makes equal ones equal bytes."""
    rows = sorted(misfits, key=lambda one: (one.document_id or "", *one[1:]))
    return pa.table({name: [getattr(row, name) for row in rows] for name in SCHEMA.names}, SCHEMA)


def flags_of_lost(tables: Iterable[str]) -> list[Flag]:
    """The flags of a document, given the table of each misfit of its."""
    return flags_of(f"{FLAG}:{name}:{count}" for name, count in sorted(Counter(tables).items()))


def as_arrow(documents: Iterable[Tables]) -> dict[str, pa.Table]:
    """The rows of some documents as Arrow, each table in the order of its primary key.

    Raises:
        RowError: a row does not fit its table.
    """
    documents = list(documents)
    names = [name for name in TABLES if name not in OF_CORPUS]
    rows = {name: [row for tables in documents for row in tables.get(name, ())] for name in names}
    return {name: in_order(name, to_arrow(name, made)) for name, made in rows.items()}


def without_misfits(tables: Tables) -> tuple[Tables, list[Misfit]]:
    """The rows of one document without those that do not fit their table, and these.

    Raises:
        RowError: a row of the page itself does not fit.
    """
    (document,) = tables["documents"]
    as_arrow([{name: tables[name] for name in OF_PAGES if name in tables}])
    kept, misfits = dict(tables), list[Misfit]()
    for name in (name for name in TABLES if name in tables and name not in OF_PAGES):
        problems = [_problem(name, row) for row in tables[name]]
        kept[name] = [row for row, problem in zip(tables[name], problems, strict=True) if problem is None]
        for row, problem in zip(tables[name], problems, strict=True):
            if problem is not None:
                misfits.append(Misfit.of(document["document_id"], name, f"row: {problem}", row))
    left = {(row["article_id"], row["theme"]) for row in kept.get("themes", ())}
    kept["articles"] = [
        article | {"themes": [theme for theme in article["themes"] if (article["article_id"], theme) in left]}
        for article in tables.get("articles", ())
    ]
    kept["documents"] = [document | {"flags": [*document["flags"], *flags_of_lost(one.table for one in misfits)]}]
    return kept, misfits


def _problem(table: str, row: Row) -> str | None:
    """Why a row does not fit its table; None if it does."""
    try:
        to_arrow(table, [row])
    except Exception as error:
        return describe(error)
    return None
