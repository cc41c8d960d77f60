"""croissant.json (MLCommons Croissant 1.1): the Parquet files as record sets, from schemas/, with measured accuracy.

Foreign keys stand in datapackage.json only: mlcroissant 1.1 would join the tables that a `references` ties, and fails.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flows.compare.table_schema import both
from flows.folder.files import sha256, write_json
from flows.folder.layout import part_files, table_place
from flows.folder.stage import date_of
from flows.publish.responsible import CONTEXT as QUALITY
from flows.publish.responsible import measurements, responsible
from flows.publish.words import DESCRIPTION, LICENSE, TITLE
from flows.schema import Column, TableSchema, schemas

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
    **QUALITY,
}
"""The context of the specification, word for word (validators compare it), and the vocabulary of data quality."""

DATA_TYPES = {
    "string": "sc:Text",
    "array": "sc:Text",
    "flags": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:Date",
}


def write_croissant(staging: Path, version: str) -> None:
    """Describe the Parquet files of staging/data."""
    tables = list(schemas().values())
    day = date_of(version).isoformat()
    found = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": "shegong",
        "description": both(DESCRIPTION),
        "alternateName": both(TITLE),
        "license": LICENSE["path"],
        "version": semantic(version),
        "datePublished": day,
        "citeAs": f"Shegong contributors: {TITLE.en}, {version}, {day}.",
        **responsible(),
        "distribution": [_file(staging, table) for table in tables],
        "recordSet": [_records(staging, table) for table in tables],
    }
    write_json(found, staging / "croissant.json")


def semantic(version: str) -> str:
    """The version in the three numbers that Croissant wants: v2026.11.22.1 is 2026.1122.1."""
    day = date_of(version)
    again = version.split(".")[3] if version.count(".") == 3 else "0"
    return f"{day.year}.{day.month * 100 + day.day}.{again}"


def _file(staging: Path, table: TableSchema) -> dict[str, Any]:
    """The file of a table, or the set of those that are its parts."""
    place = table_place(staging, table.name)
    about, kind = {"@id": place, "name": place}, {"encodingFormat": "application/x-parquet"}
    if part_files(staging, table.name):
        return {"@type": "cr:FileSet", **about, **kind, "includes": f"{place}/*.parquet"}
    return {"@type": "cr:FileObject", **about, "contentUrl": place, **kind, "sha256": sha256(staging / place)}


def _records(staging: Path, table: TableSchema) -> dict[str, Any]:
    kind = "fileSet" if part_files(staging, table.name) else "fileObject"
    source = {kind: {"@id": table_place(staging, table.name)}}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": both(table.description),
        "key": [{"@id": f"{table.name}/{name}"} for name in table.primary_key],
        "field": [_field(table, column, source) for column in table.columns],
    }


def _field(table: TableSchema, column: Column, source: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": both(column.description),
        "dataType": DATA_TYPES[column.type],
        "source": source | {"extract": {"column": column.name}},
    }
    if column.type == "array":
        found |= {"isArray": True, "arrayShape": "-1"}
    if measured := measurements(f"{table.name}.{column.name}"):
        found["dqv:hasQualityMeasurement"] = measured
    return found
