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
import traceback
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from queue import Queue
from types import TracebackType
from typing import Literal, ParamSpec, Protocol, TypeVar, cast

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
    """Processes of this machine; one that dies takes only its own call along.

    Workers start on entering and import nothing of the flow; a lost one is replaced at once. `prepare` is what each
    does first.
    """

    away = False

    def __init__(self, workers: int, prepare: Callable[[], None]) -> None:
        self.workers = workers
        self._prepare = prepare
        self._idle: Queue[Worker | None] = Queue()
        self._alive: set[Worker] = set()
        self._closed = False

    def __enter__(self) -> LocalPool:
        for _ in range(self.workers):
            self._idle.put(self._start())
        return self

    def run(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See Pool. Raises PoolClosedError once the pool is left."""
        worker, started = self._idle.get(), time.monotonic()
        try:
            if worker is None or self._closed:
                raise PoolClosedError
            worker.wait()  # until it has started, which is not the call's time
            started = time.monotonic()
            answer = worker.call(function, *args, **kwargs)
        except (EOFError, ConnectionError) as error:
            assert worker is not None
            worker.end()
            self._alive.discard(worker)
            if self._closed:
                raise PoolClosedError from error
            worker = self._start()
            raise WorkerLostError("the process ended during the call", time.monotonic() - started) from error
        finally:
            self._idle.put(worker)
        done, found = ForkingPickler.loads(answer)
        if not done:
            raise found
        return cast(R, found)

    def _start(self) -> Worker:
        worker = Worker(self._prepare)
        self._alive.add(worker)
        return worker

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closed = True
        if error is not None:  # nobody waits for what is still being cleaned; results appear whole or not at all
            for alive in list(self._alive):
                alive.kill()
        for _ in range(self.workers):
            worker = self._idle.get()  # waits for the call that it is at
            assert worker is not None
            worker.end()
        self._idle.put(None)  # for calls that still wait for their turn


_start: Literal["spawn", "forkserver"] = "spawn"
"""How processes start: a fork of this one would copy its threads and locks."""


def share_imports(*modules: str) -> None:
    """From now on the processes of pools are copies of one that has imported these modules once, for all of them, and
    begins with that now. Its environment is this process's as it is now."""
    global _start
    _start = "forkserver"
    multiprocessing.set_forkserver_preload(list(modules))
    forkserver.ensure_running()


class Worker:
    """A process that makes one call after the other, and the pipe to it.

    The executors of `concurrent.futures` need semaphores, and these /dev/shm, which containers may lack.
    """

    def __init__(self, prepare: Callable[[], None]) -> None:
        context = multiprocessing.get_context(_start)
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(  # type: ignore[attr-defined]  # both have it
            target=_work, args=(theirs, prepare), daemon=True
        )
        self._process.start()
        theirs.close()  # so that reading ends when the process does
        self._started = False

    def wait(self) -> None:
        """Returns when the process has imported what it needs.

        Raises:
            EOFError, ConnectionError: it ended before.
        """
        if not self._started:
            self._pipe.recv_bytes()
            self._started = True

    def call(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> bytes:
        """Whether the function returned, over there, and what it returned or raised, pickled.

        Raises:
            EOFError, ConnectionError: the process ended before.
        """
        self._pipe.send((function, args, kwargs))
        return self._pipe.recv_bytes()

    def kill(self) -> None:
        """Ends the process in the middle of whatever it is at."""
        self._process.kill()

    def end(self) -> None:
        """Waits for the process to end; it does when there is nobody to give it calls."""
        self._pipe.close()
        self._process.join()


def _work(pipe: Connection, prepare: Callable[[], None]) -> None:
    """In a new process: makes the calls that come, until the other end is closed."""
    _begin(prepare)
    try:
        pipe.send_bytes(b"started")
    except ConnectionError:
        return
    while True:
        try:
            call = pipe.recv_bytes()
        except (EOFError, ConnectionError):  # closed, maybe before it read that this process has started
            return
        try:
            function, args, kwargs = ForkingPickler.loads(call)
            answer = ForkingPickler.dumps((True, function(*args, **kwargs)))
        except BaseException as error:
            answer = _pickled(error)
        pipe.send_bytes(answer)


def _pickled(error: BaseException) -> memoryview:
    """An exception on its way to the caller: one that cannot go there, or would end it, as a RuntimeError that says the
    same."""
    trace = "".join(traceback.format_exception(error))
    error.add_note(f"in a worker:\n{trace}")
    try:
        if not isinstance(error, Exception):
            raise TypeError
        answer = ForkingPickler.dumps((False, error))
        ForkingPickler.loads(answer)
    except Exception:
        return ForkingPickler.dumps((False, RuntimeError(trace)))
    return answer


def _begin(prepare: Callable[[], None]) -> None:
    """In a new worker: makes it end with its parent, even when that is killed, and leaves Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the limit of a document's time, whatever our parent did with it
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
    prepare()
    collect_seldom()


def collect_seldom() -> None:
    """Sets Python's collector as workers have it: what was imported stays, and need not be looked at again and again
    (5 % of the time); and documents are let go one by one, nearly all of them by their counts of references, so that it
    looks for circles at every 5,000 new objects in place of 700 (3 to 6 %)."""
    gc.freeze()
    gc.set_threshold(5_000)
