"""Tar archives: members in the order of the file, found again by the offset of their first header."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from flows.document import Origin
from flows.read.archives.kinds import kind_of
from flows.read.archives.limits import CHUNK, BrokenError, Budget
from flows.read.archives.record import Record
from flows.read.archives.streams import part_of, size_of
from flows.read.archives.zips import is_junk
from flows.read.encoding import decode
from flows.read.reading import Unread

MAX_EXTENDED = 2**14
"""Bytes of a header that extends another (long names, pax), which `tarfile` reads into memory and searches in time
that grows with the square. Names have 4 KB at most."""

EXTENDING = frozenset(
    {
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
    }
)
UNREADABLE = (tarfile.TarError, ValueError, EOFError, OverflowError, RecursionError, IndexError, KeyError, OSError)
"""What `tarfile` raises for headers that are none."""


class _Header(tarfile.TarInfo):
    """A header whose size is looked at before anything is done with it."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.size < 0 or (self.type in EXTENDING and self.size > MAX_EXTENDED):
            raise tarfile.ReadError("a header says an impossible size")
        return cast(tarfile.TarInfo, super()._proc_member(archive))  # type: ignore[misc]


def tar_records(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    """All members but folders; of `at` on, where that is given. A broken header is the last record."""
    file.seek(at or 0)
    here = at or 0
    try:
        archive = tarfile.TarFile(fileobj=file, tarinfo=_Header, errors="surrogateescape", errorlevel=2)
    except UNREADABLE as error:
        raise BrokenError("malformed", f"it is no tar archive ({error})") from error
    size, regular = size_of(file), False
    while True:
        try:
            member = archive.next()
        except UNREADABLE as error:
            if not (regular and archive.offset > size):  # else the member that is cut off says so itself
                yield _broken(here, "malformed", f"the header at {here} cannot be read ({error})")
            return
        archive.members = []  # type: ignore[attr-defined]  # else all headers stay in memory
        if member is None:
            problem = _what_ends(file, archive.offset, size)
            if problem:
                yield _broken(archive.offset, *problem)
            return
        if archive.offset <= here or member.size < 0:
            yield _broken(here, "malformed", f"the header at {here} leads backwards")
            return
        here, regular = archive.offset, member.isreg() and not member.issparse()
        yield _record(file, member)


def _broken(offset: int, code: str, sentence: str) -> Record:
    return Record(offset, str(offset), reason=f"{code}: {sentence}", origin=Origin(record_offset=offset))


def _what_ends(file: BinaryIO, offset: int, size: int) -> tuple[str, str] | None:
    """What is wrong with the end, which `tarfile` takes anything for: a block of zeros has to mark it."""
    file.seek(offset)
    rest = file.read(CHUNK)
    if not rest.strip(b"\0") and len(rest) >= tarfile.BLOCKSIZE:
        return None
    if size - offset < tarfile.BLOCKSIZE:
        return "truncated", "the archive ends without its end mark"
    return "malformed", f"the header at {offset} cannot be read"


def _record(file: BinaryIO, member: tarfile.TarInfo) -> Record:
    own = _decoded(member.name)
    origin = Origin(record_id=own, record_offset=member.offset)
    if is_junk(own) or member.isdir():
        return Record(member.offset, own, skipped="junk" if is_junk(own) else "folder")
    if not member.isreg() or member.issparse():
        reason = f"not_a_file: it is {_sort_of(member)}, not a regular file"
        return Record(member.offset, own, reason=reason, origin=origin)
    stream = part_of(file, member.offset_data, member.size)
    return Record(member.offset, own, stream, kind_of(own), origin=origin)


def _decoded(name: str) -> str:
    """A name with bytes that are not UTF-8 in the encoding that it looks like."""
    try:
        raw = name.encode("utf-8", "surrogateescape")
        return raw.decode("utf-8")
    except UnicodeEncodeError:
        return name
    except UnicodeDecodeError:
        pass
    reading = decode(raw)
    return name if isinstance(reading, Unread) else reading.text


def _sort_of(member: tarfile.TarInfo) -> str:
    if member.issym() or member.islnk():
        return "a link"
    if member.issparse():
        return "a file with holes"
    return "a pipe" if member.isfifo() else "a device"
