"""The formats of containers, one function each: an open file to the records in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from flows.read.archives.gz import gzip_records
from flows.read.archives.limits import Budget
from flows.read.archives.lines import json_records, row_records
from flows.read.archives.packed import packed_records
from flows.read.archives.record import Record
from flows.read.archives.tars import tar_records
from flows.read.archives.warc import warc_records
from flows.read.archives.zips import zip_records


def _csv(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    from flows.read.archives.tables import csv_records

    return csv_records(file, name, budget, at)


def _parquet(file: BinaryIO, name: str, budget: Budget, at: int | None = None) -> Iterator[Record]:
    from flows.read.archives.parquet import parquet_records  # pyarrow takes a while to load

    return parquet_records(file, name, budget, at)


FORMATS: dict[str, Callable[[BinaryIO, str, Budget, int | None], Iterator[Record]]] = {
    "zip": zip_records,
    "tar": tar_records,
    "gz": gzip_records,
    "warc": warc_records,
    "warc.gz": packed_records,
    "jsonl": json_records,
    "csv": _csv,
    "parquet": _parquet,
    "rows": row_records,
}
"""A function gives the records of a file, all or from the offset `at` on. It raises BrokenError where the file ends
to make sense; the records before hold."""
