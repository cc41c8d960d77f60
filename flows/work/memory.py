"""A ceiling on the memory that one document may take of the process that works on it.

The system refuses what goes past it (RLIMIT_DATA), so that the call ends with a MemoryError, its memory is free again,
and the process goes on to the next document. What is limited is data, memory of its own that a process may write: not
files that it maps, such as shards, and not the gigabytes of addresses that numpy and pyarrow reserve and never use, as
a limit on addresses (RLIMIT_AS) would.

What earlier documents took is free again, but often stays the process's own: one small thing that is kept holds all of
the heap below it. The next document takes that without asking the system, so what it may ask for is as much less: or a
process would grow by the ceiling with each bomb. Lying in pieces, though, what is free may be of no use. So what does
not find room in such a process is tried in a new one.

To watch from outside how large a process grows would come too late: a gigabyte
takes half a second. Only of a document whose process ended is it found out by watching whether that was for memory: a
library that cannot do without, as pdfium, ends its process instead of raising an error.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from flows.errors import InputError

SETTING = "SHEGONG_DOCUMENT_MB"
"""The variable of the environment in which an operator gives another ceiling."""

MEGABYTES = 480
"""2^20 bytes that a document may take beside the 120 MB of a worker. A page of 16 MB, the largest that is cleaned,
takes 430 of them if it is nothing but text full of figures; a real one of 100 KB takes 10."""

TORN = 32 * 2**20
"""Bytes free within a process that may be missed by a document that finds no room; a new worker has 3 MB."""

LOOK_SECONDS = 0.005

R = TypeVar("R")


def ceiling() -> int:
    """Megabytes that a document may take.

    Raises:
        InputError: the setting is no number that can be used.
    """
    said = os.environ.get(SETTING, "")
    if not said:
        return MEGABYTES
    if not (said.isascii() and said.isdecimal() and 0 < int(said[:9]) < 2**24):
        raise InputError("setting", f"{SETTING} is {said[:40]!r}.", "Give whole megabytes, such as 480.")
    return int(said[:9])


class TornError(MemoryError):
    """No room, in a process where more than TORN is free that may be of no use."""


def past_ceiling(work: str, megabytes: int) -> str:
    """The reason of a document that took more; `work` is what was done with it."""
    return f"memory: {work} it takes more than {megabytes} MB"


_TURN = threading.RLock()


def in_memory(call: Callable[[], R], megabytes: int) -> R:
    """What the call returns. Where the system does not tell how large a process is (no /proc), there is no limit. The
    ceiling is the process's, so calls of several threads wait for each other.

    Raises:
        MemoryError: it takes more than so many megabytes; TornError where a new process may find otherwise.
    """
    before = _pages("self")
    if before is None:
        return call()
    with _TURN:
        free = _spare()
        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = max(0, before.data - free) + megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        try:
            return call()
        except MemoryError as error:
            if free <= TORN:
                raise
            raise TornError from error
        finally:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def outgrows(call: Callable[[], object], megabytes: int) -> bool:
    """Whether a call, which ended its process, takes more than so many megabytes: it is made once more in a copy of
    this process, which is watched from outside and ended when it does."""
    _spare()
    before = _pages("self")
    if before is None:
        return False
    copy = os.fork()
    if copy == 0:
        with suppress(BaseException):
            call()
        os._exit(0)
    try:
        while os.waitpid(copy, os.WNOHANG) == (0, 0):
            now = _pages(str(copy)) or before
            if max(now.data - before.data, now.held - before.held) > megabytes * 2**20:
                return True
            time.sleep(LOOK_SECONDS)
        copy = 0
        return False
    finally:
        if copy:
            os.kill(copy, signal.SIGKILL)
            os.waitpid(copy, 0)


class _Pages(NamedTuple):
    """Bytes of a process."""

    held: int
    """In memory."""
    data: int
    """That it may write."""


def _pages(process: str) -> _Pages | None:
    """None where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/statm").read_bytes().split()
        return _Pages(*(int(fields[place]) * resource.getpagesize() for place in (1, 5)))
    except (OSError, ValueError, IndexError):
        return None


class _Heap(ctypes.Structure):
    """`struct mallinfo2` of glibc (malloc.h)."""

    _names = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")
    _fields_ = [(name, ctypes.c_size_t) for name in _names]


@cache
def _glibc() -> ctypes.CDLL | None:
    """The C library, where it tells of its heap: glibc since 2.33."""
    library = ctypes.CDLL(None)
    if not (hasattr(library, "mallinfo2") and hasattr(library, "malloc_trim")):
        return None
    library.mallinfo2.restype = _Heap
    return library


def _spare() -> int:
    """Bytes that are free within this process. Where they are many, their pages go back to the system first."""
    library = _glibc()
    if library is None:
        return 0
    free = int(library.mallinfo2().fordblks)  # which walks through all that is free: half a millisecond
    if free > TORN:
        library.malloc_trim(ctypes.c_size_t(0))
        free = int(library.mallinfo2().fordblks)
    return free
