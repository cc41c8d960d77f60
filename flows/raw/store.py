"""Raw documents in an S3 bucket: brought to this machine once, object by object, and again only when they change."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from flows.checksums import digest_of, is_whole, tell_damaged
from flows.durable import replace_atomically
from flows.raw.keys import fit, hidden, write_unfit
from flows.raw.marks import Mark, is_settled, mark_of
from flows.state import state_folder
from flows.stores.s3 import S3Store
from flows.stores.store import StoreError

AT_ONCE = 16
"""Objects that are fetched at the same time: small ones wait for the store, not for this machine."""

INDEX = "index.json"

NOT_GIVEN = "unreadable: the store lists it and does not give it"

T = TypeVar("T")


def is_url(place: str | Path) -> bool:
    """Whether a place is in a store rather than a folder."""
    return str(place).startswith("s3://")


def folder_of(kind: str, url: str) -> Path:
    """The folder of the state in which what stands under `url` is kept at hand."""
    return state_folder() / kind / hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:16]


class Kept(NamedTuple):
    """An object that is at hand: its mark in the store, and the checksum of the copy."""

    mark: str
    digest: str
    copy: Sequence[int] | None = None
    """The mark of the copy when it was compared with its checksum (flows/raw/marks.py): while that holds it is not read
    again. None of one that had just been written."""

    def is_unread(self, mark: Mark | None) -> bool:
        """Whether a copy with this mark is as it was when it was compared."""
        return mark is not None and self.copy is not None and tuple(self.copy) == mark


class RawStore:
    """The objects under s3://bucket/prefix as a raw folder, read only."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._store = S3Store(url)

    def mirror(self) -> Path:
        """A folder of this machine with exactly these objects, and their marks and checksums in an index beside it.

        Only what is new, changed or damaged here is fetched: one request a thousand objects for the listing, one for
        each such object. Keys that cannot be files stand in the folder's list of them (flows/raw/keys.py).

        Raises:
            StoreError: the store does not answer or refuses.
        """
        folder = folder_of("raw", self.url)
        raw = folder / "documents"
        raw.mkdir(parents=True, exist_ok=True)
        marks = {key: mark for key, mark in self._store.listing() if key and not hidden(key)}
        names, unfit = fit(marks)
        known = read_index(folder / INDEX)
        for name in known.keys() - set(names):
            _remove(raw, name)
        kept = self._as_fetched(raw, {name: known[name] for name in names if name in known}, marks)
        if new := [name for name in names if name not in kept]:
            _write_index(folder / INDEX, kept)  # a run that is killed now trusts nothing half fetched
            fetched = dict(zip(new, self._each(lambda name: self._fetch_new(name, raw), new), strict=True))
            kept |= {name: Kept(marks[name], digest) for name, digest in fetched.items() if digest}
            unfit |= {name: NOT_GIVEN for name, digest in fetched.items() if digest is None}
        if kept != known:
            _write_index(folder / INDEX, kept)
        write_unfit(raw, unfit)
        return raw

    def fetch(self, names: Collection[str], folder: Path) -> None:
        """Copies objects into a folder, under their names.

        Raises:
            StoreError: one is not there, or the store does not answer.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._each(lambda name: self._fetch(name, folder / name), names)

    def _as_fetched(self, raw: Path, known: Mapping[str, Kept], marks: Mapping[str, str]) -> dict[str, Kept]:
        """Those whose object is still the same, and whose copy is what was fetched."""
        same = {name: kept for name, kept in known.items() if kept.mark == marks[name]}
        looked_at = dict(zip(same, self._each(lambda name: _compared(raw, name, same[name]), same), strict=True))
        for name, kept in looked_at.items():
            if kept is None and (raw / name).exists():
                tell_damaged(raw / name, "it is not what was fetched")
        return {name: kept for name, kept in looked_at.items() if kept is not None}

    def _fetch_new(self, name: str, raw: Path) -> str | None:
        """Gives the checksum of what was fetched; None if the store lists the object and does not give it."""
        try:
            self._fetch(name, raw / name)
        except StoreError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                _remove(raw, name)
                return None
            raise
        return digest_of((raw / name).read_bytes())

    def _fetch(self, name: str, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store.fetch(name, path)

    def _each(self, function: Callable[[str], T], names: Iterable[str]) -> list[T]:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(function, names))


def _compared(raw: Path, name: str, kept: Kept) -> Kept | None:
    """A copy that is what was fetched, with its mark once that tells; None of one that is not."""
    now, mark = time.time_ns(), mark_of(raw, name)
    if kept.is_unread(mark):
        return kept
    if not is_whole(raw / name, kept.digest):
        return None
    return kept._replace(copy=tuple(mark) if mark is not None and is_settled(mark, now) else None)


def forget_copies() -> None:
    """From now on all that was fetched is compared with its checksum again, once."""
    for index in (state_folder() / "raw").glob(f"*/{INDEX}"):
        _write_index(index, {name: kept._replace(copy=None) for name, kept in read_index(index).items()})


def read_index(path: Path) -> dict[str, Kept]:
    with suppress(OSError, ValueError, TypeError):
        return {name: Kept(*kept) for name, kept in json.loads(path.read_text(encoding="utf-8")).items()}
    return {}


def _write_index(path: Path, kept: Mapping[str, Kept]) -> None:
    replace_atomically(path, json.dumps(kept))


def _remove(raw: Path, name: str) -> None:
    """Removes a file, and the folders that are empty without it, which may stand in the way of another file."""
    (raw / name).unlink(missing_ok=True)
    for folder in (raw / name).parents:
        if folder == raw or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()
