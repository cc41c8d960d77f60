"""Progress for the person at the terminal, and plain lines for a log: both on standard error."""

from __future__ import annotations

import sys
import threading
import time
from typing import Any

EVERY = 5.0
"""Seconds between two lines where no terminal is there to rewrite one."""

STARTED = time.monotonic()
"""When this process began, as far as anybody waits for it: the command line imports this first."""


_quiet = False


def be_quiet() -> None:
    """From now on nothing is said of how far things are; errors still are."""
    global _quiet
    _quiet = True


class Progress:
    """Says what the run is at. Safe to call from several threads."""

    def __init__(self) -> None:
        self._said = time.monotonic()
        self._bar: Any = None
        self._lock = threading.Lock()

    def step(self, sentence: str) -> None:
        """A step begins or is done."""
        with self._lock:
            self._close()
            self._write(sentence)

    def count(self, sentence: str, done: int, total: int) -> None:
        """`done` of `total` of something. On a terminal a bar shows rate and time left; elsewhere a line comes now and
        then."""
        with self._lock:
            last, now = done >= total, time.monotonic()
            if _quiet:
                return
            if sys.stderr.isatty():
                self._draw(sentence, done, total)
                if last:
                    self._close()
            if last or (not sys.stderr.isatty() and now - self._said >= EVERY):
                self._write(f"{sentence} {done:,}/{total:,}")
                self._said = now

    def _draw(self, sentence: str, done: int, total: int) -> None:
        if self._bar is None or self._bar.desc != f"{sentence}: ":
            from tqdm import tqdm

            self._close()
            self._bar = tqdm(total=total, desc=sentence, file=sys.stderr, leave=False, dynamic_ncols=True)
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _write(self, sentence: str) -> None:
        if not _quiet:
            print(f"{time.monotonic() - STARTED:6.1f} s  {sentence}", file=sys.stderr, flush=True)
