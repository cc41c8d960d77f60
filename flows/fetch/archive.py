"""WARC files that appear whole: they grow out of sight, a whole record at a time, and are renamed when complete.

What stands in one tells what was fetched; nothing else has to survive. Payloads are stored unpacked: the headers that
said how they travelled are renamed to X-Archive-Orig-…, as web archives do.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import uuid
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from fastwarc.warc import WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.durable import sync_path
from flows.errors import InputError
from flows.fetch.archived import LOOK, PAGES, Entry, entries, records
from flows.fetch.client import Response
from flows.folder.files import sha256

TRAVEL = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""Headers about how the body travelled, which is not how it is stored."""


def stamp(at: dt.datetime) -> str:
    """A moment as WARC writes it, with microseconds; such texts sort by time."""
    return f"{at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def digest(body: bytes) -> str:
    """The name of a payload: "sha256:" and 64 hex digits."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


class Original(NamedTuple):
    """The response that holds a payload already."""

    url: str
    fetched_at: str


class OpenArchive:
    """An archive out of sight. The file is made with the first record; each record is on disk when `add` returns.

    Args:
        path: a hidden place on the file system of the archives.
        about: what the warcinfo record at the start says of all that follows.
    """

    def __init__(self, path: Path, about: Mapping[str, str]) -> None:
        self.path, self._about = path, about
        self._file: BinaryIO | None = None
        self._warcinfo = ""

    def add(self, response: Response, original: Original | None = None) -> Entry:
        """Writes a response; only its headers, as a revisit, where `original` has its payload.

        Raises:
            OSError: it cannot be written; what was there before is still whole.
        """
        file = self._file or self._begin(response.fetched_at)
        offset = file.tell()
        try:
            self._write(WARCWriter(file, gzip=True, warc_version="1.1"), response, original)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            file.seek(offset)
            file.truncate()
            raise
        return entry_of(response, offset)

    def close(self) -> None:
        """Lets go of the file."""
        if self._file:
            self._file.close()
            self._file = None

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._file.tell() if self._file else 0

    def _begin(self, at: dt.datetime) -> BinaryIO:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self._file = self.path.open("xb")
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        record = writer.create_warcinfo_record(None, dict(self._about))
        self._warcinfo = _record_id("warcinfo", self.path.name, stamp(at))
        record.rec_headers.replace_header("WARC-Record-ID", self._warcinfo)
        record.rec_headers.replace_header("WARC-Date", stamp(at))
        writer.write_record(record)
        sync_path(self.path.parent)
        return file

    def _write(self, writer: WARCWriter, response: Response, original: Original | None) -> None:
        names = {
            "WARC-Record-ID": _record_id("response", response.url, stamp(response.fetched_at)),
            "WARC-Date": stamp(response.fetched_at),
            "WARC-IP-Address": response.address,
            "WARC-Warcinfo-ID": self._warcinfo,
        }
        status = f"{response.status} {response.reason}".strip()
        http = StatusAndHeaders(status, _stored_headers(response), protocol="HTTP/1.1")
        payload = digest(response.body)
        if original:
            record = writer.create_revisit_record(
                response.url, payload, original.url, original.fetched_at, http, warc_headers_dict=names
            )
        else:
            record = writer.create_warc_record(
                response.url,
                "response",
                payload=io.BytesIO(response.body),
                length=len(response.body),
                http_headers=http,
                warc_headers_dict={**names, "WARC-Payload-Digest": payload},
            )
        writer.write_record(record)


def entry_of(response: Response, offset: int) -> Entry:
    """What an archive that holds the response there tells of it."""
    return Entry(
        response.url,
        stamp(response.fetched_at),
        response.status,
        digest(response.body),
        response.header("etag"),
        response.header("last-modified"),
        offset,
    )


def _stored_headers(response: Response) -> list[tuple[str, str]]:
    kept = [(f"X-Archive-Orig-{key}" if key.lower() in TRAVEL else key, value) for key, value in response.headers]
    return [*kept, ("Content-Length", str(len(response.body)))]


def _record_id(*parts: str) -> str:
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(parts)).urn}>"


def commit(hidden: Path, folder: Path) -> Path | None:
    """Makes an archive visible in `folder`, under its day and hash; None if it holds no response. What a kill left
    half-written at its end is cut off before.

    Raises:
        InputError: not all of it can be read; it stays where it is.
    """
    members = cut_to_whole_records(hidden)
    told = list(entries(hidden))
    if members != sum(1 for _ in records(hidden, PAGES | WarcRecordType.warcinfo)):
        raise InputError("archive", "not all records of the archive can be read.", LOOK, hidden)
    if not told:
        hidden.unlink()
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{told[0].fetched_at[:10]}-{sha256(hidden)[:16]}.warc.gz"
    sync_path(hidden)
    hidden.rename(target)
    sync_path(folder)
    sync_path(hidden.parent)
    return target


def cut_to_whole_records(path: Path) -> int:
    """Ends a file after its last complete gzip member, each of which is a record; gives how many there are."""
    whole = done = members = 0
    opened = zlib.decompressobj(31)
    with path.open("r+b") as file:
        while part := file.read(1 << 20):
            while part:
                try:
                    opened.decompress(part)
                except zlib.error:
                    file.truncate(whole)
                    return members
                done += len(part) - len(opened.unused_data)
                part = opened.unused_data
                if opened.eof:
                    whole, opened, members = done, zlib.decompressobj(31), members + 1
        file.truncate(whole)
    return members
