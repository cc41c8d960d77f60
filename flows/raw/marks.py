"""What files of the raw folder hold, told by their marks: a file that is as it was when it was hashed is not read.

A mark is when the file and its entry were changed last (nanoseconds), its size and its inode. An edit that leaves all
of these as they were can only be one within the clock's own grain of the change before, so, as in Git's index ("racy"),
a mark is kept only once it is older than the listing by a margin: what was changed just now is hashed again next time.
Marks are not asked for links, whose target may be another one. They stand in <state>/listings, behind a checksum;
without them everything is hashed, and the answers are the same.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple

import pyarrow as pa

from flows.arrow_files import table_in
from flows.checksums import DamagedError, mapped_checked, tell_damaged, write_checked
from flows.read.raw_files import open_raw, pieces, roots
from flows.state import state_folder

MARGIN = 60 * 10**9
"""Nanoseconds by which a change must lie before the listing. File systems count in steps of up to 2 s (FAT), and the
clock of one in a network may be late."""

AT_ONCE, THREADS = 4096, 4
"""Files that are looked at together, and what hashes those of them that are new."""

PIECE = 1 << 20
"""Bytes that are copied at a time."""


class Mark(NamedTuple):
    """What tells that a file is as it was."""

    changed: int
    entry_changed: int
    size: int
    inode: int


KEPT = pa.schema(
    [("name", pa.binary()), *((name, pa.uint64()) for name in Mark._fields), ("sha256", pa.binary(32))]
)  # fmt: skip


def hash_files(raw: Path, names: Iterable[str]) -> Iterator[tuple[Sequence[str], list[str | None]]]:
    """The sha256 of each of these files of the raw folder, given sorted, some at a time with their names; None of what
    cannot be read."""
    path, now = marks_path(raw), time.time_ns()
    known = _known(path)
    rows, new = Rows(known), 0
    with ThreadPoolExecutor(THREADS) as threads, _Keeping(path) as kept:  # hashing lets go of the interpreter's lock
        for some in _batched(names):
            marks = [mark_of(raw, name) for name in some]
            found = [rows.digest_of(name, mark) for name, mark in zip(some, marks, strict=True)]
            unknown = [place for place, digest in enumerate(found) if digest is None]
            parts = [unknown[number::THREADS] for number in range(THREADS)]
            for part, digests in zip(parts, threads.map(partial(_hash_all, raw, some), parts), strict=True):
                for place, digest in zip(part, digests, strict=True):
                    found[place] = digest
            new += len(unknown)
            settled = [(name, mark, digest) for name, mark, digest in zip(some, marks, found, strict=True)
                       if mark is not None and digest is not None and is_settled(mark, now)]  # fmt: skip
            kept.add(settled)
            yield some, found
        if new or kept.rows != len(known):
            kept.keep()


def _batched(names: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(names)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def sha256_of(raw: Path, name: str) -> str:
    """The sha256 of a file of the raw folder, read now.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    with open_raw(raw, name) as file:
        for piece in pieces(file):
            digest.update(piece)
    return digest.hexdigest()


def forget_marks() -> None:
    """From now on everything is read again, once."""
    shutil.rmtree(state_folder() / "listings", ignore_errors=True)


def marks_path(raw: Path) -> Path:
    """Where the marks of a raw folder are kept: named after it, and after the folders that its links may lead into."""
    places = b"\0".join(map(os.fsencode, roots(raw)))
    return state_folder() / "listings" / hashlib.sha256(places).hexdigest()[:16]


def is_settled(mark: Mark, now: int) -> bool:
    """Whether a mark is old enough at a time in nanoseconds to tell any later change."""
    return max(mark.changed, mark.entry_changed) < now - MARGIN


def mark_of(raw: Path, name: str) -> Mark | None:
    """None of what is no file: a link, a pipe, nothing."""
    with suppress(OSError):
        state = os.lstat(f"{raw}/{name}")
        if stat.S_ISREG(state.st_mode) and min(state.st_mtime_ns, state.st_ctime_ns) >= 0:
            return Mark(state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino)
    return None


def _hash_all(raw: Path, names: Sequence[str], places: Sequence[int]) -> list[str | None]:
    return [_hashed(raw, names[place]) for place in places]


def _hashed(raw: Path, name: str) -> str | None:
    try:
        return sha256_of(raw, name)
    except OSError:
        return None


class Rows:
    """What is known, gone through once as names come in order."""

    def __init__(self, known: pa.Table) -> None:
        self._rows = _rows(known)
        self._row = next(self._rows, None)

    def digest_of(self, name: str, mark: Mark | None) -> str | None:
        """What is known of a file, if its mark is the same."""
        while self._row is not None and self._row[0] < name:
            self._row = next(self._rows, None)
        row = self._row
        return row[2].hex() if row is not None and row[:2] == (name, mark) else None


def _rows(known: pa.Table) -> Iterator[tuple[str, tuple[int, ...], bytes]]:
    for batch in known.to_batches(max_chunksize=AT_ONCE):
        name, *mark, digest = (column.to_pylist() for column in batch.columns)
        yield from zip(map(os.fsdecode, name), zip(*mark, strict=True), digest, strict=True)


def _known(path: Path) -> pa.Table:
    """What was kept, mapped; nothing where that is damaged, which is told."""
    try:
        return table_in(mapped_checked(path)).cast(KEPT)
    except OSError:
        return KEPT.empty_table()
    except (DamagedError, pa.ArrowException):
        tell_damaged(path, "it is not what was written")
        return KEPT.empty_table()


class _Keeping:
    """The marks of a listing, written to a file without a name until they are kept. Without marks everything is read
    again, and nothing else is lost: so no error of the disk is one of ours."""

    def __init__(self, path: Path) -> None:
        self._path, self._stack, self.rows = path, ExitStack(), 0
        self._file: IO[bytes] | None = None

    def __enter__(self) -> _Keeping:
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._stack.enter_context(tempfile.TemporaryFile(dir=self._path.parent))
            self._writer = pa.ipc.new_file(pa.PythonFile(self._file, "w"), KEPT)
        return self

    def add(self, kept: Sequence[tuple[str, Mark, str]]) -> None:
        """More of them, in order."""
        self.rows += len(kept)
        if self._file is not None:
            try:
                self._writer.write_batch(_batch(kept))
            except OSError:
                self._file = None

    def keep(self) -> None:
        """Gives them their name."""
        if self._file is not None:
            with suppress(OSError):
                self._writer.close()
                self._file.seek(0)
                write_checked(self._path, iter(partial(self._file.read, PIECE), b""))

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def _batch(kept: Sequence[tuple[str, Mark, str]]) -> pa.RecordBatch:
    names, marks, digests = zip(*kept, strict=True) if kept else ((), (), ())
    numbers = zip(*marks, strict=True) if marks else [()] * len(Mark._fields)
    columns = [map(os.fsencode, names), *numbers, map(bytes.fromhex, digests)]
    return pa.record_batch(list(map(pa.array, map(list, columns), KEPT.types)), KEPT)
