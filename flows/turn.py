"""What a run must know before it does any work: whether it may, and whether there is anything to do."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import ReleaseError, ShegongError, TargetError
from flows.folder.stage import is_newest, latest, read_build


class BusyError(ShegongError):
    """Another run is writing to the same folder."""


@contextmanager
def only_run(releases: Path) -> Iterator[None]:
    """Holds the releases folder, which is made if need be, for one run. The system lets go when the process ends,
    however it ends, so nothing stale is left.

    Raises:
        BusyError: another run holds it.
        TargetError: the folder cannot be made or opened.
    """
    try:
        releases.mkdir(parents=True, exist_ok=True)
        handle = os.open(releases, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        problem = f"the folder cannot be written: {error.strerror}."
        raise TargetError("target", problem, "Name one that you may write with --releases.", releases) from error
    os.close(handle)
    with hold(releases, "another run is making a release there."):
        yield


@contextmanager
def hold(folder: Path, busy: str) -> Iterator[None]:
    """Holds a folder for this process. `busy` says what another one that holds it is doing.

    Raises:
        BusyError: another process holds it.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BusyError("busy", busy, "Wait for it to end.", folder) from error
    else:
        yield
    finally:
        os.close(handle)


def made_already(releases: Path, made_from: str) -> Path | None:
    """The latest release if it was made from these very documents by this very code, as `listing.fingerprint` tells
    them, else None; also where a newer one was deleted, which latest.json still names."""
    current = latest(releases)
    if current is None or not is_newest(releases, current.name):
        return None
    try:
        same = read_build(current).get("fingerprint") == made_from
    except ReleaseError:  # a release without build.json is complete, but says nothing of its input
        return None
    return current if same else None
