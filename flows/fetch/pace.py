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


class StoppedError(Exception):
    """The run is to end now."""


class OutOfTimeError(Exception):
    """The host's next turn comes after the end of the source's run."""


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
            self.hold(host, (until - clock.now()).total_seconds())

    @contextmanager
    def turn(self, host: str, delay: float, until: float) -> Iterator[None]:
        """Waits for the host's next turn and keeps all others from it until left; then `delay` seconds must pass.

        Raises:
            OutOfTimeError: that turn comes after `until`, on the clock's monotonic scale.
            StoppedError: the run is to end.
        """
        state = self._state(host)
        with state.lock:
            pause = state.next_at - self._clock.monotonic()
            if self._clock.monotonic() + max(0.0, pause) > until:
                raise OutOfTimeError(f"the next turn of {host} comes after the end of this run")
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
