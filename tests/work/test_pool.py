"""Calls in other processes, and what becomes of them when the process is lost."""

from __future__ import annotations

import multiprocessing.synchronize
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pickle import PicklingError

import pytest

from flows.run.cluster import ClusterError, DaskPool
from flows.work.pool import LocalPool, PoolClosedError, WorkerLostError


def nothing() -> None:
    """A worker that needs no cleaning code starts sooner."""


def square(number: int) -> int:
    return number * number


def fail() -> None:
    raise ValueError("of its own")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def wait_then_square(number: int) -> int:
    time.sleep(0.5)
    return number * number


@pytest.fixture(scope="module")
def pool() -> Iterator[LocalPool]:
    with LocalPool(2, prepare=nothing) as pool:
        yield pool


def test_a_call_runs_in_another_process(pool: LocalPool) -> None:
    assert pool.run(square, 7) == 49
    assert pool.run(os.getpid) != os.getpid()


def test_an_error_of_the_function_comes_through(pool: LocalPool) -> None:
    with pytest.raises(ValueError, match="of its own"):
        pool.run(fail)


class StubbornError(Exception):
    """One that cannot be unpickled."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fail_with(kind: str) -> None:
    raise {"EOFError": EOFError("mine"), "exit": SystemExit(3), "stubborn": StubbornError("mi", "ne")}[kind]


@pytest.mark.parametrize(
    ("kind", "error"), [("EOFError", EOFError), ("exit", RuntimeError), ("stubborn", RuntimeError)]
)
def test_an_error_that_looks_like_a_lost_worker_or_cannot_travel_comes_through(
    pool: LocalPool, kind: str, error: type[Exception]
) -> None:
    before = pool.run(os.getpid), pool.run(os.getpid)
    with pytest.raises(error):
        pool.run(fail_with, kind)
    assert pool.run(os.getpid) in before


def test_what_cannot_be_sent_or_sent_back_leaves_the_worker_as_it_was(pool: LocalPool) -> None:
    for function, arguments in ((map, (lambda n: n, [1])), (open, (os.devnull,))):
        with pytest.raises((AttributeError, TypeError, RuntimeError, PicklingError)):
            pool.run(function, *arguments)
    assert pool.run(square, 3) == 9


def test_workers_need_no_semaphores(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may have no /dev/shm, which they stand in."""

    def refused(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(multiprocessing.synchronize.SemLock, "__init__", refused)
    with LocalPool(1, prepare=nothing) as pool:
        assert pool.run(square, 4) == 16
    with pytest.raises(ClusterError, match="--runner local"), DaskPool():
        pass


def test_a_lost_worker_costs_its_own_call_only(pool: LocalPool) -> None:
    with ThreadPoolExecutor(2) as threads:
        beside = threads.submit(pool.run, wait_then_square, 3)
        with pytest.raises(WorkerLostError):
            pool.run(die)
        assert beside.result() == 9


def test_a_lost_worker_is_replaced(pool: LocalPool) -> None:
    for _ in range(3):
        with pytest.raises(WorkerLostError):
            pool.run(die)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda number: pool.run(square, number), range(4))) == [0, 1, 4, 9]


def test_leaving_on_an_error_does_not_wait_for_calls_that_are_on(threads: ThreadPoolExecutor) -> None:
    started = time.monotonic()
    with suppress(KeyboardInterrupt), LocalPool(1, prepare=nothing) as pool:
        pool.run(square, 1)
        running = threads.submit(pool.run, time.sleep, 60)
        waiting = threads.submit(pool.run, square, 2)
        time.sleep(0.2)
        raise KeyboardInterrupt
    for call in (running, waiting):
        with pytest.raises(PoolClosedError):
            call.result(timeout=10)
    assert time.monotonic() - started < 30


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


ORPHAN = """
import os, sys, time
from flows.work.pool import LocalPool, share_imports
if __name__ == "__main__":
    share_imports(*sys.argv[1:]) if sys.argv[1:] else None
    with LocalPool(1, prepare=int) as pool:
        print(pool.run(os.getpid), flush=True)
        time.sleep(60)
"""


SHARED = """
import os, sys
from flows.work.pool import LocalPool, WorkerLostError, share_imports
from tests.work.test_pool import die, fail, holds, nothing, square
if __name__ == "__main__":
    share_imports("colorsys")
    with LocalPool(2, prepare=nothing) as pool:
        assert pool.run(holds, "colorsys") and not pool.run(holds, "wave") and "colorsys" not in sys.modules
        for lost in (die, fail):
            try:
                pool.run(lost)
            except (WorkerLostError, ValueError) as error:
                print(type(error).__name__)
        print([pool.run(square, number) for number in range(4)])
"""


def holds(module: str) -> bool:
    return module in sys.modules


def test_processes_that_share_imports_are_lost_and_replaced_like_others() -> None:
    code = [sys.executable, "-c", SHARED]
    run = subprocess.run(code, capture_output=True, text=True, check=False)
    assert run.stdout.splitlines() == ["WorkerLostError", "ValueError", "[0, 1, 4, 9]"], run.stderr


@pytest.mark.slow
@pytest.mark.parametrize("shared", [(), ("json",)])
def test_workers_end_when_the_flow_is_killed(tmp_path: object, shared: tuple[str, ...]) -> None:
    script = f"{tmp_path}/flow.py"
    with open(script, "w") as file:
        file.write(ORPHAN)
    flow = subprocess.Popen([sys.executable, script, *shared], stdout=subprocess.PIPE, text=True)
    assert flow.stdout is not None
    worker = int(flow.stdout.readline())
    flow.kill()
    flow.wait()
    deadline = time.monotonic() + 20
    while _runs(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(worker)


def _runs(pid: int) -> bool:
    """Whether the process is there and not a zombie that nobody fetched."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


UNREAD = """
from tests.work.test_pool import nothing
from flows.work.pool import Worker
if __name__ == "__main__":
    worker = Worker(nothing)
    worker._pipe.poll(60)  # it has said that it started, and nobody reads that
    worker.end()
"""


def test_a_worker_that_was_never_heard_ends_without_a_word() -> None:
    run = subprocess.run([sys.executable, "-c", UNREAD], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
