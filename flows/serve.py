"""`shegong serve`: the flows on their schedules, and prefect.yaml for those who run them on a work pool."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml
from prefect import Flow
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ParameterTypeError
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType
from pydantic import ValidationError

from flows.errors import ShegongError
from flows.installed import PACKAGE
from flows.raw.store import is_url
from flows.run.runs import drop_late
from flows.state import PROJECT, state_folder, write_private

ZONE = "Asia/Shanghai"
"""The time zone of schedules: the news is dated in it."""

NAME = "scheduled"
"""Of each deployment."""

AT_ONCE = 3
"""Runs at the same time: one works, and one that comes meanwhile starts, stands back and ends."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A flow with its schedule and parameters. `module` may be absent: then there is no such flow here."""

    flow: str
    module: str
    cron: str
    parameters: dict[str, Any]

    @property
    def here(self) -> bool:
        """Whether this installation has the flow."""
        return importlib.util.find_spec(self.module) is not None

    def load(self) -> Flow[..., Any]:
        """The flow itself."""
        return cast(Flow[..., Any], getattr(importlib.import_module(self.module), self.flow))


def table(collect_at: str, release_at: str, raw: str, releases: str, **options: Any) -> list[Scheduled]:
    """The flows of this installation that run on schedules, with the parameters of each."""
    flows = [Scheduled("release", f"{PACKAGE}.release", release_at, {"raw": raw, "releases": releases, **options})]
    if not is_url(raw):  # the sources are fetched into a folder
        collected = {"raw": raw, "path": f"{raw}/sources.yaml"}
        flows.insert(0, Scheduled("collect", f"{PACKAGE}.collect", collect_at, collected))
    return [scheduled for scheduled in flows if scheduled.here]


def deployment(scheduled: Scheduled) -> RunnerDeployment:
    """A flow as the runner takes it.

    Raises:
        ShegongError: the schedule is none, or a parameter is not what the flow takes.
    """
    flow = scheduled.load()
    try:
        flow.validate_parameters(scheduled.parameters)
        schedule = Cron(scheduled.cron, timezone=ZONE)
        return cast(
            RunnerDeployment,
            flow.to_deployment(
                NAME,
                schedules=[schedule],
                parameters=scheduled.parameters,
                entrypoint_type=EntrypointType.MODULE_PATH,
            ),
        )
    except (ParameterTypeError, ValidationError, ValueError, TypeError) as error:
        problem = f"the flow {scheduled.flow} cannot be scheduled: {error}."
        remedy = "Give a cron line of five fields, and parameters as in `shegong release --help`."
        raise ShegongError("schedule", problem, remedy) from error


def serve(scheduled: list[Scheduled], query_seconds: float = 10.0) -> None:
    """Runs the flows when they are due, until told to stop; schedules are paused then, so that nothing piles up.

    Each run is a process of its own, so one that is killed or out of memory takes nothing along.
    """
    import asyncio

    deployments = [deployment(entry) for entry in scheduled]

    async def run() -> None:
        runner = Runner(name="shegong", limit=AT_ONCE, query_seconds=query_seconds, pause_on_shutdown=True)
        ids = [await runner.aadd_deployment(entry) for entry in deployments]
        dropped = await asyncio.to_thread(drop_late, ids)
        said = ", ".join(f"{entry.flow} at {entry.cron!r}" for entry in scheduled)
        late = f"; {dropped} late runs dropped" if dropped else ""
        print(f"serving {said} ({ZONE}){late}", file=sys.stderr, flush=True)
        await runner.start()

    asyncio.run(run())


def write_deployments(scheduled: list[Scheduled], path: Path = PROJECT / "prefect.yaml", pool: str = "shegong") -> Path:
    """prefect.yaml for `prefect deploy --all` and workers of a process pool, with the paths of this machine.

    No address of a hook and no key comes into it, since a deployment is kept on the server for all who may look there:
    a run has those of its worker's environment.
    """
    environment = {"SHEGONG_STATE": str(state_folder()), "DO_NOT_TRACK": "1", "GX_ANALYTICS_ENABLED": "false"}
    deployments = []
    for entry in scheduled:
        deployment(entry)  # refuses what cannot be scheduled
        deployments.append(
            {
                "name": NAME,
                "entrypoint": f"{entry.module.replace('.', '/')}.py:{entry.flow}",
                "parameters": entry.parameters,
                "schedules": [{"cron": entry.cron, "timezone": ZONE}],
                "enforce_parameter_schema": True,
                "work_pool": {"name": pool, "job_variables": {"env": environment, "working_dir": str(PROJECT)}},
            }
        )
    content = {
        "name": "shegong",
        "pull": [{"prefect.deployments.steps.set_working_directory": {"directory": str(PROJECT)}}],
        "deployments": deployments,
    }
    head = "# Made by `make deploy`, for this machine: not to be committed.\n"
    write_private(path, head + yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
    return path
