"""Which addresses may be connected to. A page is somebody else's words: none may send us into a private network.

A name is looked up once for each connection, every address that it has is checked, and one of these very addresses is
connected to. So neither a redirect nor a name whose answer changes between two questions gets around the check.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from flows.fetch.values import Network

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port to addresses."""

TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses that stand for an IPv4 address (RFC 6052)."""

TRIED = 3
"""Addresses of a host that are tried, at the most."""


class RefusedAddressError(Exception):
    """The host has an address that is not public."""


class NoAddressError(Exception):
    """The host's name has no address."""


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses of a host, as the system knows them.

    Raises:
        NoAddressError: none, or no answer.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAddressError(f"the name of the host has no address: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address belongs to the public network. One that stands for another is as public as that other."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id is not None:
            return False
        if ip in TRANSLATED:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if any(one is not None for one in inner):
            return all(is_public(str(one)) for one in inner if one is not None)
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def checked(host: str, addresses: Iterable[str], allowed: Sequence[Network]) -> list[str]:
    """The addresses, if each is public or in a network that is allowed.

    Raises:
        RefusedAddressError: one is neither.
        NoAddressError: there is none.
    """
    addresses = list(addresses)
    for address in addresses:
        if not is_public(address) and not any(ipaddress.ip_address(address) in network for network in allowed):
            raise RefusedAddressError(f"{host} is at {address}, which is not public; allow_private lists exceptions")
    if not addresses:
        raise NoAddressError("the name of the host has no address")
    return addresses


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to checked addresses only, and lets nothing on the connection go on past a moment.

    Args:
        allowed: private networks that may be connected to.
        deadline: that moment, on time.monotonic().
        look_up: host and port to addresses.
    """

    def __init__(self, allowed: Sequence[Network], deadline: float, look_up: Resolve = resolve) -> None:
        self.allowed, self.deadline, self.look_up = allowed, deadline, look_up
        self.address = ""
        """The one that was connected to."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that answers."""
        addresses = checked(host, self.look_up(host, port), self.allowed)[:TRIED]
        for number, address in enumerate(addresses, 1):
            try:
                left = time_left(self.deadline, timeout)
                stream = httpcore.SyncBackend().connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
            else:
                self.address = address
                return TimedStream(stream, self.deadline)
        raise AssertionError("unreachable")


class TimedStream(httpcore.NetworkStream):
    """A connection that ends at a moment, however steadily a server sends single bytes until then."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, time_left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, time_left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = time_left(self._deadline, timeout)
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def time_left(deadline: float, timeout: float | None) -> float:
    """Seconds to the deadline, or the timeout if that comes first.

    Raises:
        httpcore.ReadTimeout: the deadline is past.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for the whole page is over")
    return left if timeout is None else min(left, timeout)
