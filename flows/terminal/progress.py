"""Progress for the person at the terminal, and plain lines for a log: both on standard error."""

from __future__ import annotations

import sys
import threading
import time

EVERY = 5.0
"""Seconds between two lines where no terminal is there to rewrite one."""


class Progress:
    """Says what the run is at. Safe to call from several threads."""

    def __init__(self) -> None:
        self._started = self._said = time.monotonic()
        self._open = False
        self._lock = threading.Lock()

    def step(self, sentence: str) -> None:
        """A step begins or is done."""
        with self._lock:
            self._write(sentence, end="\n")

    def count(self, sentence: str, done: int, total: int) -> None:
        """`done` of `total` of something. On a terminal the line is rewritten; elsewhere one comes now and then."""
        with self._lock:
            last, now = done == total, time.monotonic()
            if sys.stderr.isatty():
                self._write(f"{sentence} {done:,}/{total:,}", end="\n" if last else "")
            elif last or now - self._said >= EVERY:
                self._write(f"{sentence} {done:,}/{total:,}", end="\n")
                self._said = now

    def _write(self, sentence: str, end: str) -> None:
        back = "\r\x1b[K" if self._open else ""
        seconds = time.monotonic() - self._started
        print(f"{back}{seconds:6.1f} s  {sentence}", end=end, file=sys.stderr, flush=True)
        self._open = not end
