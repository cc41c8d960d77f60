"""A source's run: what it lists now, then each page that is due, one after the other."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.decisions.names import Name, id_of, url_of
from flows.fetch.archive import response_at, stamp
from flows.fetch.client import FetchError, Response
from flows.fetch.discover import Found, Link, find_links
from flows.fetch.ledger import Held, Ledger
from flows.fetch.outcome import SourceReport, Tally
from flows.fetch.pace import OutOfTimeError
from flows.fetch.sources import Source, described
from flows.fetch.store import Store
from flows.fetch.visit import HoldError, RefusedError, Visit, Web, visit

GIVEN_UP = 5
"""Runs in which a page may fail before it is not asked for any more."""

GONE_TRIES = 3
"""Runs in which a page is asked for that gives 404: it may be listed before it is there. One with 410 is gone."""

DOWN_AFTER = 5
"""Failures in a row after which the rest is left for the next run."""

MOST_SITEMAPS = 500
"""Sitemaps of one source that are read in a run."""

TAKEN_DOWN, NOT_FOUND = "taken down", "status 404"
MOST_PAGES = 1_000_000
"""Pages of one source that are looked at in a run."""

A_DAY = dt.timedelta(days=1)
"""A sitemap that says on which day it changed may have changed later on that day."""


@dataclass(frozen=True, slots=True)
class Run:
    """What the sources of a run share. `withheld` are the names that were taken down: what bears one is neither asked
    for nor stored. `tell` takes a source's name, pages done and pages due."""

    raw: Path
    ledger: Ledger
    web: Web
    about: Mapping[str, str]
    withheld: frozenset[Name] = frozenset()
    tell: Callable[[str, int, int], None] = lambda name, done, total: None
    dry: bool = False

    def withholds(self, url: str) -> bool:
        """Whether an address was taken down, however it is written."""
        return bool(self.withheld) and url_of(url) in self.withheld


def collect_source(run: Run, source: Source) -> SourceReport:
    """Fetches what is new at a source, into archives that are complete when this returns or raises.

    Raises:
        OSError: the archives cannot be written.
        StoppedError: the run was stopped; what was fetched before is kept.
    """
    until = run.web.clock.monotonic() + source.minutes_a_run * 60
    store = Store(run.raw, source.name, run.ledger, {**run.about, **dict(described(source))}, run.dry)
    tally = Tally()
    try:
        links, problem, note = discover(run, source, store, until)
        due = _due(run, source, links, tally)
        if run.dry:
            tally.counts["left"] = len(due)
            tally.pages += [("left", url, "") for url in due]
        else:
            note = _fetch(run, source, store, due, tally, until) or note
    finally:
        store.close()
    archives = [path.relative_to(run.raw).as_posix() for path in store.archives]
    return tally.report(source.name, archives, problem, note)


def discover(run: Run, source: Source, store: Store, until: float) -> tuple[dict[str, Link], str | None, str | None]:
    """The pages that a source lists now, by address; why there are none, if nothing of it could be read; and what else
    could not be read."""
    if source.kind == "urls":
        return {url: Link(url) for url in source.url}, None, None
    links: dict[str, Link] = {}
    waiting = [Link(url) for url in source.url]
    seen, read, failures = set(source.url), 0, []
    while waiting and len(seen) <= MOST_SITEMAPS and len(links) < MOST_PAGES:
        link = waiting.pop(0)
        try:
            found = _listed(run, source, store, link, until)
        except (OutOfTimeError, HoldError) as error:
            return links, None, str(error)
        except (FetchError, RefusedError) as error:
            failures.append(f"{link.url}: {getattr(error, 'sentence', str(error))}")
            continue
        read += 1
        for page in found.pages:
            links.setdefault(page.url, page)
        for sitemap in found.sitemaps:
            if sitemap.url not in seen:
                seen.add(sitemap.url)
                waiting.append(sitemap)
    said = "; ".join(failures[:3]) + (f"; and {len(failures) - 3} more" if len(failures) > 3 else "")
    nothing = bool(failures) and (not read or not links)
    return links, said if nothing else None, said if failures and not nothing else None


def _listed(run: Run, source: Source, store: Store, link: Link, until: float) -> Found:
    """What a feed, sitemap or list page lists. One that has not changed is read from the archives."""
    held = run.ledger.held(link.url)
    if held and held.entry.status == 200 and link.changed_at and stamp(link.changed_at + A_DAY) < held.checked_at:
        return find_links(source, response_at(run.raw / held.archive, held.entry))  # a sitemap of past years
    response = _visit(run, source, store, link.url, until, everything=True).response
    assert response is not None
    if response.status == 304:
        held = run.ledger.held(response.url)
        if held is None:
            raise FetchError("status", "it says that nothing changed, and was never read")
        run.ledger.checked(response.url, response.fetched_at)
        return find_links(source, response_at(run.raw / held.archive, held.entry))
    if response.status != 200:
        store.keep_answer(response)
        raise FetchError("status", f"status {response.status}")
    found = find_links(source, response)
    store.keep_answer(response)
    return found


