"""`shegong check` finds what is wrong with state and releases, and mends what can be mended; raw/ is never touched."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import tests.damage
from flows.checksums import appearing, digest_of, write_checked
from flows.cli import main
from flows.fetch.begin import ledger_path
from flows.fetch.ledger import Ledger
from flows.folder import stage
from flows.publish.channel import publish
from flows.raw.store import INDEX
from flows.run.ground import running
from flows.run.notes import write_note
from tests.publish.releases import build
from tests.run.test_versions import give


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A state folder with something of everything, two releases, a raw folder."""
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    monkeypatch.setattr("flows.checksums._compared", set())
    state, releases, raw = tmp_path / "state", tmp_path / "releases", tmp_path / "raw"
    for name in ("0a", "1b"):
        with appearing(state / "shards" / "code" / name) as staging:
            (staging / "articles.arrow").write_text(f"of {name}")
    write_note(state / "parts" / "code" / "0a" / "function-0", {"rows": 3})
    write_checked(state / "contents" / "0a.jsonl", [b'["a"]\n'])
    unpacked = state / "unpacked" / hashlib.sha256(b"rows").hexdigest()
    unpacked.parent.mkdir()
    unpacked.write_bytes(b"rows")
    copies = state / "raw" / "0a" / "documents"
    copies.mkdir(parents=True)
    (copies / "a.txt").write_bytes(b"page")
    (copies.parent / INDEX).write_text(json.dumps({"a.txt": ["mark", digest_of(b"page")]}))
    raw.mkdir()
    (raw / "a.txt").write_text("某区社工站揭牌\n")
    Ledger(raw, ledger_path(raw)).close()
    (state / "prefect").mkdir()
    with closing(sqlite3.connect(state / "prefect" / "prefect.db")) as database:
        database.executescript("CREATE TABLE runs (id TEXT); INSERT INTO runs VALUES ('a')")
    for count, version in enumerate(("v2026.11.21", "v2026.11.22"), 1):
        (give(releases, version, count) / "data").write_text("rows")
        (releases / version / "SHA256SUMS").write_text(f"{hashlib.sha256(b'rows').hexdigest()}  data\n")
    (releases / stage.GIVEN).unlink()
    stage.recover(releases)
    return tmp_path


def check(world: Path, *options: str) -> int:
    return main(["check", "--releases", str(world / "releases"), "--raw", str(world / "raw"), *options])


