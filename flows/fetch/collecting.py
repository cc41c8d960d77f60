"""A source's run: what it lists now, then each page that is due, one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import httpx

from flows.decisions.names import id_of, url_of
from flows.fetch.asking import Run, ask, is_due
from flows.fetch.client import FetchError
from flows.fetch.discover import Link
from flows.fetch.listed import discover
from flows.fetch.outcome import SourceReport, Tally
from flows.fetch.pace import NotNowError
from flows.fetch.sources import Source, described
from flows.fetch.store import Store
from flows.fetch.visit import RefusedError

GIVEN_UP = 5
"""Runs in which a page may fail before it is not asked for any more."""

GONE_TRIES = 3
"""Runs in which a page is asked for that gives 404: it may be listed before it is there. One with 410 is gone."""

DOWN_AFTER = 5
"""Failures in a row after which the rest is left for the next run."""

TAKEN_DOWN, NOT_FOUND = "taken down", "status 404"


def collect_source(run: Run, source: Source) -> SourceReport:
    """Fetches what is new at a source, into archives that are complete when this returns or raises.

    Raises:
        OSError: the archives cannot be written.
        StoppedError: the run was stopped; what was fetched before is kept.
    """
    if source.name in run.damaged:
        return Tally(problems=[run.damaged[source.name]]).report(source.name, ())
    until = run.web.clock.monotonic() + source.minutes_a_run * 60
    store = Store(run.raw, source.name, run.ledger, {**run.about, **dict(described(source))}, run.dry)
    tally = Tally()
    try:
        links = discover(run, source, store, tally, until)
        due = _due(run, source, links, tally)
        if run.dry:
            tally.counts["left"] = len(due)
            tally.pages += [("left", url, "") for url in due]
        else:
            _fetch(run, source, store, due, tally, until)
    finally:
        store.close()
    tally.problems += store.unreadable
    tally.notes += [*run.web.capped(source.takes), *filter(None, [run.aside.get(source.name)])]
    archives = [path.relative_to(run.raw).as_posix() for path in store.archives]
    return tally.report(source.name, archives)


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


def _fetch(run: Run, source: Source, store: Store, due: list[str], tally: Tally, until: float) -> None:
    """Asks for the pages that are due; those of a host that cannot be asked now are left, those of others not."""
    run.ledger.want(source.name, due)
    asked = 0
    for done, url in enumerate(due):
        if httpx.URL(url).host in tally.resting:
            tally.counts["left"] += 1
            continue
        if asked >= source.pages_a_run or tally.in_a_row >= DOWN_AFTER:
            failing = f"{DOWN_AFTER} failures in a row: {tally.pages[-1][2]}" if tally.in_a_row >= DOWN_AFTER else None
            tally.notes.append(failing or f"pages_a_run is {source.pages_a_run}")
            tally.counts["left"] += len(due) - done
            return
        run.tell(source.name, done, len(due))
        try:
            outcome, why = _fetch_page(run, source, store, url, until)
            tally.in_a_row = 0
        except FetchError as error:
            outcome, why = "failed", error.sentence
            tally.in_a_row += error.passing
        except RefusedError as error:
            outcome, why = "refused", str(error)
        except NotNowError as error:
            tally.resting[error.host] = str(error)
            tally.counts["left"] += 1
            continue
        asked += 1
        tally.add(outcome, url, why)
        _note(run, source, url, outcome, why)
    run.tell(source.name, len(due), len(due))


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
    went = ask(run, source, store, url, until)
    response = went.response
    if response is None and run.withholds(went.url):
        return "refused", TAKEN_DOWN
    if response is None:
        return "known", f"it leads to {went.url}"
    if response.status == 304:
        held = run.ledger.held(response.url)
        if held is None or not held.is_page:
            raise FetchError("status", "it says that nothing changed, and was never held")
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
