"""No page leads us into a private network."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest

from flows.fetch.addresses import NoAddressError, RefusedAddressError, checked, is_public, resolve
from flows.fetch.outcome import SourceReport
from tests.fetch.local_run import counted
from tests.fetch.local_site import Site, answer, redirect

Collect = Callable[..., SourceReport]

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2001:db8::1",
    "2001:0:4136:e378:8000:63bf:f5ff:fffe",
]
PUBLIC = ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_is_enough() -> None:
    assert checked("a", ["8.8.8.8", "2400:3200::1"], []) == ["8.8.8.8", "2400:3200::1"]
    with pytest.raises(RefusedAddressError, match=r"10\.0\.0\.1"):
        checked("a", ["8.8.8.8", "10.0.0.1"], [])
    assert checked("a", ["10.0.0.1"], [ipaddress.ip_network("10.0.0.0/8")])
    with pytest.raises(NoAddressError):
        checked("a", [], [])


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "localhost"])
def test_a_number_in_disguise_is_the_address_that_it_stands_for(host: str) -> None:
    try:
        addresses = resolve(host, 80)
    except NoAddressError:
        return  # the system knows no such form
    with pytest.raises(RefusedAddressError):
        checked(host, addresses, [])


def test_a_source_on_a_private_address_is_refused_unless_allowed(site: Site, collect: Collect) -> None:
    site.pages["/a"] = answer("<p>x</p>")
    report = collect(url=site.url("/a"), allow_private=())
    assert counted(report) == {"refused": 1}
    assert "127.0.0.1, which is not public" in report.pages[0][2]
    assert not site.asked


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:{port}/b", "http://[::ffff:127.0.0.2]:{port}/b", "//127.2:{port}/b"]
)
def test_a_redirect_to_a_private_address_is_refused(site: Site, collect: Collect, target: str) -> None:
    site.pages |= {"/a": redirect(target.format(port=site.port)), "/b": answer("<p>secret</p>")}
    hosts = ("127.0.0.1", "127.0.0.2", "127.2", "::ffff:127.0.0.2", "::ffff:7f00:2")
    report = collect(url=site.url("/a"), hosts=hosts)
    assert counted(report) == {"refused": 1}
    assert "not public" in report.pages[0][2]
    assert "/b" not in site.paths()


def test_a_name_is_looked_up_once_a_connection_and_that_very_address_is_used(site: Site, collect: Collect) -> None:
    site.pages["/a"] = answer("<p>x</p>")
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        """The allowed address first, a private one from then on."""
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    report = collect(url=site.url("/a", "news.example"), hosts="news.example", look_up=rebinding)
    assert counted(report) == {"refused": 1}  # robots.txt came from the first, the page was not asked of the second
    assert [one.path for one in site.asked] == ["/robots.txt"]
    assert asked == ["news.example"] * 2


def test_the_address_that_was_checked_is_the_one_connected_to(
    site: Site, collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/a"] = answer("<p>x</p>")
    real, names = socket.getaddrinfo, []

    def watched(host: str, *rest: Any, **more: Any) -> object:
        names.append((threading.current_thread(), host))
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", watched)
    report = collect(url=site.url("/a", "news.example"), hosts="news.example", look_up=lambda host, port: ["127.0.0.1"])
    assert counted(report) == {"new": 1}
    assert {name for thread, name in names if thread is threading.current_thread()} == {"127.0.0.1"}
    assert site.asked[0].headers["host"] == f"news.example:{site.port}"


def test_a_second_address_is_tried_when_the_first_does_not_answer(site: Site, collect: Collect) -> None:
    site.pages["/a"] = answer("<p>x</p>")
    two = [ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128")]
    report = collect(
        url=site.url("/a", "news.example"),
        hosts="news.example",
        allow_private=two,
        look_up=lambda host, port: ["::1", "127.0.0.1"],
    )
    assert counted(report) == {"new": 1}
