"""SIGTERM as an exception, so that a command that is told to stop clears up and says so."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from flows.cli.commands import TERMINATED

STOPPED = "shegong: stopped; finished shards are kept, and the next run goes on from there."
PATIENCE = 30
"""Seconds that clearing up may take. Prefect's engine waits for ever where the signal came while it held a lock."""


class Terminated(BaseException):
    """The process was asked to stop by SIGTERM."""


@contextmanager
def terminable() -> Iterator[None]:
    """SIGTERM raises Terminated inside; the process ends even if clearing up does not."""
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
    signal.signal(signal.SIGALRM, _end)
    signal.alarm(PATIENCE)
    raise Terminated


def _end(*_: object) -> None:
    print(STOPPED, file=sys.stderr, flush=True)
    os._exit(TERMINATED)
