"""Whether the sources of sources.yaml still are what it says: robots.txt, lists, pages, publishers; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx

from flows.cleaned import Cleaned, clean
from flows.errors import InputError
from flows.fetch.asking import Run
from flows.fetch.client import FetchError
from flows.fetch.listed import discover
from flows.fetch.outcome import Tally
from flows.fetch.pace import NotNowError
from flows.fetch.sources import Source
from flows.fetch.store import Store
from flows.fetch.visit import RefusedError, visit
from flows.publishers.loading import publishers
from flows.read.archives.http import charset_of

PAGES = 3
"""Pages of a source that are asked for: the first that it lists, which are its newest."""


@dataclass(slots=True)
class CheckedSource:
    """What was found at a source. `faults` are what does not fit any more."""

    name: str
    listed: int = 0
    pages: list[tuple[str, str]] = field(default_factory=list)
    """Address and what came of it."""
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """For a terminal."""
        verdict = "does not fit" if self.faults else "fits"
        yield f"{self.name}: {verdict}; {self.listed:,} pages listed, {len(self.pages)} read"
        yield from (f"  {fault}" for fault in self.faults)
        yield from (f"  note: {note}" for note in self.notes)
        yield from (f"  {url}: {what}" for url, what in self.pages)


def check_source(run: Run, source: Source) -> CheckedSource:
    """Reads what a source lists, and a few of its pages, at its own pace. The run must be a dry one."""
    found, tally = CheckedSource(source.name), Tally()
    until = run.web.clock.monotonic() + source.minutes_a_run * 60
    store = Store(run.raw, source.name, run.ledger, run.about, run.dry)
    try:
        links = discover(run, source, store, tally, until)
    finally:
        store.close()
    found.listed = len(links)
    found.faults += tally.problems
    found.notes += [*tally.notes, *run.web.capped(source.takes)]
    if not links and not found.faults:
        found.faults.append("it lists no page")
    for url in list(links)[:PAGES]:
        _look(run, source, url, until, found)
    if found.pages and not found.faults and not any(what.startswith("article") for _, what in found.pages):
        found.faults.append("no article came out of any page: `links` may take in other pages, or the site changed")
    return found


def _look(run: Run, source: Source, url: str, until: float, found: CheckedSource) -> None:
    """Asks for one page and cleans it."""
    if run.withholds(url):
        return
    try:
        response = visit(run.web, source, url, lambda _: {}, until, []).response
    except RefusedError as error:
        found.faults.append(f"{url}: {error}")
        return
    except (FetchError, NotNowError) as error:
        found.faults.append(f"{url}: {getattr(error, 'sentence', str(error))}")
        return
    if response is None or response.status != 200:
        found.faults.append(f"{url}: status {response.status if response else 'none'}")
        return
    try:
        page = clean(response.body, url=response.url, charset=charset_of(response.header("content-type")))
    except InputError:  # an address that no page can have
        page = clean(response.body)
    found.pages.append((url, _what(page)))
    found.notes += [note for note in _publisher(source, url, page) if note not in found.notes]


def _what(page: Cleaned) -> str:
    if not page.articles:
        return str(page.reason)
    first = page.articles[0]
    title = (first["title"] or "without a title")[:40]
    return f"article {title!r}, {first['published_date'] or 'no date'}, {first['char_count']:,} characters"


def _publisher(source: Source, url: str, page: Cleaned) -> Iterator[str]:
    """Whether the page names whom sources.yaml names, and whether there is a profile for its host."""
    told = page.document["publisher"]
    if told is not None and told != source.publisher:
        yield f"its pages name {told} for their publisher, and sources.yaml names {source.publisher}"
    if publishers().of_url(url) is None:
        yield f"there is no profile of {httpx.URL(url).host} in schemas/publishers/"
