"""datapackage.json (Data Package v2): every table as Parquet and as CSV, described from schemas/."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.publish.files import sha256, write_json
from flows.publish.stage import date_of
from flows.publish.words import DESCRIPTION, LICENSE, TITLE
from flows.schema import Column, TableSchema, Words, schemas

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def write_datapackage(staging: Path, version: str, rows: Mapping[str, int], compatibility: str) -> None:
    """Describe the files of staging/data. `rows` counts each table's rows, `compatibility` is that of the schema
    with the release before."""
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
        "resources": [
            _resource(staging, table, rows[table.name], kind) for table in schemas().values() for kind in KINDS
        ],
    }
    write_json(package, staging / "datapackage.json")


KINDS = {
    "parquet": {"format": "parquet", "mediatype": "application/vnd.apache.parquet"},
    "csv": {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"},
}
"""The two forms of a table. The CSV takes the table's own name, so that foreign keys of CSV resources name it."""


def _resource(staging: Path, table: TableSchema, rows: int, kind: str) -> dict[str, Any]:
    path = staging / "data" / f"{table.name}.{kind}"
    found: dict[str, Any] = {
        "name": resource_name(table.name, kind),
        "type": "table",
        "path": f"data/{table.name}.{kind}",
        "title": both(table.title),
        "description": both(table.description),
        **KINDS[kind],
        "hash": f"sha256:{sha256(path)}",
        "rows": rows,
        "schema": table_schema(table, kind),
    }
    if kind == "csv":  # frictionless reads `bytes` of a Parquet file as the size of what it decodes to
        found |= {
            "bytes": path.stat().st_size,
            "dialect": {"lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        }
    return found


def resource_name(table: str, kind: str) -> str:
    """articles for the CSV, articles-parquet for the Parquet."""
    return table if kind == "csv" else f"{table}-{kind}"


def table_schema(table: TableSchema, kind: str) -> dict[str, Any]:
    """The table as a Frictionless Table Schema, whose foreign keys stay within files of one kind."""
    found: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.primary_key),
        "missingValues": [""],
    }
    if table.foreign_keys:
        found["foreignKeys"] = [
            {
                "fields": list(key.columns),
                # an empty name means the table itself
                "reference": {
                    "resource": "" if key.parent == table.name else resource_name(key.parent, kind),
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


def both(words: Words) -> str:
    """Chinese, then English."""
    return f"{words.zh} {words.en}"
