"""Dumps of one JSON object a line. Also the rows of a table (CSV, Parquet), which are unpacked to this form."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from flows.document import Origin
from flows.read.archives.fields import read_row
from flows.read.archives.limits import MAX_LINE, MAX_MARKS, BrokenError, Budget
from flows.read.archives.record import Record

_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.S)

ROW, VALUES, REASON = "row", "values", "reason"
"""What a line of an unpacked table holds: its number in the table, the values by column, or why there are none."""


def json_records(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    """The lines, named by their number, from 1; of `at` on, where that is given, named by their first byte. Blank
    lines are none. `offset` is the first byte."""
    for number, (offset, line) in enumerate(_lines(file, at or 0), 1):
        if isinstance(line, bytes) and not line.strip():
            continue
        shown = str(number) if at is None else str(offset)
        try:
            values = _parsed(line)
        except BrokenError as error:
            yield Record(offset, shown, reason=error.reason, origin=Origin(record_offset=offset))
        else:
            yield _record(offset, shown, values, offset)


def row_records(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    """The rows of a table, named by their number in it. Raises BrokenError where the file is not what was written."""
    for offset, line in _lines(file, at or 0):
        held = _parsed(line)
        if not isinstance(held.get(ROW), int):
            raise BrokenError("malformed", "it holds no rows of a table")
        number = held[ROW]
        if REASON in held:
            yield Record(offset, str(number), reason=held[REASON], origin=Origin(record_offset=number))
        else:
            yield _record(offset, str(number), held[VALUES], number)


def row_line(number: int, values: dict[str, Any] | None, reason: str | None = None) -> bytes:
    """A row of a table as `row_records` reads it."""
    held = {ROW: number, VALUES: values} if reason is None else {ROW: number, REASON: reason}
    try:
        return json.dumps(held, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps(held).encode() + b"\n"


def _record(offset: int, name: str, values: dict[str, Any], record_offset: int) -> Record:
    row = read_row(values, record_offset)
    stream = None if row.content is None else io.BytesIO(row.content)
    return Record(
        offset,
        name,
        stream,
        reason=row.reason,
        origin=row.origin,
        stated=row.stated,
        media_type=row.media_type,
        charset=row.charset,
    )


def _lines(file: BinaryIO, start: int) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its first byte; None for one that is too long."""
    file.seek(start)
    while line := file.readline(MAX_LINE + 1):
        length = len(line)
        if length <= MAX_LINE:
            yield start, line
        else:
            while not line.endswith(b"\n") and (line := file.readline(MAX_LINE)):
                length += len(line)
            yield start, None
        start += length
        file.seek(start)


def _parsed(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise BrokenError("too_large", f"the line has more than {MAX_LINE} bytes")
    if _marks(line) > MAX_MARKS and _marks(_TEXT.sub(b"", line)) > MAX_MARKS:
        raise BrokenError("too_many", f"the line is JSON of more than {MAX_MARKS} values")
    try:
        values = json.loads(line.removeprefix(codecs.BOM_UTF8).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BrokenError("undecodable", f"the line is not UTF-8 from its byte {error.start} on") from error
    except MemoryError as error:
        raise BrokenError("memory", "the line is JSON that takes more memory than a document may") from error
    except RecursionError as error:
        raise BrokenError("malformed", "the line is JSON nested too deep") from error
    except ValueError as error:
        raise BrokenError("malformed", f"the line is no JSON ({_short(error)})") from error
    if not isinstance(values, dict):
        raise BrokenError("malformed", "the line is JSON, but no object")
    return values


def _marks(line: bytes) -> int:
    """How many values JSON may hold: each stands behind a comma or a bracket."""
    return sum(map(line.count, (b",", b"[", b"{")))


def _short(error: ValueError) -> str:
    return f"{error.msg} at {error.pos}" if isinstance(error, json.JSONDecodeError) else "a number is too long"
