"""Parts of files, and bytes that come in pieces, as streams that are read like files."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from flows.read.archives.limits import CHUNK, BrokenError, Budget

GZIP = b"\x1f\x8b\x08"
"""How a gzip member begins: the magic bytes, and deflate, the only method there is."""

FIRST_CHUNK = 2**10
"""Bytes of a member that are read first, twice as many each time after that: what is read behind its end is read again,
and a file can hold a million empty members."""


class _Pieces(io.RawIOBase):
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        target = memoryview(buffer).cast("B")
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(target), len(self._rest))
        target[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def stream_of(pieces: Iterator[bytes]) -> BinaryIO:
    """The pieces as one stream. It raises what they raise, after all that came before was read."""
    return cast(BinaryIO, io.BufferedReader(_Pieces(pieces), CHUNK))


def part_of(file: BinaryIO, start: int, size: int) -> BinaryIO:
    """file[start:start + size] as a stream, which moves the file's own position."""
    return stream_of(_part(file, start, size))


def _part(file: BinaryIO, start: int, size: int) -> Iterator[bytes]:
    while size:
        file.seek(start)
        piece = file.read(min(size, CHUNK))
        if not piece:
            raise BrokenError("truncated", "the file ends in the middle of it")
        start, size = start + len(piece), size - len(piece)
        yield piece


def size_of(file: BinaryIO) -> int:
    """Bytes of an open file; its position stays."""
    here = file.tell()
    end = file.seek(0, io.SEEK_END)
    file.seek(here)
    return end


class Member:
    """One member of a gzip file, unpacked piece by piece; `end` is the first byte behind it, once it ended."""

    def __init__(self, file: BinaryIO, start: int, budget: Budget, chunk: int = CHUNK) -> None:
        self._file, self._start, self._budget, self._chunk = file, start, budget, chunk
        self.end: int | None = None

    def pieces(self) -> Iterator[bytes]:
        """Its bytes.

        Raises:
            BrokenError: its data or its checksum is wrong, or the file ends first.
        """
        engine = zlib.decompressobj(wbits=31)
        here, packed, chunk = self._start, b"", min(FIRST_CHUNK, self._chunk)
        while not engine.eof:
            if not packed:
                self._file.seek(here)
                packed = self._file.read(chunk)
                here, chunk = here + len(packed), min(2 * chunk, self._chunk)
            given = packed
            try:
                piece = engine.decompress(packed, CHUNK)
            except zlib.error as error:
                raise BrokenError("malformed", f"its gzip data is damaged ({error})") from error
            packed = engine.unconsumed_tail
            if not given and not piece and not engine.eof:
                raise BrokenError("truncated", "the file ends in the middle of its gzip data")
            self._budget.spend(len(piece))
            if piece:
                yield piece
        self.end = here - len(engine.unused_data)


def gunzip(file: BinaryIO, budget: Budget) -> Iterator[bytes]:
    """What a gzip file holds, all members after each other; zeros behind the last one are padding.

    Raises:
        BrokenError: see `Member`; or other bytes stand behind a member.
    """
    start, size = 0, size_of(file)
    while start < size or start == 0:
        file.seek(start)
        head = file.read(len(GZIP))
        if start and not head.strip(b"\0"):
            start += len(head)
            continue
        if head != GZIP:
            where = "behind its gzip data stand other bytes" if start else "it is not gzip"
            raise BrokenError("malformed", where)
        member = Member(file, start, budget)
        yield from member.pieces()
        assert member.end is not None
        start = member.end
