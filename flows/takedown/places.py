"""Where copies of documents stand that were taken down, and what may be done about each.

What a run makes for itself (caches, failed builds, quarantine, logs) is ours to remove. Releases are immutable, here
and in stores: a version is removed as a whole, and only when somebody says so.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import InputError
from flows.folder.files import files_of
from flows.folder.layout import is_table_file
from flows.folder.stage import VERSION
from flows.raw.store import is_url
from flows.state import state_folder
from flows.stores.s3 import S3Store


class Copy(NamedTuple):
    """Some files that go together: a release, a shard, a failed build, or a single file."""

    kind: str
    """One of REMEDIES."""
    place: Path | str
    """The folder or file, or its URL."""
    store: str = ""
    """URL of the store that holds it; "" for what stands on this machine."""
    names: tuple[str, ...] = ()
    """Its objects in the store."""

    @property
    def immutable(self) -> bool:
        """Whether it is a version, which is removed whole or not at all."""
        return self.kind in ("release", "stored")


PURGE = "shegong takedown --purge"
REMEDIES = {
    "release": f"a release: {PURGE} --remove-versions removes it, when a newer one was made without the document",
    "stored": f"a published release: {PURGE} STORE --remove-versions removes it, when no channel points to it any more",
    "difference": f"a difference between two releases of a store: {PURGE} STORE --remove-versions removes it",
    "quarantine": f"rows that wait for a decision: {PURGE} takes its rows out",
    "failed": f"a build that a gate kept back: {PURGE} removes it",
    "staging": f"left by a killed run: {PURGE} or the next run removes it",
    "shard": f"a finished shard: {PURGE} removes it, and the next run makes it again without the document",
    "part": f"results of a part of the corpus: {PURGE} removes them",
    "raw": f"a copy of raw documents: {PURGE} removes it; as long as the raw folder holds it, each run makes it",
    "log": f"a log of runs: {PURGE} takes its lines out",
    "database": f"a database of runs or of what was collected: {PURGE} takes its rows out",
    "state": f"kept for the next run: {PURGE} removes it",
    "copy": "a copy of yours: remove it",
}
"""What a copy is, and what to do about it."""

STATE = {"shards": ("shard", 2), "parts": ("part", 2), "failed": ("failed", 1), "logs": ("log", 1), "raw": ("raw", 99),
         "unpacked": ("raw", 1), "contents": ("raw", 1), "releases": ("state", 2)}  # fmt: skip
"""Folder of the state to the kind of what stands in it, and how deep a copy stands there; else every file is one."""


def copies(releases: Path | str, named: Sequence[Path | str]) -> Iterator[Copy]:
    """All copies in the state folder, in the folder of releases, and in the places that are named.

    Raises:
        InputError: a place that is named is not there.
        StoreError: a store does not answer.
    """
    yield from _in_state()
    for place in dict.fromkeys([releases, *named]):
        if is_url(place):
            yield from _in_bucket(str(place))
        elif Path(place).exists():
            yield from _in_folder(Path(place))
        elif place in named:
            raise InputError("place", "there is no such file or folder.", "Name a release, a store or a copy.", place)


def _in_state() -> Iterator[Copy]:
    for folder in sorted(state_folder().glob("*")):
        kind, depth = STATE.get(folder.name, ("state", 99))
        for path in _at_depth(folder, depth):
            if path.name.endswith(("-wal", "-shm")):  # of a database, and searched with it
                continue
            sort = "database" if kind == "state" and _is_database(path) else kind
            yield Copy(sort, path)


def _at_depth(folder: Path, depth: int) -> Iterator[Path]:
    """The folders that deep in a folder, and the files that stand higher."""
    if not folder.is_dir() or depth == 0:
        yield folder
        return
    for path in sorted(folder.iterdir()):
        yield from _at_depth(path, depth - 1)


def _is_database(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(6) == b"SQLite"


def _in_folder(folder: Path) -> Iterator[Copy]:
    """A release, a folder of releases, a store, or any other folder or file."""
    if not folder.is_dir() or (folder / "datapackage.json").exists() or (folder / "data").is_dir():
        yield Copy("release" if folder.is_dir() else "copy", folder)
        return
    stored = (folder / "channels").is_dir() or (folder / "versions").is_dir()
    for path in sorted(folder.iterdir()):
        if VERSION.fullmatch(path.name):
            yield Copy("stored" if stored else "release", path)
        elif path.name == "quarantine" and path.is_dir():
            yield from (Copy("quarantine", one) for one in sorted(path.iterdir()))
        elif path.name.startswith((".staging-", ".incoming-", ".rebuilding-")):
            yield Copy("staging", path)
        elif path.name == "channels" and stored:
            yield from (Copy("difference", one) for one in files_of(path))
        else:
            yield from (Copy("copy", one) for one in ([path] if path.is_file() else files_of(path)))


def _in_bucket(url: str) -> Iterator[Copy]:
    store, names = S3Store(url), dict[str, list[str]]()
    for name, _ in store.listing():
        first = name.partition("/")[0]
        names.setdefault(first if VERSION.fullmatch(first) else name, []).append(name)
    for unit, inside in sorted(names.items()):
        kind = "stored" if VERSION.fullmatch(unit) else "difference" if unit.startswith("channels/") else "copy"
        yield Copy(kind, f"{store.url}/{unit}", store.url, tuple(sorted(inside)))


def files(copy: Copy, wanted: Callable[[str], bool] = lambda name: True) -> Iterator[tuple[str, Path]]:
    """The files of a copy, or the `wanted` ones: what each is called, and where it is read while the next is not asked
    for. Links are not followed.

    Raises:
        StoreError: a store does not give one.
    """
    if not copy.store:
        place = Path(copy.place)
        beside = [place.with_name(f"{place.name}-wal")] if copy.kind == "database" else []
        for path in [place, *filter(Path.exists, beside)] if place.is_file() else files_of(place):
            if not path.is_symlink() and wanted(str(path)):
                yield str(path), path
        return
    store = S3Store(copy.store)
    with tempfile.TemporaryDirectory(prefix="shegong-") as scratch:
        path = Path(scratch) / "object"
        for name in filter(wanted, copy.names):
            store.fetch(name, path)
            yield f"{store.url}/{name}", path


def rows_of(copy: Copy, table: str, columns: Sequence[str]) -> Iterator[pa.Table]:
    """Some columns of a table that a copy holds, a few thousand rows at a time, as far as it has them and they can be
    read."""

    def is_table(name: str) -> bool:
        beside_others = name.rpartition("/")[2] == f"{table}.parquet" and "changes" not in name.split("/")
        return beside_others or is_table_file(name, table)

    for _, path in files(copy, is_table):
        try:
            with pq.ParquetFile(path) as file:
                there = [column for column in columns if column in file.schema_arrow.names]
                for batch in file.iter_batches(columns=there):
                    yield pa.Table.from_batches([batch])
        except (OSError, pa.ArrowException):
            continue
