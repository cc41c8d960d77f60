"""Tables described for programs: Frictionless Table Schema, from schemas/."""

from __future__ import annotations

from typing import Any

from flows.schema import Column, TableSchema, Words


def table_schema(table: TableSchema) -> dict[str, Any]:
    """The table as a Frictionless Table Schema."""
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
        "type": "array" if column.type == "flags" else column.type,
        "title": both(column.title),
        "description": both(column.description),
        "example": column.example,
    }
    if given := {name: value for name, value in constraints.items() if value is not None}:
        found["constraints"] = given
    if column.type == "flags":
        found["items"] = ["code", "details"]  # a property of our own: each part is an object
    if column.unit:
        found["unit"] = column.unit
    return found


def both(words: Words) -> str:
    """Chinese, then English."""
    return f"{words.zh} {words.en}"
