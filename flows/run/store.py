"""Raw documents in an S3 bucket: brought to this machine once, object by object, and again only when they change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from flows.durable import replace_atomically
from flows.publish.s3 import S3Store
from flows.state import state_folder

AT_ONCE = 16
"""Objects that are fetched at the same time: small ones wait for the store, not for this machine."""

INDEX = "index.json"


def is_url(place: str | Path) -> bool:
    """Whether a place is in a store rather than a folder."""
    return str(place).startswith("s3://")


def folder_of(kind: str, url: str) -> Path:
    """The folder of the state in which what stands under `url` is kept at hand."""
    return state_folder() / kind / hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:16]


class RawStore:
    """The objects under s3://bucket/prefix as a raw folder, read only."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._store = S3Store(url)

    def mirror(self) -> Path:
        """A folder of this machine with exactly these objects, and their sizes and marks in an index beside it.

        Only what is new or changed is fetched: one request a thousand objects for the listing, one for each such
        object. An object whose name cannot be the name of a file is left out.

        Raises:
            StoreError: the store does not answer or refuses.
        """
        folder = folder_of("raw", self.url)
        index, raw = folder / INDEX, folder / "documents"
        raw.mkdir(parents=True, exist_ok=True)
        known: dict[str, str] = {}
        with suppress(OSError, ValueError):
            known = json.loads(index.read_text(encoding="utf-8"))
        there = {name: mark for name, mark in self._store.listing() if _is_file_name(name)}
        for name in known.keys() - there.keys():
            (raw / name).unlink(missing_ok=True)
        changed = {name for name, mark in there.items() if known.get(name) != mark or not (raw / name).is_file()}
        if changed or known.keys() != there.keys():
            kept = {name: mark for name, mark in there.items() if name not in changed}
            replace_atomically(index, json.dumps(kept))  # a run that is killed now trusts nothing half fetched
            self.fetch(changed, raw)
            replace_atomically(index, json.dumps(there))
        return raw

    def fetch(self, names: Collection[str], folder: Path) -> None:
        """Copies objects into a folder, under their names.

        Raises:
            StoreError: one is not there, or the store does not answer.
        """
        folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            for _ in threads.map(lambda name: self._fetch(name, folder / name), sorted(names)):
                pass

    def _fetch(self, name: str, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store.fetch(name, path)


def _is_file_name(name: str) -> bool:
    return bool(name) and not name.endswith("/") and ".." not in name.split("/") and len(name.encode()) < 1000
