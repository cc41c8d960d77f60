"""A limit of time that nothing gets around: the process ends."""

from __future__ import annotations

import faulthandler
import signal
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from flows.state import state_folder

R = TypeVar("R")


def in_time(seconds: float, call: Callable[[], R]) -> R:
    """Ends this process when the call takes longer. The system does it, so that even a stuck regular expression, which
    no exception gets through to, cannot hold it up.

    One alarm a process: calls must not overlap.
    """
    _end_on_alarm()
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return call()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


@cache
def _end_on_alarm() -> None:
    """From now on the alarm ends this process, as it does by default, once what it was at is written down. A timer
    costs 2.5 microseconds a call; `faulthandler.dump_traceback_later`, which starts a thread and waits for its end, 30
    and more."""
    state_folder().mkdir(parents=True, exist_ok=True)
    log = (state_folder() / "timeouts.log").open("ab")
    faulthandler.register(signal.SIGALRM, file=log, chain=True)
