"""CSV and TSV: each row to a line of JSON, so that one row is found again without all before it."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from flows.document import Origin
from flows.read.archives.fields import columns_of, kind_of_column
from flows.read.archives.limits import MAX_LINE, BrokenError, Budget
from flows.read.archives.lines import row_line
from flows.read.archives.record import Record
from flows.read.archives.streams import stream_of
from flows.read.encoding import decode
from flows.read.reader import MAX_BYTES
from flows.read.reading import Unread

HEAD = 2**18
"""Bytes at the start that encoding, separator and header are told from."""

SEPARATORS = ",\t;|"
UNDECODED = re.compile("[\udc80-\udcff]")
MAX_COLUMNS = 10_000
MAX_ROW_LINES = 200_000
"""Lines of one row: a document of MAX_BYTES has some; more come from a quote that is never closed."""


def csv_records(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    """The table's rows, as one container.

    Raises:
        BrokenError: it is no text, or no column of it is known to hold documents.
    """
    file.seek(0)
    head = file.read(HEAD)
    encoding = _encoding_of(head)
    file.seek(0)
    lines = io.TextIOWrapper(file, encoding, errors=_errors(encoding), newline="")
    try:
        separator = _separator_of(lines.readline(HEAD))
        lines.seek(0)
        yield Record(0, "", stream_of(_rows(lines, separator)), "rows", origin=Origin())
    finally:
        lines.detach()


def _encoding_of(head: bytes) -> str:
    whole = head if len(head) < HEAD else head[: head.rfind(b"\n") + 1] or head
    if not whole.strip():
        raise BrokenError("empty", "the table holds no bytes")
    reading = decode(whole)
    if isinstance(reading, Unread) or reading.encoding is None:
        raise BrokenError("undecodable", "the table is no text in any encoding known here")
    encoding = reading.encoding
    if encoding == "utf-8":
        return "utf-8-sig"
    return encoding[:6] if encoding.startswith("utf-") and head[:2] in (b"\xff\xfe", b"\xfe\xff") else encoding


def _errors(encoding: str) -> str:
    """Undecodable bytes stay what they were where that is possible, so that a row with them is known."""
    return "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"


def _separator_of(line: str) -> str:
    """The separator that gives the header most columns that are known."""

    def known(separator: str) -> int:
        names = next(csv.reader([line.rstrip("\r\n")], delimiter=separator), [])
        return sum(kind_of_column(name) is not None for name in names)

    return max(SEPARATORS, key=known)


def _rows(file: io.TextIOWrapper, separator: str) -> Iterator[bytes]:
    csv.field_size_limit(MAX_LINE)
    rows = _parsed(file, separator)
    header = next(rows, None)
    if header is None or isinstance(header, str) or len(header) > MAX_COLUMNS:
        raise BrokenError("malformed", "the table has no header")
    wanted = set(columns_of(header))
    for number, row in enumerate(rows):
        if isinstance(row, str):
            yield row_line(number, None, row)
        elif len(row) != len(header):
            yield row_line(number, None, f"malformed: the row has {len(row)} fields, the header {len(header)}")
        elif any(UNDECODED.search(field) for field in row if not field.isascii()):
            yield row_line(number, None, "undecodable: the row holds bytes that are not in the encoding of the table")
        else:
            yield row_line(number, {name: value for name, value in zip(header, row, strict=True) if name in wanted})


def _parsed(file: io.TextIOWrapper, separator: str) -> Iterator[list[str] | str]:
    """The rows, or why one is none. A quote that is never closed costs its own line, not the rest of the table."""
    waiting: deque[str] = deque()
    width: int | None = None
    while True:
        lines = _row_lines(file, waiting)
        if not lines:
            return
        row = _split(lines, separator)
        if (row is None or (width is not None and len(row) != width)) and len(lines) > 1:
            waiting.extendleft(reversed(lines[1:]))
            row = _split(lines[:1], separator)
        if row == []:
            continue
        if row is None:
            yield "malformed: the row cannot be read: a quote is not closed, or a field is too long"
        else:
            width = width or len(row)
            yield row


def _row_lines(file: io.TextIOWrapper, waiting: deque[str]) -> list[str]:
    """The lines up to where as many quotes are closed as were opened, or to what a row may have."""
    lines: list[str] = []
    quotes = size = 0
    while size <= 2 * MAX_BYTES and len(lines) <= MAX_ROW_LINES:
        line = waiting.popleft() if waiting else file.readline(MAX_BYTES)
        if not line:
            break
        lines.append(line)
        quotes += line.count('"')
        size += len(line)
        if quotes % 2 == 0:
            break
    return lines


def _split(lines: list[str], separator: str) -> list[str] | None:
    """The fields of one row; None when it is none."""
    try:
        rows = list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else [] if not rows else None
