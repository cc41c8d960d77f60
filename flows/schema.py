"""The tables as schemas/<table>.yaml declare them: each column once, and everything else derived from it."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from flows.errors import SchemaError
from flows.yaml_files import read_yaml

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"

TABLES = (
    "documents",
    "articles",
    "removals",
    "lineage",
    "people",
    "organizations",
    "events",
    "event_roles",
    "statistics",
    "citations",
    "themes",
    "related",
    "entities",
    "entity_changes",
    "figures",
    "regions",
    "codes",
)
"""All tables: those of pages, parents before children, then those of the whole corpus."""

OF_CORPUS = ("entities", "entity_changes", "figures", "regions", "codes")
"""What no single page says. A corpus in parts has these tables in its first part."""

OF_PAGES = ("documents", "articles", "removals", "lineage")
"""What a page is made of: a row that breaks a rule costs the page."""

FACTS = tuple(name for name in TABLES if name not in OF_PAGES and name not in OF_CORPUS)
"""What pages say: a row that breaks a rule costs itself alone."""

ARROW_TYPES: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="Asia/Shanghai"),
    "array": pa.list_(pa.field("element", pa.string())),
    "flags": pa.list_(
        pa.field("element", pa.struct([pa.field("code", pa.string(), nullable=False), ("details", pa.string())]))
    ),
}
"""Field type to Arrow type: those of Frictionless, and flags, an array of codes with their details. Other arrays hold
strings, in a field named as Parquet names it, so that what is read back equals what was written."""

Severity = Literal["critical", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")


@dataclass(frozen=True, slots=True)
class Words:
    """A text for people, in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    type: str
    title: Words
    description: Words
    made: Words
    """How the value is made."""
    example: Any
    unit: str | None = None
    required: bool = False
    """Never null. In an array column no row is null; an empty list says that there are none."""
    enum: tuple[str, ...] | None = None
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    vocabulary: str | None = None
    """Name of the vocabulary that every value must stand in."""

    @property
    def arrow(self) -> pa.Field:
        """The Arrow field, with title, description and unit as its metadata."""
        notes = {
            "title": self.title.en,
            "title_zh": self.title.zh,
            "description": self.description.en,
            "description_zh": self.description.zh,
        }
        if self.unit:
            notes["unit"] = self.unit
        return pa.field(self.name, ARROW_TYPES[self.type], nullable=not self.required, metadata=notes)


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns` hold values of `parent_columns` in the table `parent`, or null."""

    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A check beyond the constraints of columns. `kind` names a function of flows/validate, `options` its arguments.

    A row that fails a critical check takes its document out of the release. `widespread`, a share of rows,
    makes a lesser check critical for the whole release once more rows than that fail it.
    """

    id: str
    kind: str
    severity: Severity
    options: Mapping[str, Any]
    widespread: float | None = None


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: its columns in order, its keys and its checks."""

    name: str
    title: Words
    description: Words
    primary_key: tuple[str, ...]
    columns: tuple[Column, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    checks: tuple[Check, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, with descriptions as field metadata."""
        about = {"description": self.description.en, "description_zh": self.description.zh}
        return pa.schema([column.arrow for column in self.columns], metadata=about)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


@functools.cache
def load(name: str) -> TableSchema:
    """The schema of one table.

    Raises:
        SchemaError: no such table, or its file does not declare it properly.
    """
    path = SCHEMAS / f"{name}.yaml"
    try:
        return _table(read_yaml(path))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"the schema cannot be used: {error!r}."
        raise SchemaError("schema", problem, "Compare it with another file of schemas/.", path) from error


def schemas() -> dict[str, TableSchema]:
    """All tables in order, parents before children."""
    return {name: load(name) for name in TABLES}


@functools.cache
def load_list(name: str) -> Any:
    """A list that checks use, schemas/gates/<name>.yaml, as it stands."""
    return read_yaml(SCHEMAS / "gates" / f"{name}.yaml")


def _table(declared: dict[str, Any]) -> TableSchema:
    _only(declared, "name title description primaryKey foreignKeys fields checks")
    columns = tuple(_column(field) for field in declared["fields"])
    table = TableSchema(
        name=declared["name"],
        title=Words(**declared["title"]),
        description=Words(**declared["description"]),
        primary_key=tuple(declared["primaryKey"]),
        columns=columns,
        foreign_keys=tuple(_foreign_key(key) for key in declared.get("foreignKeys", ())),
        checks=tuple(_check(check) for check in declared.get("checks", ())),
    )
    if missing := set(table.primary_key) - set(table.names):
        raise ValueError(f"the primary key names {sorted(missing)}, which are no columns")
    ids = [*table.names, *(check.id for check in table.checks)]
    if len(set(ids)) < len(ids):
        raise ValueError("two columns or checks share a name")
    return table


def _column(field: dict[str, Any]) -> Column:
    _only(field, "name type title description made example unit constraints vocabulary")
    constraints = field.get("constraints", {})
    _only(constraints, "required enum pattern minimum maximum")
    if field["type"] not in ARROW_TYPES:
        raise ValueError(f"{field['name']} has the type {field['type']!r}, not one of {sorted(ARROW_TYPES)}")
    bounds: dict[str, Any] = {key: tuple(value) if key == "enum" else value for key, value in constraints.items()}
    return Column(
        name=field["name"],
        type=field["type"],
        title=Words(**field["title"]),
        description=Words(**field["description"]),
        made=Words(**field["made"]),
        example=field["example"],
        unit=field.get("unit"),
        vocabulary=field.get("vocabulary"),
        **bounds,
    )


def _foreign_key(key: dict[str, Any]) -> ForeignKey:
    _only(key, "fields reference")
    parent = key["reference"]
    return ForeignKey(tuple(key["fields"]), parent["resource"], tuple(parent["fields"]))


def _check(check: dict[str, Any]) -> Check:
    named = ("id", "kind", "severity", "widespread")
    options = {key: value for key, value in check.items() if key not in named}
    if check["severity"] not in SEVERITIES:
        raise ValueError(f"{check['id']} has the severity {check['severity']!r}, not one of {SEVERITIES}")
    return Check(check["id"], check["kind"], check["severity"], options, check.get("widespread"))


def _only(declared: Mapping[str, Any], allowed: str) -> None:
    if unknown := set(declared) - set(allowed.split()):
        raise ValueError(f"unknown keys {sorted(unknown)}")
