"""How a value of sources.yaml is checked. Each check gives the value in its plain form, or says what to write."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from typing import Any

import httpx

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class ValueRefusedError(ValueError):
    """A value that cannot be used; says what to write instead."""


def one_line(value: Any) -> str:
    """A line of text, without what does not print."""
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueRefusedError("Write one line of text.")
    return value.strip()


def matching(pattern: str, remedy: str) -> Callable[[Any], str]:
    """Text that a pattern matches as a whole."""

    def check(value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ValueRefusedError(remedy)
        return value

    return check


def one_of(*allowed: str) -> Callable[[Any], str]:
    """One of these words."""
    return matching("|".join(allowed), f"It is one of: {', '.join(allowed)}.")


def between(least: float, most: float, kind: type = float) -> Callable[[Any], Any]:
    """A number within bounds, of that kind."""

    def check(value: Any) -> Any:
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise ValueRefusedError(f"Write a number from {least:g} to {most:g}.")
        return kind(value)

    return check


def several(check: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    """One value or a list of them, each checked."""

    def check_all(value: Any) -> tuple[Any, ...]:
        values = value if isinstance(value, list) else [value]
        if not values:
            raise ValueRefusedError("Write at least one.")
        return tuple(check(one) for one in values)

    return check_all


def address(value: Any) -> str:
    """An absolute http or https address in its plain form: host in lower case and ASCII, nothing after "#".

    Raises:
        ValueError: it is none.
    """
    try:
        url = httpx.URL(value)
        if url.scheme in ("http", "https") and url.host and not url.userinfo:
            return str(url.copy_with(fragment=None))
    except (TypeError, ValueError, httpx.InvalidURL):
        pass
    raise ValueRefusedError("Write a whole address that begins with http:// or https://, without a password in it.")


def pattern(value: Any) -> re.Pattern[str]:
    """A regular expression."""
    try:
        return re.compile(one_line(value))
    except re.error as error:
        raise ValueRefusedError(f"It is no regular expression: {error}.") from error


def network(value: Any) -> Network:
    """A network, as 10.1.2.0/24."""
    try:
        return ipaddress.ip_network(str(value))
    except ValueError as error:
        raise ValueRefusedError("Write a network such as 10.1.2.0/24.") from error
