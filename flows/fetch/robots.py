"""What robots.txt allows, after RFC 9309."""

from __future__ import annotations

import re
from dataclasses import dataclass

from protego import Protego

TOKEN = "shegong"
"""Our name in robots.txt."""

KEPT_HOURS = 24
"""How long a robots.txt holds before it is asked for again (RFC 9309, 2.4)."""

READ = 512_000
"""Bytes of it that are read (RFC 9309, 2.5: at least 500 KiB)."""

LONGEST_DELAY = 300.0
"""Seconds between two requests that a robots.txt may ask for; of more, this much is kept and the rest is told. RFC 9309
has no such line at all, and Heritrix, the crawler of the Internet Archive, follows it up to the same 300 seconds."""

_AGENT = re.compile(r"^([ \t]*user[- ]?agent[ \t]*:[ \t]*)(\*(?=\s*(?:#|$))|[a-z_-]*)[^\r\n#]*", re.I | re.M)
"""A line that says whom the next ones are for; a name ends where no letter, "_" or "-" stands (RFC 9309, 2.2.1)."""


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
        """Seconds to leave between two requests: as many as it wants, within LONGEST_DELAY."""
        return min(self._wanted, LONGEST_DELAY)

    @property
    def excess(self) -> str | None:
        """What to tell where it wants more than that."""
        if self._wanted <= LONGEST_DELAY:
            return None
        return f"wants {self._wanted:,.0f} seconds between two requests, of which {LONGEST_DELAY:.0f} are kept"

    @property
    def _wanted(self) -> float:
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(TOKEN)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(0.0, self.parsed.crawl_delay(TOKEN) or 0.0, by_rate)


def rules_of(status: int, body: bytes) -> Rules:
    """The rules, by the answer to the request for robots.txt.

    2xx: what it says. Other 4xx: there are none, and everything is allowed. 5xx, and 429 and 304, which are as little
    an answer (nothing was held that could be the same): unknown, so nothing is allowed for now.
    """
    if status in (304, 429) or status >= 500:
        return Rules(why_not=f"robots.txt cannot be read for now (status {status})")
    if not 200 <= status < 300:
        return Rules()
    text = body[:READ].decode("utf-8", "replace").removeprefix("\ufeff")
    return Rules(Protego.parse(_AGENT.sub(_ours_or_not, text)))


def _ours_or_not(line: re.Match[str]) -> str:
    """The line with our name, everybody's or one that stands for all others: Protego takes the start of our name for
    ours, and with a version for another's; and each name of thousands costs it each rule of thousands."""
    name = line[2].lower()
    return f"{line[1]}{name if name in (TOKEN, '*') else 'another'}"


def unreachable(why: str) -> Rules:
    """The rules where there was no answer at all: nothing is allowed for now."""
    return Rules(why_not=f"robots.txt cannot be read for now ({why})")
