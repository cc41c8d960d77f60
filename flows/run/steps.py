"""What makes a plain function a step of a flow: run by Prefect, and tried again where that can help."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ParamSpec, TypeVar

from prefect import Task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import PrefectFuture

from flows.work.pool import WorkerLostError

P = ParamSpec("P")
R = TypeVar("R")


def may_pass(_task: object, _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again can help: it can with a disk or a lost worker, and with nothing else."""
    return isinstance(state.data, OSError | WorkerLostError)


def step(function: Callable[P, R]) -> Task[P, R]:
    """A task of the flow. Its result goes on to the next in memory; what outlives a run is in the shards' files."""
    return Task(function, cache_policy=NO_CACHE, persist_result=False)


def retried_step(function: Callable[P, R]) -> Task[P, R]:
    """A step that reads or writes files, tried again after 1 and 10 seconds."""
    return step(function).with_options(retries=2, retry_delay_seconds=[1, 10], retry_condition_fn=may_pass)


def submitted(task: Task[..., Any], calls: Iterable[tuple[Any, ...]], ahead: int) -> Iterator[int]:
    """Submits a task for each of the calls, at most `ahead` of them before the first of these is done; tells each time
    how many are."""
    running, done = deque[PrefectFuture[Any]](), 0
    for call in calls:
        if len(running) >= ahead:
            running.popleft().result()
            yield (done := done + 1)
        running.append(task.submit(*call))
    for future in running:
        future.result()
        yield (done := done + 1)
