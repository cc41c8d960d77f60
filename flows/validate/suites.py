"""From schemas/ to gates: one description of what is asked of a table, free of Great Expectations."""

from __future__ import annotations

import csv
import dataclasses
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

import flows.validate.columns
import flows.validate.conservation
import flows.validate.evidence
import flows.validate.texts  # noqa: F401  (they register their checks)
from flows.figures import Figures
from flows.schema import SCHEMAS, Check, Column, Severity, TableSchema, schemas
from flows.validate.contents import CHECKS, Contents, Passes
from flows.yaml_files import read_yaml


@dataclass(frozen=True, slots=True)
class Gate:
    """One expectation of one frame. `expectation` and `arguments` are Great Expectations' own.

    `derive`, if there is one, makes the column of truth values, named like the gate, that the expectation asks about.
    """

    name: str
    severity: Severity
    expectation: str
    arguments: Mapping[str, Any]
    widespread: float | None = None
    derive: Callable[[Contents], Passes] | None = field(default=None, compare=False)
    blame: Callable[[Contents], str] | None = field(default=None, compare=False)
    """Which columns make rows fail, asked once the gate has failed."""


@dataclass(frozen=True, slots=True)
class Suite:
    """The gates of one table. `key` names a failing row; `columns` are those that gates ask about as they are."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    gates: tuple[Gate, ...]


def suite_of(table: TableSchema) -> Suite:
    """Everything that schemas/<table>.yaml asks of the rows."""
    gates = [_unique(table)]
    for column in table.columns:
        gates += _of_column(table, column)
    required = [column.name for column in table.columns if column.required or column.name in table.primary_key]
    gates.append(_derived(table, Check("required", "not_null", "critical", {"each": required})))
    written = [column.name for column in table.columns if column.type in ("string", "array", "flags")]
    gates.append(_derived(table, Check("no_empty_text", "no_empty_text", "critical", {"each": written})))
    for key in table.foreign_keys:
        options = {"column": key.columns[0], "parent": key.parent, "parent_column": key.parent_columns[0]}
        gates.append(_derived(table, Check(f"{key.columns[0]}_exists", "foreign_key", "critical", options)))
    gates += [_derived(table, check) for check in table.checks]
    plain = {gate.arguments["column"] for gate in gates if gate.derive is None and "column" in gate.arguments}
    names = tuple(name for name in table.names if name in plain or name in table.primary_key)
    return Suite(table.name, table.primary_key, names, tuple(gates))


def schema_suite() -> Suite:
    """Over a frame of one row a column: its name, type and nullability against schemas/."""
    equal = Gate(
        "declared",
        "critical",
        "ExpectColumnPairValuesToBeEqual",
        {"column_A": "found", "column_B": "declared", "ignore_row_if": "neither"},
    )
    return Suite("schema", ("table", "column"), ("table", "column", "found", "declared"), (equal,))


def schema_rows(tables: Mapping[str, pa.Table]) -> list[dict[str, str]]:
    """The frame of `schema_suite`: every column that is declared or found, with its place, type and nullability."""
    rows = []
    for name, table in schemas().items():
        declared = _described(table.arrow)
        found = _described(tables[name].schema) if name in tables else {}
        for column in [*declared, *(column for column in found if column not in declared)]:
            pair = {"found": found.get(column, "missing"), "declared": declared.get(column, "missing")}
            rows.append({"table": name, "column": column, **pair})
    return rows


def run_suite(limits: Mapping[str, Any]) -> Suite:
    """Over a frame of one row for the run: every document that was read is accounted for."""
    gates = (
        Gate("documents_accounted", "critical", "ExpectColumnPairValuesToBeEqual",
             {"column_A": "read", "column_B": "accounted", "ignore_row_if": "neither"}),
        Gate("quarantined_share", "critical", "ExpectColumnValuesToBeBetween",
             {"column": "quarantined_share", "max_value": limits["quarantined_share"]}),
        Gate("misfit_share", "critical", "ExpectColumnValuesToBeBetween",
             {"column": "misfit_share", "max_value": limits["misfit_share"]}),
        Gate("something_published", "warning", "ExpectColumnValuesToBeBetween",
             {"column": "published", "min_value": 1}),
    )  # fmt: skip
    return Suite("run", ("run",), ("run", "read", "accounted", "quarantined_share", "misfit_share", "published"), gates)


def run_rows(found: Figures, read: int, limits: Mapping[str, Any], misfits: Mapping[str, int]) -> list[dict[str, Any]]:
    """The frame of `run_suite`: documents read, by status; the share in quarantine of those that were cleaned, and the
    largest share of a table's rows that was taken out alone."""
    status = dict(found.count("documents", "status"))
    count = {name: status.get(name, 0) for name in ("published", "duplicate", "quarantined", "rejected")}
    cleaned = count["published"] + count["quarantined"]
    share = count["quarantined"] / cleaned if cleaned else 0.0
    few = count["quarantined"] < limits["quarantined_at_least"]
    shares = [
        rows / (rows + found.rows[table]) for table, rows in misfits.items() if rows >= limits["misfits_at_least"]
    ]
    return [{"run": "run", "read": read, "accounted": sum(count.values()), "published": count["published"],
             "quarantined_share": 0.0 if few else share, "misfit_share": max(shares, default=0.0)}]  # fmt: skip


