"""A limit of time that nothing gets around: the process ends."""

from __future__ import annotations

import faulthandler
from collections.abc import Callable
from functools import cache
from typing import BinaryIO, TypeVar

from flows.state import state_folder

R = TypeVar("R")


def in_time(seconds: float, call: Callable[[], R]) -> R:
    """Ends this process when the call takes longer. A thread in C does it, so that even a stuck regular expression,
    which no exception gets through to, cannot hold it up."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=_log())
    try:
        return call()
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _log() -> BinaryIO:
    """Where a process that runs out of time writes what it was at."""
    state_folder().mkdir(parents=True, exist_ok=True)
    return (state_folder() / "timeouts.log").open("ab")
