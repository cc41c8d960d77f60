"""What a source lists now: its feeds, sitemaps or list pages, read as far as they can be."""

from __future__ import annotations

import datetime as dt
from collections import deque

import httpx

from flows.fetch.apart import find_links_apart
from flows.fetch.archive import stamp
from flows.fetch.archived import response_at
from flows.fetch.asking import Run, ask
from flows.fetch.client import FetchError, Response
from flows.fetch.discover import Found, Link
from flows.fetch.outcome import Tally
from flows.fetch.pace import NotNowError
from flows.fetch.sources import Source
from flows.fetch.store import Store
from flows.fetch.visit import RefusedError

MOST_SITEMAPS = 500
"""Sitemaps of one source that are read in a run."""

MOST_PAGES = 1_000_000
"""Pages of one source that are looked at in a run."""

A_DAY = dt.timedelta(days=1)
"""A sitemap that says on which day it changed may have changed later on that day."""


def discover(run: Run, source: Source, store: Store, tally: Tally, until: float) -> dict[str, Link]:
    """The pages that a source lists now, by address. What of it could not be read is told to the tally: as a problem
    where that was all, else as a note."""
    if source.kind == "urls":
        return {url: Link(url) for url in source.url}
    links: dict[str, Link] = {}
    waiting = deque(Link(url) for url in source.url)
    seen, failures = set(source.url), []
    while waiting and len(seen) <= MOST_SITEMAPS and len(links) < MOST_PAGES:
        link = waiting.popleft()
        if httpx.URL(link.url).host in tally.resting:
            continue
        try:
            found = _listed(run, source, store, link, until)
        except NotNowError as error:
            tally.resting[error.host] = str(error)
            continue
        except (FetchError, RefusedError) as error:
            failures.append(f"{link.url}: {getattr(error, 'sentence', str(error))}")
            continue
        if found.fault:
            failures.append(f"{link.url}: {found.fault}")
        for page in found.pages:
            links.setdefault(page.url, page)
        for sitemap in found.sitemaps:
            if sitemap.url not in seen:
                seen.add(sitemap.url)
                waiting.append(sitemap)
    said = [*failures[:3], *([f"and {len(failures) - 3} more"] if len(failures) > 3 else [])]
    if links:
        tally.notes += said
    else:
        tally.problems += said or tally.resting.values()
    return links


def _listed(run: Run, source: Source, store: Store, link: Link, until: float) -> Found:
    """What a feed, sitemap or list page lists. One that has not changed is read from the archives."""
    held = run.ledger.held(link.url)
    if held and held.entry.status == 200 and link.changed_at and stamp(link.changed_at + A_DAY) < held.checked_at:
        return _links_of(run, source, response_at(run.raw / held.archive, held.entry), until)  # of past years
    response = ask(run, source, store, link.url, until, everything=True).response
    assert response is not None
    if response.status == 304:
        held = run.ledger.held(response.url)
        if held is None:
            raise FetchError("status", "it says that nothing changed, and was never read")
        run.ledger.checked(response.url, response.fetched_at)
        return _links_of(run, source, response_at(run.raw / held.archive, held.entry), until)
    if response.status != 200:
        store.keep_answer(response)
        raise FetchError("status", f"status {response.status}")
    found = _links_of(run, source, response, until)
    store.keep_answer(response)
    return found


def _links_of(run: Run, source: Source, response: Response, until: float) -> Found:
    return find_links_apart(source, response, until - run.web.clock.monotonic())
