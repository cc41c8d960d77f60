"""Any document of the raw folder, read again: a file of its own, or a record of an archive or dump."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from flows.document import Origin, RawDocument
from flows.raw.containers import list_containers
from flows.raw.listed import Listed
from flows.read import read
from flows.read.archives import Found, kind_of, open_containers, read_record, record_origin
from flows.read.formats import UNKNOWN
from flows.read.reader import printable


def read_listed(raw: Path, listed: Listed) -> RawDocument:
    """A listed document. One that could not even be listed comes with its `reason`."""
    if listed.reason is not None:
        return without_text(listed, listed.reason)
    if listed.place is not None:
        return read_record(raw, listed.place, listed.name)
    return read(raw / listed.name, raw)


def open_all(raw: Path, documents: Iterable[Listed]) -> None:
    """Unpacks what the documents stand in, which can take longer than a document may."""
    open_containers(raw, [one.place for one in documents if one.place is not None and one.reason is None])


def origin_of(raw: Path, listed: Listed) -> Origin:
    """Where a listed document came from, as far as can be known without reading it."""
    if listed.place is None or listed.reason is not None:
        return Origin(record_offset=listed.record_offset)
    return record_origin(raw, listed.place)


def read_path(raw: Path, path: str) -> RawDocument:
    """The document that a release calls `path`: a file, or an archive's path with a record's name behind "!"."""
    place = path.find("!")
    while place >= 0 and not (raw / path).is_file():
        file = path[:place]
        if kind_of(file) is not None and (raw / file).is_file():
            found = _records(raw, file, (raw / file).stat().st_mtime_ns).get(path)
            if found is not None and found.reason is None:
                return read_record(raw, found.place, path)
        place = path.find("!", place + 1)
    return read(raw / path, raw)


@lru_cache(maxsize=4)
def _records(raw: Path, file: str, _changed: int) -> Mapping[str, Found]:
    return {printable(found.name): found for found in list_containers(raw, {file: None})}


def without_text(listed: Listed, reason: str | None = None) -> RawDocument:
    """A listed document of which nothing but that is known."""
    origin = Origin(record_offset=listed.record_offset)
    name = printable(listed.name)
    return RawDocument(listed.key[:16], name, listed.sha256, None, UNKNOWN, None, "", reason=reason, origin=origin)
