"""WARC archives in which each record is packed by itself, so that any can be read without those before it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from flows.document import Origin
from flows.read.archives.limits import CHUNK, MAX_HEAD, BrokenError, Budget
from flows.read.archives.record import Record
from flows.read.archives.streams import GZIP, Member, size_of
from flows.read.archives.warc import MARK, MAX_BLOCK, broken, next_line, read_head, record_at, stated_of, too_large


class OneStreamError(Exception):
    """The records are not packed one by one: there is no finding one without all before it."""


def packed_records(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    """The records of an archive in which each is a gzip member of its own; `offset` is that of the member.

    Raises:
        OneStreamError: they are packed otherwise.
    """
    here, size, stated = at or 0, size_of(file), stated_of(file, packed=True)
    while here < size:
        member = Member(file, here, budget, CHUNK // 4)
        try:
            block = _gathered(member, here)
        except BrokenError as error:
            yield broken(here, error)
            here = _next_member(file, here + 1)
            continue
        assert member.end is not None
        if block is None:
            yield Record(here, str(here), reason=too_large(), origin=Origin(record_offset=here))
        elif block.strip():
            yield _only_record(block, here, budget, file, member.end)._replace(stated=stated)
        here = member.end


def _only_record(block: bytes, offset: int, budget: Budget, archive: BinaryIO, behind: int) -> Record:
    """The record of a member, at whose offset it goes. One that is shorter than it says is flagged, if the archive does
    not go on with it `behind` the member."""
    file = io.BytesIO(block)
    try:
        head = read_head(file, next_line(file, 0))
    except BrokenError as error:
        return broken(offset, error)
    end = head.start + head.length
    short = end > len(block)
    if (short and not _begins_record(archive, behind)) or block[end : end + MAX_HEAD].strip():
        raise OneStreamError
    record = record_at(file, offset, head, budget)
    if not short or record.stream is None:
        return record
    return record._replace(flags=(f"truncated:length:{len(block) - head.start}:{head.length}",))


def _gathered(member: Member, offset: int) -> bytes | None:
    """What a member holds; None when that is more than a document."""
    pieces, count = [], 0
    for piece in member.pieces():
        count += len(piece)
        pieces.append(piece)
        if count > MAX_BLOCK:
            if offset == 0 and _holds_more(b"".join(pieces)):
                raise OneStreamError
            pieces.clear()
    return b"".join(pieces) if count <= MAX_BLOCK else None


def _holds_more(block: bytes) -> bool:
    """Whether the first record ends before the block does."""
    try:
        head = read_head(io.BytesIO(block), 0)
    except BrokenError:
        return False
    return head.start + head.length + 4 < len(block)


def _next_member(file: BinaryIO, here: int) -> int:
    """Where the next member that holds a record begins, behind a broken one."""
    file_end = size_of(file)
    while here < file_end:
        file.seek(here)
        piece = file.read(CHUNK)
        found = piece.find(GZIP)
        if found < 0:
            here += max(len(piece) - len(GZIP) + 1, 1)
            continue
        here += found
        if _begins_record(file, here):
            return here
        here += 1
    return file_end


def _begins_record(file: BinaryIO, here: int) -> bool:
    """Whether the gzip member there holds a record; at the end of the file, where one might begin, it does too."""
    try:
        return here >= size_of(file) or next(Member(file, here, Budget(None), 512).pieces(), b"").startswith(MARK)
    except BrokenError:
        return False
