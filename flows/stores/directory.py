"""A directory as a store of releases."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.durable import move, sync_path
from flows.folder.files import sha256
from flows.stores.store import MovedError, Stored, StoreError


class DirectoryStore:
    """A directory, also a mounted one. Conditional writes compare under a lock; everything appears by a rename."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.url = folder.absolute(), str(folder)
        with self._spoken(""):
            self.folder.mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> Stored | None:
        """See Store."""
        with self._spoken(name):
            try:
                content = (self.folder / name).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None
            return Stored(content, hashlib.sha256(content).hexdigest())

    def swap(self, name: str, content: bytes, mark: str | None) -> bool:
        """See Store."""
        with self._spoken(name), self._locked(self.folder, wait=True):
            there = self.read(name)
            if (there.mark if there else None) != mark:
                return False
            with self._beside(name) as beside:
                beside.write_bytes(content)
            return True

    @contextmanager
    def incoming(self, version: str, digest: str) -> Iterator[str]:
        """See Store. The folder is hidden until all is there; one that a killed publisher left is gone on with."""
        final, hidden = self.folder / version, self.folder / f".incoming-{version}-{digest[:16]}"
        if final.is_dir():
            yield version
            return
        with self._spoken(hidden.name):
            hidden.mkdir(exist_ok=True)
        with self._locked(hidden, wait=False):
            yield hidden.name
            with self._spoken(version):
                move(hidden, final)

    def upload(self, name: str, path: Path) -> None:
        """See Store."""
        with self._spoken(name), self._beside(name) as beside:
            shutil.copyfile(path, beside)

    def digest(self, name: str) -> str | None:
        """See Store."""
        with self._spoken(name):
            try:
                return sha256(self.folder / name)
            except (FileNotFoundError, NotADirectoryError):
                return None

    def fetch(self, name: str, path: Path) -> None:
        """See Store."""
        with self._spoken(name):
            shutil.copyfile(self.folder / name, path)

    @contextmanager
    def _beside(self, name: str) -> Iterator[Path]:
        """A hidden file that takes the name once it is whole and on disk, and goes away if it never is."""
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            yield beside
            if target.exists():  # who may read it stays the same
                shutil.copymode(target, beside)
            sync_path(beside)
            beside.replace(target)
            sync_path(target.parent)
        finally:
            beside.unlink(missing_ok=True)

    @contextmanager
    def _locked(self, folder: Path, wait: bool) -> Iterator[None]:
        """Holds a folder; the system lets go when the process ends, however it ends."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            yield
        except BlockingIOError as error:
            remedy = "Wait for it to end, then look at the channel."
            raise MovedError("busy", "another publisher is copying the same release.", remedy, folder) from error
        finally:
            os.close(handle)

    @contextmanager
    def _spoken(self, name: str) -> Iterator[None]:
        try:
            yield
        except BlockingIOError:
            raise
        except OSError as error:
            remedy = "No pointer was moved. Mend that and publish again: what is there already is not copied twice."
            problem = f"the store does not take or give it: {error.strerror or error}."
            raise StoreError("store", problem, remedy, self.folder / name) from error
