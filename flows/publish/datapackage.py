"""datapackage.json (Data Package v2): every table as Parquet and as CSV, described from schemas/."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.compare.table_schema import both, table_schema
from flows.decisions.takedowns import NAME as TAKEDOWNS
from flows.folder.files import sha256, write_json
from flows.folder.layout import Kind, part_files, table_files
from flows.folder.stage import date_of
from flows.publish.quality import measures
from flows.publish.words import DESCRIPTION, LICENSE, TITLE
from flows.schema import TableSchema, schemas

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
    parts, alone = part_files(staging, table.name, "csv"), staging / "data" / f"{table.name}.csv"
    return {
        "name": table.name,
        "type": "table",
        **_file(staging, table, "csv"),
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({} if parts else {"bytes": alone.stat().st_size}),
        "rows": rows,
        "dialect": {"lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": _described(table),
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


def _file(staging: Path, table: TableSchema, kind: Kind) -> dict[str, Any]:
    paths = [path.relative_to(staging).as_posix() for path in table_files(staging, table.name, kind)]
    hashes = [f"sha256:{sha256(staging / path)}" for path in paths]
    about = {"title": both(table.title), "description": both(table.description), "format": kind}
    if part_files(staging, table.name, kind):
        return {"path": paths, **about, "hashes": hashes}
    return {"path": paths[0], **about, "hash": hashes[0]}


def _described(table: TableSchema) -> dict[str, Any]:
    """The schema of a table, with the measured accuracy of its columns."""
    found = table_schema(table)
    fields = [field | _accuracy(f"{table.name}.{field['name']}") for field in found["fields"]]
    return found | {"fields": fields}


def _accuracy(column: str) -> dict[str, Any]:
    """A property of our own, as the standard allows: what was measured of a column on the gold pages."""
    found = [measure.count for measure in measures() if column in measure.columns]
    if not found:
        return {}
    shares = {name: getattr(found[0], name) for name in ("precision", "recall")}
    return {"accuracy": {name: value and round(value, 4) for name, value in shares.items()} | {"n": found[0].n}}
