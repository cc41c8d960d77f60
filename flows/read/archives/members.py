"""Members of a zip archive, in pieces of a known size.

`zipfile` unpacks four kilobytes of bzip2 or LZMA at once, whatever comes out: of 900 bytes two gigabytes may. And what
it takes for damage is not the same in each version of Python: newer ones refuse members that share their bytes.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from flows.read.archives.limits import CHUNK, BrokenError
from flows.read.archives.streams import part_of

HEADER = struct.Struct("<4s22xHH")
"""A member's own header up to the lengths of its name and its extra field, which follow."""

LEAST_WINDOW = 4096

PATCHES = 0x20
"""Bit of a member's flags: its data are changes to another's."""


class Engine(Protocol):
    """What unpacks one method. It keeps what it was given until all of it was asked for."""

    @property
    def needs_input(self) -> bool:
        """Whether nothing that it was given is left."""

    @property
    def eof(self) -> bool:
        """Whether the packed data said that they end."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """What comes next, at most so many bytes."""


class _Stored:
    """What is not packed. No piece of it is longer than what is asked for, but behind its end."""

    needs_input, eof = True, False

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return data[:max_length]


class _Deflate:
    def __init__(self) -> None:
        self._engine = zlib.decompressobj(-zlib.MAX_WBITS)

    @property
    def needs_input(self) -> bool:
        return not self._engine.unconsumed_tail

    @property
    def eof(self) -> bool:
        return self._engine.eof

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._engine.decompress(self._engine.unconsumed_tail + data, max_length)


def unpacked_member(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member, CHUNK of them at a time.

    Raises:
        BrokenError: its header, its data, its size or its checksum is wrong.
        NotImplementedError: its method is none of ENGINES.
        OSError, EOFError, zlib.error, lzma.LZMAError: its data is wrong, as the method's library says it.
    """
    if member.compress_type not in ENGINES or member.flag_bits & PATCHES:
        raise NotImplementedError("patches" if member.flag_bits & PATCHES else f"number {member.compress_type}")
    packed = part_of(file, _data_of(file, member), member.compress_size)
    engine = ENGINES[member.compress_type](packed, member)
    left, checksum = member.file_size, 0
    while left:
        data = packed.read(CHUNK) if engine.needs_input else b""
        piece = engine.decompress(data, min(CHUNK, left))
        if not piece and (engine.eof or (engine.needs_input and not data)):
            raise BrokenError("truncated", f"its data ends {left} bytes before its size")
        left, checksum = left - len(piece), zlib.crc32(piece, checksum)
        if piece:
            yield piece
    if checksum != member.CRC:
        raise BrokenError("malformed", "its checksum is wrong")


def _data_of(file: BinaryIO, member: zipfile.ZipInfo) -> int:
    """Where the data of a member begins, behind its header."""
    file.seek(member.header_offset)
    head = file.read(HEADER.size)
    if len(head) < HEADER.size or not head.startswith(b"PK\3\4"):
        raise BrokenError("malformed", "there is no member where the list says")
    _, name, extra = HEADER.unpack(head)
    return int(member.header_offset + HEADER.size + name + extra)


def _stored(packed: BinaryIO, member: zipfile.ZipInfo) -> Engine:
    return _Stored()


def _deflate(packed: BinaryIO, member: zipfile.ZipInfo) -> Engine:
    return _Deflate()


def _bzip2(packed: BinaryIO, member: zipfile.ZipInfo) -> Engine:
    return bz2.BZ2Decompressor()


def _lzma(packed: BinaryIO, member: zipfile.ZipInfo) -> Engine:
    """LZMA behind the properties that zip puts in front (APPNOTE 5.8.8): two bytes of version, the size of the rest,
    and five of that: how it is packed, and how far back it may look, which takes memory, and never more than its size.
    """
    head = packed.read(4)
    properties = packed.read(int.from_bytes(head[2:], "little"))
    if len(head) < 4 or len(properties) != 5 or properties[0] >= 9 * 5 * 5:
        raise BrokenError("malformed", "the properties of its LZMA data are none")
    rest, literal = divmod(properties[0], 9)
    window = min(int.from_bytes(properties[1:], "little"), member.file_size)
    how = {"lc": literal, "lp": rest % 5, "pb": rest // 5, "dict_size": max(window, LEAST_WINDOW)}
    return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA1, **how}])


ENGINES: dict[int, Callable[[BinaryIO, zipfile.ZipInfo], Engine]] = {
    zipfile.ZIP_STORED: _stored,
    zipfile.ZIP_DEFLATED: _deflate,
    zipfile.ZIP_BZIP2: _bzip2,
    zipfile.ZIP_LZMA: _lzma,
}
"""By the number of the method."""
