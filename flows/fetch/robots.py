"""What robots.txt allows, after RFC 9309."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

TOKEN = "shegong"
"""Our name in robots.txt."""

KEPT_HOURS = 24
"""How long a robots.txt holds before it is asked for again (RFC 9309, 2.4)."""

READ = 512_000
"""Bytes of it that are read (RFC 9309, 2.5: at least 500 KiB)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """`why_not` is None where pages may be asked for, each as `parsed` says; else why none may for now."""

    parsed: Protego | None = None
    why_not: str | None = None

    def refuse(self, url: str) -> str | None:
        """Why an address may not be asked for, or None if it may."""
        if self.why_not:
            return self.why_not
        if self.parsed is not None and not self.parsed.can_fetch(url, TOKEN):
            return "robots.txt disallows it"
        return None

    @property
    def delay(self) -> float:
        """Seconds that it wants between two requests; 0 where it does not say."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(TOKEN)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(0.0, self.parsed.crawl_delay(TOKEN) or 0.0, by_rate)


def rules_of(status: int, body: bytes) -> Rules:
    """The rules, by the answer to the request for robots.txt.

    2xx: what it says. Other 4xx: there are none, and everything is allowed. 5xx, and 429, which is as little an
    answer: unknown, so nothing is allowed for now.
    """
    if status == 429 or status >= 500:
        return Rules(why_not=f"robots.txt cannot be read for now (status {status})")
    if not 200 <= status < 300:
        return Rules()
    return Rules(Protego.parse(body[:READ].decode("utf-8", "replace").removeprefix("\ufeff")))


def unreachable(why: str) -> Rules:
    """The rules where there was no answer at all: nothing is allowed for now."""
    return Rules(why_not=f"robots.txt cannot be read for now ({why})")
