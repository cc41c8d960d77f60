"""Checks of a table by itself: columns that belong together, spans, days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from flows.schema import OF_CORPUS, Check, TableSchema, schemas
from flows.validate.contents import UNKNOWN, Contents, Passes, check, each, truth
from flows.vocabulary import load_vocabulary


@check
def not_null(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column`, or every column of `each`, holds a value."""
    names = check.options.get("each") or [check.options["column"]]
    return truth(np.logical_and.reduce([contents.present(table.name, name) for name in names]))


@check
def required_when(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` holds a value wherever `when` holds, rows with the flag `unless_flag` (flag:subject) aside."""
    passes = not_null(contents, table, check) | ~_where(contents, table, check.options["when"])
    if flag := check.options.get("unless_flag"):
        passes |= each(contents.values(table.name, "flags"), lambda flags: any(f["code"] == flag for f in flags))
    return passes


@check
def flags_known(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """The code of every flag is one of the table codes."""
    known = load_vocabulary("code_names")["flags"]
    return each(contents.values(table.name, "flags"), lambda flags: all(flag["code"] in known for flag in flags or ()))


@check
def required_unless(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` holds a value except where `unless` holds."""
    return not_null(contents, table, check) | _where(contents, table, check.options["unless"])


@check
def null_when(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` is null wherever `when` holds."""
    return ~not_null(contents, table, check) | ~_where(contents, table, check.options["when"])


@check
def together(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """The two `columns` are null together or not at all."""
    first, second = check.options["columns"]
    return truth(contents.present(table.name, first) == contents.present(table.name, second))


@check
def ordered(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """The first of `columns` lies before the second, or with it if the span `may_be_empty`; nulls pass."""
    first, second = (contents.tables[table.name][name] for name in check.options["columns"])
    compare = pc.less_equal if check.options.get("may_be_empty") else pc.less
    return truth(pc.fill_null(compare(first, second), True))


@check
def between(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` lies between `minimum` and `maximum`, where given; nulls pass."""
    column = contents.tables[table.name][check.options["column"]]
    passes = np.ones(len(column), bool)
    if (low := check.options.get("minimum")) is not None:
        passes &= truth(pc.fill_null(pc.greater_equal(column, low), True))
    if (high := check.options.get("maximum")) is not None:
        passes &= truth(pc.fill_null(pc.less_equal(column, high), True))
    return passes


@check
def ratio_between(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` is at least `minimum` of the column `of`, wherever `when` holds."""
    part = contents.numbers(table.name, check.options["column"])
    whole = contents.numbers(table.name, check.options["of"])
    return truth((part >= check.options["minimum"] * whole) | ~_where(contents, table, check.options["when"]))


@check
def story_kept(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """Of a story less was removed than `share` of the column `of`, or less than `at_least` characters, by the code
    prose_removed in `column`, wherever `when` holds."""
    codes = (codes or () for codes in contents.values(table.name, check.options["column"]))
    lost = [sum(int(code.partition(":")[2]) for code in some if code.startswith("prose_removed:")) for some in codes]
    bound = np.maximum(check.options["share"] * contents.numbers(table.name, check.options["of"]), 1)
    too_much = (np.array(lost, np.int64) >= check.options["at_least"]) & (np.array(lost) >= bound)
    return truth(~too_much | ~_where(contents, table, check.options["when"]))


@check
def starts_with(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` begins with the value of the column `prefix` and a hyphen."""
    values = contents.values(table.name, check.options["column"])
    prefixes = contents.values(table.name, check.options["prefix"])
    pairs = zip(values, prefixes, strict=True)
    return np.fromiter((v is None or p is None or v.startswith(f"{p}-") for v, p in pairs), bool, len(values))


@check
def unique_together(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """No two rows agree in all of `columns`."""
    rows = list(zip(*(contents.values(table.name, name) for name in check.options["columns"]), strict=True))
    count = Counter(rows)
    return each(rows, lambda row: count[row] == 1)


@check
def columns_differ(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """The two `columns` never hold the same value."""
    first, second = (contents.tables[table.name][name] for name in check.options["columns"])
    return truth(pc.fill_null(pc.not_equal(first, second), True))


@check
def same_day(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """A date column and a time column name the same day in China; a time without a date fails."""
    days, times = (contents.values(table.name, name) for name in check.options["columns"])
    pairs = zip(days, times, strict=True)
    return np.fromiter((time is None or time.date() == day for day, time in pairs), bool, len(days))


@check
def not_after_version(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` (a date, a time, or a date, month or year as text) is at most `days` after the version's date."""
    last = contents.day + dt.timedelta(days=check.options.get("days", 1))
    return each(contents.values(table.name, check.options["column"]), lambda value: _day(value) <= last)


def latest_day(part: Mapping[str, pa.Table]) -> dt.date:
    """The first day on which no check of a part finds anything too far ahead: asked on that day or any later one, the
    gates say the same."""
    latest = dt.date.min
    for table in schemas().values():
        for one in (one for one in table.checks if one.kind == not_after_version.__name__):
            values = map(_day, pc.unique(part[table.name][one.options["column"]].drop_null()).to_pylist())
            ahead = max(values, default=dt.date.min) - dt.date.min - dt.timedelta(days=one.options.get("days", 1))
            latest = max(latest, dt.date.min + max(ahead, dt.timedelta(0)))
    return latest


def _day(value: Any) -> dt.date:
    """The first day that a value can mean; one that is no date passes here, since its pattern is another gate."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return dt.date.min


def _where(contents: Contents, table: TableSchema, condition: dict[str, list[Any]]) -> Passes:
    """Rows whose columns hold one of the values that the condition lists for each."""
    columns = contents.tables[table.name]
    hits = [truth(pc.is_in(columns[name], value_set=pa.array(values))) for name, values in condition.items()]
    return truth(np.logical_and.reduce(hits))


@check
def foreign_key(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` is null or stands in `parent_column` of the table `parent`."""
    options = check.options
    if options["parent"] in OF_CORPUS:
        known = pa.array(contents.across.entities, pa.string())
        column = contents.tables[table.name][options["column"]]
        return truth(pc.is_in(column, value_set=known)) | ~contents.present(table.name, options["column"])
    place = contents.place(table.name, options["column"], options["parent"], options["parent_column"])
    passes = truth((place != UNKNOWN) | ~contents.present(table.name, options["column"]))
    if options["parent"] == table.name and contents.across.originals:  # the only key that leads to another document
        there = pa.array(sorted(contents.across.originals), pa.string())
        passes |= truth(pc.is_in(contents.tables[table.name][options["column"]], value_set=there))
    return passes


@check
def no_empty_text(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """No column of `each` is "" and no list in them holds "" or null: what is not known is null."""
    passes = np.ones(contents.rows(table.name), bool)
    for name in check.options["each"]:
        column = contents.tables[table.name][name].combine_chunks()
        if pa.types.is_list(column.type):
            parts = pc.list_flatten(column)
            parts = parts.field("code") if pa.types.is_struct(parts.type) else parts
            bad = pc.fill_null(pc.equal(parts, ""), True)
            passes[pc.list_parent_indices(column).filter(bad).to_numpy()] = False
        else:
            passes &= truth(pc.fill_null(pc.not_equal(column, ""), True))
    return passes


@check
def in_vocabulary(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` is null or one of `values`."""
    column = contents.tables[table.name][check.options["column"]]
    known = pa.array([*check.options["values"], None], pa.string())
    return truth(pc.is_in(column, value_set=known))
