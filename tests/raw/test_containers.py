"""Archives and dumps among the raw files: listed apart from the run, cleaned like files, found again by their paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import flows.raw.containers
from flows.decisions import Correction, Decisions, Tombstone
from flows.decisions.corrections import check_corrections
from flows.decisions.tombstones import KNOWN_BY, Known, take_down
from flows.document import Row
from flows.raw.containers import list_containers
from flows.raw.documents import read_listed, read_path
from flows.raw.listed import Listed
from flows.raw.listing import cut, fingerprint, list_documents
from flows.read.archives import Contents, list_records
from flows.run.shard import clean_shard, plan_shard, read_shard
from tests.read.made_archives import CONTAINERS, FILES, PAGES, json_lines, warc, zipped
from tests.run.misbehaving import misbehave

pytestmark = pytest.mark.usefixtures("own_state")


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are listed in this process, which takes no second to start."""

    class Here:
        def __init__(self, *_: object, **__: object) -> None: ...

        def __enter__(self) -> Here:
            return self

        def __exit__(self, *_: object) -> None: ...

        def run(self, function: Callable[..., object], *arguments: object) -> object:
            return function(*arguments)

    monkeypatch.setattr("flows.raw.containers.LocalPool", Here)
    monkeypatch.setattr("flows.raw.containers.in_time", lambda _, call: call())


def folder(tmp_path: Path, **files: bytes) -> Path:
    raw = tmp_path / "raw"
    raw.mkdir(exist_ok=True)
    for name, content in files.items():
        (raw / name).write_bytes(content)
    return raw


def cleaned(raw: Path, results: Path) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for part in cut(list_documents(raw), 2):
        shard = plan_shard(raw, part, results)
        clean_shard(shard)
        rows |= {row["path"]: row for row in read_shard(Path(shard.folder))["documents"].to_pylist()}
    return rows


FIRST, SECOND, *_ = FILES.values()


@pytest.mark.usefixtures("here")
def test_records_are_cleaned_like_files_and_keep_their_own_origin(tmp_path: Path) -> None:
    raw = folder(tmp_path, **{"a.txt": FIRST, "a.warc.gz": warc([FIRST, SECOND]), "b.zip": zipped({"x.txt": SECOND})})
    rows = cleaned(raw, tmp_path / "shards")
    status = {path: (row["status"], row["url"], row["record_id"]) for path, row in rows.items()}
    assert status == {
        "a.txt": ("published", None, None),
        "a.warc.gz!urn:uuid:00000000": ("duplicate", "http://example.org/0", "<urn:uuid:00000000>"),
        "a.warc.gz!urn:uuid:00000001": ("published", "http://example.org/1", "<urn:uuid:00000001>"),
        "b.zip!x.txt": ("duplicate", None, "x.txt"),
    }
    assert rows["a.warc.gz!urn:uuid:00000000"]["document_id"] == rows["a.txt"]["document_id"]


@pytest.mark.usefixtures("here")
def test_what_is_broken_is_rejected_with_its_reason_and_place(tmp_path: Path) -> None:
    raw = folder(tmp_path, **{"a.warc": warc(packed=False)[:-10], "b.zip": b"no zip", "c.txt": FIRST})
    rows = {path: row for path, row in cleaned(raw, tmp_path / "s").items() if row["status"] == "rejected"}
    (cut_off,) = (row for path, row in rows.items() if path.startswith("a.warc!"))
    assert cut_off["reason"].startswith("truncated: ")
    assert cut_off["record_offset"] > 0
    assert rows["b.zip"]["reason"].startswith("malformed: ")


@pytest.mark.usefixtures("here")
def test_a_plan_is_the_same_each_time_and_knows_what_is_known_of_a_record(tmp_path: Path) -> None:
    raw = folder(tmp_path, **CONTAINERS)
    listed = list_documents(raw)
    assert listed == list_documents(raw)
    plans = [plan_shard(raw, part, tmp_path).folder for part in cut(listed, 2)]
    assert plans == [plan_shard(raw, part, tmp_path).folder for part in cut(list_documents(raw), 2)]
    (raw / "a.jsonl").write_bytes(json_lines().replace(b"example.org/1", b"example.org/x"))
    changed = list_documents(raw)
    assert [one.key for one in changed] == [one.key for one in listed]
    assert fingerprint(changed) != fingerprint(listed)
    assert sum(plan_shard(raw, part, tmp_path).folder not in plans for part in cut(changed, 2)) == 1


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", CONTAINERS)
def test_a_record_is_found_again_by_the_path_that_a_release_gives_it(tmp_path: Path, name: str) -> None:
    raw = folder(tmp_path, **{name: CONTAINERS[name]})
    shown = [read_path(raw, read_listed(raw, one).path).text for one in list_documents(raw)]
    assert sorted(shown) == sorted(PAGES)


