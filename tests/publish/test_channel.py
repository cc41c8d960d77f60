"""Publishing to a directory: whole or not at all, safe to repeat, and of several publishers one wins."""

from __future__ import annotations

import errno
import json
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from flows.cli import main
from flows.errors import ReleaseError
from flows.folder.sums import damaged_files
from flows.publish import channel
from flows.publish.channel import publish
from flows.stores.directory import DirectoryStore
from flows.stores.opening import open_store
from flows.stores.store import MovedError, Store, StoreError
from tests.publish.releases import build

VERSION = "v2026.11.22"


def visible(store: Path) -> set[str]:
    return {path.name for path in store.iterdir() if not path.name.startswith(".")}


def pointer(store: Path, name: str = "nightly") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((store / "channels" / f"{name}.json").read_text())
    return found


def test_a_published_release_is_the_same_files_and_the_channel_points_to_it(
    releases: list[Path], tmp_path: Path
) -> None:
    found = publish(releases[0], str(tmp_path), tier="full")
    copy = tmp_path / pointer(tmp_path)["path"]
    assert found.moved
    assert damaged_files(copy) == {}
    assert (copy / "SHA256SUMS").read_bytes() == (releases[0] / "SHA256SUMS").read_bytes()
    assert visible(tmp_path) == {"channels", "versions", "index.html", "index.json", releases[0].name}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_publishing_again_copies_nothing_and_moves_nothing(releases: list[Path], tmp_path: Path) -> None:
    publish(releases[0], str(tmp_path))
    before = (tmp_path / "channels" / "nightly.json").stat().st_mtime_ns
    found = publish(releases[0], str(tmp_path))
    assert (found.copied, found.moved) == (0, False)
    assert (tmp_path / "channels" / "nightly.json").stat().st_mtime_ns == before


def test_a_file_that_rotted_in_the_store_is_replaced(releases: list[Path], tmp_path: Path) -> None:
    publish(releases[0], str(tmp_path), tier="full")
    (tmp_path / releases[0].name / "data" / "people.csv").write_text("rot")
    assert publish(releases[0], str(tmp_path), tier="full").copied == 1
    assert damaged_files(tmp_path / releases[0].name) == {}


def test_stable_says_what_changed_since_the_stable_before(releases: list[Path], tmp_path: Path) -> None:
    publish(releases[0], str(tmp_path), "stable")
    publish(releases[1], str(tmp_path), "nightly")
    publish(releases[2], str(tmp_path), "stable")
    found = pointer(tmp_path, "stable")
    changes = json.loads((tmp_path / found["changes"]).read_text(encoding="utf-8"))
    assert (changes["from"], changes["to"]) == (releases[0].name, releases[2].name)
    assert changes["tables"]["articles"]["added"] == 2
    assert found["previous"] == releases[0].name
    assert pointer(tmp_path)["version"] == releases[1].name


def test_an_older_release_moves_no_pointer_unless_told_to(releases: list[Path], tmp_path: Path) -> None:
    publish(releases[1], str(tmp_path))
    with pytest.raises(StoreError, match="newer than"):
        publish(releases[0], str(tmp_path))
    publish(releases[0], str(tmp_path), back=True)
    assert pointer(tmp_path)["version"] == releases[0].name


def test_a_version_is_one_content_for_ever(releases: list[Path], tmp_path: Path) -> None:
    publish(releases[0], str(tmp_path / "store"))
    other = build(tmp_path, 5, releases[0].name)
    with pytest.raises(StoreError, match="another content"):
        publish(other, str(tmp_path / "store"))
    with pytest.raises(StoreError, match="tier"):
        publish(releases[0], str(tmp_path / "store"), tier="full")


