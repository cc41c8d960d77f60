"""datapackage.json (Data Package v2): every table as Parquet and as CSV, described from schemas/."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.publish.files import sha256, write_json
from flows.publish.quality import measures
from flows.publish.stage import date_of
from flows.publish.takedowns import NAME as TAKEDOWNS
from flows.publish.words import DESCRIPTION, LICENSE, TITLE
from flows.schema import Column, TableSchema, Words, schemas

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def write_datapackage(staging: Path, version: str, rows: Mapping[str, int], compatibility: str, tier: str) -> None:
    """Describe the files of staging/data. `rows` counts each table's rows, `compatibility` is that of the schema
    with the release before, `tier` full or open."""
    package = {
        "$schema": PROFILE,
        "name": "shegong",
        "title": both(TITLE),
        "description": both(DESCRIPTION),
        "version": version,
        "created": f"{date_of(version)}T00:00:00Z",
        "licenses": [LICENSE],
        "keywords": ["social work", "社会工作", "news", "Chinese", "China"],
        "schemaCompatibility": compatibility,
        "tier": tier,
        "resources": [
            *(_table(staging, table, rows[table.name]) for table in schemas().values()),
            *(_parquet(staging, table) for table in schemas().values()),
            _takedowns(staging),
        ],
    }
    write_json(package, staging / "datapackage.json")


def _table(staging: Path, table: TableSchema, rows: int) -> dict[str, Any]:
    """The CSV of a table, with its schema: foreign keys name the other tables' CSV."""
    return {
        "name": table.name,
        "type": "table",
        **_file(staging, table, "csv"),
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": (staging / "data" / f"{table.name}.csv").stat().st_size,
        "rows": rows,
        "dialect": {"lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": table_schema(table),
    }


def _parquet(staging: Path, table: TableSchema) -> dict[str, Any]:
    """The same rows as Parquet, which carries its own schema: a plain file to tools that would read it through text."""
    return {
        "name": f"{table.name}-parquet",
        "type": "file",
        **_file(staging, table, "parquet"),
        "mediatype": "application/vnd.apache.parquet",
        "sameRowsAs": table.name,
    }


def _takedowns(staging: Path) -> dict[str, Any]:
    """The list of what was taken down."""
    return {
        "name": "takedowns",
        "type": "file",
        "path": TAKEDOWNS,
        "title": "撤下的文档 Documents taken down",
        "description": "按请求撤下的文档：编号与日期；持有旧版本者请一并删除。 "
        "Documents taken down on request, by id and date: whoever holds earlier releases should remove them there.",
        "format": "json",
        "mediatype": "application/json",
        "hash": f"sha256:{sha256(staging / TAKEDOWNS)}",
    }


def _file(staging: Path, table: TableSchema, kind: str) -> dict[str, Any]:
    path = f"data/{table.name}.{kind}"
    return {
        "path": path,
        "title": both(table.title),
        "description": both(table.description),
        "format": kind,
        "hash": f"sha256:{sha256(staging / path)}",
    }


def table_schema(table: TableSchema) -> dict[str, Any]:
    """The table as a Frictionless Table Schema, with the measured accuracy of its columns."""
    found: dict[str, Any] = {
        "fields": [_field(column) | _accuracy(f"{table.name}.{column.name}") for column in table.columns],
        "primaryKey": list(table.primary_key),
        "missingValues": [""],
    }
    if table.foreign_keys:
        found["foreignKeys"] = [
            {
                "fields": list(key.columns),
                # an empty name means the table itself
                "reference": {
                    "resource": "" if key.parent == table.name else key.parent,
                    "fields": list(key.parent_columns),
                },
            }
            for key in table.foreign_keys
        ]
    return found


def _field(column: Column) -> dict[str, Any]:
    constraints = {
        "required": column.required or None,
        "enum": list(column.enum) if column.enum else None,
        "pattern": column.pattern,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    found: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "title": both(column.title),
        "description": both(column.description),
        "example": column.example,
    }
    if given := {name: value for name, value in constraints.items() if value is not None}:
        found["constraints"] = given
    if column.unit:
        found["unit"] = column.unit
    return found


def _accuracy(column: str) -> dict[str, Any]:
    """A property of our own, as the standard allows: what was measured of a column on the gold pages."""
    found = [measure.count for measure in measures() if column in measure.columns]
    if not found:
        return {}
    shares = {name: getattr(found[0], name) for name in ("precision", "recall")}
    return {"accuracy": {name: value and round(value, 4) for name, value in shares.items()} | {"n": found[0].n}}


def both(words: Words) -> str:
    """Chinese, then English."""
    return f"{words.zh} {words.en}"
