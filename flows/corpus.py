"""All tables of a corpus of any size, in parts that fit in memory: each part holds all rows of its documents.

Every table is keyed by its document or by an article of it, so what belongs together is in one part, and the parts in
order give the rows in the order of their keys. Nothing is read before it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.errors import ReleaseError
from flows.schema import TABLES, load

PART_DOCUMENTS = 4096
"""Documents of a part, about: 20 KB each in Arrow, a few times that while the gates are asked."""

LOWEST, HIGHEST = "", "\U0010ffff"
"""All document ids lie between them."""

Arrow = Mapping[str, pa.Table]
"""Tables by name."""

Edit = Callable[[Arrow, str], pa.Table]
"""A part as it was and the name of a table, to that table as it is to be."""


class Part(Mapping[str, pa.Table]):
    """The tables of some documents, each read when it is first asked for and kept as long as the part is."""

    def __init__(self, read: Callable[[str], pa.Table]) -> None:
        self._read = read
        self._known: dict[str, pa.Table] = {}

    def __getitem__(self, name: str) -> pa.Table:
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


class Corpus(Mapping[str, pa.Table]):
    """A corpus in parts. As a mapping it gives whole tables, which is for small ones."""

    def __init__(self, parts: Sequence[Callable[[], Arrow]], edits: Sequence[Edit] = ()) -> None:
        self._parts, self._edits = tuple(parts), tuple(edits)

    @classmethod
    def of(cls, tables: Arrow) -> Corpus:
        """Tables in memory as a corpus of one part; a corpus as it is."""
        return tables if isinstance(tables, Corpus) else cls([lambda: tables])

    def parts(self) -> Iterator[Arrow]:
        """The parts in order, one at a time in memory if the caller keeps none."""
        for read in self._parts:
            part = read()
            for edit in self._edits:
                part = _edited(part, edit)
            yield part

    def edit(self, edit: Edit) -> Corpus:
        """The corpus with every part edited as it is read."""
        return Corpus(self._parts, (*self._edits, edit))

    def rows(self) -> dict[str, int]:
        """Rows by table."""
        count = dict.fromkeys(TABLES, 0)
        for part in self.parts():
            for name in TABLES:
                count[name] += part[name].num_rows
        return count

    def __getitem__(self, name: str) -> pa.Table:
        return pa.concat_tables([part[name] for part in self.parts()]).combine_chunks()

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def _edited(part: Arrow, edit: Edit) -> Part:
    return Part(lambda name: edit(part, name))


def corpus_of_shards(shards: Sequence[tuple[Path, int]], read: Callable[[Path, str], pa.Table]) -> Corpus:
    """Shards in the order of their documents, each with the number of these, put together to parts.

    `read` gives one table of a shard, sorted by its primary key.
    """
    groups: list[list[Path]] = []
    size = PART_DOCUMENTS
    for folder, documents in shards:
        if size >= PART_DOCUMENTS:
            groups.append([])
            size = 0
        groups[-1].append(folder)
        size += documents
    return Corpus([_reader(group, read) for group in groups])


def _reader(group: Sequence[Path], read: Callable[[Path, str], pa.Table]) -> Callable[[], Part]:
    return lambda: Part(lambda name: pa.concat_tables([read(folder, name) for folder in group]).combine_chunks())


def owners(table: pa.Table) -> pa.ChunkedArray:
    """For each row the id of its document."""
    if "document_id" in table.schema.names:
        return table["document_id"]
    return pc.utf8_slice_codeunits(table["article_id"], 0, 16)


def starts(corpus: Corpus) -> list[str]:
    """The id of the first document of each part but the first: where another corpus is cut to fit beside this one."""
    firsts = []
    for number, part in enumerate(corpus.parts()):
        ids = part["documents"]["document_id"]
        if number and len(ids):
            firsts.append(str(ids[0]))
    return firsts


def corpus_of_release(release: Path, cuts: Sequence[str] | None = None) -> Corpus:
    """The tables of a release, cut before each of the document ids in `cuts`, or into parts of the usual size.

    Raises:
        ReleaseError: a table is not there or cannot be read; some only when their part is asked for.
    """
    if cuts is None:
        ids = read_columns(release, "documents", ["document_id"])["document_id"].to_pylist()
        cuts = sorted({ids[n] for n in range(PART_DOCUMENTS, len(ids), PART_DOCUMENTS)})
    bounds = [LOWEST, *cuts, HIGHEST]
    return Corpus([_of_release(release, low, high) for low, high in pairwise(bounds)])


def _of_release(release: Path, low: str, high: str) -> Callable[[], Part]:
    return lambda: Part(lambda name: read_range(release, name, low, high))


def read_range(release: Path, name: str, low: str, high: str) -> pa.Table:
    """The rows of a table whose documents' ids lie in [low, high); of the file only the row groups with such rows."""
    key = load(name).primary_key[0]
    if (low, high) == (LOWEST, HIGHEST):
        return read_columns(release, name, None)
    path = release / "data" / f"{name}.parquet"
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        place = file.schema_arrow.get_field_index(key)
        wanted = [n for n in range(file.num_row_groups) if _overlaps(file.metadata.row_group(n), place, low, high)]
        found = file.read_row_groups(wanted)
    inside = pc.and_(pc.greater_equal(found[key], low), pc.less(found[key], high))
    return found.filter(inside).combine_chunks()


def _overlaps(group: pq.RowGroupMetaData, place: int, low: str, high: str) -> bool:
    """Whether a row group may hold such rows. Keys come first in every table, and no list stands before them."""
    statistics = group.column(place).statistics
    if statistics is None or not statistics.has_min_max:
        return True
    return bool(statistics.max >= low and statistics.min < high)


def read_columns(release: Path, name: str, columns: Sequence[str] | None) -> pa.Table:
    """Columns of a table of a release, all if None.

    Raises:
        ReleaseError: it is not there or cannot be read.
    """
    path = release / "data" / f"{name}.parquet"
    try:
        return pq.read_table(path, columns=columns, page_checksum_verification=True)
    except (OSError, pa.ArrowException) as error:
        why = "it is not there" if isinstance(error, FileNotFoundError) else f"it cannot be read: {error}"
        raise ReleaseError("table", f"{why}.", "Is this a whole release? Fetch it again.", path) from error
