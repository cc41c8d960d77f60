"""Versions are never given twice and never go back, whatever is deleted, whatever the clock says, whoever else gives
some; here with a directory in the place of the bucket."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

import flows.stores.s3
from flows.folder import stage
from flows.folder.stage import latest, next_version, pointed, recover, set_aside
from flows.publish.verify import _before
from flows.run import places
from flows.run.places import fetch_latest, given_elsewhere, releases_folder, send
from flows.stores.directory import DirectoryStore
from flows.stores.store import MovedError
from flows.turn import made_already
from tests.publish.releases import build

DAY = dt.date(2026, 11, 22)
URL = "s3://bucket/releases"


def give(folder: Path, version: str, count: int = 1) -> Path:
    """A release as far as its folder is concerned."""
    staging = stage.open_staging(folder, version)
    (staging / "SHA256SUMS").write_text(f"{count:064}  data\n")
    stage.write_build(staging, {"fingerprint": f"of {count}"})
    return stage.commit(staging, folder, version)


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    """A folder with the releases v2026.11.21 and v2026.11.22."""
    folder = tmp_path / "releases"
    for count, version in enumerate(("v2026.11.21", "v2026.11.22"), 1):
        give(folder, version, count)
    return folder


def test_a_deleted_version_is_not_given_again(releases: Path) -> None:
    shutil.rmtree(releases / "v2026.11.22")
    recover(releases)
    assert pointed(releases) == "v2026.11.22"
    assert next_version(releases, DAY) == "v2026.11.22.1"
    (releases / "latest.json").unlink()
    recover(releases)
    assert not (releases / "latest.json").exists()
    assert next_version(releases, DAY) == "v2026.11.22.1"


def test_after_a_deletion_the_next_run_makes_a_release_although_nothing_is_new(releases: Path) -> None:
    assert made_already(releases, "of 2") == releases / "v2026.11.22"
    shutil.rmtree(releases / "v2026.11.22")
    assert made_already(releases, "of 1") is None
    made = give(releases, next_version(releases, DAY), 1)
    assert pointed(releases) == made.name == "v2026.11.22.1"
    assert made_already(releases, "of 1") == made


@pytest.mark.parametrize(
    ("there", "day", "wanted"),
    [
        (["v2026.11.22"], dt.date(2026, 11, 20), "v2026.11.22.1"),
        (["v2026.11.22", "v2026.11.22.9"], dt.date(2025, 1, 1), "v2026.11.22.10"),
        (["v2026.11.22"], dt.date(2026, 11, 23), "v2026.11.23"),
        (["v2030.01.31"], DAY, "v2030.01.31.1"),
        (["v2026.11.22.2"], DAY, "v2026.11.22.3"),
        ([], DAY, "v2026.11.22"),
    ],
)
def test_a_clock_that_was_set_back_does_not_set_versions_back(
    tmp_path: Path, there: list[str], day: dt.date, wanted: str
) -> None:
    for version in there:
        (tmp_path / version).mkdir()
    assert next_version(tmp_path, day) == wanted


def test_versions_that_others_gave_count_too(tmp_path: Path) -> None:
    assert next_version(tmp_path, DAY, ["v2026.11.22", "v2026.11.22.4"]) == "v2026.11.22.5"


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"version": 3}', '{"version": "../../etc"}', "null"])
def test_notes_that_cannot_be_read_cost_nothing_that_the_folders_tell(releases: Path, damaged: str) -> None:
    (releases / "latest.json").write_text(damaged)
    (releases / stage.GIVEN).write_text(damaged)
    assert next_version(releases, DAY) == "v2026.11.22.1"
    recover(releases)
    assert pointed(releases) == "v2026.11.22"
    assert [name for name, digest in stage.given(releases).items() if digest] == ["v2026.11.21", "v2026.11.22"]


@pytest.mark.parametrize(
    ("version", "before"),
    [("v2026.11.22", None), ("v2026.11.22.1", "v2026.11.22"), ("v2026.11.22.10", "v2026.11.22.9")],
)
def test_a_release_is_built_again_under_its_own_version(tmp_path: Path, version: str, before: str | None) -> None:
    assert _before(version) == before
    stage.note_given(tmp_path, {before: None} if before else {})
    assert next_version(tmp_path, stage.date_of(version)) == version


def test_of_releases_that_failed_the_newest_few_are_kept(tmp_path: Path) -> None:
    for number in range(8):
        staging = tmp_path / f".staging-{number}"
        staging.mkdir()
        (staging / "number").write_text(str(number))
        set_aside(staging, tmp_path / "state", "v2026.11.22")
    kept = (tmp_path / "state" / "failed").iterdir()
    assert {(path / "number").read_text() for path in kept} == {"3", "4", "5", "6", "7"}


class Bucket(DirectoryStore):
    """A directory that lists what is in it, under s3:// names."""

    root = Path()

    def __init__(self, url: str) -> None:
        super().__init__(self.root / url.removeprefix("s3://"))

    def listing(self) -> Iterator[tuple[str, str]]:
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            yield path.relative_to(self.folder).as_posix(), "mark"


