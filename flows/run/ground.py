"""What a run stands on: the state folder and the clock. Looked at before any work; and where a run fails because its
state was deleted or a disk is full, that is what is said, whatever broke first."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import ShegongError, TargetError
from flows.run.server import ServerError
from flows.state import state_folder

RUNNING = "running"
"""Folder of the state with a file for each run that is on: a run finds out by its own that the state was deleted."""

FULL = 1 << 20
"""Bytes that are left on a disk that is full for our purposes: every next file will fail."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class StateError(ShegongError):
    """The state folder cannot be used, or is not there any more."""


@contextmanager
def running(*others: Path) -> Iterator[None]:
    """For the length of a run. The state folder is made if need be; `others` are folders that the run writes to.

    Raises:
        StateError: the state cannot be written, was deleted meanwhile, or a disk is full.
    """
    mark = _begin()
    try:
        yield
    except Exception as error:
        if not mark.exists():
            problem = "it was deleted while a run was on."
            remedy = "Nothing was released; run again, and delete it when no run is on."
            raise StateError("state_gone", problem, remedy, state_folder()) from error
        if full := _full(error, (state_folder(), *others)):
            raise _no_room(full) from error
        raise
    finally:
        mark.unlink(missing_ok=True)


def _begin() -> Path:
    """The mark of this run; some bytes are written, which a full disk refuses."""
    folder = state_folder() / RUNNING
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, mark = tempfile.mkstemp(prefix=f"{os.getpid()}-", dir=folder)
        with open(handle, "wb") as file:
            file.write(b"\n" * 4096)
            file.flush()
            os.fsync(handle)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise _no_room(state_folder()) from error
        problem = f"the state of runs cannot be kept there: {error.strerror}."
        raise StateError("state", problem, "Name another folder with SHEGONG_STATE.", state_folder()) from error
    return Path(mark)


def _no_room(folder: Path) -> StateError:
    named = "another folder with SHEGONG_STATE" if folder == state_folder() else "another folder"
    remedy = f"Nothing was released; make room or name {named}, and run again: what was finished is kept."
    return StateError("disk_full", "the disk is full.", remedy, folder)


def _full(error: BaseException, folders: tuple[Path, ...]) -> Path | None:
    """The folder whose disk is full, if that is why; else None."""
    free = {folder: shutil.disk_usage(folder).free for folder in folders if folder.is_dir()}
    emptiest = min(free, key=lambda folder: free[folder])
    chain: BaseException | None = error
    while chain is not None:
        if isinstance(chain, OSError) and chain.errno in NO_ROOM:
            return emptiest
        chain = chain.__cause__ or chain.__context__
    blamed = isinstance(error, ShegongError) and not isinstance(error, ServerError)
    return emptiest if free[emptiest] < FULL and not blamed else None


def check_writable(folder: Path) -> None:
    """Whether files can be made in a folder.

    Raises:
        TargetError: no.
    """
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        problem = f"the folder cannot be written: {error.strerror}."
        raise TargetError("target", problem, "Name one that you may write with --releases.", folder) from error