def wrong(world: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    check(world, "--json", *options)
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["wrong"]
    return found


def test_a_world_in_order_is_looked_at_and_nothing_is_wrong(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(world) == 0
    said = capsys.readouterr().out
    for kind in ("2 shards", "1 notes of parts", "1 unpacked archives", "2 databases", "2 releases"):
        assert kind in said
    assert said.endswith("nothing wrong\n")
    assert wrong(world, capsys) == []


def flipped(pattern: str) -> Callable[[Path], Path]:
    def damage(world: Path) -> Path:
        (path,) = world.glob(pattern)
        tests.damage.flip(path, random.Random(3))
        return path

    return damage


def cut(pattern: str) -> Callable[[Path], Path]:
    def damage(world: Path) -> Path:
        (path,) = world.glob(pattern)
        path.write_bytes(path.read_bytes()[:40])
        return path

    return damage


def left(path: str) -> Callable[[Path], Path]:
    def leave(world: Path) -> Path:
        (world / path).mkdir(parents=True)
        (world / path / "half").touch()
        return world / path

    return leave


def swapped_shards(world: Path) -> Path:
    tests.damage.swap(world / "state/shards/code/0a", world / "state/shards/code/1b")
    return world / "state/shards/code/0a"


def mark_of_a_killed_run(world: Path) -> Path:
    path = world / "state" / "running" / f"{2**22 + 1}-abc"
    path.parent.mkdir()
    path.touch()
    return path


def too_many_that_failed(world: Path) -> Path:
    for number in range(stage.FAILED_KEPT + 1):
        (world / "state" / "failed" / f"v2026.11.22.{number}").mkdir(parents=True)
        os.utime(world / "state" / "failed" / f"v2026.11.22.{number}", (number, number))
    return world / "state" / "failed" / "v2026.11.22.0"


def mended_sums(world: Path) -> Path:
    release = world / "releases" / "v2026.11.22"
    (release / "data").write_text("other rows")
    (release / "SHA256SUMS").write_text(f"{hashlib.sha256(b'other rows').hexdigest()}  data\n")
    return release


def lower_pointer(world: Path) -> Path:
    (world / "releases/latest.json").write_text('{"version": "v2026.11.21"}\n')
    return world / "releases/latest.json"


def ledger_of_pages_that_are_not_held(world: Path) -> Path:
    path = ledger_path(world / "raw")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("INSERT INTO pages (url, archive) VALUES ('https://example.org/', 'collected/a/b.warc.gz')")
    from warcio.warcwriter import WARCWriter

    archive = world / "raw/collected/a/b.warc.gz"
    archive.parent.mkdir(parents=True)
    with archive.open("wb") as out:
        writer = WARCWriter(out, gzip=True)
        writer.write_record(writer.create_warcinfo_record("b.warc.gz", {"software": "test"}))
    return path


MENDED = [
    flipped("state/shards/code/0a/articles.arrow"), cut("state/shards/code/1b/B2SUMS"), swapped_shards,
    flipped("state/parts/code/0a/function-0"), cut("state/contents/0a.jsonl"), flipped("state/unpacked/*"),
    flipped("state/raw/0a/documents/a.txt"), cut("state/collect/*.db"), cut("state/prefect/prefect.db"),
    left("state/shards/code/.tmp0"), left("releases/.staging-v2026.11.23-7"), left("releases/quarantine/v2026.11.23"),
    left("releases/quarantine/v2026.11.22"), mark_of_a_killed_run, too_many_that_failed, lower_pointer,
    flipped("releases/v2026.11.21/data"), cut("releases/v2026.11.21/SHA256SUMS"), cut("releases/.versions.json"),
    ledger_of_pages_that_are_not_held,
]  # fmt: skip


@pytest.mark.parametrize("damage", MENDED, ids=lambda damage: damage.__qualname__.partition(".")[0])
def test_what_is_wrong_is_found_and_mended(
    damage: Callable[[Path], Path], world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = damage(world)
    before = {path: path.read_bytes() for path in (world / "raw").rglob("*") if path.is_file()}
    found = wrong(world, capsys)
    assert found
    assert all(str(place).startswith(fault["place"]) or fault["place"].startswith(str(place.parent)) for fault in found)
    assert check(world) == 1
    assert check(world, "--repair") == 0
    assert wrong(world, capsys) == []
    assert {path: path.read_bytes() for path in (world / "raw").rglob("*") if path.is_file()} == before


def test_what_nothing_makes_again_is_moved_aside(world: Path) -> None:
    mended_sums(world)
    cut("state/prefect/prefect.db")(world)
    assert check(world, "--repair") == 1  # latest.json names the release that was moved
    assert {path.name for path in (world / "state/aside").iterdir()} == {"v2026.11.22", "prefect"}
    assert (world / "state/aside/v2026.11.22/data").read_text() == "other rows"
    assert stage.pointed(world / "releases") == "v2026.11.22"


def test_a_newest_release_that_was_deleted_is_for_a_person(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(world / "releases/v2026.11.22")
    assert check(world, "--repair") == 1
    assert "No older one is named" in capsys.readouterr().out
    assert stage.pointed(world / "releases") == "v2026.11.22"


def test_a_damaged_archive_of_raw_is_for_a_person(world: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = world / "raw/collected/a/b.warc.gz"
    archive.parent.mkdir(parents=True)
    archive.write_bytes(b"\x1f\x8b\x08 rot")
    assert check(world, "--repair") == 1
    assert "raw documents are not touched" in capsys.readouterr().out
    assert archive.read_bytes() == b"\x1f\x8b\x08 rot"


def test_while_a_run_is_on_what_it_has_not_finished_is_no_fault_and_nothing_is_mended(
    world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left("state/shards/code/.tmp0")(world)
    left("releases/.staging-v2026.11.23-7")(world)
    with running():
        assert check(world) == 0
        assert check(world, "--repair") == 2
    assert "a run is on" in capsys.readouterr().err
    assert check(world) == 1


def test_no_such_folder_is_bad_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--releases", str(tmp_path / "nowhere")]) == 2
    assert "--releases" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name", ["data/people.csv", "SHA256SUMS", "channels/nightly.json", "versions/v2026.11.22.json"]
)
def test_a_store_is_read_back_whole(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    publish(build(tmp_path, 1), str(tmp_path / "store"), tier="full")
    assert main(["check", "--releases", str(tmp_path / "store"), "--raw", str(tmp_path)]) == 0
    (path,) = [path for path in (tmp_path / "store" / name, tmp_path / "store/v2026.11.22" / name) if path.exists()]
    path.write_text("{}")
    capsys.readouterr()
    assert main(["check", "--releases", str(tmp_path / "store"), "--raw", str(tmp_path), "--repair"]) == 1
    assert ("SHA256SUMS" if "versions" in name else name) in capsys.readouterr().out
