"""One file of `raw/` to a RawDocument. Never raises for what a file is or holds, and never blocks on it."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path
from typing import BinaryIO

from flows.document import UNKNOWN_ORIGIN, UNSTATED, Origin, RawDocument, Stated
from flows.errors import describe
from flows.read.formats import READERS, TEXT, UNKNOWN, media_type_of
from flows.read.raw_files import open_raw, pieces, reason_of
from flows.read.reading import Read, Unread, checked

MAX_BYTES = 16 * 2**20
"""The largest document that is cleaned: five million Chinese characters. More is an archive or an accident, and holding
it in memory would stop the shard that it stands in."""

BLANK = "\ufeff\0 \t\r\n\u3000"


def read(path: Path, root: Path) -> RawDocument:
    """The file at `path` as a document named by its place under `root`.

    A file that cannot be cleaned comes back with `reason`, "code: sentence", and an empty text. Codes: `unreadable`
    (permission, dangling link, input error), `not_a_file` (folder, pipe, device), `link` (it leads out of `root`),
    `too_large` (over MAX_BYTES), and those of `read_bytes`. `document_id` is the start of the sha256 of the bytes, or
    of the path where no bytes could be read.
    """
    name = os.path.relpath(path, root).replace(os.sep, "/")
    try:
        with open_raw(root, name) as file:
            sha256, byte_count, content = _bytes_of(file)
    except OSError as error:
        return unread(name, reason_of(error))
    if content is None:
        reason = f"too_large: {byte_count} bytes, the limit is {MAX_BYTES}"
        return RawDocument(sha256[:16], printable(name), sha256, byte_count, UNKNOWN, None, "", reason=reason)
    return read_bytes(content, name, sha256=sha256)


def read_bytes(
    content: bytes,
    name: str,
    origin: Origin = UNKNOWN_ORIGIN,
    sha256: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    stated: Stated = UNSTATED,
) -> RawDocument:
    """One document's bytes, whatever format they are in.

    Codes of `reason`: `empty`, those of the format's reader (`binary`, `undecodable`, `malformed`, `no_text`, ...), and
    `error` for a reader that broke.

    Args:
        name: its path, or that of its archive with the record's place in it behind.
        sha256: of the content, if it is known already.
        media_type, charset, stated: what was said of it where it came from.
    """
    sha256 = sha256 or hashlib.sha256(content).hexdigest()
    media_type = media_type_of(content, name, media_type)
    reading = _read(media_type, content, charset) if content else Unread("empty: the file holds no bytes")
    reason = None
    if isinstance(reading, Unread):
        reason, reading = reading.reason, Read("", None)
        media_type = UNKNOWN if reason.startswith("binary") else media_type
    elif not reading.text.strip(BLANK):
        reason, reading = "empty: the file holds white space only", Read("", reading.encoding, reading.flags)
    return RawDocument(
        document_id=sha256[:16],
        path=printable(name),
        sha256=sha256,
        byte_count=len(content),
        media_type=media_type,
        encoding=reading.encoding,
        text=reading.text,
        flags=reading.flags,
        reason=reason,
        origin=origin,
        blocks=reading.blocks,
        stated=_merged(stated, reading.stated) if reason is None else UNSTATED,
    )


def _read(media_type: str, content: bytes, charset: str | None) -> Read | Unread:
    """What the reader of a format makes of bytes. One that breaks on them, or gives what is no reading, is a fault of
    ours that this document is quarantined for."""
    try:
        return checked(READERS.get(media_type, READERS[TEXT])(content, charset))
    except MemoryError:  # the ceiling of a document (flows/work/memory.py)
        raise
    except Exception as error:
        return Unread(f"error: reading failed in {describe(error)}")


def _merged(said: Stated, own: Stated) -> Stated:
    """What the document says of itself; where it says nothing, what was said of it."""
    return said if own is UNSTATED else Stated(*(mine or theirs for mine, theirs in zip(own, said, strict=True)))


def printable(name: str) -> str:
    """The name with each character that cannot be shown or stored as UTF-8 (control and format characters, lone
    surrogates of undecodable file names) as a backslash escape."""
    if name.isascii() and name.isprintable():
        return name
    return "".join(
        char if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else _escaped(char)
        for char in name
    )


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def _bytes_of(file: BinaryIO) -> tuple[str, int, bytes | None]:
    """sha256, size and content; the content is None past MAX_BYTES, where only the digest is made, in chunks."""
    digest, size, chunks = hashlib.sha256(), 0, []
    for chunk in pieces(file):
        digest.update(chunk)
        size += len(chunk)
        if size <= MAX_BYTES:
            chunks.append(chunk)
        else:
            chunks.clear()
    return digest.hexdigest(), size, b"".join(chunks) if size <= MAX_BYTES else None


def unread(name: str, reason: str) -> RawDocument:
    """A document whose bytes cannot be had; its id is made of its name."""
    document_id = hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
    return RawDocument(document_id, printable(name), None, None, UNKNOWN, None, "", reason=reason)
