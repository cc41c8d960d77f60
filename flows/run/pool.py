"""Where shards are cleaned: processes that can be lost without losing more than the call they were at.

The interface is one method, `run`, so that a cluster can stand in for the processes of this machine.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from queue import Queue
from types import TracebackType
from typing import Literal, ParamSpec, Protocol, TypeVar

Runner = Literal["local", "dask"]
"""What runs the shards: processes of this machine, or a Dask cluster."""

P = ParamSpec("P")
R = TypeVar("R")


class WorkerLostError(Exception):
    """The process that made the call ended before it returned: killed, out of memory, or out of time. `seconds` is
    how long it was at it."""

    def __init__(self, problem: str, seconds: float = 0.0) -> None:
        super().__init__(problem, seconds)
        self.seconds = seconds


class PoolClosedError(Exception):
    """The pool closed before the call had its turn: something else made the run end."""


class Pool(Protocol):
    """Runs calls in other processes. Functions and arguments are pickled: pass paths, never tables."""

    workers: int
    away: bool
    """Whether the processes are on machines that do not see the state folder of this one."""

    def run(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """What the function returns; blocks until then. Raises what it raises, or WorkerLostError."""


class LocalPool:
    """Processes of this machine. Each stands in an executor of its own: one that dies takes only its own call along.

    Workers start on entering and import nothing of the flow; a lost one is replaced at once. `prepare` is what each
    does first.
    """

    away = False

    def __init__(self, workers: int, prepare: Callable[[], None] | None = None) -> None:
        self.workers = workers
        self._prepare = prepare or import_cleaning
        self._idle: Queue[ProcessPoolExecutor | None] = Queue()
        self._processes: dict[ProcessPoolExecutor, Future[int]] = {}
        self._closed = False

    def __enter__(self) -> LocalPool:
        for _ in range(self.workers):
            self._idle.put(self._start())
        return self

    def run(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See Pool. Raises PoolClosedError once the pool is left."""
        executor, started = self._idle.get(), time.monotonic()
        try:
            if executor is None or self._closed:
                raise PoolClosedError
            self._processes[executor].result()  # it has started, which is not the call's time
            started = time.monotonic()
            return executor.submit(function, *args, **kwargs).result()
        except BrokenProcessPool as error:
            assert executor is not None
            executor.shutdown(wait=False)
            del self._processes[executor]
            if self._closed:
                raise PoolClosedError from error
            executor = self._start()
            raise WorkerLostError(str(error), time.monotonic() - started) from error
        finally:
            self._idle.put(executor)

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # a fork would copy the flow's threads and locks
        executor = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(self._prepare,))
        self._processes[executor] = executor.submit(os.getpid)  # starts now, not with the first shard
        return executor

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closed = True
        if error is not None:  # nobody waits for what is still being cleaned; results appear whole or not at all
            for process in list(self._processes.values()):
                if process.done() and not process.exception():
                    os.kill(process.result(), signal.SIGKILL)
        for _ in range(self.workers):
            executor = self._idle.get()  # waits for the call that it is at
            assert executor is not None
            executor.shutdown()
        self._idle.put(None)  # for calls that still wait for their turn


def import_cleaning() -> None:
    """What a worker needs for shards, imported before the first one comes."""
    import flows.run.shard  # noqa: F401


def _begin(prepare: Callable[[], None]) -> None:
    """In a new worker: makes it end with its parent, even when that is killed, and leaves Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the limit of a document's time, whatever our parent did with it
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
    prepare()
    gc.freeze()  # what was imported stays, and need not be looked at again and again: 5 % of the time
