"""Shards on a Dask cluster of real processes, with the raw documents and the release on a real S3 server."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest
from pyarrow.fs import LocalFileSystem, copy_files

from flows.raw.listing import list_documents
from flows.run.cluster import ClusterError, DaskPool
from flows.run.isolation import clean_isolated
from flows.run.shard import plan_shard, read_shard
from flows.state import PROJECT
from flows.work.pool import WorkerLostError
from tests.benchmarks.generated import make_page
from tests.buckets import environment, files, free_ports, s3_server
from tests.others import listening, spoken
from tests.read.made_archives import warc, zipped
from tests.real_release import make_release
from tests.run.test_shard import GOOD

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("semaphores")]

DASK = str(Path(sys.executable).with_name("dask"))
PLUGIN = """
from tests.run.test_shard import misbehave
misbehave()
"""


@contextmanager
def cluster(
    folder: Path, workers: int, *options: str, scheme: str = "tcp", **extra: str
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and the processes of its workers, whose state is not the flow's."""
    folder.mkdir(exist_ok=True)
    (port,) = free_ports(1)
    address = f"{scheme}://127.0.0.1:{port}"
    surroundings = os.environ | extra | {"PYTHONPATH": str(PROJECT), "SHEGONG_STATE": str(folder / "state")}
    surroundings["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "0"
    host = f"{scheme}://127.0.0.1"
    quiet = ["--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
    commands = [["scheduler", "--host", host, "--port", str(port), *quiet, "--no-show"]]
    commands += [["worker", address, "--nthreads", "1", *quiet, *options]] * workers
    running = []
    with (folder / "log").open("wb") as log:
        for command in commands:
            running.append(
                subprocess.Popen(
                    [DASK, *command], stdout=log, stderr=log, env=surroundings, cwd=folder, start_new_session=True
                )
            )
    try:
        yield address, running[1:]
    finally:
        for run in running:
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)
            run.wait()


def sums(release: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (release / "data").iterdir()}


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of our own, one under a name that no S3 tool likes, and some in archives."""
    folder = tmp_path_factory.mktemp("raw")
    sound = [text for text in map(make_page, range(80)) if "\ue311" not in text]  # damage on a fifth fails a gate
    for number, text in enumerate(sound[:60]):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    pages = {f"{number}.txt": text.encode() for number, text in enumerate(sound[60:66])}
    (folder / "some.zip").write_bytes(zipped(pages))
    (folder / "some.warc.gz").write_bytes(warc([f"<p>{text}</p>".encode() for text in sound[66:70]]))
    (folder / "更多 pages").mkdir()
    (folder / "更多 pages" / "页面 100%+1.txt").write_text(make_page(1000), encoding="utf-8")
    return folder


def test_a_cluster_of_its_own_outlives_its_workers_and_speaks_to_nobody_else() -> None:
    before = {one.laddr.port for one in psutil.net_connections("tcp") if one.laddr}  # what other tests left open, too
    with DaskPool(workers=1) as pool:
        assert pool.run(pow, 7, 2) == 49
        with pytest.raises(WorkerLostError):
            pool.run(os._exit, 1)
        with pytest.raises(ValueError, match="base must be"):
            pool.run(int, "x", base=99)
        assert pool.run(pow, 3, 2) == 9
        ports = listening(os.getpid(), before)
        assert len(ports) > 2  # the scheduler, the nanny and the worker: to strangers none says a word
        assert {spoken(port) for port in ports} == {b""}


def test_documents_that_hang_or_kill_their_worker_are_quarantined_on_a_cluster_too(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    for name, more in {"a": "一", "hang": "HANG", "kill": "KILL", "z": "二"}.items():
        (folder / f"{name}.txt").write_text(GOOD + more, encoding="utf-8")
    shard = plan_shard(folder, list_documents(folder), tmp_path / "shards")._replace(seconds=2.0)
    (tmp_path / "misbehaving.py").write_text(PLUGIN)
    with (
        cluster(tmp_path / "cluster", 1, "--preload", str(tmp_path / "misbehaving.py")) as (address, _),
        DaskPool(address) as pool,
    ):
        clean_isolated(pool, shard)
    reasons = {row["path"]: row["reason"] or "" for row in read_shard(Path(shard.folder))["documents"].to_pylist()}
    assert {name: reason.partition(":")[0] for name, reason in reasons.items()} == {
        "a.txt": "", "hang.txt": "timeout", "kill.txt": "crash", "z.txt": "",
    }  # fmt: skip


def test_a_cluster_that_does_not_answer_or_would_not_give_the_same_results_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.run.cluster.CONNECT_SECONDS", 2.0)
    with pytest.raises(ClusterError, match="no scheduler"), DaskPool("tcp://127.0.0.1:9"):
        pass
    monkeypatch.undo()
    with cluster(tmp_path, 1, "--nthreads", "2") as (address, _):
        with pytest.raises(ClusterError, match="--nthreads 1"), DaskPool(address):
            pass
        monkeypatch.setattr("flows.run.cluster.DaskPool._check_workers", lambda pool: None)
        monkeypatch.setattr("flows.run.cluster.cleaning_version", lambda: "another")
        with pytest.raises(ClusterError, match="other code"), DaskPool(address) as pool:
            pool.run(pow, 3, 2)


def test_two_workers_with_raw_documents_and_releases_on_s3_give_the_bytes_of_a_local_run_though_one_is_killed(
    prefect_server: None, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.release import release

    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "local"))
    local = make_release(raw, tmp_path / "releases", workers=1)
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "flow"))
    monkeypatch.setattr("flows.release.PART_DOCUMENTS", 64)  # so that parts, too, are worked on by processes
    (tmp_path / "s3").mkdir()
    with s3_server(tmp_path / "s3") as address:
        for name, value in environment(address).items():
            monkeypatch.setenv(name, value)
        copy_files(str(raw), "shegong/raw", source_filesystem=LocalFileSystem(), destination_filesystem=files(address))
        with cluster(tmp_path / "cluster", 2, "--no-nanny") as (scheduler, workers):
            shards = tmp_path / "flow" / "shards"
            killer = threading.Thread(target=kill_in_the_middle, args=(workers[0], shards), daemon=True)
            killer.start()
            place = release("s3://shegong/raw", "s3://shegong/releases", 1, "dask", scheduler)
            killer.join()
            assert workers[0].poll() is not None
            again = release("s3://shegong/raw", "s3://shegong/releases", 1, "dask", scheduler)
        assert again == place == f"s3://shegong/releases/{local.name}"
        copy_files(f"shegong/releases/{local.name}", str(tmp_path / "read"), source_filesystem=files(address))
        assert (tmp_path / "read" / "SHA256SUMS").read_bytes() == (local / "SHA256SUMS").read_bytes()
        assert sums(tmp_path / "read") == sums(local)
        with files(address).open_input_file("shegong/releases/latest.json") as pointer:
            assert local.name in pointer.read().decode()


def kill_in_the_middle(worker: subprocess.Popen[bytes], shards: Path) -> None:
    """Kills a worker once a first shard is done."""
    while not any(path.is_dir() and not path.name.startswith(".") for path in shards.glob("*/*")):
        time.sleep(0.01)
    os.killpg(worker.pid, signal.SIGKILL)
