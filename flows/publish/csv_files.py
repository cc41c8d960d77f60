"""Tables as CSV, put together by Arrow a column at a time: no row becomes a Python object."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

BATCH = 20_000
"""Rows that are put together at a time."""

COMMA, QUOTE, LINE_END, NOTHING = (pa.scalar(text, pa.large_string()) for text in (",", '"', "\r\n", ""))


def write_csv(rows: pa.Table, path: Path) -> None:
    """One table as CSV; see `append_csv`."""
    with path.open("wb") as out:
        append_csv(rows, out, head=True)


def append_csv(rows: pa.Table, out: BinaryIO, head: bool) -> None:
    """Rows as CSV after RFC 4180: UTF-8 without BOM, CRLF; with the names of the columns first.

    Every text and list stands in quotes, whether it needs them or not: readers that look at the first rows to find out
    how a file is written (DuckDB at 20,480) see it there. All else has none. Null is an empty cell and no text is ever
    empty; lists are JSON, dates ISO 8601. Cells are exact: one that starts with "=" is not guarded, so open the file
    in a spreadsheet as text.
    """
    if head:
        out.write(",".join(rows.column_names).encode() + b"\r\n")
    for batch in rows.to_batches(max_chunksize=BATCH):
        cells = [_cells(column) for column in batch.columns]
        lines = pc.binary_join_element_wise(*cells, COMMA, null_handling="replace", null_replacement="")
        _, places, characters = pc.binary_join_element_wise(lines, NOTHING, LINE_END).buffers()
        out.write(memoryview(characters)[: np.frombuffer(places, np.int64)[batch.num_rows]])


def _cells(column: pa.Array) -> pa.Array:
    """A column as the texts that stand in the file; null stays null."""
    if pa.types.is_integer(column.type) or pa.types.is_boolean(column.type) or pa.types.is_date(column.type):
        return column.cast(pa.large_string())
    texts = column if pa.types.is_string(column.type) else pa.array(cells_of(column), pa.string())
    texts = texts.cast(pa.large_string())  # a batch of long texts can pass 2 GB
    if not pa.types.is_string(column.type) and not pa.types.is_list(column.type):
        return texts
    return pc.binary_join_element_wise(NOTHING, pc.replace_substring(texts, '"', '""'), NOTHING, QUOTE)


def cells_of(column: pa.Array) -> list[Any]:
    """A column as Python's csv writes it into the same cells; null is None."""
    values: list[Any] = column.to_pylist()
    write = _writer_of(column.type)
    return values if write is None else [None if value is None else write(value) for value in values]


def _writer_of(kind: pa.DataType) -> Callable[[Any], str] | None:
    """How a value of that type is written, or None where csv itself writes it right."""
    if pa.types.is_list(kind):
        return lambda value: json.dumps(value, ensure_ascii=False)
    if pa.types.is_boolean(kind):
        return lambda value: "true" if value else "false"
    if pa.types.is_timestamp(kind):
        return dt.datetime.isoformat
    if pa.types.is_floating(kind):
        return lambda value: str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return None
