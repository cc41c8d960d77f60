"""Documents in columns brought into the order of their ids; on disk where they are many, so that memory does not grow
with them.

They are dealt by the first byte of their keys into files, and these are sorted one after the other into a last one,
which is mapped. No file has a name for longer than it takes to open it: a killed run leaves none.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa

IN_MEMORY = 65_536
"""Documents, of a hundred bytes each, that are sorted in memory: all of most corpora, else those of a file."""

FILES = 256
"""One for each first byte of a key."""

ORDER = [("key", "ascending"), ("name", "ascending")]


def in_order(batches: Iterable[pa.RecordBatch], schema: pa.Schema, folder: Path) -> pa.Table:
    """The documents of all batches by `key` (binary) and `name`. `folder` is where files may lie meanwhile."""
    held, count, rest = list[pa.RecordBatch](), 0, iter(batches)
    for batch in rest:
        held.append(batch)
        count += len(batch)
        if count > IN_MEMORY:
            return _on_disk(_joined(chain(held, rest), schema), schema, folder)
    return pa.Table.from_batches(held, schema).sort_by(ORDER).combine_chunks()


def _joined(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """The same rows in tables of at least IN_MEMORY, and one of the rest."""
    held, count = list[pa.RecordBatch](), 0
    for batch in batches:
        held.append(batch)
        count += len(batch)
        if count >= IN_MEMORY:
            yield pa.Table.from_batches(held, schema)
            held, count = [], 0
    yield pa.Table.from_batches(held, schema)


def _on_disk(tables: Iterable[pa.Table], schema: pa.Schema, folder: Path) -> pa.Table:
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile(dir=folder)) for _ in range(FILES)]
        writers = [pa.ipc.new_stream(pa.PythonFile(file, "w"), schema) for file in files]
        for table in tables:
            _deal(table, writers)
        for writer in writers:
            writer.close()
        last = stack.enter_context(tempfile.NamedTemporaryFile(prefix=".", dir=folder))
        with pa.ipc.new_file(pa.PythonFile(last, "w"), schema) as writer:
            for file in files:
                writer.write_table(_read(file).sort_by(ORDER), max_chunksize=IN_MEMORY)
        last.flush()
        return pa.ipc.open_file(pa.memory_map(last.name)).read_all()


def _deal(table: pa.Table, writers: list[pa.RecordBatchStreamWriter]) -> None:
    """Writes each row to the file of its key."""
    keys = table["key"].combine_chunks()
    firsts = np.frombuffer(keys.buffers()[1], np.uint8).reshape(-1, keys.type.byte_width)
    firsts = firsts[keys.offset : keys.offset + len(keys), 0]
    dealt = table.take(np.argsort(firsts, kind="stable"))
    ends = np.cumsum(np.bincount(firsts, minlength=FILES))
    for writer, start, end in zip(writers, [0, *ends[:-1].tolist()], ends.tolist(), strict=True):
        if end > start:
            writer.write_table(dealt.slice(start, end - start).combine_chunks())


def _read(file: IO[bytes]) -> pa.Table:
    file.seek(0)
    return pa.ipc.open_stream(pa.PythonFile(file, "r")).read_all()
