"""The release flow end to end, on the five documents of raw/ and on what no one hopes for."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.arrow_files import read_arrow, write_arrow
from flows.cli import main
from flows.corpus import Corpus
from flows.document import Row
from flows.errors import GateError
from flows.state import PROJECT, state_folder
from flows.turn import BusyError, only_run
from tests import damage
from tests.benchmarks import many
from tests.real_release import make_release
from tests.takedown.pages import ADDRESS, PAGES, VICTIM

pytestmark = pytest.mark.slow

GOOD = "某区社工站揭牌\n\n　　4月2日，某区首个社工站揭牌。三百名居民到场，社工现场解答了养老和托育的问题。\n"


def documents_of(release: Path) -> dict[str, Row]:
    return {row["path"]: row for row in pq.read_table(release / "data" / "documents.parquet").to_pylist()}


def test_a_release_holds_every_document_of_raw(a_release: Path) -> None:
    rows = documents_of(a_release)
    assert set(rows) == {path.name for path in (PROJECT / "raw").iterdir() if path.suffix == ".txt"}
    assert {row["status"] for row in rows.values()} == {"published"}


def test_a_release_passes_its_own_check_from_its_files_alone(
    a_release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copytree(a_release, tmp_path / "copy")
    assert main(["validate", str(copy)]) == 0
    assert "passed" in capsys.readouterr().out
    (copy / "data" / "articles.csv").write_text("gone")
    assert main(["validate", str(copy)]) == 1
    assert "files.sums" in capsys.readouterr().out


@pytest.mark.parametrize(("workers", "part"), [(1, 4096), (2, 2)])
def test_one_worker_and_two_one_part_and_several_give_the_same_bytes(
    a_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, part: int
) -> None:
    import flows.release

    monkeypatch.setattr(flows.release, "PART_DOCUMENTS", part)
    shutil.rmtree(state_folder() / "shards")  # or the second build would find the first one's work
    again = make_release(PROJECT / "raw", tmp_path, workers=workers)
    assert (again / "SHA256SUMS").read_bytes() == (a_release / "SHA256SUMS").read_bytes()
    for table in (again / "data").iterdir():
        assert table.read_bytes() == (a_release / "data" / table.name).read_bytes()


@pytest.mark.parametrize("how", [{"workers": 2}, {"workers": 2, "runner": "dask"}], ids=["two workers", "dask"])
def test_tables_in_parts_have_the_same_bytes_whoever_writes_them(
    tables_in_parts: Path, tmp_path: Path, how: dict[str, Any]
) -> None:
    shutil.rmtree(state_folder() / "shards")
    shutil.rmtree(state_folder() / "parts")
    with small_parts():
        again = make_release(tables_in_parts.parent.parent / "raw", tmp_path, **how)
    every = [path.relative_to(again) for path in sorted(again.rglob("*")) if path.is_file()]
    assert len([path for path in every if path.match("data/articles/*.parquet")]) > 3
    assert (again / "SHA256SUMS").read_bytes() == (tables_in_parts / "SHA256SUMS").read_bytes()
    for path in every:
        assert path.name == "build.json" or (again / path).read_bytes() == (tables_in_parts / path).read_bytes()


@contextmanager
def small_parts() -> Iterator[None]:
    """Parts of four documents, a file of each table for each."""
    import flows.release
    from flows.folder import layout

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flows.release, "PART_DOCUMENTS", 4)
        patch.setattr(layout, "PARTED", 0)
        yield


@pytest.fixture(scope="module")
def tables_in_parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in small parts, made by one worker."""
    folder = tmp_path_factory.mktemp("parted")
    many.make(folder / "raw", 24)
    with small_parts():
        return make_release(folder / "raw", folder / "releases", workers=1)


def test_a_second_run_finds_nothing_new(a_release: Path) -> None:
    before = sorted(path.name for path in a_release.parent.iterdir())
    assert make_release(PROJECT / "raw", a_release.parent) == a_release
    assert sorted(path.name for path in a_release.parent.iterdir()) == before
    command = [sys.executable, "-m", "flows", "release", "--releases", str(a_release.parent)]
    nobody = os.environ | {"PREFECT_API_URL": "http://127.0.0.1:9/api"}  # a run that asked a Prefect server would fail
    found = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, env=nobody)
    assert found.returncode == 0
    assert f"nothing new: {a_release.name} already holds these" in found.stderr
    assert found.stdout.splitlines()[-1] == str(a_release)


