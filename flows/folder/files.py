"""The files of a release, whose bytes depend on what they hold alone: Parquet, JSON, sums."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import ReleaseError
from flows.schema import load

ZSTD_LEVEL = 6
"""Levels 3 to 9 differ little in time; 15 takes a hundred times as long for 3 % less."""
ROW_GROUP = 20_000
"""Rows that are compressed together, and held until they are so many: 50 MB of articles."""


class ParquetFile:
    """A Parquet file written table by table; its bytes depend on the rows, not on how they were cut into tables."""

    def __init__(self, path: Path, schema: pa.Schema, **options: Any) -> None:
        self._file = pq.ParquetWriter(path, schema, compression="zstd", compression_level=ZSTD_LEVEL,
                                      write_page_checksum=True, **options)  # fmt: skip
        self._schema, self._waiting = schema, [schema.empty_table()]
        self._rows = 0

    def write(self, rows: pa.Table) -> None:
        """Adds rows, which must come in the order of the table."""
        self._waiting.append(rows.cast(self._schema))
        self._rows += rows.num_rows
        if self._rows >= ROW_GROUP:
            waiting = pa.concat_tables(self._waiting)
            whole = self._rows - self._rows % ROW_GROUP
            for start in range(0, whole, ROW_GROUP):
                self._file.write_table(waiting.slice(start, ROW_GROUP).combine_chunks(), row_group_size=ROW_GROUP)
            # a copy, so that what was written can go
            self._waiting = [waiting.slice(whole).combine_chunks()]
            self._rows -= whole

    def __enter__(self) -> ParquetFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self._rows:
            self._file.write_table(pa.concat_tables(self._waiting).combine_chunks(), row_group_size=ROW_GROUP)
        self._file.close()


def open_parquet(table: str, schema: pa.Schema, path: Path) -> ParquetFile:
    """A table's file: zstd, page index and checksums, min and max for the columns of the primary key only.

    Pages end where their content says so, not after so many rows: of two releases that differ in a few rows most bytes
    are the same, and a store or hub that keeps pieces keeps them once (for 1 % more bytes in each).
    """
    keys = list(load(table).primary_key)
    return ParquetFile(path, schema, write_statistics=keys, write_page_index=True, use_content_defined_chunking=True)


def write_parquet(table: str, rows: pa.Table, path: Path) -> None:
    """One table as Parquet. The rows must be sorted (`rows.in_order`)."""
    with open_parquet(table, rows.schema, path) as file:
        file.write(rows)


def write_json(value: Any, path: Path) -> None:
    """JSON with Chinese left readable; keys in the order given."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_json(release: Path, name: str) -> dict[str, Any]:
    """A JSON file of a release.

    Raises:
        ReleaseError: it is not there or cannot be read.
    """
    try:
        found = json.loads((release / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError("release", f"it cannot be read: {error}.", "Is this a release?", release / name) from error
    if not isinstance(found, dict):
        raise ReleaseError("release", "it is not what it should be.", "Fetch the release again.", release / name)
    return found


def sha256(path: Path) -> str:
    """The hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_of(folder: Path) -> Iterator[Path]:
    """Every file below a folder, sorted by path."""
    return iter(sorted(path for path in folder.rglob("*") if path.is_file()))
