"""Zip archives: members in the order of the archive's list, found again by the offset of their header."""

from __future__ import annotations

import stat
import struct
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from flows.document import Origin
from flows.read.archives.kinds import kind_of
from flows.read.archives.limits import MAX_DIRECTORY, BombError, BrokenError, Budget
from flows.read.archives.members import unpacked_member
from flows.read.archives.record import Record
from flows.read.archives.streams import size_of, stream_of
from flows.read.encoding import decode
from flows.read.reading import Unread

END, END64, LOCATOR64 = b"PK\5\6", b"PK\6\6", b"PK\6\7"
ENCRYPTED, UTF8 = 0x1, 0x800
"""Bits of a member's flags."""

JUNK_FOLDER, JUNK = "__MACOSX/", frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems put into archives beside what their user did."""

UNREADABLE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError, struct.error)
"""What `zipfile` raises for bytes that it cannot read, by what it reads."""


def zip_records(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    """All members but folders; of `at` on, where that is given.

    Raises:
        BrokenError: the archive's list of members cannot be read.
    """
    archive, encoding, places = _opened(file) if at is None else _opened_again(file)
    members = archive.infolist() if at is None else [places[at]] if at in places else []
    for member in members:
        own = _name_of(member, encoding)
        origin = Origin(record_id=own, record_offset=member.header_offset)
        if is_junk(own) or member.is_dir():
            yield Record(member.header_offset, own, skipped="junk" if is_junk(own) else "folder")
        elif stat.S_ISLNK(member.external_attr >> 16):  # what it holds is the path that it leads to
            reason = "not_a_file: it is a link, not a regular file"
            yield Record(member.header_offset, own, reason=reason, origin=origin)
        elif member.flag_bits & ENCRYPTED:
            reason = "encrypted: it needs a password"
            yield Record(member.header_offset, own, reason=reason, origin=origin)
        else:
            stream = stream_of(_pieces(file, member, budget))
            yield Record(member.header_offset, own, stream, kind_of(own), origin=origin)


def is_junk(name: str) -> bool:
    """Whether a system put it there, not a person."""
    last = name.rpartition("/")[2]
    return name.startswith(JUNK_FOLDER) or f"/{JUNK_FOLDER}" in name or last in JUNK or last.startswith("._")


class _Opened(NamedTuple):
    archive: zipfile.ZipFile
    encoding: str | None
    """Of the names that do not say theirs."""
    places: dict[int, zipfile.ZipInfo]


def _opened(file: BinaryIO) -> _Opened:
    archive = _open(file)
    places = {member.header_offset: member for member in reversed(archive.infolist())}
    return _Opened(archive, _encoding_of_names(archive), places)


_opened_again = lru_cache(maxsize=4)(_opened)
"""For one member after the other: the list of members is read once."""


def _open(file: BinaryIO) -> zipfile.ZipFile:
    if _directory_size(file) > MAX_DIRECTORY:
        raise BombError("too_many", f"its list of members takes more than {MAX_DIRECTORY} bytes")
    try:
        return zipfile.ZipFile(file)
    except (*UNREADABLE, UnicodeDecodeError, OverflowError, IndexError) as error:
        raise BrokenError("malformed", f"its list of members cannot be read ({_said(error)})") from error


def _directory_size(file: BinaryIO) -> int:
    """What the archive says of the size of its list, which `zipfile` reads into memory; never more than its file."""
    size = size_of(file)
    file.seek(max(0, size - 2**16 - 22))
    tail = file.read()
    end = tail.rfind(END)
    if end < 0 or len(tail) < end + 22:
        return 0
    (said,) = struct.unpack_from("<L", tail, end + 12)
    locator = tail.rfind(LOCATOR64, 0, end)
    if said == 2**32 - 1 and locator >= 0:
        (place,) = struct.unpack_from("<Q", tail, locator + 8)
        if place < size:
            file.seek(place)
            head = file.read(56)
            if head.startswith(END64) and len(head) == 56:
                (said,) = struct.unpack_from("<Q", head, 40)
    return min(int(said), size)


def _encoding_of_names(archive: zipfile.ZipFile) -> str | None:
    """The encoding of the names that do not say theirs, told from all together; None when there is no telling."""
    raw = [_raw_name(member) for member in archive.infolist() if not member.flag_bits & UTF8]
    strange = [name for name in raw if not name.isascii()]
    if not strange:
        return None
    reading = decode(b"\n".join(strange))
    return None if isinstance(reading, Unread) else reading.encoding


def _name_of(member: zipfile.ZipInfo, encoding: str | None) -> str:
    if member.flag_bits & UTF8 or encoding is None:
        return member.filename
    return _raw_name(member).partition(b"\0")[0].decode(encoding, "replace")


def _raw_name(member: zipfile.ZipInfo) -> bytes:
    return member.orig_filename.encode("cp437", "replace")  # what `zipfile` decoded it with


def _pieces(file: BinaryIO, member: zipfile.ZipInfo, budget: Budget) -> Iterator[bytes]:
    """The bytes of a member, of which no more than CHUNK are unpacked at a time."""
    try:
        for piece in unpacked_member(file, member):
            budget.spend(len(piece))
            yield piece
    except (BombError, BrokenError, MemoryError):
        raise
    except NotImplementedError as error:
        raise BrokenError("unsupported", f"it is packed by a method not known here ({_said(error)})") from error
    except Exception as error:  # OSError, EOFError, zlib.error, lzma.LZMAError: each method has its own
        raise BrokenError("malformed", f"it cannot be unpacked ({_said(error)})") from error


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
