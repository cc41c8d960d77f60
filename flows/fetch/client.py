"""One request, without following where its answer leads, with limits on size and time."""

from __future__ import annotations

import datetime as dt
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import httpcore
import httpx

from flows.fetch.addresses import CheckedBackend, NoAddressError, RefusedAddressError, Resolve, resolve
from flows.fetch.sources import Source
from flows.fetch.values import Network

CONNECT_SECONDS = 15.0
LARGEST_HEAD = 16_384
"""Bytes of an answer's headers, as an archive holds them. Servers send one or two thousand, 8 KB is what most allow
themselves; of twice this much FastWARC, with which archives are read, reads none (32 KB)."""

MOST_MEMBERS, PIECE = 1000, 65_536
"""Members of a packed body, of which one is usual, and bgzip makes 800 of the largest sitemap; bytes unpacked at a
time."""

PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 47}
"""Content encodings that we unpack, and zlib's name for their form."""


class FetchError(Exception):
    """Why there is no answer to use: a short code and a sentence. `passing` if trying again can help."""

    def __init__(self, code: str, sentence: str, passing: bool = False) -> None:
        self.code, self.sentence, self.passing = code, sentence, passing
        super().__init__(f"{code}: {sentence}")

    def __reduce__(self) -> tuple[type[FetchError], tuple[str, str, bool]]:
        return FetchError, (self.code, self.sentence, self.passing)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of a body, unpacked; seconds for all of it; seconds of silence."""

    largest: int
    page_seconds: float
    read_seconds: float

    @classmethod
    def of(cls, source: Source) -> Limits:
        """Those of a source."""
        return cls(int(source.largest_mb * 1_000_000), source.seconds_a_page, source.seconds_a_read)

    def within(self, seconds: float) -> Limits:
        """These, but no more seconds for all of it than are left."""
        return replace(self, page_seconds=max(0.001, min(self.page_seconds, seconds)))


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. `body` is unpacked; `headers` are as they came, in order; `fetched_at` is when it was asked for."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    address: str
    fetched_at: dt.datetime

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def media_type(self) -> str:
        """What it says to be, in lower case, or ""."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()


def get(
    url: str,
    headers: Mapping[str, str],
    limits: Limits,
    fetched_at: dt.datetime,
    allowed: Sequence[Network] = (),
    look_up: Resolve = resolve,
) -> Response:
    """Asks for an address once, over a connection of its own.

    Raises:
        FetchError: no whole answer within the limits, or an address that may not be connected to.
    """
    backend = CheckedBackend(allowed, time.monotonic() + limits.page_seconds, look_up)
    where = httpx.URL(url)
    target = httpcore.URL(scheme=where.raw_scheme, host=where.raw_host, port=where.port, target=where.raw_path)
    connect = min(CONNECT_SECONDS, limits.page_seconds)
    timeout = {"connect": connect, "read": limits.read_seconds, "write": limits.read_seconds, "pool": connect}
    sent: list[tuple[bytes | str, bytes | str]] = [
        ("Host", where.netloc),
        *headers.items(),
        ("Accept-Encoding", "gzip"),
        ("Connection", "close"),
    ]
    try:
        with (
            httpcore.HTTPConnection(target.origin, ssl_context=_tls(), network_backend=backend) as connection,
            connection.stream("GET", target, headers=sent, extensions={"timeout": timeout}) as answer,
        ):
            reason = _decoded(answer.extensions.get("reason_phrase", b""))
            told = tuple((_decoded(name), _decoded(value)) for name, value in answer.headers)
            if len("".join(f"{name}: {value}\r\n" for name, value in (("", reason), *told)).encode()) > LARGEST_HEAD:
                raise FetchError("headers", f"its headers have more than {LARGEST_HEAD:,} bytes")
            body = b"".join(_unpacked(_limited(answer.iter_stream(), limits, backend.deadline), told, limits.largest))
            return Response(url, answer.status, reason, told, body, backend.address, fetched_at)
    except RefusedAddressError as error:
        raise FetchError("address", str(error)) from error
    except NoAddressError as error:
        raise FetchError("name", str(error), passing=True) from error
    except httpcore.TimeoutException as error:
        raise FetchError("timeout", f"no whole answer in time ({_said(error)})", passing=True) from error
    except httpcore.ConnectError as error:
        raise FetchError("connection", f"no connection ({_said(error)})", passing=True) from error
    except (httpcore.ProtocolError, httpcore.NetworkError) as error:
        raise FetchError("broken", f"the answer is broken ({_said(error)})", passing=True) from error
    except (httpcore.UnsupportedProtocol, UnicodeError, ValueError) as error:
        raise FetchError("request", f"it cannot be asked for ({_said(error)})") from error


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


def _decoded(header: bytes) -> str:
    try:
        return header.decode("utf-8")
    except UnicodeDecodeError:
        return header.decode("latin-1")


def _limited(parts: Iterable[bytes], limits: Limits, deadline: float) -> Iterator[bytes]:
    """The parts of a body as it travels, until it is too large or too late."""
    size = 0
    for part in parts:
        size += len(part)
        if size > limits.largest:
            raise FetchError("too_large", f"more than {limits.largest:,} bytes")
        if time.monotonic() > deadline:
            raise FetchError("timeout", f"not complete after {limits.page_seconds:g} seconds", passing=True)
        yield part


def _unpacked(parts: Iterable[bytes], headers: Iterable[tuple[str, str]], largest: int) -> Iterator[bytes]:
    named = [value.lower().strip() for key, value in headers if key.lower() == "content-encoding"]
    codings = [
        coding.strip() for value in named for coding in value.split(",") if coding.strip() not in ("", "identity")
    ]
    if not codings:
        yield from parts
    elif len(codings) > 1 or codings[0] not in PACKED:
        raise FetchError("encoding", f"it is packed as {', '.join(codings)[:80]}, which was not asked for")
    else:
        yield from unpack(parts, largest, PACKED[codings[0]])


def unpack(parts: Iterable[bytes], largest: int, form: int = 31) -> Iterator[bytes]:
    """What gzip (or zlib, by its `form`) packed, in one member or several; never more than `largest` bytes of it.

    Raises:
        FetchError: too large, damaged, in too many members, or not complete.
    """
    opened, size, begun, members = zlib.decompressobj(form), 0, False, 1
    for part in _pieces(parts):
        while part:
            if opened.eof:
                if not part.strip(b"\0"):  # padding
                    break
                opened, members = zlib.decompressobj(form), members + 1
                if members > MOST_MEMBERS:
                    raise FetchError("encoding", f"it is packed in more than {MOST_MEMBERS:,} members")
            begun = True
            try:
                piece = opened.decompress(part, largest - size + 1)
            except zlib.error as error:
                raise FetchError("encoding", f"its packing is damaged ({error})", passing=True) from error
            size += len(piece)
            if size > largest:
                raise FetchError("too_large", f"more than {largest:,} bytes when unpacked")
            yield piece
            part = opened.unconsumed_tail or opened.unused_data
    if begun and not opened.eof:
        raise FetchError("broken", "its packed body ends too early", passing=True)


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in small pieces: behind each member the rest of its piece is copied."""
    for part in parts:
        for start in range(0, len(part), PIECE):
            yield part[start : start + PIECE]