def _due(run: Run, source: Source, links: Mapping[str, Link], tally: Tally) -> list[str]:
    """The pages that are to be asked for now, in order; the others are counted."""
    wanted = run.ledger.wanted(source.name)
    due = []
    for url in [*links, *(url for url in wanted if url not in links)]:
        if run.withholds(url):
            tally.add("refused", url_of(url).digest, TAKEN_DOWN)  # it is not named again
        elif wanted.get(url, 0) >= GIVEN_UP:
            tally.add("known", url)
        elif is_due(source, run.ledger.held(url), links.get(url), wanted.get(url, 0), run.web.clock.now()):
            due.append(url)
        else:
            tally.add("known", url)
    return due


def is_due(source: Source, held: Held | None, link: Link | None, tries: int, now: dt.datetime) -> bool:
    """Whether a page is to be asked for: it never was, or it failed; its source says that it changed since; or it is to
    be checked again after so many days."""
    if held is None or tries:
        return True
    if link and link.changed_at and held.checked_at < stamp(link.changed_at) <= stamp(now):
        return True
    return source.recheck_days is not None and held.checked_at <= stamp(now - dt.timedelta(source.recheck_days))


def _fetch(run: Run, source: Source, store: Store, due: list[str], tally: Tally, until: float) -> str | None:
    """Asks for the pages that are due; gives why some were left, if some were."""
    run.ledger.want(source.name, due)
    for done, url in enumerate(due):
        note = None
        if done >= source.pages_a_run:
            note = f"pages_a_run is {source.pages_a_run}"
        elif tally.in_a_row >= DOWN_AFTER:
            note = f"{DOWN_AFTER} failures in a row: {tally.pages[-1][2]}"
        else:
            run.tell(source.name, done, len(due))
            try:
                outcome, why = _fetch_page(run, source, store, url, until)
                tally.in_a_row = 0
            except FetchError as error:
                outcome, why = "failed", error.sentence
                tally.in_a_row += error.passing
            except RefusedError as error:
                outcome, why = "refused", str(error)
            except (HoldError, OutOfTimeError) as error:
                note = str(error)
        if note:
            tally.counts["left"] += len(due) - done
            return note
        tally.add(outcome, url, why)
        _note(run, source, url, outcome, why)
    run.tell(source.name, len(due), len(due))
    return None


def _note(run: Run, source: Source, url: str, outcome: str, why: str) -> None:
    """Whether a page is to be asked for in a later run, although nothing may list it any more."""
    tries = run.ledger.tries(source.name, url)
    if why == TAKEN_DOWN:
        run.ledger.want(source.name, [url], failed=GIVEN_UP)
    elif outcome == "failed" or (outcome == "gone" and why == NOT_FOUND and tries + 1 < GONE_TRIES):
        run.ledger.want(source.name, [url], failed=1)
    else:
        run.ledger.done(source.name, url)


def _fetch_page(run: Run, source: Source, store: Store, url: str, until: float) -> tuple[str, str]:
    """Asks for a page and stores it; gives what became of it, and why."""
    went = _visit(run, source, store, url, until)
    response = went.response
    if response is None and run.withholds(went.url):
        return "refused", TAKEN_DOWN
    if response is None:
        return "known", f"it leads to {went.url}"
    if response.status == 304:
        run.ledger.checked(response.url, response.fetched_at)
        return "unchanged", ""
    if response.status in (404, 410):
        store.keep_answer(response)
        return "gone", NOT_FOUND if response.status == 404 else "status 410"
    if response.status != 200:
        store.keep_answer(response)
        raise FetchError("status", f"status {response.status}")
    if not response.body:
        raise FetchError("empty", "the answer is empty")
    sha256 = hashlib.sha256(response.body).hexdigest()
    if run.withholds(response.url) or id_of(sha256) in run.withheld:
        return "refused", TAKEN_DOWN
    return store.keep_page(response), ""


def _visit(run: Run, source: Source, store: Store, url: str, until: float, everything: bool = False) -> Visit:
    """Goes there; keeps redirects and robots.txt on the trail. A page that a redirect leads to and that is not due is
    asked for only if `everything` is."""
    now = run.web.clock.now()

    def conditions(hop: str) -> Mapping[str, str] | None:
        held = run.ledger.held(hop)
        due = hop == url or is_due(source, held, None, 0, now)
        if not everything and (run.withholds(hop) or not due):
            return None
        return dict(_only_if_changed(held)) if held else {}

    said: list[Response] = []
    try:
        return visit(run.web, source, url, conditions, until, said)
    finally:
        for answer in said:
            store.keep_answer(answer)


def _only_if_changed(held: Held) -> Iterator[tuple[str, str]]:
    """The headers that ask for a page only if it is not the one held."""
    for name, value in (("If-None-Match", held.entry.etag), ("If-Modified-Since", held.entry.last_modified)):
        if held.entry.status == 200 and value and value.isascii() and value.isprintable():
            yield name, value
