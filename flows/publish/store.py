"""Where releases are published to: a directory or an S3 bucket, behind the few verbs that publishing needs.

<store>/v2026.11.22/…             a release, whole
<store>/versions/v2026.11.22.json what that version is, claimed before its first file: a version is one content
<store>/channels/stable.json      the pointer of a channel, moved last
<store>/channels/stable/…         what changed from one stable release to the next
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

from flows.durable import move, sync_path
from flows.errors import ShegongError
from flows.publish.files import sha256


class StoreError(ShegongError):
    """A store that refuses, is full, cannot be reached, or does not keep what it is given."""


class MovedError(ShegongError):
    """Another publisher was faster: what was read at the start is not what stands there now."""

    exit_status = 1


class Stored(NamedTuple):
    """A small file of a store. `mark` changes with its content: what a conditional write compares."""

    content: bytes
    mark: str


class Store(Protocol):
    """What publishing asks of a store. Names are relative, with "/". Every method raises StoreError, saying which
    name, when the store does not do it."""

    url: str

    def read(self, name: str) -> Stored | None:
        """A small file, None if it is not there."""

    def swap(self, name: str, content: bytes, mark: str | None) -> bool:
        """Writes a small file if what stands there still has that mark, None meaning that nothing does.

        Atomic among all publishers: of several with the same mark at most one gets True.
        """

    def incoming(self, version: str, digest: str) -> AbstractContextManager[str]:
        """The folder to upload a release to. When the block ends well it stands under its version.

        Raises:
            MovedError: another publisher is copying the same release.
        """

    def upload(self, name: str, path: Path) -> None:
        """Copies a file. A reader sees all of it or nothing; what was there is replaced."""

    def digest(self, name: str) -> str | None:
        """sha256 of what the store holds under the name, read back from it; None if nothing."""

    def fetch(self, name: str, path: Path) -> None:
        """Copies a file from the store."""


def open_store(url: str) -> Store:
    """The store of an s3:// URL or a directory, which is made if need be.

    Raises:
        StoreError: no such kind of store, or it cannot be used.
    """
    scheme, separator, _ = url.partition("://")
    if not separator:
        return DirectoryStore(Path(url))
    if scheme == "s3":
        from flows.publish.s3 import S3Store

        return S3Store(url)
    raise StoreError("store", f"there is no way to publish to {scheme}://.", "Give a directory or an s3:// URL.")


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
