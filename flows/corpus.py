"""All tables of a corpus of any size, in parts that fit in memory: each part holds all rows of its documents.

A table of pages is keyed by its document or by an article of it, so what belongs together is in one part, and the parts
in order give the rows in the order of their keys. The tables of the whole corpus (`flows.schema.OF_CORPUS`) are in the
first part. Nothing is read before it is asked for.

What a run must know of the corpus is asked of its parts by pure functions (`Corpus.each`). A corpus that was put to
work (`Corpus.at_work`) asks them in other processes, and not again of rows that an earlier run asked them of.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from flows.bounds import between
from flows.schema import OF_CORPUS, TABLES, load

PART_DOCUMENTS = 4096
"""Documents of a part, at most: 20 KB each in Arrow, a few times that while the gates are asked."""

LOWEST, HIGHEST = "", "\U0010ffff"
"""All document ids lie between them."""

Arrow = Mapping[str, pa.Table]
"""Tables by name."""

Source = Callable[[], Arrow]
"""Reads a part; can be pickled where other processes are to read it."""

Edit = Callable[[Arrow, str], pa.Table]
"""A part as it was and the name of a table, to that table as it is to be."""


class Work(Protocol):
    """Processes that work on parts, and what they found in earlier runs (flows/run/parts.py)."""

    def run(self, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> list[Any]:
        """What the function gives for each of the calls, in order."""

    def digests(self, parts: Sequence[Source]) -> list[str]:
        """The `digest` of each part, in order."""

    def know(self, parts: Sequence[Source], digests: Sequence[str]) -> None:
        """Takes note of the digests of parts."""

    def each(
        self, function: Callable[..., Any], parts: Sequence[Source], digests: Sequence[str], more: Sequence[Any]
    ) -> Iterator[Any]:
        """What a pure function gives for each part and what stands in `more` for it, in order, one at a time."""


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

    def __init__(self, parts: Sequence[Source], work: Work | None = None) -> None:
        self._parts, self.work = tuple(parts), work
        self._digests: list[str] | None = None

    @classmethod
    def of(cls, tables: Arrow) -> Corpus:
        """Tables in memory as a corpus of one part; a corpus as it is."""
        return tables if isinstance(tables, Corpus) else cls([lambda: tables])

    def at_work(self, work: Work | None) -> Corpus:
        """The same corpus, whose parts are worked on by others."""
        return Corpus(self._parts, work)

    def edit(self, edit: Edit) -> Corpus:
        """The corpus with every part edited as it is read."""
        return Corpus([Edited(part, edit) for part in self._parts], self.work)

    def parts(self) -> Iterator[Arrow]:
        """The parts in order, one at a time in memory if the caller keeps none."""
        return (read() for read in self._parts)

    def each(self, function: Callable[..., Any], more: Sequence[Any] | None = None) -> Iterator[Any]:
        """What `function` gives for each part, in order and one at a time; with a second argument, that of the part in
        `more`.

        It must be pure and stand in a module: of a corpus at work it is asked in another process, and not at all of
        rows that it was asked of before by the same code.
        """
        more = [None] * len(self._parts) if more is None else more
        if self.work is None:
            return (apply(function, part, rest) for part, rest in zip(self._parts, more, strict=True))
        return self.work.each(function, self._parts, self.digests(), more)

    def run(self, function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> list[Any]:
        """What a function of its own gives for each of the calls, in order; they may hold sources of parts."""
        return [function(*call) for call in calls] if self.work is None else self.work.run(function, calls)

    def sources(self) -> tuple[Source, ...]:
        """What reads the parts, in order."""
        return self._parts

    def by_part(self, ids: Iterable[str]) -> list[list[str]]:
        """Ids of documents or articles, in order, by the part whose documents they are or belong to."""
        firsts, found = starts(self), [list[str]() for _ in self._parts]
        for name in sorted(ids):
            found[bisect_right(firsts, name)].append(name)
        return found

    def digests(self) -> list[str]:
        """A hash of all rows of each part."""
        if self._digests is None:
            parts = self._parts
            self._digests = [digest(part()) for part in parts] if self.work is None else self.work.digests(parts)
        return self._digests

    def same_as(self, other: Corpus) -> None:
        """Takes note that another corpus holds the same parts, which were written from this one."""
        if self.work is not None:
            self.work.know(other.sources(), self.digests())

    def __getitem__(self, name: str) -> pa.Table:
        return pa.concat_tables([part[name] for part in self.parts()]).combine_chunks()

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


@dataclass(frozen=True, slots=True)
class Edited:
    """A part as it is after an edit."""

    source: Source
    edit: Edit

    def __call__(self) -> Part:
        part = self.source()
        return Part(lambda name: self.edit(part, name))


def apply(function: Callable[..., Any], source: Source, more: Any) -> Any:
    """Reads a part and asks a function of it."""
    return function(source()) if more is None else function(source(), more)


def digest(part: Arrow) -> str:
    """A hash of all rows of a part, and of the types of its columns."""
    found = hashlib.blake2b(digest_size=16)
    sink = pa.PythonFile(_Hashed(found), mode="w")
    for name in TABLES:
        table = part[name].combine_chunks().replace_schema_metadata(None)
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
    return found.hexdigest()


class _Hashed:
    """A file of which only the hash is kept."""

    closed = False

    def __init__(self, found: hashlib.blake2b) -> None:
        self._found, self._size = found, 0

    def write(self, content: Any) -> int:
        self._found.update(content)
        self._size += len(content)
        return len(content)

    def tell(self) -> int:
        return self._size

    def flush(self) -> None:
        pass


def corpus_of_shards(parts: Sequence[Sequence[Path]], read: Callable[[Path, str], pa.Table]) -> Corpus:
    """The folders of shards, by part, in the order of their documents; `read` gives one table of a shard, sorted by its
    primary key. The tables of the whole corpus are empty."""
    return Corpus([partial(_of_shards, tuple(folders), read) for folders in parts])


def _of_shards(folders: Sequence[Path], read: Callable[[Path, str], pa.Table]) -> Part:
    def table(name: str) -> pa.Table:
        if name in OF_CORPUS:
            return load(name).arrow.empty_table()
        return pa.concat_tables([read(folder, name) for folder in folders]).combine_chunks()

    return Part(table)


def owners(table: pa.Table) -> pa.ChunkedArray:
    """For each row the id of its document; null in a table of the whole corpus."""
    if "document_id" in table.schema.names:
        return table["document_id"]
    if "article_id" not in table.schema.names:
        return pa.chunked_array([pa.nulls(table.num_rows, pa.string())])
    return pc.utf8_slice_codeunits(table["article_id"], 0, 16)


def starts(corpus: Corpus) -> list[str]:
    """Where each part but the first begins: where another corpus is cut to fit beside this one. A part without a
    document begins where the next one does."""
    spans, firsts = list(corpus.each(documents_between)), [HIGHEST]
    for place in range(len(spans) - 1, 0, -1):
        last = next((span[1] for span in reversed(spans[:place]) if span), "")
        span = spans[place]
        firsts.append(between(last, span[0]) if span else firsts[-1])
    return firsts[:0:-1]


def documents_between(part: Arrow) -> tuple[str, str] | None:
    """The ids of the first and the last document of a part; None when there is none."""
    ids = part["documents"]["document_id"]
    return (str(ids[0]), str(ids[-1])) if len(ids) else None