class Machine:
    """A machine with a state of its own, that makes releases for the store."""

    def __init__(self, state: Path, built: Callable[[int, str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
        self.state, self._built, self._environment = state, built, monkeypatch

    def begin(self) -> Path:
        """What a run does first; the folder at hand."""
        self._environment.setenv("SHEGONG_STATE", str(self.state))
        folder = releases_folder(URL)
        folder.mkdir(parents=True, exist_ok=True)
        fetch_latest(URL)
        recover(folder)
        return folder

    def make(self, count: int, kept: bool = False) -> str:
        """A release of so many documents, sent unless it is `kept` by a kill; gives its version."""
        folder = self.begin()
        version = next_version(folder, DAY, given_elsewhere(URL))
        shutil.copytree(self._built(count, version), folder / version)
        recover(folder)
        if not kept:
            send(folder / version, URL)
        return version


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, str], Path]:
    """Real releases by the number of their documents and their version, each made once."""
    folder = tmp_path_factory.mktemp("built")
    return cache(lambda count, version: build(folder / str(count), count, version, fingerprint=f"of {count}"))


@pytest.fixture
def machines(tmp_path: Path, built: Callable[[int, str], Path], monkeypatch: pytest.MonkeyPatch) -> list[Machine]:
    """Two, that have never run."""
    monkeypatch.setattr(Bucket, "root", tmp_path / "s3")
    monkeypatch.setattr(places, "S3Store", Bucket)
    monkeypatch.setattr(flows.stores.s3, "S3Store", Bucket)
    return [Machine(tmp_path / name, built, monkeypatch) for name in ("one", "two")]


def named(tmp_path: Path) -> str:
    version: str = json.loads((tmp_path / "s3/bucket/releases/latest.json").read_text())["version"]
    return version


def test_a_fresh_machine_goes_on_counting(machines: list[Machine], tmp_path: Path) -> None:
    one, two = machines
    assert one.make(1) == "v2026.11.22"
    assert two.make(2) == "v2026.11.22.1"
    assert one.make(3) == "v2026.11.22.2"
    assert named(tmp_path) == "v2026.11.22.2"
    assert made_already(two.begin(), "of 3")


def test_of_two_fresh_machines_at_once_one_gets_the_version(machines: list[Machine], tmp_path: Path) -> None:
    one, two = machines
    one.make(1, kept=True)
    two.make(2)
    sums = tmp_path / "s3/bucket/releases/v2026.11.22/SHA256SUMS"
    content = sums.read_bytes()
    folder = one.begin()
    assert (folder / "v2026.11.22" / "SHA256SUMS").read_bytes() == content  # what it made itself is dropped
    assert made_already(folder, "of 1") is None
    assert one.make(1) == "v2026.11.22.1"
    assert sums.read_bytes() == content
    assert named(tmp_path) == "v2026.11.22.1"


def test_of_two_that_send_at_once_the_slower_is_told(machines: list[Machine]) -> None:
    one, two = machines
    one.make(1, kept=True)
    made = releases_folder(URL) / "v2026.11.22"
    two.make(2)
    with pytest.raises(MovedError, match="another machine"):
        send(made, URL)


def test_a_version_that_was_claimed_and_never_came_is_passed_over(machines: list[Machine], tmp_path: Path) -> None:
    one, two = machines
    one.make(1)
    claim = tmp_path / "s3/bucket/releases/versions/v2026.11.22.1.json"  # and then its machine was lost
    claim.write_text('{"version": "v2026.11.22.1"}')
    assert made_already(two.begin(), "of 1")
    assert two.make(2) == "v2026.11.22.2"


def test_a_release_that_a_killed_machine_did_not_send_is_sent_by_its_next_run(
    machines: list[Machine], tmp_path: Path
) -> None:
    one, two = machines
    one.make(1, kept=True)
    one.begin()
    assert named(tmp_path) == "v2026.11.22"
    assert two.make(2) == "v2026.11.22.1"


def test_what_was_deleted_in_the_store_is_not_given_again(machines: list[Machine], tmp_path: Path) -> None:
    one, two = machines
    one.make(1)
    one.make(2)
    shutil.rmtree(tmp_path / "s3/bucket/releases/v2026.11.22.1")
    for machine in machines:
        assert latest(machine.begin()) == releases_folder(URL) / "v2026.11.22"
        assert made_already(releases_folder(URL), "of 1") is None
        assert named(tmp_path) == "v2026.11.22.1"
    assert two.make(1) == "v2026.11.22.2"
    assert named(tmp_path) == "v2026.11.22.2"


def test_what_was_deleted_with_its_pointer_is_not_given_again(machines: list[Machine], tmp_path: Path) -> None:
    one, two = machines
    one.make(1)
    shutil.rmtree(tmp_path / "s3/bucket/releases/v2026.11.22")
    (tmp_path / "s3/bucket/releases/latest.json").unlink()
    assert two.make(2) == "v2026.11.22.1"


def test_a_lost_pointer_is_put_back_by_a_machine_that_holds_no_whole_copy(
    machines: list[Machine], tmp_path: Path
) -> None:
    one, two = machines
    one.make(1)
    (tmp_path / "s3/bucket/releases/latest.json").unlink()
    current = made_already(two.begin(), "of 1")
    assert current
    send(current, URL)
    assert named(tmp_path) == "v2026.11.22"
