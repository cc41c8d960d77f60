"""One request against a server that is slow, broken, huge or hostile."""

from __future__ import annotations

import datetime as dt
import gzip
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.addresses import NoAddressError
from flows.fetch.client import FetchError, Limits, Response, get, unpack
from tests.fetch.local_run import HERE
from tests.fetch.local_site import Asked, Site, answer, packed

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)


def ask(site: Site, path: str = "/a", largest: int = 100_000, page: float = 5.0, read: float = 2.0) -> Response:
    return get(site.url(path), {}, Limits(largest, page, read), NOW, [HERE])


def refused(site: Site, code: str, **limits: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        ask(site, **limits)
    assert caught.value.code == code, caught.value
    return caught.value


def test_an_answer_is_given_unpacked_with_its_headers_as_they_came(site: Site) -> None:
    body = "社工" * 1000
    site.pages["/a"] = packed(body.encode(), X_Odd="a, b")
    response = ask(site)
    assert (response.status, response.reason, response.address) == (200, "OK", "127.0.0.1")
    assert response.body.decode() == body
    assert ("X-Odd", "a, b") in response.headers
    assert response.header("content-encoding") == "gzip"


def test_chunks_are_put_together(site: Site) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.pages["/a"] = [head, b"3\r\nabc\r\n", b"2;x=y\r\nde\r\n", b"0\r\n\r\n"]
    assert ask(site).body == b"abcde"


BROKEN = {
    "cut off": b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nonly this",
    "cut off in chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nonly this",
    "bad chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nonly this",
    "no headers": b"<html>hello</html>",
    "a header without a name": b"HTTP/1.1 200 OK\r\n: x\r\n\r\n",
    "a broken header": b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
    "a negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabcde",
    "nothing": b"",
    "endless headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100_000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_is_none(site: Site, name: str) -> None:
    site.pages["/a"] = BROKEN[name]
    assert refused(site, "broken").passing


def test_what_follows_the_stated_length_is_not_read(site: Site) -> None:
    site.pages["/a"] = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\n\r\nmore"
    assert ask(site).body == b"abc"


def test_damaged_packing_is_no_answer(site: Site) -> None:
    whole = gzip.compress(b"abc" * 100)
    for body, code in ((b"no gzip at all", "encoding"), (whole[:-20], "broken"), (whole[:20] + b"xxxx", "encoding")):
        site.pages["/a"] = answer(body, Content_Encoding="gzip")
        refused(site, code)
    site.pages["/a"] = answer(b"abc", Content_Encoding="br")
    assert "br" in refused(site, "encoding").sentence
    site.pages["/a"] = answer(whole, Content_Encoding="gzip, gzip")
    refused(site, "encoding")


def test_a_huge_answer_is_left_as_soon_as_it_is_too_large(site: Site) -> None:
    sent = []

    def endless(_: Asked) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            sent.append(1)
            yield b"x" * 65536

    site.pages["/a"] = endless
    assert not refused(site, "too_large", largest=1_000_000).passing
    assert len(sent) < 200


def test_a_bomb_is_left_before_it_is_unpacked(site: Site) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64)) + packer.flush()
    assert len(bomb) < 100_000
    site.pages["/a"] = answer(bomb, Content_Encoding="gzip")
    assert "unpacked" in refused(site, "too_large", largest=1_000_000).sentence


def drip(head: bytes, seconds: float) -> Iterator[bytes]:
    """Single bytes, each well within the time for a read."""
    for byte in head:
        yield bytes([byte])
        time.sleep(seconds)


def test_the_time_for_the_page_ends_a_read_too(site: Site) -> None:
    site.pages["/a"] = lambda _: drip(b"HT", 9)
    started = time.monotonic()
    assert refused(site, "timeout", page=0.2, read=30).passing
    assert time.monotonic() - started < 8


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_server_that_sends_byte_by_byte_is_left_when_the_time_for_the_page_is_over(site: Site, part: str) -> None:
    slow = b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1000 if part == "headers" else b"x" * 1000
    first = [] if part == "headers" else [b"HTTP/1.1 200 OK\r\n\r\n"]
    site.pages["/a"] = lambda _: (piece for pieces in (first, drip(slow, 0.05)) for piece in pieces)
    started = time.monotonic()
    assert refused(site, "timeout", page=0.5, read=0.4).passing
    assert time.monotonic() - started < 20


def test_a_silent_server_is_left_when_the_time_for_a_read_is_over(site: Site) -> None:
    site.pages["/a"] = lambda _: drip(b"HT", 9)
    started = time.monotonic()
    assert refused(site, "timeout", page=30, read=0.2).passing
    assert time.monotonic() - started < 8


def test_a_port_where_nobody_listens_and_a_name_that_is_none(site: Site) -> None:
    site.close()
    assert refused(site, "connection").passing

    def nowhere(host: str, port: int) -> list[str]:
        raise NoAddressError("no such name")

    with pytest.raises(FetchError, match="no such name") as caught:
        get("http://nowhere.example/", {}, Limits(1000, 5, 5), NOW, look_up=nowhere)
    assert caught.value.code == "name"


@given(st.binary(max_size=2000), st.integers(1, 50), st.integers(1, 3))
def test_unpacking_undoes_packing_however_it_is_cut(body: bytes, size: int, members: int) -> None:
    whole = gzip.compress(body) * members + bytes(3)
    parts = [whole[start : start + size] for start in range(0, len(whole), size)]
    assert b"".join(unpack(parts, len(body) * members)) == body * members
    if body:
        with pytest.raises(FetchError):
            b"".join(unpack(parts, len(body) * members - 1))
