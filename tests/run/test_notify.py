"""What an operator is told of runs, and what happens when nobody takes it."""

from __future__ import annotations

import io
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from flows.run import notify as module
from flows.run.notify import beat, beat_without_run, notify

KEY = "T0K3N"


class Some:
    """Stands for a flow, a run or a state of Prefect's."""

    def __init__(self, **attributes: Any) -> None:
        self.__dict__.update(attributes)


FLOW, RUN = Some(name="release"), Some(name="shy-otter", id="1", parameters={"raw": Path("raw")})
FAILED, COMPLETED = Some(name="Failed", message="坏了"), Some(name="Completed", message=None)
STOOD_BACK = Some(name="AlreadyRunning", message="another run is making a release there.")


@contextmanager
def server(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """An address whose server answers each connection so, once it has read what came."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection, suppress(OSError):
                        answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://op:{KEY}@127.0.0.1:{listener.getsockname()[1]}/hooks/{KEY}"


def says(text: str) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.recv(1 << 16)
        connection.sendall(text.encode())

    return answer


def drips(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 ")
    while True:
        connection.sendall(b"2")
        time.sleep(0.05)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[dict[str, Any]]]:
    """Both hooks are commands that keep what they get; gives what one of them got."""
    (tmp_path / "take.sh").write_text("cat >> $1; echo >> $1")
    for name in module.HOOKS:
        monkeypatch.setenv(name, f"sh {tmp_path}/take.sh {tmp_path}/{name}")

    def of(name: str) -> list[dict[str, Any]]:
        path = tmp_path / name
        return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []

    return of


def test_a_failure_and_a_success_go_each_to_its_own_hook(told: Callable[[str], list[dict[str, Any]]]) -> None:
    notify(FLOW, RUN, FAILED)
    beat(FLOW, RUN, COMPLETED)
    beat_without_run("release", "nothing new: v2026.11.22")
    (failure,) = told("SHEGONG_NOTIFY")
    assert failure == {
        "flow": "release", "run": "shy-otter", "run_id": "1",
        "state": "Failed", "message": "坏了", "parameters": {"raw": "raw"},
    }  # fmt: skip
    assert [message["state"] for message in told("SHEGONG_HEARTBEAT")] == ["Completed", "Completed"]


def test_a_run_that_stood_back_says_nothing_so_that_one_that_hangs_is_noticed(
    told: Callable[[str], list[dict[str, Any]]],
) -> None:
    beat(FLOW, RUN, STOOD_BACK)
    assert told("SHEGONG_HEARTBEAT") == []


def test_half_a_character_costs_no_message(told: Callable[[str], list[dict[str, Any]]]) -> None:
    notify(FLOW, RUN, Some(name="Failed", message="raw/\udce4.txt: \u202e"))
    assert told("SHEGONG_NOTIFY")[0]["message"] == "raw/\udce4.txt: \u202e"


def test_an_address_gets_a_post(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    got: list[bytes] = []

    def take(connection: socket.socket) -> None:
        while b"}" not in b"".join(got):
            got.append(connection.recv(1 << 16))
        connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    monkeypatch.setenv("HTTP_PROXY", "http://192.0.2.1:3128")
    with server(take) as address:
        monkeypatch.setenv("SHEGONG_NOTIFY", address)
        notify(FLOW, RUN, FAILED)
    head, _, body = b"".join(got).partition(b"\r\n\r\n")
    assert head.startswith(b"POST /hooks/T0K3N HTTP/1.1")
    assert json.loads(body)["message"] == "坏了"
    assert capsys.readouterr().err == ""


ANSWERS: dict[str, tuple[Callable[[socket.socket], None], str]] = {
    "an error": (says("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"), "answers 500"),
    "a redirect": (says(f"HTTP/1.1 302 Found\r\nLocation: /{KEY}\r\nContent-Length: 0\r\n\r\n"), "answers 302"),
    "no HTTP": (says("+PONG\r\n"), "Error"),
    "nothing": (lambda connection: None, "Error"),
    "drop by drop": (drips, "no answer within 0.3 s"),
}


@pytest.mark.parametrize(("answer", "why"), ANSWERS.values(), ids=ANSWERS)
def test_a_server_that_does_not_take_a_message_is_told_in_time_and_without_its_key(
    answer: Callable[[socket.socket], None],
    why: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    with server(answer) as address:
        monkeypatch.setenv("SHEGONG_NOTIFY", address)
        assert lost(lambda: notify(FLOW, RUN, FAILED), capsys, within=3).count(why) == 1


COMMANDS = {
    f"false {KEY}": "false ended with 1",
    f"sh -c 'kill -9 $$' {KEY}": "sh ended with -9",
    f"/no/such/{KEY}": "does not start",
    f"mail '{KEY}": "no command line",
    "''": "does not start",
    f"sh -c 'sleep 30; true' {KEY}": "sh was not done within 0.3 s",
    f"sh -c 'sleep 30 | cat' {KEY}": "sh was not done within 0.3 s",
    f"http://[{KEY}": "does not take it",
    f"https://hooks.invalid:{KEY}/": "does not take it",
    f"ftp://hooks.invalid/{KEY}": "does not start",
}


@pytest.mark.parametrize(("hook", "why"), COMMANDS.items())
def test_a_hook_that_does_not_take_a_message_is_told_in_time_and_without_its_key(
    hook: str, why: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    monkeypatch.setenv("SHEGONG_HEARTBEAT", hook)
    assert lost(lambda: beat(FLOW, RUN, COMPLETED), capsys, within=3).count(why) == 1
    beat_without_run("release", "nothing new")
    assert "nothing new" in capsys.readouterr().err


def test_what_a_command_started_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.5)
    monkeypatch.setenv("SHEGONG_NOTIFY", f"sh -c 'sleep 30 & echo $! > {tmp_path}/pid; wait'")
    notify(FLOW, RUN, FAILED)
    child = Path("/proc", (tmp_path / "pid").read_text().strip(), "cmdline")
    until = time.monotonic() + 10
    while child.exists() and child.read_bytes():  # neither gone nor a zombie
        assert time.monotonic() < until
        time.sleep(0.01)


class Closed(io.StringIO):
    """Standard error whose reader is gone."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError


def test_nothing_is_raised_though_nobody_can_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", Closed())
    monkeypatch.setenv("SHEGONG_NOTIFY", "false")
    notify(FLOW, RUN, FAILED)


def lost(told: Callable[[], None], capsys: pytest.CaptureFixture[str], within: float) -> str:
    """What is said of a message that was not taken: one line with the message, in time, and never a key."""
    started = time.monotonic()
    told()
    assert time.monotonic() - started < within
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "shy-otter" in said
    assert KEY not in said
    return said
