"""`raw/sources.yaml`: which sources are fetched, and what is known of them. The file shows an entry of each kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

import httpx
import yaml

from flows.document import RIGHTS
from flows.errors import InputError, ShegongError
from flows.fetch.values import (
    Network,
    ValueRefusedError,
    address,
    between,
    matching,
    network,
    one_line,
    one_of,
    pattern,
    several,
)
from flows.yaml_files import Entries, YamlFile

KINDS = ("feed", "sitemap", "list", "urls")
LEAST_DELAY = 0.5
"""Seconds between two requests to a public host, at the least."""


class SourcesError(ShegongError):
    """sources.yaml says something that cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An entry of `sources`."""

    name: str
    """Short and unique: names the folder of its archives."""
    kind: str
    """feed (RSS, Atom), sitemap (or an index of them), list (a page of links) or urls (the pages themselves)."""
    url: tuple[str, ...]
    """Where it begins; one address or several."""
    publisher: str
    language: str
    """Of its pages, as a BCP 47 tag: zh-Hans."""
    rights: str
    """What its publisher lets others do with its texts, if a page does not say: reserved, open or unspecified."""
    rights_statement: str | None = None
    links: re.Pattern[str] | None = None
    """What the address of a page must hold; needed for a list."""
    hosts: tuple[str, ...] = ()
    """Further hosts that pages may come from, beside those of `url` less a leading "www."; each with its subdomains."""
    delay: float = 5.0
    """Seconds between two requests to a host. A longer Crawl-delay of its robots.txt wins."""
    recheck_days: float | None = None
    """After how many days a page that is held is asked for again; never, without it, unless its source says that it
    changed."""
    pages_a_run: int = 1000
    """Pages asked for in one run, at the most. The next run goes on."""
    minutes_a_run: float = 60.0
    largest_mb: float = 20.0
    """Megabytes of a response, unpacked."""
    seconds_a_page: float = 120.0
    seconds_a_read: float = 20.0
    """How long a server may stay silent."""
    allow_private: tuple[Network, ...] = ()
    """Private networks that it may lead to. Without it: none."""

    def takes(self, host: str) -> bool:
        """Whether its pages may come from that host."""
        return any(host == own or host.endswith(f".{own}") for own in self.hosts)


@dataclass(frozen=True, slots=True)
class Sources:
    """The whole file. `contact` goes with every request, so that a site can reach who fetches."""

    contact: str
    sources: tuple[Source, ...]


def read_sources(path: Path) -> Sources:
    """The sources, in the order of the file.

    Raises:
        InputError: no such file.
        SourcesError: it is no YAML, or a line of it cannot be used: the message names it.
    """
    if not path.exists():
        remedy = "Name the list of sources with --sources; raw/sources.yaml of the project shows the form."
        raise InputError("sources_missing", "it is not there.", remedy, path)
    file = YamlFile(path, SourcesError, "sources")
    root = file.root()
    if root is None:
        return Sources("", ())
    entries = file.entries(root, {"contact", "sources"})
    contact = _value(file, entries, "contact", _contact) if "contact" in entries else ""
    listed = file.list_of(entries["sources"][1]) if "sources" in entries else []
    sources = tuple(_source(file, node) for node in listed)
    if sources and not contact:
        remedy = "Write `contact:` with a mail or web address on top: sites must be able to reach you."
        raise file.refused(root, "it names no contact.", remedy)
    for number, source in enumerate(sources):
        if source.name in {before.name for before in sources[:number]}:
            problem = f"{source.name!r} is the name of another source too."
            raise file.refused(listed[number], problem, "Give each its own.")
    return Sources(contact, sources)


def choose(sources: Sources, only: tuple[str, ...], path: Path) -> tuple[Source, ...]:
    """The sources of those names, or all where none is named.

    Raises:
        InputError: there is no source of that name.
    """
    known = [source.name for source in sources.sources]
    for name in only:
        if name not in known:
            problem = f"no source has the name {name!r}."
            raise InputError("source_unknown", problem, f"It lists: {', '.join(known) or 'none'}.", path)
    return tuple(source for source in sources.sources if not only or source.name in only)


def _source(file: YamlFile, node: yaml.Node) -> Source:
    entries = file.entries(node, {field.name for field in fields(Source)})
    for field in fields(Source):
        if field.default is MISSING and field.name not in entries:
            raise file.refused(node, f"this source has no {field.name!r}.", "The file shows an entry of each kind.")
    given = {name: _value(file, entries, name, CHECKS[name]) for name in entries}
    if given["kind"] == "list" and "links" not in given:
        remedy = "Write a regular expression that the addresses of its articles match, and no other."
        raise file.refused(node, "a list needs `links`.", remedy)
    own = {httpx.URL(url).host.removeprefix("www.") for url in given["url"]}
    if given.get("delay", LEAST_DELAY) < LEAST_DELAY and not given.get("allow_private"):
        problem = f"a delay below {LEAST_DELAY} seconds is no pace for a public host."
        raise file.refused(entries["delay"][1], problem, "5 seconds are polite.")
    return Source(**{**given, "hosts": tuple(sorted(own | set(given.get("hosts", ()))))})


def _value(file: YamlFile, entries: Entries, name: str, check: Callable[[Any], Any]) -> Any:
    node = entries[name][1]
    try:
        return check(file.content(node))
    except ValueRefusedError as error:
        raise file.refused(node, f"`{name}` cannot be used.", str(error)) from error


_contact = matching(
    r"https?://[!-~]+|[!-~]+@[!-~]+", "Write a mail address or a web page: sites must be able to reach you."
)
CHECKS: Mapping[str, Callable[[Any], Any]] = {
    "name": matching("[a-z0-9][a-z0-9-]{0,39}", "Up to 40 small letters, digits and hyphens."),
    "kind": one_of(*KINDS),
    "url": several(address),
    "publisher": one_line,
    "language": matching("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "Write a tag such as zh-Hans."),
    "rights": one_of(*RIGHTS),
    "rights_statement": one_line,
    "links": pattern,
    "hosts": several(matching(r"[a-z0-9.-]+|[0-9a-f:]+", "Write a host such as news.example.org.")),
    "delay": between(0, 3600),
    "recheck_days": between(0, 3650),
    "pages_a_run": between(1, 1_000_000, int),
    "minutes_a_run": between(0.01, 1440),
    "largest_mb": between(0.001, 1024),
    "seconds_a_page": between(0.1, 3600),
    "seconds_a_read": between(0.1, 600),
    "allow_private": several(network),
}
"""How each value is checked."""


def described(source: Source) -> Iterator[tuple[str, str]]:
    """What is to travel with its pages, by name."""
    yield from (("source", source.name), ("publisher", source.publisher), ("language", source.language))
    yield "rights", source.rights
    if source.rights_statement:
        yield "rights-statement", source.rights_statement
