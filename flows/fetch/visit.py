"""One page, politely: what robots.txt says, the host's pace, several tries, redirects hop by hop."""

from __future__ import annotations

import datetime as dt
import string
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol
from urllib.parse import quote

import httpx

from flows.fetch.addresses import Resolve, resolve
from flows.fetch.client import FetchError, Limits, Response, get
from flows.fetch.pace import LONGEST_HOLD, Clock, Hosts, NotNowError, locked, retry_after
from flows.fetch.robots import READ, Rules, rules_of, unreachable
from flows.fetch.sources import Source
from flows.fetch.values import address

TRIES = 3
FIRST_PAUSE = 2.0
"""Seconds before the second try, about; twice that before the third."""

LONGEST_PAUSE = 600.0
"""Seconds that a host may make us wait within a run. One that asks for more is left for a later run."""

LONGEST_ADDRESS = 8000
"""Characters of an address that a redirect leads to; it stands in the head of a record, which has its limit."""

REDIRECTS = 5
ROBOTS_REDIRECTS = 5  # RFC 9309, 2.3.1.2
REDIRECTING = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({429, 500, 502, 503, 504})
"""Answers that another try may better."""


class RefusedError(Exception):
    """A page that we may not or do not want to ask for; says why."""


class Robots(Protocol):
    """Where robots.txt is kept between runs."""

    def robots(self, origin: str, now: dt.datetime) -> tuple[int, bytes] | None:
        """Status and body, if it was fetched within robots.KEPT_HOURS."""

    def keep_robots(self, origin: str, status: int, body: bytes, at: dt.datetime) -> None:
        """Keeps them."""

    def keep_hold(self, host: str, until: dt.datetime) -> None:
        """Keeps that a host asked for a pause."""


@dataclass(slots=True)
class Web:
    """What the sources of a run share: the clock, the hosts' turns, their rules."""

    clock: Clock
    hosts: Hosts
    kept: Robots
    user_agent: str
    look_up: Resolve = resolve
    rules: dict[str, Rules] = field(default_factory=dict)
    """By origin, once asked for."""
    locks: dict[str, threading.Lock] = field(default_factory=dict)

    def capped(self, takes: Callable[[str], bool]) -> list[str]:
        """What to tell of hosts, of those that it takes, whose robots.txt asks for a longer delay than is kept."""
        told = ((httpx.URL(origin).host, rules.excess) for origin, rules in sorted(self.rules.items()))
        return [f"robots.txt of {host} {excess}" for host, excess in told if excess and takes(host)]


class Visit(NamedTuple):
    """Where it ended, and the answer there; None where that address is not to be asked for again."""

    url: str
    response: Response | None


Conditions = Callable[[str], Mapping[str, str] | None]
"""The headers that ask for an address only if it changed; None if it is not to be asked for at all."""


def visit(web: Web, source: Source, url: str, conditions: Conditions, until: float, said: list[Response]) -> Visit:
    """Asks for a page and follows where it leads.

    Args:
        until: when the source's run ends, on the clock's monotonic scale.
        said: takes every answer on the way: of robots.txt, and redirects.

    Raises:
        FetchError: no answer to use after TRIES tries.
        RefusedError: robots.txt, or a redirect to where the source does not reach.
        NotNowError: a host wants to be left alone, cannot say what it allows, or has no turn before `until`.
        StoppedError: the run is to end.
    """
    seen = {url}
    headers = conditions(url) or {}
    while True:
        host = httpx.URL(url).host
        if not source.takes(host):
            raise RefusedError(f"it leads to {host}, which is none of the source's hosts")
        rules = _rules(web, source, url, until, said)
        if rules.why_not:
            raise NotNowError(host, f"{host}: {rules.why_not}")
        if why := rules.refuse(url):
            raise RefusedError(why)
        response = _tried(web, source, url, headers, max(source.delay, rules.delay), until)
        if response.status in BUSY:
            raise FetchError("busy", f"status {response.status} after {TRIES} tries", passing=True)
        location = response.header("location")
        if response.status not in REDIRECTING or not location:
            return Visit(url, response)
        said.append(response)
        url = _target(url, location)
        if url in seen:
            raise FetchError("redirects", "its redirects go in a circle")
        if len(seen) > REDIRECTS:
            raise FetchError("redirects", f"more than {REDIRECTS} redirects")
        seen.add(url)
        asked = conditions(url)
        if asked is None:
            return Visit(url, None)
        headers = asked


