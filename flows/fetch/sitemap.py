"""A sitemap, or an index of sitemaps, to the addresses in it.

It is not read as XML, which ends at the first fault: sites write a blank line ahead, bare "&", control characters, tags
that do not match, and break off in the middle. No such fault loses an address, for only tags and what stands between
them are looked at; and as no entity is ever declared, and no depth counted, nothing in it can grow.
"""

from __future__ import annotations

import codecs
import datetime as dt
import html
import re
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from flows.fetch.client import FetchError

LONGEST_TEXT = 10_000
"""Characters of an address or a day that are kept, far more than either has."""

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<!\[CDATA\[(?P<plain>.*?)(?:\]\]>|\Z)"
    r"|<(?P<end>/?)(?P<prefix>(?:[\w.-]+:)?)(?P<name>[A-Za-z][\w.-]*)(?=[\s/>])[^<>]*>"
    r"|(?P<text>[^<]+)",
    re.S,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.I)
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_ROOTS, _ENTRIES, _FIELDS = ("urlset", "sitemapindex"), ("url", "sitemap"), ("loc", "lastmod")


class Entry(NamedTuple):
    """An address that is listed, and when it changed last, if the sitemap says so."""

    address: str
    changed_at: dt.datetime | None


@dataclass(slots=True)
class Sitemap:
    """What a sitemap lists, in its order: pages, and further sitemaps. `whole` is whether its end was there."""

    pages: list[Entry] = field(default_factory=list)
    sitemaps: list[Entry] = field(default_factory=list)
    whole: bool = False


def read_sitemap(text: str) -> Sitemap:
    """What it lists.

    Raises:
        FetchError: it is no sitemap, or has a document type, with which entities could be declared.
    """
    if _DOCTYPE.search(text):
        raise FetchError("sitemap", "it has a document type, which no sitemap needs")
    read = Sitemap()
    begun, entry, prefix, inside = False, "", "", ""
    found: dict[str, str] = {}
    for token in _TOKEN.finditer(text):
        name, ends = token["name"], bool(token["end"])
        if name is None:
            if inside:
                found[inside] = (found[inside] + _chars(token))[:LONGEST_TEXT]
        elif not begun:
            if name not in _ROOTS:
                raise FetchError("sitemap", f"it is no sitemap: it begins with <{name[:40]}>")
            begun = True
        elif name in _ENTRIES or name in _ROOTS:
            _keep(read, entry, found)
            entry, prefix, inside, found = "" if ends or name in _ROOTS else name, token["prefix"], "", {}
            read.whole = ends and name in _ROOTS
        else:  # a picture or film of the page has addresses too, with another prefix
            begins = entry and name in _FIELDS and token["prefix"] == prefix and not ends and name not in found
            inside = name if begins else ""
            if begins:
                found[name] = ""
    _keep(read, entry, found)
    if not (read.whole or read.pages or read.sitemaps):
        raise FetchError("sitemap", "it is no sitemap: it ends before its first address")
    return read


def _keep(read: Sitemap, entry: str, found: dict[str, str]) -> None:
    """Keeps what was found of an entry that ends."""
    if address := found.get("loc", "").strip():
        (read.pages if entry == "url" else read.sitemaps).append(Entry(address, moment(found.get("lastmod", ""))))


def _chars(token: re.Match[str]) -> str:
    """The characters of a token that is no tag; of a comment none."""
    if token["plain"] is not None:
        return _CONTROL.sub("", token["plain"])
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), _CONTROL.sub("", token["text"] or ""))


def as_text(body: bytes) -> str:
    """The bytes of a sitemap as text, in the encoding that it declares.

    Raises:
        FetchError: there is no such encoding.
    """
    return body.decode(encoding_of(body), "replace").removeprefix("\ufeff")


def encoding_of(body: bytes) -> str:
    """The encoding that XML declares.

    Raises:
        FetchError: there is none of that name.
    """
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    declared = _ENCODING.match(body[:200].removeprefix(b"\xef\xbb\xbf"))
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    try:
        return "gb18030" if name in ("gb2312", "gbk") else codecs.lookup(name).name
    except LookupError as error:
        raise FetchError("sitemap", f"its encoding {name!r} is unknown") from error


def moment(text: str) -> dt.datetime | None:
    """A date and time, in the form that the protocol asks for (W3C), as mail has it (RFC 2822), or a day with one digit
    for its month. A mere day, month or year counts from its beginning, or each run until its end would ask again."""
    text = text.strip()
    for parse in (dt.datetime.fromisoformat, parsedate_to_datetime, _day):
        try:
            at = parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return None


def _day(text: str) -> dt.datetime:
    said = _DAY.match(text)
    if said is None:
        raise ValueError
    year, month, day = (int(part or 1) for part in said.groups())
    return dt.datetime(year, month, day)
