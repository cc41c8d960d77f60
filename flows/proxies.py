"""Proxies of the environment are for what leaves this machine: a store, a notification. A run's own servers stand on
this machine and are reached directly, whatever HTTP_PROXY, HTTPS_PROXY and ALL_PROXY say.

Clients read these variables when they are made, and some stop at what they cannot use (a SOCKS proxy, a wrong port,
brackets around an address) though nothing of theirs would go there: such an entry is taken out, and that is said.
"""

from __future__ import annotations

import ipaddress
import os
import re
import sys
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")

PROXIES = ("http_proxy", "https_proxy", "all_proxy")

NAME = re.compile(r"[a-z0-9_][a-z0-9_.-]*", re.IGNORECASE | re.ASCII)
"""A host name or IPv4 address as every client takes it."""

EXCEPTED = re.compile(rf"\*|[*.]*{NAME.pattern}(:[1-5]?\d{{1,4}}|/\d\d?)?", re.IGNORECASE | re.ASCII)
"""An entry of NO_PROXY that every client takes."""


def reach_this_machine_directly() -> None:
    """Adds this machine to what NO_PROXY excepts, for this process and those that it starts. Call it before a client is
    made; a second call changes nothing."""
    said = os.environ.get("no_proxy", os.environ.get("NO_PROXY", ""))
    entries = [entry.strip().strip("[]") for entry in said.split(",")]
    for name in filter(None, entries):
        if not _is_excepted(name):
            _tell(f"NO_PROXY: {name!r}", "no host name or address")
    direct = ",".join(dict.fromkeys([*filter(_is_excepted, entries), *LOOPBACK]))
    os.environ.update(no_proxy=direct, NO_PROXY=direct)
    for name in [name for name in os.environ if name.lower() in PROXIES]:
        if not _is_usable(os.environ[name]):
            del os.environ[name]
            _tell(name, "no http:// or https:// proxy")


def _is_excepted(entry: str) -> bool:
    return bool(EXCEPTED.fullmatch(entry)) or _is_ipv6(entry)


def _is_usable(proxy: str) -> bool:
    if not proxy:  # says that there is none
        return True
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = NAME.fullmatch(host) or _is_ipv6(host)
    return parts.scheme in ("http", "https") and bool(named) and port != 0 and proxy.isprintable()


def _is_ipv6(text: str) -> bool:
    try:
        return bool(ipaddress.IPv6Address(text))
    except ValueError:
        return False


def _tell(name: str, wrong: str) -> None:
    """Says which entry is not used; of a proxy never the value, which may hold a password."""
    print(f"shegong: {name} is not used: it is {wrong}.", file=sys.stderr)
