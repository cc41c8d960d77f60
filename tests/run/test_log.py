"""The log of a run, and the last runs read back from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli import main
from flows.errors import InputError
from flows.run.log import RunLog, past_runs


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path))
    return tmp_path


def test_a_run_is_read_back_as_it_was_logged(capsys: pytest.CaptureFixture[str]) -> None:
    log = RunLog(raw="raw", workers=2)
    with log.run():
        with log.step("clean"):
            log.write("shard", shard="a", reused=True, published=3)
            log.write("shard", shard="b", reused=False, published=2, rejected=1)
        log.write("document", document="0" * 16, path="bad\udcff.txt", status="rejected", reason="empty: …")
        log.end("released", version="v2026.11.22", documents=6, verdict="passed: 184 of 184 gates passed")
    (run,) = past_runs(5)
    assert (run.outcome, run.shards, run.reused, run.about["documents"]) == ("released", 2, 1, 6)
    assert set(run.steps) == {"clean"}
    assert main(["status"]) == 0
    assert "6 documents, 2 shards (1 reused)" in capsys.readouterr().out


def test_a_run_that_fails_says_why() -> None:
    with pytest.raises(InputError), RunLog().run():
        raise InputError("raw_empty", "there is no document in it.", "Put some there.")
    (run,) = past_runs(1)
    assert (run.outcome, run.about["code"]) == ("failed", "raw_empty")


def test_a_run_that_was_killed_is_told_from_one_that_is_on(state: Path) -> None:
    log = RunLog()
    assert past_runs(1)[0].outcome == "running"
    first = json.loads(log.path.read_text())
    log.path.write_text(json.dumps(first | {"process": 2**22 + 1}) + '\n{"at": "2026')
    assert past_runs(1)[0].outcome == "killed"
