"""A shard of documents, with documents that raise, hang and kill among them."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import resource
import signal
from pathlib import Path

import pyarrow as pa
import pytest

import flows.clean
import flows.run.shard
import flows.work.afresh
from flows.document import RawDocument, Row, Tables
from flows.errors import SchemaError
from flows.raw.listing import list_documents
from flows.read.reader import read_bytes
from flows.run.isolation import clean_isolated
from flows.run.shard import Shard, clean_shard, plan_shard, read_shard
from flows.work.memory import TornError
from flows.work.pool import LocalPool

real_clean = flows.clean.clean


def misbehaving_clean(document: RawDocument, corrections: object = ()) -> Tables:
    """Cleans, but does what the document's text says first."""
    if "RAISE" in document.text:
        raise ValueError("bad luck")
    if "HANG" in document.text:
        re.fullmatch("(a|a)*b", "a" * 40)  # a regular expression that holds the interpreter's lock for hours
    if "KILL" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "EAT" in document.text:
        _eaten()
    if "FILL" in document.text:
        try:
            _eaten()
        except MemoryError:
            os.abort()  # as a library does that cannot do without
    tables = real_clean(document)
    if "UNFIT" in document.text:
        tables["documents"][0]["flags"] = [1]
    return tables


def _eaten() -> list[bytes]:
    return [bytes(2**20) + b"x" for _ in range(300)]


def misbehave() -> None:
    """In a new process. What cleaning loads at its first page is loaded now: it is not the time of a document."""
    real_clean(read_bytes(GOOD.encode(), "good.txt"))
    pytest.MonkeyPatch().setattr("flows.run.shard.clean", misbehaving_clean)


def shard_of(tmp_path: Path, texts: dict[str, str], seconds: float = 60.0) -> Shard:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name, text in texts.items():
        (raw / name).write_text(text, encoding="utf-8")
    return plan_shard(raw, list_documents(raw), tmp_path / "shards")._replace(seconds=seconds)


def documents_of(shard: Shard) -> dict[str, Row]:
    return {row["path"]: row for row in read_shard(Path(shard.folder))["documents"].to_pylist()}


GOOD = "标题\n\n4月2日，某市举办社工宣传周活动，三百名社工到场。活动由市民政局主办，区社工协会承办，为期一周。\n"


def test_each_document_becomes_a_row(tmp_path: Path) -> None:
    shard = shard_of(tmp_path, {"a.txt": GOOD, "b.txt": ""})
    assert clean_shard(shard) == {"published": 1, "rejected": 1}
    assert documents_of(shard)["b.txt"]["reason"].startswith("empty: ")


def test_a_copy_is_a_duplicate_and_says_of_what(tmp_path: Path) -> None:
    shard = shard_of(tmp_path, {"b.txt": GOOD, "a.txt": GOOD})
    clean_shard(shard)
    rows = documents_of(shard)
    assert (rows["a.txt"]["status"], rows["b.txt"]["status"]) == ("published", "duplicate")
    assert rows["b.txt"]["reason"] == "duplicate: the same bytes as a.txt"
    assert rows["b.txt"]["document_id"] == rows["a.txt"]["document_id"]


def test_a_copy_of_a_rejected_file_is_rejected_like_it(tmp_path: Path) -> None:
    shard = shard_of(tmp_path, {"a.txt": "", "b.txt": ""})
    assert clean_shard(shard) == {"rejected": 2}


@pytest.mark.parametrize(("text", "reason"), [("RAISE", "error: .*bad luck"), ("UNFIT", "row: .*flags")])
def test_an_error_costs_its_own_document_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, reason: str
) -> None:
    monkeypatch.setattr(flows.run.shard, "clean", misbehaving_clean)
    shard = shard_of(tmp_path, {"bad.txt": GOOD + text, "good.txt": GOOD})
    assert clean_shard(shard) == {"quarantined": 1, "published": 1}
    assert re.match(reason, documents_of(shard)["bad.txt"]["reason"])


def test_a_rule_that_cannot_be_used_is_no_fault_of_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise SchemaError("yaml", "line 3 cannot be read.", "Mend it.", "schemas/rules/share.yaml")

    monkeypatch.setattr(flows.run.shard, "clean", broken)
    with pytest.raises(SchemaError, match=r"share\.yaml"):
        clean_shard(shard_of(tmp_path, {"good.txt": GOOD}))