def _described(schema: pa.Schema) -> dict[str, str]:
    return {
        field.name: f"{place} {field.type}{'' if field.nullable else ' not null'}" for place, field in enumerate(schema)
    }


def _unique(table: TableSchema) -> Gate:
    if len(table.primary_key) == 1:
        return Gate("key_unique", "critical", "ExpectColumnValuesToBeUnique", {"column": table.primary_key[0]})
    arguments = {"column_list": list(table.primary_key), "ignore_row_if": "never"}
    return Gate("key_unique", "critical", "ExpectCompoundColumnsToBeUnique", arguments)


def _of_column(table: TableSchema, column: Column) -> list[Gate]:
    """The gates that the constraints of one column make."""
    name, gates = column.name, []

    def ask(what: str, expectation: str, **arguments: Any) -> None:
        gates.append(Gate(f"{name}_{what}", "critical", expectation, {"column": name, **arguments}))

    if column.enum:
        ask("one_of", "ExpectColumnValuesToBeInSet", value_set=list(column.enum))
    if column.pattern:
        ask("pattern", "ExpectColumnValuesToMatchRegex", regex=column.pattern)
    if column.minimum is not None or column.maximum is not None:  # Great Expectations would go row by row
        options: dict[str, Any] = {"column": name, "minimum": column.minimum, "maximum": column.maximum}
        gates.append(_derived(table, Check(f"{name}_range", "between", "critical", options)))
    if column.vocabulary:
        options = {"column": name, "values": sorted(vocabulary(column.vocabulary))}
        gates.append(_derived(table, Check(f"{name}_known", "in_vocabulary", "critical", options)))
    return gates


def _derived(table: TableSchema, check: Check) -> Gate:
    function = CHECKS[check.kind]

    def blame(contents: Contents) -> str:
        columns = check.options.get("each", ())
        alone = {name: dataclasses.replace(check, options={**check.options, "each": [name]}) for name in columns}
        return "; ".join(sorted(name for name, one in alone.items() if not function(contents, table, one).all()))

    return Gate(
        check.id,
        check.severity,
        "ExpectColumnValuesToBeInSet",
        {"column": check.id, "value_set": [True]},
        check.widespread,
        lambda contents: function(contents, table, check),
        blame,
    )


@functools.cache
def vocabulary(name: str) -> frozenset[str]:
    """The ids of a vocabulary, and "other": the first column of schemas/vocabularies/<name>.csv, or of <name>.yaml the
    ids of its entries, which are its list, its list of that name, or its keys."""
    path = SCHEMAS / "vocabularies" / f"{name}.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as lines:
            return frozenset(row[0] for row in csv.reader(lines) if row) - {"code"}
    found = read_yaml(path.with_suffix(".yaml"))
    entries = found.get(name, found) if isinstance(found, dict) else found
    return frozenset(entries if isinstance(entries, dict) else (entry["id"] for entry in entries)) | {"other"}
