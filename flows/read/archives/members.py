"""Members of a zip archive that are packed by bzip2 or LZMA, in pieces of a known size.

`zipfile` unpacks four kilobytes of these at once, whatever comes out: of 900 bytes two gigabytes may. What is packed by
deflate, or not at all, it gives in pieces itself.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from flows.read.archives.limits import CHUNK, BrokenError
from flows.read.archives.streams import part_of

HEADER = struct.Struct("<4s22xHH")
"""A member's own header up to the lengths of its name and its extra field, which follow."""

LEAST_WINDOW = 4096


Engine = bz2.BZ2Decompressor | lzma.LZMADecompressor
"""What unpacks one method. Both keep what they were given until all of it was asked for."""


def unpacked_member(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a member whose method is one of ENGINES, CHUNK of them at a time.

    Raises:
        BrokenError: its header, its data, its size or its checksum is wrong.
        OSError, EOFError, lzma.LZMAError: its data is wrong, as the method's library says it.
    """
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
    zipfile.ZIP_BZIP2: _bzip2,
    zipfile.ZIP_LZMA: _lzma,
}
"""By the number of the method."""