def test_what_cannot_be_cleaned_becomes_a_row_with_its_reason_and_the_rest_is_released(
    prefect_server: None, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "good.txt").write_text(GOOD, encoding="utf-8")
    (raw / "copy.txt").write_text(GOOD, encoding="utf-8")
    (raw / "empty.txt").touch()
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 64)
    (raw / "broken.txt").write_bytes("社工".encode() * 40 + b"\xff\xfe\x81" * 40)
    (raw / "dangling.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(raw / "pipe.txt")
    (raw / "line.txt").write_bytes("社工服务".encode() * (50 * 2**20 // 12))
    (raw / "名 字\n\u202e'\".txt").write_text(GOOD.replace("三百", "五百"), encoding="utf-8")
    Path(os.fsdecode(os.fsencode(raw) + b"/\xc9\xe7\xb9\xa4.txt")).write_text(GOOD.replace("三百", "六百"), "utf-8")
    (raw / "sources.yaml").write_text("not a document")
    rows = documents_of(make_release(raw, tmp_path / "releases", workers=2))
    assert len(rows) == 10
    bad = {"empty.txt", "binary.txt", "broken.txt", "dangling.txt", "pipe.txt", "line.txt"}
    assert {path for path, row in rows.items() if row["status"] in ("rejected", "quarantined")} == bad
    assert all(rows[path]["reason"] for path in bad)
    assert (rows["copy.txt"]["status"], rows["good.txt"]["status"]) == ("published", "duplicate")
    assert [row["status"] for path, row in rows.items() if "\\" in path] == ["published", "published"]


def test_a_failed_gate_leaves_nothing_visible_and_says_where_to_look(
    prefect_server: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import flows.release

    def lose_a_document(parts: list[list[Path]]) -> tuple[Corpus, pa.Table]:
        corpus, misfits = merge.fn(parts)
        return corpus.edit(lambda part, name: part[name].slice(1) if name == "documents" else part[name]), misfits

    merge = flows.release.merge
    monkeypatch.setattr(flows.release, "merge", lose_a_document)
    with pytest.raises(GateError) as caught:
        make_release(PROJECT / "raw", tmp_path / "releases")
    assert caught.value.exit_status == 1
    assert list((tmp_path / "releases").iterdir()) == []
    aside = Path(str(caught.value.path))
    assert (aside / "report" / "index.html").is_file()
    shutil.rmtree(aside)


def test_what_was_changed_in_the_state_is_never_released(
    prefect_server: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    (tmp_path / "raw").mkdir()
    for number in range(3):
        (tmp_path / "raw" / f"{number}.txt").write_text(GOOD.replace("三百", f"{number + 2}百"), encoding="utf-8")
    wanted = (make_release(tmp_path / "raw", tmp_path / "releases") / "SHA256SUMS").read_bytes()
    changed, cut, flipped = sorted((tmp_path / "state" / "shards").glob("*/[0-9a-f]*/"))
    articles = read_arrow(changed / "articles.arrow").combine_chunks()
    title = articles.schema.get_field_index("title")
    articles = articles.set_column(title, articles.schema.field(title), pa.array(["某区社工站停办"]))
    (changed / "articles.arrow").unlink()
    write_arrow(articles, changed / "articles.arrow")
    for path in cut.iterdir():
        path.write_bytes(path.read_bytes()[:-100])
    damage.flip(flipped / "documents.arrow", random.Random(0))
    monkeypatch.setattr("flows.checksums._compared", set())  # as in a new process
    shutil.rmtree(tmp_path / "releases")
    capsys.readouterr()
    again = make_release(tmp_path / "raw", tmp_path / "releases")
    assert (again / "SHA256SUMS").read_bytes() == wanted
    said, log = capsys.readouterr().err, max((tmp_path / "state" / "logs").iterdir()).read_text(encoding="utf-8")
    for shard in (changed, cut, flipped):
        assert f"{shard}: " in said
        assert f'"event": "damaged", "path": "{shard}"' in log


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with only_run(tmp_path), pytest.raises(BusyError, match=str(tmp_path)), only_run(tmp_path):
        pass
    with only_run(tmp_path):  # and it is free again
        pass


@pytest.mark.parametrize("seconds_after_start", [0.5, 4.0])
def test_a_killed_run_leaves_no_half_release_and_the_next_one_completes(
    a_release: Path, tmp_path: Path, seconds_after_start: float
) -> None:
    releases = tmp_path / "releases"
    command = [sys.executable, "-c", "import sys; from pathlib import Path; from flows.release import release\n"]
    command[-1] += "release(Path(sys.argv[1]), Path(sys.argv[2]), workers=2)"
    shutil.rmtree(state_folder() / "shards")
    run = subprocess.Popen([*command, str(PROJECT / "raw"), str(releases)], cwd=PROJECT, start_new_session=True)
    while not releases.exists():  # the flow has begun
        assert run.poll() is None
        time.sleep(0.02)
    time.sleep(seconds_after_start)
    run.kill()
    run.wait()
    visible = [path for path in releases.iterdir() if not path.name.startswith(".")]
    assert all((path / "SHA256SUMS").is_file() for path in visible if path.is_dir())
    done = make_release(PROJECT / "raw", releases)
    assert json.loads((releases / "latest.json").read_text())["version"] == done.name
    assert (done / "SHA256SUMS").read_bytes() == (a_release / "SHA256SUMS").read_bytes()


def test_a_takedown_holds_in_everything_that_a_run_writes(
    prefect_server: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By an address that only the cleaned page tells, in another form: not even its shard stays."""
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    raw, releases = tmp_path / "raw", tmp_path / "releases"
    raw.mkdir()
    for name, text in PAGES.items():
        (raw / name).write_text(text, encoding="utf-8")
    first = make_release(raw, releases)
    assert len(documents_of(first)) == 3
    stone = f"- {{url: '{ADDRESS.replace('https://news', 'HTTP://NEWS')}/#top', date: 2026-11-22}}"
    (raw / "tombstones.yaml").write_text(stone, encoding="utf-8")
    second = make_release(raw, releases)
    assert set(documents_of(second)) == {*PAGES} - {VICTIM}
    (raw / VICTIM).unlink()
    assert make_release(raw, releases) == second  # nothing new, and the tombstone is known still
    shutil.copytree(first, tmp_path / "before")
    shutil.rmtree(first)
    command = ["takedown", "--check", str(tmp_path / "before"), "--raw", str(raw), "--releases", str(releases)]
    assert main(command) == 1
    said = capsys.readouterr().out
    places = {line.split(": ")[0].strip() for line in said.splitlines() if line.startswith("  ")}
    assert places
    assert all(place.startswith(str(tmp_path / "before")) for place in places), places
