"""Parquet: each row to a line of JSON, so that one row is found again without all before it."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from flows.document import Origin
from flows.read.archives.fields import BYTES, columns_of
from flows.read.archives.limits import BrokenError, Budget
from flows.read.archives.lines import row_line
from flows.read.archives.record import Record
from flows.read.archives.streams import stream_of
from flows.read.reader import MAX_BYTES

ROWS_AT_ONCE, BYTES_AT_ONCE = 16, 2**26
"""Rows decoded at a time, and about how many bytes of them, as far as the file says; of the largest documents, each a
copy of one that it holds once, they take 256 MB."""

MAX_METADATA = 64 * 2**20
"""Bytes of one text and of one list in the file's description of itself."""


def parquet_records(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    """The table's rows, as one container.

    Raises:
        BrokenError: it is no Parquet, or no column of it is known to hold documents.
    """
    yield Record(0, "", stream_of(_rows(file, budget)), "rows", origin=Origin())


def _rows(file: BinaryIO, budget: Budget) -> Iterator[bytes]:
    try:
        file.seek(0)
        table = pq.ParquetFile(
            file,
            buffer_size=2**20,
            pre_buffer=False,
            thrift_string_size_limit=MAX_METADATA,
            thrift_container_size_limit=MAX_METADATA,
        )
        simple = [field.name for field in table.schema_arrow if _is_simple(field.type)]
        size = _unpacked_size(table.metadata, simple)
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError, KeyError, NotImplementedError) as error:
        raise BrokenError("malformed", f"it is no Parquet file ({_said(error)})") from error
    wanted = columns_of(simple)
    budget.expect(size)
    number = 0
    try:
        at_once = max(1, min(ROWS_AT_ONCE, BYTES_AT_ONCE * table.metadata.num_rows // max(size, 1)))
        for batch in table.iter_batches(at_once, columns=wanted, use_threads=False):
            for place in range(batch.num_rows):
                row = (column[place].as_py() for column in batch.columns)
                line = _line(number, dict(zip(batch.schema.names, row, strict=True)))
                budget.spend(len(line))
                yield line
                number += 1
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError, NotImplementedError) as error:
        raise BrokenError("malformed", f"the table cannot be read past row {number} ({_said(error)})") from error
    if number != table.metadata.num_rows:
        raise BrokenError("truncated", f"the table has {number} rows and says {table.metadata.num_rows}")


def _unpacked_size(metadata: pq.FileMetaData, wanted: Collection[str]) -> int:
    """Bytes of the wanted columns, as the file says."""
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    columns = (group.column(number) for group in groups for number in range(group.num_columns))
    return sum(
        max(column.total_uncompressed_size, 0)
        for column in columns
        if column.path_in_schema.partition(".")[0] in wanted
    )


def _line(number: int, row: dict[str, Any]) -> bytes:
    size = sum(len(value) for value in row.values() if isinstance(value, str | bytes))
    if size > 2 * MAX_BYTES:
        return row_line(number, None, f"too_large: the row has more than {2 * MAX_BYTES} bytes")
    return row_line(number, {name: _plain(value) for name, value in row.items()})


def _is_simple(kind: pa.DataType) -> bool:
    """Whether a column holds one value a row, or a list of texts; others are not read."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return bool(pa.types.is_string(kind.value_type) or pa.types.is_large_string(kind.value_type))
    return not pa.types.is_nested(kind)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {BYTES: base64.b64encode(value).decode("ascii")}
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value if isinstance(value, str | int | float | bool | list) else None


def _said(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
