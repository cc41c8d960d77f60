"""What any file holds, as pieces of bytes that can be searched, whatever it is packed and written in.

Each piece comes as it stands, and once more as a reader would see it: without escapes, entities, tags and base64.
"""

from __future__ import annotations

import base64
import gzip
import html
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import quote, unquote_to_bytes

import pyarrow as pa
import pyarrow.parquet as pq

PIECE, OVERLAP = 2**22, 2**13
"""Bytes that are searched at once, and of them those that are searched again with the next, for what lies across."""

ROWS = 4096
"""Of a table that are searched at once."""

DEEPEST = 4
"""Archives in each other that are opened."""

PARQUET, ARROW, SQLITE, GZIP, ZIP = b"PAR1", b"ARROW1", b"SQLite format 3\0", b"\x1f\x8b", b"PK\x03\x04"

_UNICODE = re.compile(rb"(?:\\u[0-9a-fA-F]{4})+")
_TAGS = re.compile(rb"<[^<>]{0,2000}>")
_ENCODED = re.compile(rb"(?:%[0-9a-fA-F]{2})+")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{64,}={0,2}")


class Readable(Protocol):
    """An open file, or what is unpacked of one."""

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes, or all that is left."""


def pieces_of(path: Path) -> Iterator[bytes]:
    """All that a file holds.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(16)
        yield from pieces(file)
    if head.startswith(PARQUET):
        yield from _sound(lambda: _parquet(path))
    elif head.startswith(ARROW):
        yield from _sound(lambda: _arrow(path))
    elif head.startswith(SQLITE):
        yield from _sound(lambda: _sqlite(path))


def pieces(file: BinaryIO, depth: int = 0) -> Iterator[bytes]:
    """What an open file holds, unpacked if it is an archive, in pieces that overlap."""
    file.seek(0)
    head = file.read(4)
    if depth < DEEPEST and head.startswith(GZIP):
        file.seek(0)
        yield from _sound(lambda: _streamed(gzip.GzipFile(fileobj=file), depth))
    elif depth < DEEPEST and head == ZIP:
        yield from _sound(lambda: _members(file, depth))
    file.seek(0)
    yield from _cut(file)


def _sound(read: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """What is read before a file turns out to be damaged; what it holds as it stands is searched anyway."""
    try:
        yield from read()
    except (OSError, EOFError, ValueError, KeyError, RuntimeError, zlib.error, sqlite3.Error, zipfile.BadZipFile):
        return


def _members(file: BinaryIO, depth: int) -> Iterator[bytes]:
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            with archive.open(member) as stream:
                yield from _streamed(stream, depth)


def _streamed(stream: Readable, depth: int) -> Iterator[bytes]:
    """What is unpacked of an archive; an archive in it is unpacked whole."""
    first = stream.read(PIECE)
    if first.startswith((GZIP, ZIP)):
        yield from pieces(io.BytesIO(first + stream.read()), depth + 1)
    else:
        yield from _cut(stream, first)


def _cut(file: Readable, first: bytes = b"") -> Iterator[bytes]:
    before, found = b"", first or file.read(PIECE)
    while found:
        yield from shown(before + found)
        before, found = (before + found)[-OVERLAP:], file.read(PIECE)


def shown(piece: bytes, depth: int = 0) -> Iterator[bytes]:
    """A piece as it stands, and as a reader would see it."""
    yield piece
    plain = piece
    if b"\\" in plain:
        plain = _UNICODE.sub(_unescaped, plain).replace(b"\\/", b"/")
    if b"<" in plain:
        plain = _TAGS.sub(b"", plain)
    if b"&" in plain:
        plain = html.unescape(plain.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    if b"%" in plain:
        plain = _ENCODED.sub(lambda found: unquote_to_bytes(found[0]), plain)
    if plain != piece:
        yield plain
    if depth < DEEPEST:
        for packed in _BASE64.findall(piece):
            whole = packed[: len(packed) // 4 * 4]
            yield from _sound(partial(pieces, io.BytesIO(base64.b64decode(whole)), depth + 1))


def _unescaped(found: re.Match[bytes]) -> bytes:
    units = bytes.fromhex(found[0].replace(b"\\u", b"").decode())
    return units.decode("utf-16-be", "replace").encode()


def _parquet(path: Path) -> Iterator[bytes]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS):
            yield from _columns(batch)


def _arrow(path: Path) -> Iterator[bytes]:
    with pa.OSFile(str(path)) as source, pa.ipc.open_file(source) as file:
        for number in range(file.num_record_batches):
            yield from _columns(file.get_batch(number))


def _columns(rows: pa.RecordBatch) -> Iterator[bytes]:
    for column in rows.columns:
        if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
            values = (value for value in column.to_pylist() if value is not None)
            yield "\n".join(map(str, values)).encode("utf-8", "surrogatepass")


def _sqlite(path: Path) -> Iterator[bytes]:
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
        database.text_factory = bytes
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            name = table.decode().replace('"', '""')
            for row in database.execute(f'SELECT * FROM "{name}"'):
                for value in row:
                    if isinstance(value, bytes):
                        yield from pieces(io.BytesIO(value))