@pytest.mark.slow
def test_a_document_that_takes_too_much_memory_is_quarantined_and_its_process_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEGONG_DOCUMENT_MB", "120")
    shard = shard_of(tmp_path, {"a.txt": GOOD + "EAT", "b.txt": GOOD})
    monkeypatch.setenv("SHEGONG_DOCUMENT_MB", "900")
    more = plan_shard(shard.raw, shard.documents, tmp_path / "shards")
    with LocalPool(1, prepare=misbehave) as pool:
        process = pool.run(os.getpid), pool.run(resource.getrlimit, resource.RLIMIT_DATA)
        assert pool.run(clean_shard, shard) == {"quarantined": 1, "published": 1}
        assert pool.run(clean_shard, more) == {"published": 2}
        assert (pool.run(os.getpid), pool.run(resource.getrlimit, resource.RLIMIT_DATA)) == process
    row = documents_of(shard)["a.txt"]
    assert row["reason"] == "memory: cleaning it takes more than 120 MB"
    assert row["sha256"] == hashlib.sha256((GOOD + "EAT").encode()).hexdigest()


def test_a_document_that_finds_no_room_in_a_torn_process_is_cleaned_in_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(call: object, megabytes: int) -> Tables:
        raise TornError

    shard = shard_of(tmp_path, {"a.txt": GOOD, "b.txt": ""})
    apart = shard._replace(folder=shard.folder + "-apart")
    monkeypatch.setattr(flows.run.shard, "in_memory", torn)
    assert clean_shard(apart) == {"published": 1, "rejected": 1}
    monkeypatch.undo()
    clean_shard(shard)
    assert read_shard(Path(apart.folder)) == read_shard(Path(shard.folder))
    monkeypatch.setattr(flows.work.afresh, "_is_new", True)
    monkeypatch.setattr(flows.run.shard, "in_memory", torn)
    assert clean_shard(shard._replace(folder=shard.folder + "-new")) == {"quarantined": 2}


def test_a_file_that_changes_on_the_way_is_quarantined(tmp_path: Path) -> None:
    shard = shard_of(tmp_path, {"a.txt": GOOD})
    Path(shard.raw, "a.txt").write_text("另一页", encoding="utf-8")
    assert clean_shard(shard) == {"quarantined": 1}
    assert documents_of(shard)["a.txt"]["reason"].startswith("changed: ")


def test_results_appear_whole_and_are_used_again(tmp_path: Path) -> None:
    shard = shard_of(tmp_path, {"a.txt": GOOD})
    clean_shard(shard)
    assert list((tmp_path / "shards").iterdir()) == [Path(shard.folder)]

    class NoPool:
        workers = 0
        away = False

        def run(self, *_: object) -> None:
            raise AssertionError("cleaned again")

    assert clean_isolated(NoPool(), shard) == Path(shard.folder)  # type: ignore[arg-type]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    shard = shard_of(tmp_path, {"a.txt": GOOD})
    monkeypatch.setattr(pa.ipc, "new_file", full)
    with pytest.raises(OSError, match="No space left"):
        clean_shard(shard)
    assert list((tmp_path / "shards").iterdir()) == []


@pytest.mark.slow
def test_documents_that_hang_or_kill_are_quarantined_and_the_others_go_on(tmp_path: Path) -> None:
    texts = {"a.txt": GOOD + "一", "hang.txt": GOOD + "HANG", "kill.txt": GOOD + "KILL", "z.txt": GOOD + "二"}
    texts["fill.txt"] = GOOD + "FILL"
    shard = shard_of(tmp_path, texts, seconds=2.0)._replace(megabytes=120)
    with LocalPool(1, prepare=misbehave) as pool:
        clean_isolated(pool, shard)
    rows = documents_of(shard)
    assert {name: row["status"] for name, row in rows.items()} == {
        "a.txt": "published",
        "fill.txt": "quarantined",
        "hang.txt": "quarantined",
        "kill.txt": "quarantined",
        "z.txt": "published",
    }
    assert rows["hang.txt"]["reason"].startswith("timeout: ")
    assert rows["kill.txt"]["reason"].startswith("crash: ")
    assert rows["fill.txt"]["reason"].startswith("memory: ")
