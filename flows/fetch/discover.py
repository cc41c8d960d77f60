"""From a feed, a sitemap or a list page to the addresses of pages."""

from __future__ import annotations

import datetime as dt
import io
import re
from calendar import timegm
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import feedparser
import httpx

from flows.fetch.client import FetchError, Response, unpack
from flows.fetch.sitemap import as_text, encoding_of, read_sitemap
from flows.fetch.sources import Source
from flows.fetch.values import address
from flows.read.archives.http import charset_of
from flows.read.html.charset import decode_html
from flows.read.html.parse import parse_page
from flows.read.reading import Unread

LONGEST_ADDRESS = 2000
MOST_LINKS = 50_000
"""Links of one feed, sitemap or list; the sitemap protocol allows that many."""

LARGEST_SITEMAP = 50_000_000
"""Bytes, unpacked; the sitemap protocol allows 50 MB."""


@dataclass(frozen=True, slots=True)
class Link:
    """The address of a page, and when its source says that it changed last, if it says so."""

    url: str
    changed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Pages, and further sitemaps that list more of them. `fault` is what is not as it should be, all the same."""

    pages: tuple[Link, ...]
    sitemaps: tuple[Link, ...] = ()
    fault: str | None = None


def find_links(source: Source, response: Response) -> Found:
    """The links that a feed, sitemap or list page of a source holds: each once, in order, a sitemap's newest first.

    Raises:
        FetchError: it is no such thing, or nothing in it fits the source's pattern.
    """
    read = {"feed": _feed, "sitemap": _sitemap, "list": _list}[source.kind]
    found = read(response)
    pages = tuple(_fitting(source, response.url, found.pages))
    if found.pages and not pages:
        raise FetchError("links", f"none of its {len(found.pages):,} links fits `links` and `hosts`")
    if source.kind == "list" and not pages:
        raise FetchError("links", "there is no link in it")
    return replace(found, pages=pages, sitemaps=tuple(_absolute(response.url, found.sitemaps)))


def _fitting(source: Source, base: str, links: tuple[Link, ...]) -> Iterator[Link]:
    for link in _absolute(base, links):
        if (source.links is None or source.links.search(link.url)) and source.takes(httpx.URL(link.url).host):
            yield link


def _absolute(base: str, links: tuple[Link, ...]) -> Iterator[Link]:
    """Each link once, as a whole address; those that are none are left out."""
    start, seen = httpx.URL(base), set()
    for link in links[:MOST_LINKS]:
        try:
            url = address(str(start.join(_plain(link.url))))
        except (ValueError, httpx.InvalidURL):
            continue
        if url not in seen and len(url) <= LONGEST_ADDRESS:
            seen.add(url)
            yield replace(link, url=url)


def _plain(reference: str | None) -> str:
    """A reference as browsers read it: without white space around it and line breaks inside."""
    return re.sub(r"[\t\r\n]", "", reference or "").strip()


def in_encoding(reference: str, encoding: str) -> str:
    """A reference with the query as a page in that encoding asks for it (URL Standard, percent-encode after encoding):
    "?q=社" is "?q=%C9%E7" on a page in GBK. All else of an address is UTF-8 everywhere."""
    if reference.isascii() or encoding.startswith("utf"):
        return reference
    start, mark, query = reference.partition("?")
    query, hash_mark, fragment = query.partition("#")
    narrow = "gbk" if encoding == "gb18030" else encoding  # what browsers write, who read the wider of the two
    return (
        start
        + mark
        + "".join(
            char if char.isascii() else quote(char.encode(narrow, "xmlcharrefreplace"), safe="") for char in query
        )
        + hash_mark
        + fragment
    )


def _list(response: Response) -> Found:
    decoded = decode_html(response.body, charset_of(response.header("content-type")))
    if isinstance(decoded, Unread):
        raise FetchError("links", f"it cannot be read: {decoded.reason}")
    page = parse_page(response.body, decoded)
    if isinstance(page, Unread):
        raise FetchError("links", f"it cannot be read: {page.reason}")
    encoding = decoded.encoding or "utf-8"
    base = page.css_first("base[href]")
    start = httpx.URL(response.url)
    if base is not None:
        with suppress(httpx.InvalidURL):
            start = start.join(_plain(base.attributes.get("href")))
    links = []
    for anchor in page.css("a[href]"):
        try:
            links.append(Link(str(start.join(in_encoding(_plain(anchor.attributes.get("href")), encoding)))))
        except httpx.InvalidURL:
            continue
    return Found(tuple(links))


def _feed(response: Response) -> Found:
    # A feed may have a DOCTYPE (RSS 0.91 has), but has no use for entities of its own.
    if b"<!ENTITY" in response.body.replace(b"\0", b"").upper():
        raise FetchError("feed", "it declares entities, which no feed needs")
    told = {"content-type": response.header("content-type") or "", "content-location": response.url}
    feed = feedparser.parse(io.BytesIO(response.body), response_headers=told, sanitize_html=False)
    if not feed.get("version"):
        raise FetchError("feed", "it is neither RSS nor Atom")
    encoding = feed.get("encoding") or "utf-8"
    links = ((in_encoding(entry["link"], encoding), _when(entry)) for entry in feed["entries"] if entry.get("link"))
    return Found(tuple(Link(*link) for link in links))


def _when(entry: Any) -> dt.datetime | None:
    """When an entry was changed, if it says so. (For one that does not, `get` gives when it was published.)"""
    parsed = entry["updated_parsed"] if "updated_parsed" in entry else None  # noqa: SIM401
    try:
        return dt.datetime.fromtimestamp(timegm(parsed), dt.UTC) if parsed else None
    except (OverflowError, ValueError):
        return None


def _sitemap(response: Response) -> Found:
    body = response.body
    if body[:2] == b"\x1f\x8b":
        body = b"".join(unpack([body], LARGEST_SITEMAP))
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and response.media_type == "text/plain":
        return Found(tuple(Link(line) for line in body.decode("utf-8", "replace").split()))
    read, encoding = read_sitemap(as_text(body)), encoding_of(body)
    pages, sitemaps = (
        tuple(Link(in_encoding(entry.address, encoding), entry.changed_at) for entry in entries)
        for entries in (read.pages, read.sitemaps)
    )
    newest_first = tuple(sorted(pages, key=lambda link: link.changed_at or _LONG_AGO, reverse=True))
    return Found(newest_first, sitemaps, None if read.whole else "it breaks off: what stood behind is not known")


_LONG_AGO = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
