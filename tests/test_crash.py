"""A run that is killed or told to stop at any moment loses nothing: the next one completes with the same bytes."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from flows.state import PROJECT
from tests.benchmarks.many import command, environment, make
from tests.real_release import make_release

pytestmark = pytest.mark.slow


def test_a_run_killed_among_its_shards_is_completed_by_the_next_with_the_same_bytes(
    prefect_server: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    make(tmp_path / "raw", 40)
    raw, releases, shards = tmp_path / "raw", tmp_path / "releases", tmp_path / "state" / "shards"
    run = subprocess.Popen(command(raw, releases, 2), env=environment(tmp_path), cwd=PROJECT, stderr=subprocess.DEVNULL)
    while not list(shards.glob("*/[0-9a-f]*/")):
        assert run.poll() is None
        time.sleep(0.02)
    run.kill()
    run.wait()
    assert not (releases / "latest.json").exists()
    done = {path: path.stat().st_mtime_ns for path in shards.glob("*/[0-9a-f]*/*")}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", environment(tmp_path)["SOURCE_DATE_EPOCH"])
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    completed = make_release(raw, releases, 2)
    assert {path: path.stat().st_mtime_ns for path in done} == done  # what was finished was not cleaned again
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "other"))
    whole = make_release(raw, tmp_path / "whole", 2)
    assert (completed / "SHA256SUMS").read_bytes() == (whole / "SHA256SUMS").read_bytes()


def test_a_run_that_is_told_to_stop_says_so_and_keeps_its_shards(tmp_path: Path) -> None:
    make(tmp_path / "raw", 80)
    raw, releases, shards = tmp_path / "raw", tmp_path / "releases", tmp_path / "state" / "shards"
    run = subprocess.Popen(
        command(raw, releases, 1), env=environment(tmp_path), cwd=PROJECT, stderr=subprocess.PIPE, text=True
    )
    while not list(shards.glob("*/[0-9a-f]*/")):
        assert run.poll() is None
        time.sleep(0.02)
    run.terminate()
    _, said = run.communicate(timeout=120)
    assert run.returncode == 143
    assert "finished shards are kept" in said
    assert not (releases / "latest.json").exists()
    assert list(shards.glob("*/[0-9a-f]*/"))
    log = next((tmp_path / "state" / "logs").iterdir()).read_text(encoding="utf-8")
    assert '"outcome": "failed"' in log.splitlines()[-1]
