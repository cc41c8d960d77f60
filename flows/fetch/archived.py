"""What WARC files of ours tell of the responses in them, and a response as it stands there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.errors import InputError
from flows.fetch.client import Response

PAGES = WarcRecordType.response | WarcRecordType.revisit
LOOK = "Move it out of the raw folder; its pages will be fetched again."


class Entry(NamedTuple):
    """What an archive tells of one response. `offset` is its place in the file."""

    url: str
    fetched_at: str
    status: int
    digest: str
    etag: str | None
    last_modified: str | None
    offset: int


def entries(path: Path) -> Iterator[Entry]:
    """What an archive tells of the responses in it, in order.

    Raises:
        InputError: it is damaged.
    """
    for record in records(path, PAGES):
        http = record.http_headers
        yield Entry(
            record.headers.get("WARC-Target-URI") or "",
            record.headers.get("WARC-Date") or "",
            (http.status_code if http else None) or 0,
            record.headers.get("WARC-Payload-Digest") or "",
            http.get("ETag") if http else None,
            http.get("Last-Modified") if http else None,
            record.stream_pos,
        )


def records(path: Path, wanted: WarcRecordType) -> Iterator[Any]:
    """The records of some types.

    Raises:
        InputError: the archive is damaged.
    """
    try:
        with path.open("rb") as file:
            yield from ArchiveIterator(file, record_types=wanted)
    except OSError as error:
        raise InputError("archive", f"the archive is damaged: {error}.", LOOK, path) from error


def response_at(path: Path, entry: Entry) -> Response:
    """A response that an archive holds, in its stored form.

    Raises:
        InputError: it is not there.
    """
    try:
        with path.open("rb") as file:
            file.seek(entry.offset)
            record = next(iter(ArchiveIterator(file)))
            headers = record.http_headers.to_tuples() if record.http_headers else ()
            at = dt.datetime.fromisoformat(entry.fetched_at)
            address = record.headers.get("WARC-IP-Address") or ""
            return Response(entry.url, entry.status, "", headers, record.reader.read(), address, at)
    except (OSError, StopIteration) as error:
        raise InputError("archive", f"it holds no record at {entry.offset}.", "Is it damaged?", path) from error
