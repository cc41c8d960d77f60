"""One file of `raw/` to a RawDocument. Never raises for what a file is or holds, and never blocks on it."""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from pathlib import Path

from flows.document import RawDocument
from flows.read.encoding import Decoded, Undecodable, decode

MAX_BYTES = 16 * 2**20
"""The largest document that is cleaned: five million Chinese characters. More is an archive or an accident, and holding
it in memory would stop the shard that it stands in."""

HASH_CHUNK = 2**20
PLAIN, UNKNOWN = "text/plain", "application/octet-stream"


def read(path: Path, root: Path) -> RawDocument:
    """The file at `path` as a document named by its place under `root`.

    A file that cannot be cleaned comes back with `reason`, "code: sentence", and an empty text. Codes: `unreadable`
    (permission, dangling link, input error), `not_a_file` (folder, pipe, device: never opened), `empty`, `too_large`
    (over MAX_BYTES), and those of `flows.read.encoding`: `binary`, `undecodable`. `document_id` is the start of the
    sha256 of the bytes, or of the path where no bytes could be read.
    """
    name = os.path.relpath(path, root).replace(os.sep, "/")
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            return _unread(name, f"not_a_file: it is {_sort_of(mode)}, not a regular file")
        sha256, byte_count, content = _bytes_of(path)
    except OSError as error:
        return _unread(name, f"unreadable: {error.strerror or error}")
    reason = None
    if not byte_count:
        reason = "empty: the file holds no bytes"
    elif content is None:
        reason = f"too_large: {byte_count} bytes, the limit is {MAX_BYTES}"
    else:
        decoded = decode(content)
        if isinstance(decoded, Decoded):
            if decoded.text.strip("\ufeff\0 \t\r\n\u3000"):
                return RawDocument(
                    sha256[:16],
                    printable(name),
                    sha256,
                    byte_count,
                    PLAIN,
                    decoded.encoding,
                    decoded.text,
                    decoded.flags,
                )
            reason = "empty: the file holds white space only"
        else:
            assert isinstance(decoded, Undecodable)
            reason = decoded.reason
    media_type = UNKNOWN if reason.startswith("binary") else PLAIN
    return RawDocument(sha256[:16], printable(name), sha256, byte_count, media_type, None, "", reason=reason)


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


def _bytes_of(path: Path) -> tuple[str, int, bytes | None]:
    """sha256, size and content; the content is None past MAX_BYTES, where only the digest is made, in chunks."""
    digest, size, chunks = hashlib.sha256(), 0, []
    with path.open("rb") as file:
        while chunk := file.read(HASH_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size <= MAX_BYTES:
                chunks.append(chunk)
            else:
                chunks.clear()
    return digest.hexdigest(), size, b"".join(chunks) if size <= MAX_BYTES else None


def _unread(name: str, reason: str) -> RawDocument:
    document_id = hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
    return RawDocument(document_id, printable(name), None, None, UNKNOWN, None, "", reason=reason)


def _sort_of(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "a folder"
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"
