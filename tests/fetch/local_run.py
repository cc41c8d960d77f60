"""A clock on which waiting takes no time, and sources on this machine."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from typing import Any

from flows.fetch.outcome import SourceReport
from flows.fetch.pace import Clock
from flows.fetch.sources import Source

HERE = ipaddress.ip_network("127.0.0.1/32")


class Time:
    """A clock that waiting moves on, and nothing else but a little each time that it is read."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waits: list[float] = []
        self.clock = Clock(self.now, lambda: self.seconds, self.wait, lambda: 0.5)

    def now(self) -> dt.datetime:
        self.seconds += 0.000_01
        return dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC) + dt.timedelta(seconds=self.seconds)

    def wait(self, seconds: float) -> None:
        if seconds > 0:
            self.waits.append(round(seconds, 3))
            self.seconds += seconds

    def days(self, days: float) -> None:
        """Lets days go by."""
        self.seconds += days * 86400


def source(**given: Any) -> Source:
    """A source that may go to this machine."""
    whole: dict[str, Any] = {"name": "here", "kind": "urls", "publisher": "某网", "language": "zh-Hans"}
    whole |= {"rights": "unspecified", "delay": 0.0, "hosts": ("127.0.0.1",), "allow_private": (HERE,)}
    whole |= {"seconds_a_read": 5.0, "seconds_a_page": 10.0, **given}
    for name in ("url", "hosts"):
        whole[name] = (whole[name],) if isinstance(whole[name], str) else tuple(whole[name])
    if isinstance(whole.get("links"), str):
        whole["links"] = re.compile(whole["links"])
    return Source(**whole)


def counted(report: SourceReport) -> dict[str, int]:
    """The counts that are not 0."""
    return {outcome: count for outcome, count in report.counts.items() if count}
