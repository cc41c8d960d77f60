"""`shegong release`: the release flow with a Prefect server of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from flows.cli.progress import Progress
from flows.decisions import wanted_documents
from flows.run.server import PrefectServer
from flows.run.turn import made_already, only_run
from flows.state import state_folder


def make_release(raw: Path, releases: Path, workers: int) -> Path:
    """The path of the release: a new one, or the latest when nothing is new, which takes no server and no second.

    Raises:
        ShegongError: unreadable input, a target that cannot be written, or a gate that failed.
    """
    raw, releases = raw.absolute(), releases.absolute()
    documents, decisions = wanted_documents(raw)
    with only_run(releases):
        current = made_already(releases, documents, decisions.fingerprint)
    if current:
        print(f"nothing new: {current.name} already holds these {len(documents):,} documents", file=sys.stderr)
        return current
    known = (state_folder() / "prefect" / "prefect.db").exists()
    Progress().step("starting Prefect" if known else "starting Prefect for the first time, which takes longer")
    with PrefectServer() as server:
        # While the server starts in its process, this one imports what takes as long.
        from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

        from flows.release import release
        from flows.validate.loading import load

        load()
        server.wait()
        runner: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=workers + 2)
        return release.with_options(task_runner=runner)(raw, releases, workers)
