"""From a feed, a sitemap or a list page to the addresses of pages."""

from __future__ import annotations

import datetime as dt
import io
import re
import xml.parsers.expat
from calendar import timegm
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import feedparser
import httpx
from selectolax.lexbor import LexborHTMLParser

from flows.fetch.client import FetchError, Response, unpack
from flows.fetch.sources import Source
from flows.fetch.values import address
from flows.read.encoding import decode
from flows.read.reading import Unread

LONGEST_ADDRESS = 2000
MOST_LINKS = 50_000
"""Links of one feed, sitemap or list; the sitemap protocol allows that many."""

LARGEST_SITEMAP = 50_000_000
"""Bytes, unpacked; the sitemap protocol allows 50 MB."""

DEEPEST = 20
"""Elements within each other in a sitemap; it needs four."""


@dataclass(frozen=True, slots=True)
class Link:
    """The address of a page, and when its source says that it changed last, if it says so."""

    url: str
    changed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Pages, and further sitemaps that list more of them."""

    pages: tuple[Link, ...]
    sitemaps: tuple[Link, ...] = ()


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


def _list(response: Response) -> Found:
    text = decode(response.body)
    page = LexborHTMLParser(response.body if isinstance(text, Unread) else text.text)
    base = page.css_first("base[href]")
    start = httpx.URL(response.url)
    if base is not None:
        with suppress(httpx.InvalidURL):
            start = start.join(_plain(base.attributes.get("href")))
    links = []
    for anchor in page.css("a[href]"):
        try:
            links.append(Link(str(start.join(_plain(anchor.attributes.get("href"))))))
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
    return Found(tuple(Link(entry["link"], _when(entry)) for entry in feed["entries"] if entry.get("link")))


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
    reader = _Sitemap()
    reader.read(_as_text(body))
    pages = tuple(sorted(reader.pages, key=lambda link: link.changed_at or _LONG_AGO, reverse=True))
    return Found(pages, tuple(reader.sitemaps))


_LONG_AGO = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")


def _as_text(body: bytes) -> str:
    """XML as text: expat knows few encodings, and GBK is none of them."""
    declared = _DECLARED.match(body[:200].removeprefix(b"\xef\xbb\xbf"))
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif encoding.lower() in ("gb2312", "gbk"):
        encoding = "gb18030"
    try:
        return body.decode(encoding, "replace").removeprefix("\ufeff")
    except LookupError as error:
        raise FetchError("sitemap", f"its encoding {encoding!r} is unknown") from error


class _Sitemap:
    """Reads a sitemap or an index of sitemaps. A document type, with which entities could be declared, is refused."""

    def __init__(self) -> None:
        self.pages: list[Link] = []
        self.sitemaps: list[Link] = []
        self._path: list[str] = []
        self._texts: dict[str, str] = {}

    def read(self, text: str) -> None:
        parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._chars
        try:
            parser.Parse(text, True)
        except xml.parsers.expat.ExpatError as error:
            if not self.pages and not self.sitemaps:
                raise FetchError("sitemap", f"it is no sitemap ({error})") from error

    def _refuse(self, *_: object) -> None:
        raise FetchError("sitemap", "it has a document type, which no sitemap needs")

    def _start(self, name: str, _: object) -> None:
        name = name.rpartition(" ")[2]
        if not self._path and name not in ("urlset", "sitemapindex"):
            raise FetchError("sitemap", f"it is no sitemap: it begins with <{name[:40]}>")
        self._path.append(name)
        if len(self._path) > DEEPEST:
            raise FetchError("sitemap", "its elements are nested too deep")
        if name in ("url", "sitemap"):
            self._texts = {}

    def _chars(self, chars: str) -> None:
        if len(self._path) == 3 and self._path[1] in ("url", "sitemap") and self._path[2] in ("loc", "lastmod"):
            before = self._texts.get(self._path[2], "")
            self._texts[self._path[2]] = (before + chars)[: LONGEST_ADDRESS + 1]

    def _end(self, _: str) -> None:
        name = self._path.pop()
        if len(self._path) == 1 and name in ("url", "sitemap") and self._texts.get("loc", "").strip():
            link = Link(self._texts["loc"].strip(), _moment(self._texts.get("lastmod", "").strip()))
            (self.pages if name == "url" else self.sitemaps).append(link)


def _moment(text: str) -> dt.datetime | None:
    """A W3C date and time. A mere day counts from its beginning, or each run of that day would ask again."""
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
