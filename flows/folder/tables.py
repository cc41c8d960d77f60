"""The tables of a release read back from its Parquet files, whole or in parts (flows/folder/layout.py)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.corpus import HIGHEST, LOWEST, PART_DOCUMENTS, Corpus, Part, starts
from flows.errors import ReleaseError
from flows.folder.files import read_json
from flows.folder.layout import overlapping, parts_of, table_files
from flows.folder.sums import NAME as SUMS
from flows.schema import OF_CORPUS, TABLES, load


def corpus_of_release(release: Path, cuts: Sequence[str] | None = None) -> Corpus:
    """The tables of a release, cut before each of the document ids in `cuts`, or into parts of the usual size.

    Raises:
        ReleaseError: a table is not there or cannot be read; some only when their part is asked for.
    """
    if cuts is None and not (cuts := parts_of(release)[1:]):
        ids = read_table(release, "documents", ["document_id"])["document_id"].to_pylist()
        cuts = sorted({ids[n] for n in range(PART_DOCUMENTS, len(ids), PART_DOCUMENTS)})
    bounds = [LOWEST, *cuts, HIGHEST]
    return Corpus([OfRelease(release, _made(release), low, high) for low, high in pairwise(bounds)])


def _made(release: Path) -> str:
    """A hash of all files of a release, which tells it from any other at the same place; of one without sums nothing
    is known for the next time."""
    try:
        return hashlib.blake2b((release / SUMS).read_bytes(), digest_size=16).hexdigest()
    except OSError:
        return secrets.token_hex(16)


def beside(release: Path, corpus: Corpus) -> Corpus:
    """The tables of a release, cut before the same documents as a corpus and at work with it."""
    return corpus_of_release(release, starts(corpus)).at_work(corpus.work)


@dataclass(frozen=True, slots=True)
class OfRelease:
    """The rows of a release whose documents' ids lie in [low, high)."""

    release: Path
    made: str
    low: str
    high: str

    def __call__(self) -> Part:
        return Part(lambda name: read_range(self.release, name, self.low, self.high))


def read_range(release: Path, name: str, low: str, high: str) -> pa.Table:
    """The rows of a table whose documents' ids lie in [low, high); of its files only the row groups with such rows.

    Of a table of the whole corpus all rows are in the lowest range; one that an earlier release did not have is empty.
    """
    key = load(name).primary_key[0]
    if (name in OF_CORPUS and low != LOWEST) or _is_newer(release, name):
        return load(name).arrow.empty_table()
    if name in OF_CORPUS or (low, high) == (LOWEST, HIGHEST):
        return read_table(release, name)
    files = table_files(release, name)
    wanted = overlapping(files, low, high) or files[:1]
    return pa.concat_tables([_within(path, key, low, high) for path in wanted]).combine_chunks()


def _within(path: Path, key: str, low: str, high: str) -> pa.Table:
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        place = file.schema_arrow.get_field_index(key)
        wanted = [n for n in range(file.num_row_groups) if _overlaps(file.metadata.row_group(n), place, low, high)]
        found = file.read_row_groups(wanted)
    return found.filter(pc.and_(pc.greater_equal(found[key], low), pc.less(found[key], high)))


def _is_newer(release: Path, name: str) -> bool:
    """Whether a release was made before there was such a table."""
    return not table_files(release, name)[0].exists() and name not in declared_tables(release)


def declared_files(release: Path) -> list[str]:
    """The paths of the Parquet files that a release says it has, of which only datapackage.json need be at hand."""
    try:
        resources = read_json(release, "datapackage.json")["resources"]
        paths = [one["path"] for one in resources if one["format"] == "parquet"]
    except (ReleaseError, KeyError, TypeError):
        return [f"data/{name}.parquet" for name in TABLES]
    return [name for path in paths for name in ([path] if isinstance(path, str) else path)]


def declared_tables(release: Path) -> tuple[str, ...]:
    """The tables that a release says it has, in order; all that there are now where it says nothing."""
    try:
        resources = read_json(release, "datapackage.json")["resources"]
        return tuple(one["name"] for one in resources if one["type"] == "table")
    except (ReleaseError, KeyError, TypeError):
        return TABLES


def _overlaps(group: pq.RowGroupMetaData, place: int, low: str, high: str) -> bool:
    """Whether a row group may hold such rows. Keys come first in every table, and no list stands before them."""
    statistics = group.column(place).statistics
    if statistics is None or not statistics.has_min_max:
        return True
    return bool(statistics.max >= low and statistics.min < high)


def read_table(release: Path, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """A table of a release, or some columns of it.

    Raises:
        ReleaseError: it is not there or cannot be read.
    """
    path = release / "data" / f"{name}.parquet"
    try:
        parts = []
        for path in table_files(release, name):
            parts.append(pq.read_table(path, columns=columns, page_checksum_verification=True))
        return parts[0] if len(parts) == 1 else pa.concat_tables(parts)
    except (OSError, pa.ArrowException) as error:
        why = "it is not there" if isinstance(error, FileNotFoundError) else f"it cannot be read: {error}"
        raise ReleaseError("table", f"{why}.", "Is this a whole release? Fetch it again.", path) from error