def _target(url: str, location: str) -> str:
    if not location.isascii() and max(location) <= "\xff":  # bytes that are no UTF-8: of a path in GBK, as they came
        location = quote(location.encode("latin-1"), safe=string.punctuation)
    try:
        target = address(str(httpx.URL(url).join(location)))
    except (ValueError, httpx.InvalidURL) as error:
        raise FetchError("redirects", "it redirects to what is no http address") from error
    if len(target) > LONGEST_ADDRESS:
        raise FetchError("redirects", f"it redirects to an address of {len(target):,} characters")
    return target


def _rules(web: Web, source: Source, url: str, until: float, said: list[Response]) -> Rules:
    """The rules for an address, asked for once a run and at most once in robots.KEPT_HOURS."""
    where = httpx.URL(url)
    origin = f"{where.scheme}://{where.netloc.decode()}"
    with locked(web.locks.setdefault(origin, threading.Lock()), web.clock, where.host, until):
        if origin not in web.rules:
            kept = web.kept.robots(origin, web.clock.now())
            web.rules[origin] = rules_of(*kept) if kept else _ask_for_rules(web, source, origin, until, said)
        return web.rules[origin]


def _ask_for_rules(web: Web, source: Source, origin: str, until: float, said: list[Response]) -> Rules:
    url = f"{origin}/robots.txt"
    try:
        for _ in range(ROBOTS_REDIRECTS + 1):
            response = _tried(web, source, url, {}, source.delay, until)
            location = response.header("location")
            if response.status not in REDIRECTING or not location:
                said.append(response)
                if response.status not in BUSY and response.status < 500:
                    web.kept.keep_robots(origin, response.status, response.body[:READ], response.fetched_at)
                return rules_of(response.status, response.body)
            url = _target(url, location)
    except FetchError as error:
        if error.code == "redirects":
            return Rules()
        return unreachable(error.sentence)
    return Rules()  # too many redirects: as if there were none


def _tried(web: Web, source: Source, url: str, headers: Mapping[str, str], delay: float, until: float) -> Response:
    """An answer, a busy one only after TRIES tries. The host rests longer after each that failed."""
    host = httpx.URL(url).host
    sent = {"User-Agent": web.user_agent, "Accept": "*/*", **headers}
    number = 0
    while True:
        number += 1
        pause = FIRST_PAUSE * 2 ** (number - 1) * (0.5 + web.clock.chance())
        try:
            with web.hosts.turn(host, delay, until):
                limits = Limits.of(source).within(until - web.clock.monotonic())
                response = get(url, sent, limits, web.clock.now(), source.allow_private, web.look_up)
        except FetchError as error:
            if error.code == "address":
                raise RefusedError(error.sentence) from error
            if not error.passing:
                raise
            web.hosts.hold(host, pause)
            if number == TRIES:
                raise
            continue
        if response.status in BUSY:
            _rest(web, host, response, pause, until)
        if response.status not in BUSY or number == TRIES:
            return response


def _rest(web: Web, host: str, response: Response, pause: float, until: float) -> None:
    """Lets a host rest that said it is busy, as long as it asks for.

    Raises:
        NotNowError: that is longer than we can wait.
    """
    asked = retry_after(response.header("retry-after"), web.clock.now()) if response.status in (429, 503) else None
    web.hosts.hold(host, max(pause, asked or 0.0), slower=response.status in (429, 503))
    if asked is not None and (asked > LONGEST_PAUSE or web.clock.monotonic() + asked > until):
        wanted = dt.timedelta(seconds=asked)
        at = web.clock.now() + min(wanted, LONGEST_HOLD)
        web.kept.keep_hold(host, at)
        said = f" for {wanted.days:,} days, and is" if wanted > LONGEST_HOLD else ""
        raise NotNowError(host, f"{host} asked to be left alone{said} until {at:%Y-%m-%d %H:%M} UTC")
