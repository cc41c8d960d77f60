"""What a page states of itself for machines: meta tags, OpenGraph, JSON-LD, `<time>`, the script of a WeChat story."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from flows.document import UNSTATED, Stated
from flows.read.addresses import web_address
from flows.read.html.stamped import read_account, time_element

NAMES = {
    "title": ("og:title", "twitter:title", "articletitle", "dc.title"),
    "published": (
        *("article:published_time", "og:published_time", "og:release_date", "publishdate", "pubdate", "publish_time"),
        *("weibo: article:create_at", "og:time", "bytedance:published_time", "datepublished", "dc.date", "date"),
        "dateupdate",
    ),
    "author": ("article:author", "author", "dc.creator"),
    "source": ("source", "contentsource", "mediaid", "dc.source"),
    "url": ("og:url",),
    "publisher": ("og:site_name", "sitename", "application-name"),
}
"""The names under which a page states a field (Open Graph protocol; the metadata standard of Chinese government sites,
国办发〔2017〕47号: ArticleTitle, PubDate, ContentSource, SiteName; usage of portals), the best first."""

WANTED = frozenset(name for names in NAMES.values() for name in names)

PLATFORMS = frozenset({"微信公众平台", "今日头条", "百家号", "搜狐号", "网易号"})
"""Hosts of other people's pages, which name themselves where the publisher should stand."""

LONGEST = 300
"""Characters; a longer value is no title, name or date."""

LARGEST, MOST = 200_000, 20
"""Characters of a JSON-LD block and blocks of a page that are read."""

ARTICLES = frozenset({"Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "WebPage", "Report"})
_SPACE = re.compile(r"\s+")


def read_stated(tree: LexborHTMLParser) -> Stated:
    """The page's statements; meta tags before JSON-LD and the rest, the first of several. Values are as they
    stand, in one line."""
    metas: dict[str, str] = {}
    for node in tree.tags("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if (name := name.strip().lower()) in WANTED and (value := _plain(attributes.get("content"))):
            metas.setdefault(name, value)
    found = {field: next((metas[name] for name in names if name in metas), None) for field, names in NAMES.items()}
    if not (found["title"] and found["published"] and found["author"]):
        for field, value in _linked(tree).items():
            found[field] = found[field] or value
    if found["publisher"] in PLATFORMS:
        found["publisher"] = None
    day, account = read_account(tree)
    found["published"] = found["published"] or day or time_element(tree)
    found["publisher"] = found["publisher"] or account
    found["url"] = web_address(found["url"])
    if found["url"] is None and (canonical := tree.css_first('link[rel="canonical"]')) is not None:
        found["url"] = web_address(_plain(canonical.attributes.get("href")))
    return Stated(**found) if any(found.values()) else UNSTATED


def _linked(tree: LexborHTMLParser) -> dict[str, str | None]:
    """What the first JSON-LD description of an article says."""
    for node in islice(tree.css('script[type="application/ld+json"]'), MOST):
        text = node.text() or ""
        if len(text) > LARGEST:
            continue
        try:
            described = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for one in _things(described):
            if one.get("headline") or one.get("datePublished") or one.get("pubDate"):
                return {
                    "title": _plain(one.get("headline") or one.get("title")),
                    "published": _plain(one.get("datePublished") or one.get("pubDate")),
                    "author": _name(one.get("author")),
                    "publisher": _name(one.get("publisher")),
                }
    return {}


def _things(described: Any) -> Iterator[dict[str, Any]]:
    """The descriptions in a JSON-LD value, one level of lists and graphs deep."""
    for one in described if isinstance(described, list) else [described]:
        if isinstance(one, dict):
            yield one
            graph = one.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _name(value: Any) -> str | None:
    """The name of a person or organization, given as text, an object or a list of them (the first)."""
    if isinstance(value, list):
        value = value[0] if value else None
    return _plain(value.get("name") if isinstance(value, dict) else value)


def _plain(value: Any) -> str | None:
    if not isinstance(value, str):
        return None
    value = _SPACE.sub(" ", value).strip()
    return value if 0 < len(value) <= LONGEST else None
