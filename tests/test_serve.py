"""Schedules on a real Prefect server: a cron line that fires, a run that stands back, one that fails and says so."""

from __future__ import annotations

import base64
import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from flows.errors import ShegongError
from flows.run.doors import authorization
from flows.state import PROJECT, state_folder
from flows.turn import only_run
from tests.others import as_nobody, ask, every_call, listening


@pytest.mark.slow
def test_prefect_yaml_names_this_machine_and_no_secret_and_refuses_nonsense(
    prefect_server: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.serve import table, write_deployments

    for name in ("SHEGONG_NOTIFY", "SHEGONG_HEARTBEAT", "AWS_SECRET_ACCESS_KEY", "AWS_ENDPOINT_URL"):
        monkeypatch.setenv(name, "https://op:hunter2@hooks.example.org/T0K3N")
    path = write_deployments(table("0 2 * * *", "30 3 * * *", "/r", "/s", workers=2), tmp_path / "prefect.yaml")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = path.read_text(encoding="utf-8")
    assert not [secret for secret in ("hunter2", "T0K3N", os.environ["PREFECT_API_AUTH_STRING"]) if secret in written]
    found = yaml.safe_load(written)
    release = next(entry for entry in found["deployments"] if entry["entrypoint"] == "flows/release.py:release")
    assert release["schedules"] == [{"cron": "30 3 * * *", "timezone": "Asia/Shanghai"}]
    assert found["pull"][0]["prefect.deployments.steps.set_working_directory"]["directory"] == str(PROJECT)
    for cron, options in (("every day", {}), ("0 3 * * *", {"workers": 0}), ("0 3 * * *", {"runner": "magic"})):
        with pytest.raises(ShegongError, match="cannot be scheduled"):
            write_deployments(table("0 2 * * *", cron, "/r", "/s", **options), tmp_path / "x.yaml")


@pytest.mark.slow
def test_a_run_that_was_killed_is_not_running_for_ever(a_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.client.orchestration import get_client
    from prefect.states import Running

    import flows.release

    monkeypatch.delenv("SHEGONG_NOTIFY", raising=False)
    with get_client(sync_client=True) as client:
        killed = client.create_flow_run(flows.release.release, state=Running())
        (holder,) = [path for path in (state_folder() / "holders").iterdir() if holds(path, a_release.parent)]
        holder.write_text(json.dumps({"run": str(killed.id)}))
        assert flows.release.release(PROJECT / "raw", a_release.parent) == a_release
        state = client.read_flow_run(killed.id).state
    assert state is not None
    assert state.is_crashed()


def holds(path: Path, place: Path) -> bool:
    import hashlib

    return path.stem == hashlib.sha256(str(place).encode()).hexdigest()[:16]


@pytest.mark.slow
def test_a_cron_line_fires_an_overlapping_run_stands_back_and_a_failing_one_notifies(tmp_path: Path) -> None:
    raw, releases = tmp_path / "raw", tmp_path / "releases"
    raw.mkdir()
    (raw / "page.txt").write_text(
        "某区社工站揭牌\n\n　　4月2日，某区首个社工站揭牌。三百名居民到场，社工现场解答了养老和托育的问题。\n", "utf-8"
    )
    (tmp_path / "hook.py").write_text("import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + chr(10))")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    surroundings = kept | {
        "SHEGONG_STATE": str(tmp_path / "state"),
        "SHEGONG_NOTIFY": f"{sys.executable} {tmp_path}/hook.py {tmp_path}/told",
        "SHEGONG_HEARTBEAT": f"{sys.executable} {tmp_path}/hook.py {tmp_path}/well",
        "PYTHONPATH": str(PROJECT),
    }
    code = DRIVER.format(raw=str(raw), releases=str(releases))
    with (tmp_path / "log").open("wb") as log:
        serving = subprocess.Popen(
            [sys.executable, "-c", code], env=surroundings, stdout=log, stderr=log, cwd=PROJECT, start_new_session=True
        )
    try:
        with only_run(releases):  # stands for a run that is on
            assert eventually(lambda: "AlreadyRunning" in states(tmp_path), 300), (
                states(tmp_path),
                (tmp_path / "log").read_text(),
            )
        assert not (releases / "latest.json").exists()
        assert_shut_to_others(serving.pid, tmp_path)
        assert eventually(lambda: (releases / "latest.json").exists(), 300), (
            states(tmp_path),
            (tmp_path / "log").read_text(),
        )
        (raw / "page.txt").unlink()
        assert eventually(lambda: (tmp_path / "told").exists(), 300), (states(tmp_path), (tmp_path / "log").read_text())
        told = json.loads((tmp_path / "told").read_text(encoding="utf-8").splitlines()[0])
        assert (told["flow"], told["state"]) == ("release", "Failed")
        assert "raw_empty" in told["message"]
        assert {"AlreadyRunning", "Completed", "Failed"} <= states(tmp_path)
        beats = [json.loads(line) for line in (tmp_path / "well").read_text(encoding="utf-8").splitlines()]
        assert {(beat["flow"], beat["state"]) for beat in beats} == {("release", "Completed")}
    finally:
        serving.terminate()
        serving.wait(60)


DRIVER = """
from flows.run.server import PrefectServer
if __name__ == "__main__":
    with PrefectServer(schedules=True) as server:
        server.wait()
        from flows.serve import serve, table
        # a sixth field, seconds: three firings in a minute
        serve(table("0 2 1 1 *", "* * * * * */20", {raw!r}, {releases!r}, workers=1), query_seconds=2)
"""


def access(folder: Path) -> tuple[str, str]:
    """host:port of the server whose state is in a folder, and what it wants to see in the header Authorization."""
    (file,) = (folder / "state" / "prefect").glob("server-*.env")
    url, secret = (line.partition("=")[2] for line in file.read_text().splitlines())
    return url.removeprefix("http://").removesuffix("/api"), authorization(secret)


def states(folder: Path) -> set[str]:
    """Names of the states of all flow runs that the server knows."""
    try:
        host, key = access(folder)
        status, runs = ask(host, "POST", "/api/flow_runs/filter", Authorization=key)
    except (OSError, ValueError):
        return set()
    assert status == 200
    return {run["state_name"] for run in json.loads(runs)}


def assert_shut_to_others(process: int, folder: Path) -> None:
    """Another user gets no answer to any call, may not enter the state, and sees no secret in a list of processes;
    nothing listens but on this machine; and the events of runs, which go by websockets, do come in."""
    host, key = access(folder)
    calls = every_call(host, key)
    assert sum(call.writes for call in calls) > 100
    assert set(as_nobody(lambda: [ask(host, *call)[0] for call in calls])) == {401}
    assert stat.S_IMODE((folder / "state").stat().st_mode) == 0o700
    assert int(host.rpartition(":")[2]) in listening(process)
    secret = base64.b64decode(key.removeprefix("Basic "))
    processes = [f"/proc/{one}/{shown}" for one in os.listdir("/proc") for shown in ("cmdline", "environ")]
    assert as_nobody(lambda: holding(secret, processes)) == []
    state = [os.path.join(at, name) for at, _, names in os.walk(folder / "state") for name in names]
    assert [Path(path).suffix for path in holding(secret, state)] == [".env"]
    assert json.loads(ask(host, "POST", "/api/events/filter", Authorization=key)[1])["total"] > 0


def holding(secret: bytes, paths: Iterable[str]) -> list[str]:
    """The files that hold it, of those that may be read and do not vanish meanwhile."""
    found = []
    for path in paths:
        with suppress(OSError), open(path, "rb") as file:
            found += [path] * (secret in file.read())
    return found


def eventually(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while not (true := condition()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return true
