"""A release as a SQLite database that datasette shows well: foreign keys, full-text search in Chinese, labels.

SQLite's own tokenizers know no words of Chinese: one takes a whole sentence for a word, the other finds nothing shorter
than three characters. So the index holds, of each run of Chinese characters, every piece of one to four characters as a
word of its own: 社工, 社会工作 and 南通市 are found by typing them. What is longer is found by the query `contains`, or
by its parts with a space between.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.folder.tables import read_table
from flows.publish.words import DESCRIPTION, LICENSE, TITLE
from flows.schema import Column, TableSchema, schemas

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
"""Column type to SQLite's; all else is TEXT: days and times in ISO 8601, lists as JSON."""

SEARCHED = {
    "articles": ("title", "text"),
    "statistics": ("quote",),
    "events": ("name",),
    "organizations": ("name",),
    "people": ("name",),
    "citations": ("title",),
    "related": ("title",),
}
"""Columns that can be searched."""

LABELS = {"documents": "path", "articles": "title", "regions": "name", "entities": "name"}
"""The column that a row is called by, where another table points to it."""

LONGEST = 4
"""Characters of the longest piece that is indexed as a word."""

BATCH = 2_000
"""Rows that are Python objects at a time."""

_RUNS = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+|[^\W\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")


def fill(release: Path, path: Path, about: Path, name: str) -> None:
    """Writes the database, and the file that datasette takes with --metadata, for a database of that name."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        keys = {name: _key(release, table) for name, table in schemas().items()}
        for table in schemas().values():
            rows = read_table(release, table.name)
            database.execute(_create(table, rows, keys))
            _insert(database, table, rows)
        for table in schemas().values():
            _index(database, table)
        database.commit()
        database.execute("ANALYZE")
        database.commit()
    about.write_text(json.dumps(_metadata(name), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def pieces(text: str) -> str:
    """The words of a text, as the index holds them, with spaces between: pieces of Chinese, other words whole."""
    found: dict[str, None] = {}
    for run in _RUNS.findall(text):
        if not _RUNS.match(run[0]) or run[0] < "\u3007":
            found[run] = None
            continue
        for start in range(len(run)):
            for end in range(start + 1, min(start + LONGEST, len(run)) + 1):
                found[run[start:end]] = None
    return " ".join(found)


def _key(release: Path, table: TableSchema) -> tuple[str, ...]:
    """The primary key; of documents the id alone, by which others point to them, unless copies share it."""
    first = table.primary_key[:1]
    keys = [key for one in schemas().values() for key in one.foreign_keys if key.parent == table.name]
    if any(key.parent_columns == first for key in keys):
        ids = read_table(release, table.name, list(first))[first[0]]
        return first if pc.count_distinct(ids).as_py() == len(ids) else table.primary_key
    return table.primary_key


def _create(table: TableSchema, rows: pa.Table, keys: Mapping[str, tuple[str, ...]]) -> str:
    lines = [_declared(column) for column in table.columns if column.name in rows.column_names]
    lines.append(f"PRIMARY KEY ({_names(keys[table.name])})")
    for key in table.foreign_keys:
        if keys[key.parent] == key.parent_columns:  # SQLite points to keys only
            lines.append(f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {_parent(key.parent, key.parent_columns)}")
    places = [column.name for column in table.columns if column.vocabulary == "regions"]
    lines += [f'FOREIGN KEY ("{name}") REFERENCES "regions" ("code")' for name in places]
    return f'CREATE TABLE "{table.name}" (\n  ' + ",\n  ".join(lines) + "\n)"


def _parent(name: str, columns: tuple[str, ...]) -> str:
    return f'"{name}" ({_names(columns)})'


def _declared(column: Column) -> str:
    return f'"{column.name}" {TYPES.get(column.type, "TEXT")}{" NOT NULL" if column.required else ""}'


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _insert(database: sqlite3.Connection, table: TableSchema, rows: pa.Table) -> None:
    marks = ", ".join("?" * rows.num_columns)
    sql = f'INSERT INTO "{table.name}" ({_names(tuple(rows.column_names))}) VALUES ({marks})'
    for batch in rows.to_batches(max_chunksize=BATCH):
        columns = [[_value(value) for value in column.to_pylist()] for column in batch.columns]
        database.executemany(sql, zip(*columns, strict=True))


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, dt.date) else value


def _index(database: sqlite3.Connection, table: TableSchema) -> None:
    """An index for each foreign key, and the search."""
    for key in table.foreign_keys:
        name = f"{table.name}_{'_'.join(key.columns)}"
        database.execute(f'CREATE INDEX "{name}" ON "{table.name}" ({_names(key.columns)})')
    columns = SEARCHED.get(table.name)
    if columns is None:
        return
    search, named = f"{table.name}_fts", _names(columns)
    database.execute(f'CREATE VIRTUAL TABLE "{search}" USING FTS5({named}, content="{table.name}")')
    marks = ", ".join("?" * (len(columns) + 1))
    database.executemany(f'INSERT INTO "{search}" (rowid, {named}) VALUES ({marks})', _words(database, table, columns))


def _words(database: sqlite3.Connection, table: TableSchema, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    for number, *texts in database.execute(f'SELECT rowid, {_names(columns)} FROM "{table.name}"'):
        yield (number, *(pieces(text or "") for text in texts))


def _metadata(name: str) -> dict[str, Any]:
    """What datasette shows: titles, licence, descriptions of columns, labels, and a query for what is long."""
    tables: dict[str, Any] = {
        table.name: {
            "description": f"{table.description.zh} {table.description.en}",
            "columns": {column.name: f"{column.title.zh} {column.description.en}" for column in table.columns},
            **({"label_column": LABELS[table.name]} if table.name in LABELS else {}),
        }
        for table in schemas().values()
    }
    contains = {
        "title": "含有 contains",
        "sql": "SELECT article_id, title, published_date, region FROM articles "
        "WHERE title LIKE '%' || :words || '%' OR text LIKE '%' || :words || '%' ORDER BY published_date DESC",
    }
    return {
        "title": f"{TITLE.zh} {TITLE.en}",
        "description": f"{DESCRIPTION.zh} {DESCRIPTION.en}",
        "license": LICENSE["title"],
        "license_url": LICENSE["path"],
        "databases": {name: {"tables": tables, "queries": {"contains": contains}}},
    }
