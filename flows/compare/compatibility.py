"""What a change of the tables' declarations means to a consumer's code: compatible, additive or breaking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

Kind = Literal["compatible", "additive", "breaking"]
_RANK: tuple[Kind, ...] = ("compatible", "additive", "breaking")

Declared = Mapping[str, Mapping[str, Any]]
"""Table name to its Frictionless Table Schema, as datapackage.json holds it."""


class SchemaChange(NamedTuple):
    """One change. `column` is None when it concerns the table."""

    table: str
    column: str | None
    kind: Kind
    what: str


def compatibility(changes: Iterable[SchemaChange]) -> Kind:
    """The worst of them; compatible when there is none."""
    return max((change.kind for change in changes), key=_RANK.index, default="compatible")


def declared(package: Mapping[str, Any]) -> dict[str, Any]:
    """The tables that a datapackage.json declares."""
    return {str(resource["name"]): resource["schema"] for resource in package["resources"] if "schema" in resource}


def schema_changes(old: Declared, new: Declared) -> list[SchemaChange]:
    """Every change from the old declarations to the new: tables, columns, types, units, nulls, values, meanings."""
    found = [SchemaChange(table, None, "breaking", "table removed") for table in old if table not in new]
    found += [SchemaChange(table, None, "additive", "table added") for table in new if table not in old]
    for table in new:
        if table in old:
            found += _of_table(table, old[table], new[table])
    return found


def _of_table(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[SchemaChange]:
    if old["primaryKey"] != new["primaryKey"]:
        keys = [", ".join(schema["primaryKey"]) for schema in (old, new)]
        yield SchemaChange(table, None, "breaking", f"primary key {keys[0]} is now {keys[1]}")
    before = {field["name"]: field for field in old["fields"]}
    after = {field["name"]: field for field in new["fields"]}
    for name in before:
        if name not in after:
            yield SchemaChange(table, name, "breaking", "column removed")
    for name, field in after.items():
        if name not in before:
            yield SchemaChange(table, name, "additive", "column added")
            continue
        for kind, what in _of_column(before[name], field):
            yield SchemaChange(table, name, kind, what)


def _of_column(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[Kind, str]]:
    for word in ("type", "unit"):
        if old.get(word) != new.get(word):
            yield "breaking", f"{word} {old.get(word)} is now {new.get(word)}"
    was, now = old.get("constraints", {}), new.get("constraints", {})
    if was.get("required", False) and not now.get("required", False):
        yield "breaking", "may be null now"
    if not was.get("required", False) and now.get("required", False):
        yield "compatible", "is never null now"
    if was.get("enum") != now.get("enum"):
        gone = sorted(set(was.get("enum", ())) - set(now.get("enum", ())))
        come = sorted(set(now.get("enum", ())) - set(was.get("enum", ())))
        # A value renamed or gone breaks who asks for it; a new one comes on top of what was there.
        yield (
            ("breaking" if gone else "additive"),
            f"values gone: {', '.join(gone) or '-'}; new: {', '.join(come) or '-'}",
        )
    for word in ("pattern", "minimum", "maximum"):
        if was.get(word) != now.get(word):
            yield "additive", f"{word} {was.get(word)} is now {now.get(word)}"
    if old.get("description") != new.get("description"):
        yield "compatible", "described anew"
