"""Rows to Arrow: strict, so that a value of the wrong type stops here and not at a reader's desk."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

import pyarrow as pa
import pyarrow.compute as pc

from flows.document import Row
from flows.errors import RowError
from flows.schema import Column, TableSchema, load, schemas

_NONE = type(None)
_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "date": (dt.date,),
    "datetime": (dt.datetime,),
    "array": (list, tuple),
    "flags": (list, tuple),
}
"""What Python types a field type accepts, to the letter: Arrow itself would take 1.5 for an integer."""


def to_arrow(table: str, rows: Sequence[Row]) -> pa.Table:
    """The rows of one table as Arrow, in the order given, with the schema of schemas/<table>.yaml.

    A column that a row leaves out is null. Keys and constraints are not checked here but by the gates.

    Raises:
        RowError: a column that the table has not, a value of a wrong type, a date and time without a time zone,
            a number that is not finite, or a lone surrogate or NUL in a text; it says in which row and where.
    """
    schema = load(table)
    known = frozenset(schema.names)
    for number, row in enumerate(rows):
        if not row.keys() <= known:
            unknown = sorted(row.keys() - known)
            _refuse(schema, rows, number, f"has the columns {unknown}, which {table} has not")
    arrays = [_array(schema, column, rows) for column in schema.columns]
    return pa.Table.from_arrays(arrays, schema=schema.arrow)


def concat(parts: Iterable[dict[str, pa.Table]]) -> dict[str, pa.Table]:
    """The tables of several shards as one set, each sorted by its primary key; a missing table is empty."""
    parts = list(parts)
    return {
        name: in_order(name, pa.concat_tables([part[name] for part in parts if name in part] or [to_arrow(name, [])]))
        for name in schemas()
    }


def in_order(table: str, rows: pa.Table) -> pa.Table:
    """The table sorted by its primary key, in one chunk a column: what makes equal rows equal bytes."""
    keys = [(name, "ascending") for name in load(table).primary_key]
    return rows.sort_by(keys).combine_chunks()


def _array(schema: TableSchema, column: Column, rows: Sequence[Row]) -> pa.Array:
    values = [row.get(column.name) for row in rows]
    if column.type == "number":  # an int past 2**53 is refused by Arrow, though a count so large is never exact
        values = [float(value) if type(value) is int else value for value in values]
    if strange := set(map(type, values)) - {_NONE, *_PYTHON_TYPES[column.type]}:
        number = next(n for n, value in enumerate(values) if type(value) in strange)
        _refuse(schema, rows, number, f"has {values[number]!r} in {column.name}, which takes {column.type}")
    if column.type == "array":
        flat = itertools.chain.from_iterable(value for value in values if value is not None)
        if set(map(type, flat)) - {str}:
            number = next(n for n, value in enumerate(values) if any(type(part) is not str for part in value or ()))
            _refuse(schema, rows, number, f"has {values[number]!r} in {column.name}, which takes a list of texts")
    if column.type == "flags":
        for number, value in enumerate(values):
            if not all(_is_flag(part) for part in value or ()):
                _refuse(schema, rows, number, f"has {values[number]!r} in {column.name}, which takes codes and details")
    if column.type == "datetime":
        for number, value in enumerate(values):
            if value is not None and value.tzinfo is None:
                _refuse(schema, rows, number, f"has {value!r} in {column.name} without a time zone")
    return _checked(schema, column, rows, values)


def _checked(schema: TableSchema, column: Column, rows: Sequence[Row], values: list[Any]) -> pa.Array:
    """The values as Arrow, once no character or number in them would be lost on the way to a reader."""
    try:
        array = pa.array(values, column.arrow.type)
    except (UnicodeEncodeError, OverflowError, pa.ArrowInvalid) as error:
        for number, value in enumerate(values):
            try:
                pa.array([value], column.arrow.type)
            except (UnicodeEncodeError, OverflowError, pa.ArrowInvalid) as why:
                what = f"holds a lone surrogate at {why.start}" if isinstance(why, UnicodeEncodeError) else str(why)
                _refuse(schema, rows, number, f"in {column.name}: {what}")
        raise RowError("row", str(error), "Report this as a bug.", schema.name) from error
    if column.type == "number" and not pc.all(pc.is_finite(array), min_count=0).as_py():
        number = pc.index(pc.is_finite(array), False).as_py()
        _refuse(schema, rows, number, f"has {values[number]!r} in {column.name}, which is not finite")
    if column.type in ("string", "array", "flags"):
        texts = array if column.type == "string" else pc.list_flatten(array)
        if column.type == "flags":
            texts = pc.binary_join_element_wise(*texts.flatten(), "", null_handling="replace")
        if pc.any(pc.match_substring(texts, "\x00"), min_count=0).as_py():
            number = next(n for n, value in enumerate(values) if "\x00" in str(value) or _holds_nul(value))
            place = values[number].find("\x00") if isinstance(values[number], str) else 0
            _refuse(schema, rows, number, f"in {column.name}: holds NUL at {place}")
    return array


def _holds_nul(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(
        "\x00" in text for part in value for text in (part.values() if isinstance(part, dict) else [part]) if text
    )


def _is_flag(part: Any) -> bool:
    """Whether a part of a list is a code with its details."""
    if not isinstance(part, dict) or part.keys() != {"code", "details"}:
        return False
    return type(part["code"]) is str and (part["details"] is None or type(part["details"]) is str)


def _refuse(schema: TableSchema, rows: Sequence[Row], number: int, what: str) -> NoReturn:
    """Raise for one row, named by its primary key."""
    key = ", ".join(f"{name}={rows[number].get(name)!r}" for name in schema.primary_key)
    raise RowError(
        "row",
        f"row {number} ({key}) {what}.",
        f"Mend the code that makes it, or schemas/{schema.name}.yaml if the column is meant to be so.",
        f"table {schema.name}",
    )
