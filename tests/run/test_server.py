"""The Prefect server of a run, and the state it keeps."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows import state
from flows.errors import ShegongError
from flows.run import server
from flows.run.server import PrefectServer, ServerError

STARTS = """
import time
from flows.run.server import PrefectServer
with PrefectServer() as server:
    print(server.process.pid, flush=True)
    time.sleep(60)
"""


def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "GX_"))}
    return kept | {"SHEGONG_STATE": str(tmp_path / "state"), "HOME": str(tmp_path / "home")}


def test_all_state_is_in_the_state_folder_and_nothing_is_sent(tmp_path: Path) -> None:
    code = "from flows.state import configure; configure(); import os; [print(*entry) for entry in os.environ.items()]"
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, cwd=state.PROJECT
    )
    settings = dict(line.split(" ", 1) for line in run.stdout.splitlines() if " " in line)
    folder = str(tmp_path / "state")
    assert settings["PREFECT_HOME"].startswith(folder)
    assert settings["PREFECT_RESULTS_LOCAL_STORAGE_PATH"].startswith(folder)
    assert (settings["DO_NOT_TRACK"], settings["PREFECT_SERVER_ANALYTICS_ENABLED"]) == ("1", "false")
    assert settings["GX_ANALYTICS_ENABLED"] == "false"


def test_nobody_but_its_owner_may_enter_the_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "some" / "state"
    monkeypatch.setenv("SHEGONG_STATE", str(folder))
    for open_to_others in (0o777, 0o750, 0o701):
        assert mode(state.state_folder()) == 0o700
        (folder / "logs").mkdir(exist_ok=True)
        folder.chmod(open_to_others)
    assert mode(state.state_folder()) == 0o700
    assert mode(folder.parent) == 0o777 & ~umask()


def test_a_folder_of_other_things_is_not_shut_but_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path))
    (tmp_path / "thesis.odt").touch()
    tmp_path.chmod(0o755)
    with pytest.raises(ShegongError, match="open to others"):
        state.state_folder()
    assert mode(tmp_path) == 0o755
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "thesis.odt"))
    with pytest.raises(ShegongError, match="SHEGONG_STATE"):
        state.state_folder()


def test_a_private_file_is_private_from_its_first_byte(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "prefect.yaml", tmp_path / "elsewhere"
    elsewhere.touch()
    path.symlink_to(elsewhere)
    state.write_private(path, "社")
    assert (mode(path), path.read_text("utf-8"), elsewhere.read_text()) == (0o600, "社", "")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def umask() -> int:
    os.umask(now := os.umask(0o022))
    return now


def test_what_the_operator_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_LOGGING_LEVEL", "DEBUG")
    state.configure()
    assert os.environ["PREFECT_LOGGING_LEVEL"] == "DEBUG"


def test_a_server_that_the_operator_runs_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:1/api")
    with PrefectServer() as started:
        started.wait()
        assert started.process is None
    assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:1/api"


@pytest.mark.slow
def test_a_server_that_cannot_start_is_told_in_a_sentence_with_its_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path))
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with PrefectServer() as started, pytest.raises(ServerError, match=r"server\.log"):
        started.wait()


@pytest.mark.slow
def test_the_server_ends_with_the_run_even_when_that_is_killed(tmp_path: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", STARTS],
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
        cwd=state.PROJECT,
    )
    assert run.stdout is not None
    command = Path("/proc", run.stdout.readline().strip(), "cmdline")
    assert eventually(lambda: b"flows.run.server" in command.read_bytes())
    run.kill()
    run.wait()
    assert eventually(lambda: not command.exists() or not command.read_bytes())  # gone, or a zombie
    assert not list((tmp_path / "state" / "prefect").glob("*.env"))  # and with it the key


TWO = """
import sys
from flows.run.server import PrefectServer
with PrefectServer() as server:
    server.wait()
    print("answers")
"""


@pytest.mark.slow
def test_two_first_runs_on_one_state_folder_wait_for_each_other_and_share_a_log(tmp_path: Path) -> None:
    log = tmp_path / "state" / "prefect" / "server.log"
    log.parent.mkdir(parents=True)
    log.write_text("what a server said before\n")
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", TWO], env=environment(tmp_path), stdout=subprocess.PIPE, text=True, cwd=state.PROJECT
        )
        for _ in range(2)
    ]
    assert [run.communicate()[0] for run in runs] == ["answers\n"] * 2
    said = log.read_text().splitlines()
    assert said[0] == "what a server said before"
    assert sum("started by process" in line for line in said) == 2


def test_a_long_log_makes_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LOG_BYTES", 100)
    path = tmp_path / "server.log"
    for number in range(6):
        with server._log(path) as output:
            output.write(b"%d said\n" % number)
    assert "5 said" in path.read_text()
    assert path.stat().st_size < 300
    assert [other.name for other in tmp_path.iterdir() if other != path] == ["server.log.1"]


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether it comes true within half a minute."""
    deadline = time.monotonic() + 30
    while not (true := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return true
