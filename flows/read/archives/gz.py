"""A gzip file: one document or one container, packed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from flows.document import Origin
from flows.read.archives.kinds import kind_of, unpacked_name
from flows.read.archives.limits import Budget
from flows.read.archives.record import Record
from flows.read.archives.streams import gunzip, stream_of


def gzip_records(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    """The one thing in it, named as the file without .gz. A container in it goes by the name of the file."""
    inner = unpacked_name(name)
    kind = kind_of(inner)
    own = "" if kind else PurePosixPath(inner.rpartition("!")[2]).name
    origin = Origin(record_id=own or None, record_offset=0)
    yield Record(0, own, stream_of(gunzip(file, budget)), kind, origin=origin)
