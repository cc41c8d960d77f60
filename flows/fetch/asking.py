"""What the sources of a run share, and asking for one address of it: only if it is due and only if it changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flows.decisions.names import Name, url_of
from flows.fetch.archive import stamp
from flows.fetch.client import Response
from flows.fetch.discover import Link
from flows.fetch.ledger import Held, Ledger
from flows.fetch.sources import Source
from flows.fetch.store import Store
from flows.fetch.visit import Visit, Web, visit


@dataclass(frozen=True, slots=True)
class Run:
    """What the sources of a run share. `withheld` are the names that were taken down: what bears one is neither
    asked for nor stored. `tell` takes a source's name, pages done and pages due. `damaged` and `aside` say,
    by source, which of its archives cannot be read: one that it has, for which it has to wait, and one that a killed
    run left."""

    raw: Path
    ledger: Ledger
    web: Web
    about: Mapping[str, str]
    withheld: frozenset[Name] = frozenset()
    tell: Callable[[str, int, int], None] = lambda name, done, total: None
    dry: bool = False
    damaged: Mapping[str, str] = field(default_factory=dict)
    aside: Mapping[str, str] = field(default_factory=dict)

    def withholds(self, url: str) -> bool:
        """Whether an address was taken down, however it is written."""
        return bool(self.withheld) and url_of(url) in self.withheld


def is_due(source: Source, held: Held | None, link: Link | None, tries: int, now: dt.datetime) -> bool:
    """Whether a page is to be asked for: it never was, or it failed; its source says that it changed since; or it is to
    be checked again after so many days."""
    if held is None or tries:
        return True
    if link and link.changed_at and held.checked_at < stamp(link.changed_at) <= stamp(now):
        return True
    return source.recheck_days is not None and held.checked_at <= stamp(now - dt.timedelta(source.recheck_days))


def ask(run: Run, source: Source, store: Store, url: str, until: float, everything: bool = False) -> Visit:
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
