"""Containers that have to be unpacked before a record in them can be found: kept in the state folder by their hash."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO, NamedTuple

from flows.errors import TargetError
from flows.read.archives.limits import CHUNK, BrokenError
from flows.state import state_folder

KEPT = 7 * 24 * 3600.0
"""Seconds that a container stays after it was last used. A run that misses one unpacks it again."""


_PLACE: ContextVar[Path | None] = ContextVar("place", default=None)


class Unpacked(NamedTuple):
    """`reason` says why a container is not whole; what was unpacked before is there."""

    sha256: str
    reason: str | None


def unpack(stream: BinaryIO) -> Unpacked:
    """Writes what the stream gives, under its hash.

    Raises:
        BombError: it gives more than it may; nothing is kept.
        TargetError: there is no room for it.
    """
    folder = _folder()
    digest, reason = hashlib.sha256(), None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, staged = tempfile.mkstemp(prefix=".", dir=folder)
    except OSError as error:
        raise _no_room(folder, error) from error
    try:
        with open(handle, "wb") as out:
            while True:
                try:
                    piece = stream.read(CHUNK)
                except BrokenError as error:
                    reason = error.reason
                    break
                if not piece:
                    break
                digest.update(piece)
                _write(out, piece, folder)
        os.replace(staged, folder / digest.hexdigest())
    except BaseException:
        Path(staged).unlink(missing_ok=True)
        raise
    return Unpacked(digest.hexdigest(), reason)


@contextmanager
def unpacked_into(folder: Path) -> Iterator[None]:
    """Unpacks there and not into the state folder, for the length of it."""
    before = _PLACE.set(folder)
    try:
        yield
    finally:
        _PLACE.reset(before)


def unpacked_path(sha256: str) -> Path:
    """Where a container stands once it is unpacked."""
    return _folder() / sha256


def prune(*others: Path) -> None:
    """Deletes what was not used for `KEPT` seconds, and what killed runs left; in the `others` too, folders of files
    that go with it."""
    for entry in (entry for folder in (_folder(), *others) if folder.is_dir() for entry in os.scandir(folder)):
        try:
            if time.time() - entry.stat().st_mtime > KEPT:
                os.unlink(entry)
        except OSError:
            continue


def _folder() -> Path:
    return _PLACE.get() or state_folder() / "unpacked"


def _write(out: BinaryIO, piece: bytes, folder: Path) -> None:
    try:
        out.write(piece)
    except OSError as error:
        raise _no_room(folder, error) from error


def _no_room(folder: Path, error: OSError) -> TargetError:
    problem = f"an archive cannot be unpacked there ({error.strerror})."
    return TargetError("unpacked", problem, "Make room, or name another folder with SHEGONG_STATE.", folder)
