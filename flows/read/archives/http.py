"""What a web server answered: head and body, the body unpacked as far as the limit for a document."""

from __future__ import annotations

import io
import re
import zlib
from typing import NamedTuple

import brotli

from flows.read.archives.limits import CHUNK, MAX_HEAD, BrokenError, Budget
from flows.read.reader import MAX_BYTES

MAX_CODINGS = 3
"""Content codings one over the other. Servers use one, a misconfigured one two."""

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_SIZE = re.compile(rb"[0-9a-fA-F]{1,8}")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


class Answer(NamedTuple):
    """Headers by their names in lower case, the first of each; the body as it went over the line."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str | None:
        return (self.headers.get("content-type") or "").partition(";")[0].strip().lower() or None


def parse_answer(block: bytes) -> Answer:
    """The answer of a server.

    Raises:
        BrokenError: it is none.
    """
    end = re.search(rb"\r?\n\r?\n", block[:MAX_HEAD])
    status = _STATUS.match(block)
    if end is None or status is None:
        raise BrokenError("malformed", "it is no answer in HTTP")
    return Answer(int(status.group(1)), parse_headers(block[: end.start()]), block[end.end() :])


def parse_headers(head: bytes) -> dict[str, str]:
    """Header lines, after a first line that is none; a line that begins with space goes on the one before."""
    found: dict[str, str] = {}
    for line in re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines()[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            text = _text(value.strip())
            found.setdefault(name.strip().lower().decode("latin-1"), text)
    return found


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def charset_of(content_type: str | None) -> str | None:
    """The charset that a Content-Type names."""
    found = _CHARSET.search(content_type or "")
    return found.group(1).lower() if found else None


def missing_from(answer: Answer) -> str | None:
    """The flag of an answer whose body is shorter than its Content-Length says. That is the length of what went over
    the line: of a body that the crawler joined or unpacked it says nothing."""
    said = answer.headers.get("content-length", "")
    coding = answer.headers.get("content-encoding", "").lower().strip()
    chunked = "transfer-encoding" in answer.headers
    if chunked or not (said.isascii() and said.isdecimal() and len(said) < 16) or int(said) <= len(answer.body):
        return None
    unpacked = coding not in ("", "identity", "none", "utf-8") and _is_text(answer.body)
    return None if unpacked else f"truncated:length:{len(answer.body)}:{int(said)}"


def body_of(answer: Answer, budget: Budget) -> bytes:
    """The document in the body. A body that is not packed as its headers say was unpacked by the crawler already.

    Raises:
        BrokenError: it is damaged, too large, or packed in a way not known here.
    """
    body = answer.body
    if "chunked" in answer.headers.get("transfer-encoding", "").lower():
        body = _without_chunks(body)
    codings = [name.strip() for name in answer.headers.get("content-encoding", "").lower().split(",")]
    codings = [name for name in codings if name not in ("", "identity", "none", "utf-8")]
    if len(codings) > MAX_CODINGS:
        raise BrokenError("unsupported", f"its body is packed {len(codings)} times")
    for coding in reversed(codings):
        body = _unpacked(body, coding, budget)
    return body


def _without_chunks(body: bytes) -> bytes:
    out: list[bytes] = []
    here = 0
    while size := _SIZE.match(body, here):
        line = body.find(b"\n", size.end(), size.end() + 1024)
        count = int(size.group(), 16)
        if line < 0:
            break
        if count == 0:
            return b"".join(out)
        out.append(body[line + 1 : line + 1 + count])
        here = line + 1 + count
        if here > len(body):
            raise BrokenError("truncated", "its body ends in the middle of a chunk")
        here += 2 if body[here : here + 2] == b"\r\n" else 1
    if not out:
        return body
    if here >= len(body):
        raise BrokenError("truncated", "its body ends before the last chunk")
    raise BrokenError("malformed", "its body is not in chunks as it says")


def _unpacked(body: bytes, coding: str, budget: Budget) -> bytes:
    if coding in ("gzip", "x-gzip", "deflate"):
        return _inflated(body, coding, budget)
    if coding == "br":
        return _without_brotli(body, budget)
    if coding == "zstd":
        return _without_zstd(body, budget)
    raise BrokenError("unsupported", f"its body is packed as {coding[:40]!r}")


def _inflated(body: bytes, coding: str, budget: Budget) -> bytes:
    if coding == "deflate":
        zlib_head = len(body) > 1 and body[0] & 15 == 8 and (body[0] << 8 | body[1]) % 31 == 0
        engine = zlib.decompressobj(wbits=15 if zlib_head else -15)
    elif body.startswith(b"\x1f\x8b"):
        engine = zlib.decompressobj(wbits=31)
    else:
        return body
    try:
        out = engine.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        if coding == "deflate" and _is_text(body):
            return body
        raise BrokenError("malformed", f"its body cannot be unpacked ({error})") from error
    budget.spend(len(out))
    if len(out) > MAX_BYTES:
        raise _too_large()
    if not engine.eof:
        raise BrokenError("truncated", "its packed body ends too soon")
    return out


def _without_brotli(body: bytes, budget: Budget) -> bytes:
    engine, out, size = brotli.Decompressor(), [], 0
    try:
        for start in range(0, len(body), CHUNK):
            piece = engine.process(body[start : start + CHUNK], output_buffer_limit=MAX_BYTES)
            while piece or not engine.can_accept_more_data():
                size += len(piece)
                budget.spend(len(piece))
                out.append(piece)
                if size > MAX_BYTES:
                    raise _too_large()
                piece = engine.process(b"", output_buffer_limit=MAX_BYTES)
    except brotli.error as error:
        if _is_text(body):
            return body
        raise BrokenError("malformed", f"its body cannot be unpacked ({error})") from error
    if not engine.is_finished():
        raise BrokenError("truncated", "its packed body ends too soon")
    return b"".join(out)


def _without_zstd(body: bytes, budget: Budget) -> bytes:
    if not body.startswith(b"\x28\xb5\x2f\xfd"):
        return body
    import pyarrow as pa  # its codecs, and it takes a while to load

    try:
        with pa.CompressedInputStream(io.BytesIO(body), "zstd") as stream:
            out = bytes(stream.read(MAX_BYTES + 1))
    except (OSError, ValueError) as error:
        raise BrokenError("malformed", f"its body cannot be unpacked ({error})") from error
    budget.spend(len(out))
    if len(out) > MAX_BYTES:
        raise _too_large()
    return out


def _is_text(body: bytes) -> bool:
    return body.lstrip()[:1] == b"<"


def _too_large() -> BrokenError:
    return BrokenError("too_large", f"it unpacks to more than {MAX_BYTES} bytes, the limit of a document")
