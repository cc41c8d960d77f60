"""One request at a time to a host, a pause between two, and a longer one when the host asks for it."""

from __future__ import annotations

import datetime as dt
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import NamedTuple

SLOWEST = 8.0
"""How many times its usual delay a host that said "too many requests" is given, at the most."""

LONGEST_HOLD = dt.timedelta(days=1)
"""After it a host that asked for a longer pause is asked again: some ask for years, by mistake or to be rid of us; the
latter is what robots.txt is for."""


class StoppedError(Exception):
    """The run is to end now."""


class NotNowError(Exception):
    """A host cannot be asked any more in this run; says why."""

    def __init__(self, host: str, sentence: str) -> None:
        self.host = host
        super().__init__(sentence)


class Clock(NamedTuple):
    """What is waited by. A test gives one on which waiting takes no time."""

    now: Callable[[], dt.datetime]
    """The time of day, UTC."""
    monotonic: Callable[[], float]
    wait: Callable[[float], None]
    """Raises StoppedError when the run is to end."""
    chance: Callable[[], float]
    """From 0 to 1, so that several that failed together do not come back together."""


def real_clock(stop: threading.Event) -> Clock:
    """The machine's clock; its waiting ends when `stop` is set."""

    def wait(seconds: float) -> None:
        if stop.wait(max(0.0, seconds)):
            raise StoppedError

    return Clock(lambda: dt.datetime.now(dt.UTC), time.monotonic, wait, random.random)


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_at: float = 0.0
    slower: float = 1.0


class Hosts:
    """The hosts of a run. Safe to call from several threads.

    Args:
        held: hosts that asked for a pause which may not be over yet, and until when.
    """

    def __init__(self, clock: Clock, held: Mapping[str, dt.datetime] | None = None) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._hosts: dict[str, _Host] = {}
        for host, until in (held or {}).items():
            self.hold(host, min(until - clock.now(), LONGEST_HOLD).total_seconds())

    @contextmanager
    def turn(self, host: str, delay: float, until: float) -> Iterator[None]:
        """Waits for the host's next turn and keeps all others from it until left; then `delay` seconds must pass.

        Raises:
            NotNowError: that turn comes after `until`, on the clock's monotonic scale.
            StoppedError: the run is to end.
        """
        state = self._state(host)
        with locked(state.lock, self._clock, host, until):
            pause = state.next_at - self._clock.monotonic()
            if self._clock.monotonic() + max(0.0, pause) > until:
                raise _too_late(host)
            self._clock.wait(pause)
            try:
                yield
            finally:
                state.next_at = max(state.next_at, self._clock.monotonic() + delay * state.slower)

    def hold(self, host: str, seconds: float, slower: bool = False) -> None:
        """No request before so many seconds have passed; and twice the delay from now on, if `slower`."""
        state = self._state(host)
        state.next_at = max(state.next_at, self._clock.monotonic() + seconds)
        if slower:
            state.slower = min(SLOWEST, state.slower * 2)

    def _state(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())


@contextmanager
def locked(lock: threading.Lock, clock: Clock, host: str, until: float) -> Iterator[None]:
    """Holds a lock that others may hold for as long as a request to the host takes.

    Raises:
        NotNowError: they still do at `until`, on the clock's monotonic scale.
    """
    if not lock.acquire(timeout=min(max(0.0, until - clock.monotonic()), threading.TIMEOUT_MAX)):
        raise _too_late(host)
    try:
        yield
    finally:
        lock.release()


def _too_late(host: str) -> NotNowError:
    return NotNowError(host, f"the next turn of {host} comes after the end of this run")


def retry_after(header: str | None, now: dt.datetime) -> float | None:
    """Seconds to wait, by a Retry-After header: a number of seconds or a date. None if it says neither."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return max(0.0, (at - now).total_seconds())
