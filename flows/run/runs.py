"""What the Prefect server knows of our runs: those that were killed are marked as such, late ones do not pile up."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from flows.durable import replace_atomically
from flows.run.notify import notify
from flows.state import state_folder


class _Named(NamedTuple):
    name: str


def take_over(place: Path) -> None:
    """Called by a flow run that has the lock of `place`: the run that had it before is over. If it was killed, the
    server still takes it for running: it is marked as crashed, and the operator is told."""
    from prefect.runtime import flow_run

    mark = state_folder() / "holders" / f"{hashlib.sha256(str(place).encode()).hexdigest()[:16]}.json"
    before: str | None = None
    with suppress(OSError, ValueError, KeyError):
        before = json.loads(mark.read_text(encoding="utf-8"))["run"]
    mine = str(flow_run.id)
    if before and before != mine:
        _bury(UUID(before))
    mark.parent.mkdir(parents=True, exist_ok=True)
    replace_atomically(mark, json.dumps({"run": mine}))


def _bury(run_id: UUID) -> None:
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound
    from prefect.states import Crashed

    with get_client(sync_client=True) as client, suppress(ObjectNotFound):
        run = client.read_flow_run(run_id)
        if run.state is None or not run.state.is_running():
            return
        state: Any = Crashed(message="Its process was killed; the next run went on from its finished shards.")
        client.set_flow_run_state(run_id, state, force=True)
        notify(_Named(client.read_flow(run.flow_id).name), run, state)


def drop_late(deployments: Iterable[UUID]) -> int:
    """Cancels the runs that were due while nobody was there to run them, all but the newest of each deployment.
    Gives how many."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas import filters
    from prefect.client.schemas.objects import StateType
    from prefect.client.schemas.sorting import FlowRunSort
    from prefect.states import Cancelled

    dropped = 0
    with get_client(sync_client=True) as client:
        for deployment in deployments:
            now: Any = dt.datetime.now(dt.UTC)
            scheduled = filters.FlowRunFilter(
                deployment_id=filters.FlowRunFilterDeploymentId(any_=[deployment]),
                state=filters.FlowRunFilterState(type=filters.FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
                next_scheduled_start_time=filters.FlowRunFilterNextScheduledStartTime(before_=now),
            )
            due = client.read_flow_runs(
                flow_run_filter=scheduled, sort=FlowRunSort.NEXT_SCHEDULED_START_TIME_ASC, limit=200
            )
            for run in due[:-1]:
                state: Any = Cancelled(message="Superseded: a later run was due as well.")
                client.set_flow_run_state(run.id, state, force=True)
                dropped += 1
    return dropped