@pytest.mark.usefixtures("here")
def test_a_file_named_like_a_record_is_another_document(tmp_path: Path) -> None:
    raw = folder(tmp_path, **{"a.zip": zipped({"x.txt": FIRST}), "a.zip!x.txt": SECOND})
    assert sorted(one.name for one in list_documents(raw)) == ["a.zip!x.txt", "a.zip!x.txt#"]
    assert read_path(raw, "a.zip!x.txt").text == SECOND.decode()


@pytest.mark.usefixtures("here")
def test_decisions_name_records_as_they_name_files(tmp_path: Path) -> None:
    raw = folder(tmp_path, **{"a.jsonl": json_lines()})
    listed = list_documents(raw)
    one = next(document for document in listed if read_listed(raw, document).text == PAGES[0])
    about: dict[str, Any] = {"why": "x", "who": "x", "date": "2026-11-22"}
    check_corrections(raw, listed, [Correction(one.key[:16], "第1期", "第一期", **about)])
    stone = Decisions(tombstones=(Tombstone("2026-11-22", url="https://Example.org/0/"),))
    rows = pa.Table.from_pylist(list(cleaned(raw, tmp_path / "s").values()))
    assert take_down(stone, map(Known, *rows.select(KNOWN_BY).to_pydict().values()), ()).withheld == {one.key[:16]}


@pytest.mark.usefixtures("here")
def test_a_list_is_kept_until_the_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = folder(tmp_path, **{"a.jsonl.gz": CONTAINERS["a.jsonl.gz"]})
    found = list(list_containers(raw, {"a.jsonl.gz": None}))
    assert found == list_records(raw, "a.jsonl.gz").found
    monkeypatch.setattr(flows.raw.containers, "list_records", lambda *_: Contents([], Counter()))
    assert list(list_containers(raw, {"a.jsonl.gz": None})) == found
    (raw / "a.jsonl.gz").write_bytes(CONTAINERS["a.jsonl.gz"] + b"\0")
    assert list(list_containers(raw, {"a.jsonl.gz": None})) == []


@pytest.mark.usefixtures("here")
def test_a_file_that_is_written_to_while_it_is_listed_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = folder(tmp_path, **{"a.jsonl": json_lines()})

    def listed(*_: object) -> Contents:
        (raw / "a.jsonl").write_bytes(b"{}")
        return Contents([], Counter())

    monkeypatch.setattr(flows.raw.containers, "list_records", listed)
    (only,) = list(list_containers(raw, {"a.jsonl": None}))
    assert (only.reason or "").startswith("changed: ")


@pytest.mark.slow
def test_a_file_that_hangs_or_kills_its_process_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = folder(tmp_path, **{name: json_lines() for name in ("a.jsonl", "hang.jsonl", "kill.jsonl", "z.jsonl")})
    monkeypatch.setattr(flows.raw.containers, "import_formats", misbehave)
    monkeypatch.setattr(flows.raw.containers, "SECONDS", 2.0)
    found = list(list_containers(raw, dict.fromkeys(["a.jsonl", "hang.jsonl", "kill.jsonl", "z.jsonl"])))
    codes = {one.name: one.reason.partition(":")[0] for one in found if one.reason}
    assert codes.keys() == {"hang.jsonl", "kill.jsonl"}
    assert codes["hang.jsonl"] == "timeout"  # the other is taken for one too, where a process took long to start
    assert len(found) == 2 + 2 * len(PAGES)


@pytest.mark.slow
def test_one_list_comes_from_processes_of_their_own(tmp_path: Path) -> None:
    raw = folder(tmp_path, **{"a.zip": CONTAINERS["a.zip"], "c.txt": FIRST})
    assert [one.place is None for one in list_documents(raw)].count(True) == 1
    assert isinstance(list_documents(raw)[0], Listed)
