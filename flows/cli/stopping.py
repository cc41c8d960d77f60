"""SIGTERM as an exception, so that a command that is told to stop clears up and says so."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any


class Terminated(BaseException):
    """The process was asked to stop by SIGTERM."""


@contextmanager
def terminable() -> Iterator[None]:
    """SIGTERM raises Terminated inside."""
    before: Any = None
    with suppress(ValueError):  # only the main thread may; elsewhere somebody else takes care of signals
        before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def _terminate(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough: what follows is clearing up
    raise Terminated
