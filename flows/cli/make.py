"""`shegong release`: the release flow with a Prefect server of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from flows.clock import today
from flows.corpus import PART_DOCUMENTS
from flows.decisions.tombstones import wanted_documents
from flows.folder.stage import latest
from flows.publish.signing import check_key
from flows.raw.listing import fingerprint, holds_more, look
from flows.raw.store import is_url
from flows.run.ground import running
from flows.run.notify import beat_without_run
from flows.run.places import Place, check_target, fetch_latest, raw_folder, releases_folder, send
from flows.run.server import PrefectServer, starting
from flows.terminal.progress import Progress
from flows.turn import made_already, only_run
from flows.work.pool import Runner, share_imports

CLUSTER_THREADS = 128
"""Shards that are on their way to a cluster of unknown size and back; each waits in a thread."""


def make_release(
    raw: Place, releases: Place, workers: int, runner: Runner = "local",
    dask_address: str | None = None, dask_security: Path | None = None,
) -> Place:  # fmt: skip
    """Where the release stands: a new one, or the latest when nothing is new, which takes no server and no second.

    Raises:
        ShegongError: unreadable input, a target that cannot be written, or a gate that failed.
    """
    today()  # an unusable SOURCE_DATE_EPOCH is told before any work
    with running(releases_folder(releases)):
        if current := nothing_new(raw, releases):
            beat_without_run("release", f"nothing new: {current}")
            return current
        check_target(releases)
        check_key()
        Progress().step(starting())
        return _run_flow(raw, releases, workers, runner, dask_address, dask_security)


def _run_flow(
    raw: Place, releases: Place, workers: int, runner: Runner, dask_address: str | None, dask_security: Path | None
) -> Place:
    many = not is_url(raw) and holds_more(Path(raw), PART_DOCUMENTS)
    with PrefectServer() as server:
        # While the server starts in its process, others import what takes as long.
        if many:  # the gates are asked of parts, by workers
            share_imports("flows.run.shard", "great_expectations")
        from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

        from flows.release import release
        from flows.validate.loading import load

        if not many:
            load()
        server.wait()
        threads: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=CLUSTER_THREADS if dask_address else workers + 2)
        made = release.with_options(task_runner=threads)(raw, releases, workers, runner, dask_address, dask_security)
        assert isinstance(made, Path | str)  # only a scheduled run stands back
        return made


def nothing_new(raw: Place, releases: Place) -> Place | None:
    """Where the latest release stands if it holds all there is, which this says; else None."""
    folder = releases_folder(releases)
    if not is_url(raw):
        look(raw_folder(raw))  # no folder is made for what cannot be read
    with only_run(folder):
        fetch_latest(releases)
        if latest(folder) is None:
            return None
        documents, decisions = wanted_documents(raw_folder(raw), folder)
        current = made_already(folder, fingerprint(documents, decisions.fingerprint))
        if current is None:
            return None
        print(f"nothing new: {current.name} already holds these {len(documents):,} documents", file=sys.stderr)
        return send(current, releases)