def test_of_eight_publishers_one_wins(releases: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(releases[0], str(tmp_path), tier="full")
    gate = threading.Barrier(8)
    move = channel._move

    def at_once(store: Store, *arguments: Any) -> None:
        gate.wait(60)
        move(store, *arguments)

    monkeypatch.setattr(channel, "_move", at_once)

    def attempt(release: Path) -> str | None:
        try:
            return publish(release, str(tmp_path), tier="full").version
        except MovedError:
            return None

    with ThreadPoolExecutor(8) as threads:
        won = [version for version in threads.map(attempt, releases[1:]) if version]
    assert won == [pointer(tmp_path)["version"]]


KILLED = """
import os, sys
from pathlib import Path
from flows.publish import channel
from flows.stores import directory
upload = directory.DirectoryStore.upload
count = [0]
def until(self, name, path):
    count[0] += 1
    if count[0] > int(sys.argv[3]):
        os.kill(os.getpid(), 9)
    upload(self, name, path)
directory.DirectoryStore.upload = until
channel.publish(Path(sys.argv[1]), sys.argv[2], tier="full")
"""


def test_a_publisher_killed_while_copying_shows_nothing_and_is_simply_repeated(
    releases: list[Path], tmp_path: Path
) -> None:
    run = subprocess.run([sys.executable, "-c", KILLED, str(releases[0]), str(tmp_path), "9"], check=False)
    assert run.returncode == -9
    assert visible(tmp_path) == {"versions"}
    found = publish(releases[0], str(tmp_path), tier="full")
    assert found.moved
    assert found.copied < len((releases[0] / "SHA256SUMS").read_text().splitlines())  # it went on, not anew
    assert damaged_files(tmp_path / releases[0].name) == {}


def test_a_store_that_is_full_says_so_and_shows_nothing(
    releases: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        Path(target).write_bytes(Path(source).read_bytes()[:10])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("flows.stores.directory.shutil.copyfile", full)
    with pytest.raises(StoreError, match="No space left"):
        publish(releases[0], str(tmp_path), tier="full")
    assert visible(tmp_path) == {"versions"}
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size == 10]
    monkeypatch.undo()
    assert publish(releases[0], str(tmp_path), tier="full").moved


def test_a_store_that_keeps_something_else_is_caught_before_the_pointer_moves(
    releases: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = DirectoryStore.upload

    def mix_up(self: DirectoryStore, name: str, path: Path) -> None:
        upload(self, name, path.parent / "SHA256SUMS" if path.name == "README.md" else path)

    monkeypatch.setattr(DirectoryStore, "upload", mix_up)
    with pytest.raises(StoreError, match="not what it was given"):
        publish(releases[0], str(tmp_path), tier="full")
    assert not (tmp_path / "channels").exists()


def test_a_store_that_ignores_conditions_is_refused(
    releases: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap = DirectoryStore.swap

    def careless(self: DirectoryStore, name: str, content: bytes, mark: str | None) -> bool:
        there = self.read(name)
        return swap(self, name, content, there.mark if there else None)

    monkeypatch.setattr(DirectoryStore, "swap", careless)
    with pytest.raises(StoreError, match="ignores conditions"):
        publish(releases[0], str(tmp_path))
    assert visible(tmp_path) == {"versions"}


def test_a_pointer_that_is_none_is_left_alone(releases: list[Path], tmp_path: Path) -> None:
    (tmp_path / "channels").mkdir()
    (tmp_path / "channels" / "nightly.json").write_text("{")
    with pytest.raises(StoreError, match="no pointer of a channel"):
        publish(releases[0], str(tmp_path))
    assert (tmp_path / "channels" / "nightly.json").read_text() == "{"


def test_two_publishers_of_one_release_do_not_write_into_each_other(releases: list[Path], tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    with (
        store.incoming(VERSION, "0" * 64),
        pytest.raises(MovedError, match="copying"),
        store.incoming(VERSION, "0" * 64),
    ):
        pass


def test_a_damaged_or_unvalidated_release_is_not_published(releases: list[Path], tmp_path: Path) -> None:
    copy = Path(shutil.copytree(releases[0], tmp_path / "copy"))
    path = copy / "data" / "articles.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(ReleaseError, match=r"articles\.parquet"):
        publish(copy, str(tmp_path / "store"))
    assert visible(tmp_path / "store") == set()


def test_a_row_put_in_with_its_sum_mended_is_noticed(releases: list[Path], tmp_path: Path) -> None:
    from flows.folder.sums import write_sums

    copy = Path(shutil.copytree(releases[0], tmp_path / "copy"))
    path = copy / "data" / "people.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.take([0, 0]), path)
    write_sums(copy)
    with pytest.raises(ReleaseError, match=r"people\.parquet.*datapackage"):
        publish(copy, str(tmp_path / "store"))


def test_a_store_that_cannot_be_is_one_sentence_and_2(
    releases: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["publish", str(releases[0]), str(tmp_path / "file")]) == 2
    assert main(["publish", str(releases[0]), "ftp://example.org/x"]) == 2
    assert "ftp://" in capsys.readouterr().err
