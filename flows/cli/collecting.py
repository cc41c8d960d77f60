"""`shegong collect`: the collect flow with a Prefect server of its own, or what it would do."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from flows.fetch.asking import Run
from flows.fetch.begin import begin_run
from flows.fetch.collecting import collect_source
from flows.fetch.outcome import SourceReport, broken
from flows.fetch.sources import Source, choose, read_sources
from flows.run.server import PrefectServer, starting
from flows.terminal.progress import Progress
from flows.terminal.safe import safe


def make_collection(raw: Path, path: Path, only: tuple[str, ...]) -> None:
    """Fetches the sources; takes no server and no second where none is listed.

    Raises:
        ShegongError: a list that cannot be used, a folder that cannot be written, or sources that gave nothing.
    """
    raw, path = raw.absolute(), path.absolute()
    if not _chosen(path, only):
        return
    Progress().step(starting())
    with PrefectServer() as server:
        # While the server starts in its process, this one imports what takes as long.
        from flows.collect import collect

        server.wait()
        collect(raw, path, only)


def show_due(raw: Path, path: Path, only: tuple[str, ...]) -> None:
    """Prints the pages that a run would ask for now. Feeds, sitemaps and lists are read, and nothing is stored.

    Raises:
        ShegongError: see `make_collection`.
    """
    raw, path = raw.absolute(), path.absolute()
    sources = _chosen(path, only)
    if not sources:
        return
    with begin_run(raw, read_sources(path).contact, threading.Event(), dry=True) as run:
        reports = tuple(_due_at(run, source) for source in sources)
    for source in reports:
        said = source.problem or source.note
        print(safe(f"{source.name}: {source.counts['left']} pages due, {source.counts['known']} held"))
        if said:
            print(safe(f"{source.name}: {said}"), file=sys.stderr)
        for outcome, url, why in source.pages:
            print(safe(f"  {url}" if outcome == "left" else f"  {outcome}: {url}: {why}"))


def _due_at(run: Run, source: Source) -> SourceReport:
    try:
        return collect_source(run, source)
    except Exception as error:  # one source that breaks our code costs no other
        return broken(source.name, error)


def _chosen(path: Path, only: tuple[str, ...]) -> tuple[Source, ...]:
    sources = choose(read_sources(path), only, path)
    if not sources:
        print(f"{path} lists no source: nothing to collect. Its comments show how to add one.", file=sys.stderr)
    return sources
