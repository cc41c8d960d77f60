"""A release compared with one built once more: what differs is named. (.ci/run does it with a real build.)"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import flows.publish.verify
from flows.cli import main
from flows.errors import ReleaseError
from flows.publish.tiers import write_open_tier
from flows.publish.verify import verify
from flows.state import PROJECT
from tests.publish.releases import build, with_row
from tests.synthetic import tables_of


def pretend(monkeypatch: pytest.MonkeyPatch, rebuilt: Path) -> None:
    monkeypatch.setattr(flows.publish.verify, "_build", lambda *_: rebuilt)


def test_what_differs_is_named_and_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    release = build(tmp_path / "a")
    pretend(monkeypatch, build(tmp_path / "b", tables=with_row(tables_of(), "people", 0, titles=["会长"])))
    assert main(["verify", str(release)]) == 1
    said = capsys.readouterr().out
    assert "different: data/people.parquet" in said
    assert "different: data/events.parquet" not in said


def test_the_open_tier_is_verified_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = build(tmp_path)
    pretend(monkeypatch, full)
    assert verify(write_open_tier(full, tmp_path / "open"), PROJECT / "raw").different == ()


def test_without_the_release_before_what_depends_on_it_is_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "a", 2, "v2026.11.21")
    second = build(tmp_path / "a", 3)
    alone = Path(shutil.copytree(second, tmp_path / "alone" / second.name))
    pretend(monkeypatch, build(tmp_path / "b"))
    found = verify(alone, PROJECT / "raw")
    assert found.different == ()
    assert {"CHANGES.json", "changes/people.parquet"} <= set(found.unknown)
    assert "data/people.parquet" in found.same


def test_raw_pages_that_make_no_release_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with pytest.raises(ReleaseError, match="cannot be built from these raw pages"):
        verify(build(tmp_path), tmp_path / "raw")
