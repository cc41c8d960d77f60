"""The collect flow: sources in, WARC archives in the raw folder out."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, cast

from prefect import Task, flow
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.runtime import deployment
from prefect.states import Completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import opaque

from flows.fetch.asking import Run
from flows.fetch.begin import begin_run, keep_report, now
from flows.fetch.collecting import collect_source
from flows.fetch.outcome import CollectError, RunReport, SourceReport, broken, table
from flows.fetch.sources import Source, choose, read_sources
from flows.run.notify import TOLD
from flows.terminal.progress import Progress
from flows.turn import BusyError

SOURCES_AT_ONCE = 16
"""Each has a thread, which waits most of the time. Sources of one host take turns."""

fetch_source: Task[..., SourceReport] = Task(collect_source, cache_policy=NO_CACHE, persist_result=False)
"""One source. What fails is tried again inside of it, page by page."""


RUNNER: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=SOURCES_AT_ONCE)


@flow(name="collect", task_runner=RUNNER, **TOLD)
def collect(raw: Path, path: Path, only: tuple[str, ...] = ()) -> RunReport | State[None]:
    """Fetches what is new at the sources that `path` lists, or at those named in `only`, into archives in `raw`.

    A scheduled run that comes while another is at it stands back: it ends as completed, named AlreadyRunning.

    Raises:
        SourcesError, InputError: the list cannot be used.
        TargetError, BusyError: `raw` cannot be written, or another run is collecting into it.
        CollectError: nothing could be fetched from some of the sources. What the others gave is kept.
    """
    progress, stop, started_at = Progress(), threading.Event(), now()
    listed = read_sources(path)
    sources = choose(listed, only, path)
    try:
        with begin_run(raw, listed.contact, stop, progress.count) as run:
            progress.step(f"collecting from {len(sources)} sources into {raw}")
            reports = fetch_all(run, sources, stop)
    except BusyError as error:
        if deployment.id is None:  # somebody waits for an answer
            raise
        return Completed(name="AlreadyRunning", message=str(error))
    report = RunReport(started_at, now(), reports)
    kept_at = keep_report(report)
    create_table_artifact(report.rows(), key="collected", description=f"Collected into {raw.name}, {started_at}")
    print(*table(report.rows()), sep="\n")
    if report.failed:
        raise CollectError(report, kept_at)
    return report


def fetch_all(run: Run, sources: tuple[Source, ...], stop: threading.Event) -> tuple[SourceReport, ...]:
    """The reports of all sources, in their order. One that breaks our code costs no other; when the run is to end, what
    they have fetched becomes visible before this raises."""
    # opaque keeps Prefect from walking through the run in search of futures
    running = [
        fetch_source.with_options(task_run_name=source.name).submit(
            cast(Run, opaque(run)), cast(Source, opaque(source))
        )
        for source in sources
    ]
    try:
        return tuple(_report(source, future) for source, future in zip(sources, running, strict=True))
    except BaseException:
        stop.set()
        for future in running:
            future.wait()
        raise


def _report(source: Source, future: PrefectFuture[SourceReport]) -> SourceReport:
    found = future.result(raise_on_failure=False)
    return found if isinstance(found, SourceReport) else broken(source.name, found)
