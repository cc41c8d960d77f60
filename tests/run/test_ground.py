"""What a run stands on: where it cannot stand, or that is taken away, one sentence names it and the remedy."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.cli import main
from flows.clock import today
from flows.errors import InputError, ShegongError, TargetError
from flows.run import ground
from flows.run.ground import StateError, check_writable, running
from flows.run.server import ServerError
from flows.state import state_folder


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.mark.parametrize("epoch", ["abc", "12e3", "-5", "1 2", "1_000", "١٢", "9" * 20, "nan"])
def test_a_time_that_is_none_is_told_before_any_work(
    epoch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main(["release", "--raw", str(tmp_path), "--releases", str(tmp_path / "releases")]) == 2
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_time_is_a_day_in_china(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795276800")  # 21 November 2026, 16:00 UTC
    assert str(today()) == "2026-11-22"


def test_the_mark_of_a_run_is_there_as_long_as_it_is(state: Path) -> None:
    with running():
        assert [path.name.split("-")[0] for path in (state / "running").iterdir()] == [str(os.getpid())]
    assert list((state / "running").iterdir()) == []


@pytest.mark.parametrize("what", ["state", "state/running"])
def test_a_state_that_is_deleted_under_a_run_is_what_is_said(what: str, state: Path) -> None:
    def work() -> None:
        shutil.rmtree(state.parent / what)
        state.mkdir(exist_ok=True)  # a worker makes what it needs anew
        raise ValueError("what broke first")

    with pytest.raises(StateError, match="deleted while a run was on") as told, running():
        work()
    assert (told.value.exit_status, told.value.path) == (2, str(state))


def cause(error: Exception) -> Exception:
    """An error that another one led to."""
    try:
        try:
            raise error
        except Exception as first:
            raise ValueError("what came of it") from first
    except ValueError as second:
        return second


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("free", "error", "told"),
    [
        (10**9, FULL, True),
        (10**9, cause(OSError(errno.EDQUOT, "Quota exceeded")), True),
        (1000, ValueError("500 Server Error"), True),
        (1000, ServerError("prefect_server", "it did not start.", "Read its log."), True),
        (1000, InputError("raw_empty", "there is no document in it.", "Put some there."), False),
        (10**9, ValueError("a mistake of ours"), False),
    ],
)
def test_a_full_disk_is_what_is_said(
    free: int, error: Exception, told: bool, tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=free + (path != state)))
    sentence = re.escape(f"{state}: the disk is full.") + ".*SHEGONG_STATE" if told else re.escape(str(error))
    with pytest.raises(StateError if told else type(error), match=sentence), running(tmp_path):
        raise error


def refuse(number: int) -> Callable[..., Any]:
    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return refused


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_state_that_cannot_be_written_is_told_at_once(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "mkstemp", refuse(number))
    with pytest.raises(StateError, match="SHEGONG_STATE"), running():
        pytest.fail("it began")


def test_a_state_that_is_a_file_is_told_at_once(state: Path) -> None:
    state.write_text("")
    with pytest.raises(ShegongError, match="File exists"), running():
        pytest.fail("it began")


def test_a_target_that_is_read_only_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw, releases = tmp_path / "raw", tmp_path / "releases"
    raw.mkdir()
    releases.mkdir()
    (raw / "a.txt").write_text("某区社工站揭牌\n")
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse(errno.EROFS))
    with pytest.raises(TargetError, match="Read-only file system"):
        check_writable(releases)
    assert main(["release", "--raw", str(raw), "--releases", str(releases)]) == 2
    said = capsys.readouterr().err
    assert "Read-only file system. Name one that you may write with --releases." in said
    assert "starting" not in said


def test_each_of_these_errors_names_what_it_is_about() -> None:
    for error in (ground._no_room(Path("/x")), ground._no_room(state_folder())):
        assert isinstance(error, ShegongError)
        assert error.path
        assert error.exit_status == 2
