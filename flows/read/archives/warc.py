"""WARC archives: what web servers answered, and what was stored of it otherwise, one document a record.

Written here and not with FastWARC, because that ends a file cut off in the headers of a record without a word, stops
at the first damaged record, and says nothing of a record's checksum; here each damaged place is a row, and the records
behind it are found again. Its reading of sound archives is the same: the tests compare.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, NamedTuple

from flows.document import RIGHTS, UNSTATED, Origin, Stated
from flows.read.archives.fields import parse_time
from flows.read.archives.http import body_of, charset_of, missing_from, parse_answer, parse_headers
from flows.read.archives.limits import CHUNK, MAX_HEAD, BrokenError, Budget
from flows.read.archives.record import Record
from flows.read.archives.streams import Member, size_of
from flows.read.reader import MAX_BYTES

MAX_BLOCK = MAX_BYTES + MAX_HEAD
"""Bytes of a record that may be a document: its body and the head of the answer."""

MEDIA = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/pdf",
        "multipart/related",
        "application/x-mimearchive",
        "application/octet-stream",
    }
)
"""Media types of documents; what says none is looked at too. Pictures, styles and scripts are no documents."""

DOCUMENTS = frozenset({"response", "resource", "conversion"})
MARK = b"WARC/"
_REASON = re.compile("[a-z]{1,20}")
_FIRST = re.compile(rb"WARC/\d\.\d+\s*$")


class Head(NamedTuple):
    """The headers of a record, and where its block stands."""

    headers: dict[str, str]
    start: int
    """Of the block, behind the headers."""
    length: int


def warc_records(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    """The records of an archive that is not packed; of `at` on, where that is given."""
    here, size, stated = at or 0, size_of(file), stated_of(file, packed=False)
    while (here := next_line(file, here)) < size:
        try:
            head = read_head(file, here)
            if head.start + head.length > size:
                raise BrokenError("truncated", f"the file ends in the middle of the record at {here}")
            if next_line(file, head.start + head.length) == head.start + head.length < size:
                raise BrokenError("malformed", f"the record at {here} does not end where it says")
        except BrokenError as error:
            yield broken(here, error)
            here = _next_record(file, here + 1)
            continue
        yield record_at(file, here, head, budget)._replace(stated=stated)
        here = head.start + head.length


@lru_cache(maxsize=8)
def stated_of(file: BinaryIO, packed: bool) -> Stated:
    """What an open archive says of all its pages; records are read one by one, and each would look for it again."""
    return _stated_by_member(file) if packed else _stated_by_info(file)


def _stated_by_info(file: BinaryIO) -> Stated:
    """What the `warcinfo` record that an archive begins with says of all its pages: `publisher` and `rights`, which
    `shegong collect` writes there (flows/fetch/sources.py)."""
    try:
        head = read_head(file, 0)
    except BrokenError:
        return UNSTATED
    if head.headers.get("warc-type", "").lower() != "warcinfo":
        return UNSTATED
    file.seek(head.start)
    fields = parse_headers(b"\n" + file.read(min(head.length, MAX_HEAD)))
    rights = fields.get("rights")
    return Stated(publisher=fields.get("publisher") or None, rights=rights if rights in RIGHTS else None)


def _stated_by_member(file: BinaryIO) -> Stated:
    """The same, of an archive packed by record. No more of its first record is unpacked than can be of use."""
    block = b""
    try:
        for piece in Member(file, 0, Budget(None), CHUNK // 4).pieces():
            block += piece
            if len(block) >= 2 * MAX_HEAD:
                break
    except BrokenError:
        return UNSTATED
    return _stated_by_info(io.BytesIO(block))


def next_line(file: BinaryIO, here: int) -> int:
    """The first byte that is no line end."""
    file.seek(here)
    piece = file.read(16)  # as a rule it is the fifth
    while piece:
        rest = piece.lstrip(b"\r\n")
        here += len(piece) - len(rest)
        piece = b"" if rest else file.read(CHUNK)
    return here


def read_head(file: BinaryIO, here: int) -> Head:
    """The headers of the record at `here`.

    Raises:
        BrokenError: there is no record, or its length is not known.
    """
    file.seek(here)
    block = file.read(4096)
    end = re.search(rb"\r?\n\r?\n", block)
    if end is None and len(block) == 4096:
        block += file.read(MAX_HEAD - 4096)
        end = re.search(rb"\r?\n\r?\n", block)
    if not _FIRST.match(block.partition(b"\n")[0]):
        raise BrokenError("malformed", f"at {here} stands no record")
    if end is None:
        code = "malformed" if len(block) >= MAX_HEAD else "truncated"
        raise BrokenError(code, f"the headers of the record at {here} do not end")
    headers = parse_headers(block[: end.start()])
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdecimal() and len(length) < 16):
        raise BrokenError("malformed", f"the record at {here} does not say its length")
    return Head(headers, here + end.end(), int(length))


def _next_record(file: BinaryIO, here: int) -> int:
    """Where the next record may begin, behind a broken one: at a line that begins like one."""
    overlap, file_end = len(MARK) + 1, size_of(file)
    while here < file_end:
        file.seek(here)
        piece = file.read(CHUNK)
        found = piece.find(b"\n" + MARK)
        if found >= 0:
            return here + found + 1
        here += max(len(piece) - overlap, 1) if here + len(piece) < file_end else len(piece)
    return file_end


def broken(offset: int, error: BrokenError) -> Record:
    """A place where a record should be."""
    return Record(offset, str(offset), reason=error.reason, origin=Origin(record_offset=offset))


def record_at(file: BinaryIO, offset: int, head: Head, budget: Budget) -> Record:
    """A sound record; one that is no document says what it is."""
    headers = head.headers
    kind = headers.get("warc-type", "").lower()
    own = headers.get("warc-record-id", "").strip("<> ") or str(offset)
    if kind not in DOCUMENTS:
        return Record(offset, own, skipped=kind[:40] or "without type")
    url = headers.get("warc-target-uri", "").strip("<> ") or None
    record_id = headers.get("warc-record-id") or None
    origin = Origin(url, parse_time(headers.get("warc-date", ""), dt.UTC), record_id, offset)
    whole = Record(offset, own, origin=origin, flags=_cut_short(headers))
    if head.length > MAX_BLOCK:
        return whole._replace(reason=too_large())
    file.seek(head.start)
    return _document(whole, headers, file.read(head.length), budget)


def _cut_short(headers: dict[str, str]) -> tuple[str, ...]:
    """The flag of a record that its crawler did not store whole, with the reason that it gives: length, time,
    disconnect or unspecified (ISO 28500)."""
    reason = headers.get("warc-truncated", "").strip().lower()
    return (f"truncated:{reason if _REASON.fullmatch(reason) else 'unspecified'}",) if reason else ()


def _document(record: Record, headers: dict[str, str], block: bytes, budget: Budget) -> Record:
    content_type = headers.get("content-type", "")
    if not content_type.lower().startswith("application/http"):
        return _with_body(record, content_type, block)
    try:
        answer = parse_answer(block)
        if answer.status != 200:
            return record._replace(skipped=f"status {answer.status}")
        if answer.media_type not in MEDIA and answer.media_type is not None:
            return record._replace(skipped=answer.media_type[:40])
        if not record.flags and (flag := missing_from(answer)):
            record = record._replace(flags=(flag,))
        return _with_body(record, answer.headers.get("content-type"), body_of(answer, budget))
    except BrokenError as error:
        return record._replace(reason=error.reason)


def _with_body(record: Record, content_type: str | None, body: bytes) -> Record:
    media_type = (content_type or "").partition(";")[0].strip().lower() or None
    if media_type is not None and media_type not in MEDIA:
        return record._replace(skipped=media_type[:40])
    return record._replace(stream=io.BytesIO(body), media_type=media_type, charset=charset_of(content_type))


def too_large() -> str:
    """The reason of a record that is no document for its size."""
    return f"too_large: it holds more than {MAX_BYTES} bytes, the limit of a document"
