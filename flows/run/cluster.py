"""Shards on a Dask cluster: one that runs already, or one that is started on this machine for the run.

Workers need this package, at the same version, and a way to the raw documents; results come back over the network.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from flows.depends import cleaning_version
from flows.errors import ShegongError
from flows.run.encryption import security_of, temporary
from flows.run.shard import import_cleaning
from flows.state import state_folder
from flows.work.pool import LocalPool, PoolClosedError, Runner, WorkerLostError

P = ParamSpec("P")
R = TypeVar("R")

CONNECT_SECONDS = 60.0
"""How long the scheduler and a first worker may take to answer at the start."""

NO_WORKER_SECONDS = 300.0
"""How long the cluster may be without any worker before the run gives up; a nanny restarts one within seconds."""

LOOK_SECONDS = 5.0
"""Between two looks at whether there is still a worker."""


class ClusterError(ShegongError):
    """The cluster cannot be used, or went away during the run; finished shards are kept."""


class DaskPool:
    """A Dask cluster behind the interface of `flows.work.pool.Pool`.

    A call whose worker dies raises WorkerLostError once the scheduler gives up on it: at once where its setting
    `distributed.scheduler.allowed-failures` is 0, as in the cluster started here, else after as many more workers.
    """

    def __init__(self, address: str | None = None, workers: int = 1, security: Path | None = None) -> None:
        """`address` is the scheduler's, tls://host:port, and `security` the file that names the certificates for it;
        without an address a cluster of `workers` processes is started."""
        self.address, self.workers, self.away = address, workers, address is not None
        self.security = security
        self._closing = threading.Event()
        self._stack = ExitStack()
        self._client: Any = None
        self._turn = threading.Semaphore(1)

    def __enter__(self) -> DaskPool:
        distributed = _distributed()
        try:
            security = security_of(self.address, self.security) if self.address else temporary()
            address = self.address
            if address is None:
                cluster = self._stack.enter_context(_local_cluster(self.workers, security))
                address = cluster.scheduler_address
            self._client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False, security=security)
            self._stack.callback(self._client.close)
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
            self._check_workers()
        except (OSError, TimeoutError, ValueError) as error:
            self._stack.close()
            problem = f"no scheduler with a worker answers there: {error or type(error).__name__}."
            remedy = (
                "Start `dask scheduler` and `dask worker --nthreads 1`, name the scheduler's address as it does, and "
            )
            remedy += "with tls:// give certificates of its authority."
            raise ClusterError("cluster", problem, remedy, self.address) from error
        except BaseException:
            self._stack.close()
            raise
        return self

    def run(self, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """See Pool. Raises PoolClosedError once the pool is left, ClusterError when the cluster is gone."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        with self._turn:  # no call waits on a worker, where it would share the blame for the death of that worker
            if self._closing.is_set():
                raise PoolClosedError
            started = time.monotonic()
            future = self._client.submit(_call, cleaning_version(), function, args, kwargs, pure=False)
            try:
                found: R = self._wait(future)
                return found
            except KilledWorker as error:
                tries = error.allowed_failures + 1
                raise WorkerLostError(str(error), (time.monotonic() - started) / tries) from error
            except (CancelledError, CommClosedError) as error:
                if self._closing.is_set():
                    raise PoolClosedError from error
                raise self._gone("the scheduler went away") from error
            finally:
                future.release()

    def _wait(self, future: Any) -> Any:
        alone_since: float | None = None
        while True:
            try:
                return future.result(timeout=LOOK_SECONDS)
            except TimeoutError:
                if future.done():  # just now, or the call itself raised a TimeoutError
                    return future.result()
            if self._closing.is_set():
                raise PoolClosedError
            if self._client.scheduler_info(n_workers=1)["workers"]:
                alone_since = None
            elif time.monotonic() - (alone_since := alone_since or time.monotonic()) > NO_WORKER_SECONDS:
                raise self._gone("there is no worker left")

    def _check_workers(self) -> None:
        """One thread a process: the limit on a document's time ends the process, and is one for all its threads."""
        workers = self._client.scheduler_info(n_workers=-1)["workers"]
        if crowded := [name for name, worker in workers.items() if worker["nthreads"] != 1]:
            problem = f"{len(crowded)} workers have more than one thread, such as {crowded[0]}."
            raise ClusterError("cluster_threads", problem, "Start them with --nthreads 1.", self.address)
        self.workers = len(workers)
        self._turn = threading.Semaphore(self.workers)

    def _gone(self, what: str) -> ClusterError:
        remedy = "Look at the cluster, then run again: finished shards are kept."
        return ClusterError("cluster_lost", f"{what}.", remedy, self.address)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.set()
        self._stack.close()


def open_pool(runner: Runner, workers: int, address: str | None, security: Path | None = None) -> LocalPool | DaskPool:
    """What cleans the shards; its workers start when it is entered."""
    return LocalPool(workers, prepare=import_cleaning) if runner == "local" else DaskPool(address, workers, security)


def _call(version: str, function: Callable[..., R], args: tuple[Any, ...], kwargs: dict[str, Any]) -> R:
    """On a worker: the call, if the worker would come to the same results."""
    if cleaning_version() != version:
        problem = "a worker runs other code than the flow: its results would not be the same."
        remedy = "Install the same commit on all workers and start them again."
        raise ClusterError("cluster_code", problem, remedy, os.uname().nodename)
    return function(*args, **kwargs)


def _local_cluster(workers: int, security: Any) -> Any:
    import dask

    check_semaphores()
    # Read by the scheduler at its start: a task that lost its worker is ours to try again, document by document; and
    # nobody is told of tasks and logs by HTTP, which has no certificates.
    settings = {"scheduler.allowed-failures": 0, "scheduler.http.routes": [], "worker.http.routes": []}
    dask.config.set({f"distributed.{name}": setting for name, setting in settings.items()})
    return _distributed().LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        security=security,
        dashboard_address=None,
        local_directory=str(state_folder() / "dask"),
        memory_limit=0,  # no limit: pausing and killing by Dask's own count would make results depend on the machine
        preload=[import_cleaning.__module__],
        silence_logs="CRITICAL",
    )


def check_semaphores() -> None:
    """Raises ClusterError on a machine without /dev/shm: the nannies that start Dask's workers need semaphores."""
    try:
        multiprocessing.get_context("spawn").Lock()
    except OSError as error:
        problem = f"Dask cannot start workers here: there are no semaphores ({error.strerror})."
        remedy = "Mount /dev/shm, name the address of a cluster, or take --runner local, which needs none."
        raise ClusterError("no_semaphores", problem, remedy, "/dev/shm") from error


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        remedy = "Install it: pip install 'shegong[dask]'."
        raise ClusterError("dask_missing", "the runner dask needs the package distributed.", remedy) from error
    return distributed
