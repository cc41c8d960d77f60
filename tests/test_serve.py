"""Schedules on a real Prefect server: a cron line that fires, a run that stands back, one that fails and says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.errors import ShegongError
from flows.run.notify import notify, tell
from flows.run.turn import only_run
from flows.state import PROJECT, state_folder


class Some:
    """Stands for a flow, a run or a state of Prefect's."""

    def __init__(self, **attributes: Any) -> None:
        self.__dict__.update(attributes)


def test_a_notification_goes_to_a_command_or_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flow, run = Some(name="release"), Some(name="shy-otter", id="1", parameters={"raw": Path("raw")})
    state = Some(name="Failed", message="坏了")
    (tmp_path / "take.sh").write_text(f"cat > '{tmp_path}/taken'")
    monkeypatch.setenv("SHEGONG_NOTIFY", f"sh {tmp_path}/take.sh")
    notify(flow, run, state)
    taken = json.loads((tmp_path / "taken").read_text(encoding="utf-8"))
    assert taken["flow"] == "release"
    assert (taken["state"], taken["message"], taken["parameters"]) == ("Failed", "坏了", {"raw": "raw"})
    bodies: list[bytes] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tell(f"http://127.0.0.1:{server.server_port}/hook", {"state": "Failed"})
    server.shutdown()
    server.server_close()
    assert json.loads(bodies[0]) == {"state": "Failed"}


def test_a_notification_that_is_not_taken_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Some(name="r", id="1", parameters=None)
    for target in ("false", "/no/such/command", "http://127.0.0.1:9/", "'"):
        monkeypatch.setenv("SHEGONG_NOTIFY", target)
        notify(Some(name="f"), run, Some(name="Failed", message=None))
        assert "not taken" in capsys.readouterr().err


@pytest.mark.slow
def test_prefect_yaml_names_this_machine_and_refuses_nonsense(prefect_server: None, tmp_path: Path) -> None:
    from flows.serve import table, write_deployments

    path = write_deployments(table("0 2 * * *", "30 3 * * *", "/r", "/s", workers=2), tmp_path / "prefect.yaml")
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
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
    script = f"import sys; open({str(tmp_path / 'told')!r}, 'a').write(sys.stdin.read() + chr(10))"
    (tmp_path / "told.py").write_text(script)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    surroundings = kept | {
        "SHEGONG_STATE": str(tmp_path / "state"),
        "SHEGONG_NOTIFY": f"{sys.executable} {tmp_path / 'told.py'}",
        "PYTHONPATH": str(PROJECT),
    }
    code = DRIVER.format(raw=str(raw), releases=str(releases), out=str(tmp_path / "port"))
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
    finally:
        serving.terminate()
        serving.wait(60)


DRIVER = """
import os
from flows.run.server import PrefectServer
if __name__ == "__main__":
    with PrefectServer(schedules=True) as server:
        server.wait()
        open({out!r}, "w").write(os.environ["PREFECT_API_URL"])
        from flows.serve import serve, table
        # a sixth field, seconds: three firings in a minute
        serve(table("0 2 1 1 *", "* * * * * */20", {raw!r}, {releases!r}, workers=1), query_seconds=2)
"""


def states(folder: Path) -> set[str]:
    """Names of the states of all flow runs that the server knows."""
    import httpx

    try:
        address = (folder / "port").read_text()
        runs = httpx.post(f"{address}/flow_runs/filter", json={}, timeout=20).json()
    except (OSError, httpx.HTTPError):
        return set()
    return {run["state_name"] for run in runs}


def eventually(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while not (true := condition()) and time.monotonic() < deadline:
        time.sleep(0.5)
    return true
