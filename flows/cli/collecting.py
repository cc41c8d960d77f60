"""`shegong collect`: the collect flow with a Prefect server of its own, or what it would do."""

from __future__ import annotations

import dataclasses
import json
import sys
import threading
from pathlib import Path

from flows.cli.commands import DONE, FAILED
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


def check_sources(raw: Path, path: Path, only: tuple[str, ...], as_json: bool) -> int:
    """Prints of each source whether robots.txt, its list and its pages still fit; nothing is stored. Gives 1 when one
    does not.

    Raises:
        ShegongError: see `make_collection`.
    """
    from flows.check.sources import CheckedSource, check_source

    sources, found = _chosen(path.absolute(), only), list[CheckedSource]()
    with begin_run(raw.absolute(), read_sources(path).contact, threading.Event(), dry=True) as run:
        for source in sources:
            try:
                found.append(check_source(run, source))
            except Exception as error:  # one source that breaks our code costs no other
                found.append(CheckedSource(source.name, faults=[f"{type(error).__name__}: {error}"]))
            for line in found[-1].lines() if not as_json else ():
                print(safe(line), flush=True)
    if as_json:
        print(json.dumps([dataclasses.asdict(one) for one in found], ensure_ascii=False, indent=1))
    return FAILED if any(one.faults for one in found) else DONE


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
