"""Marks of raw files: what did not change is not read, and what changed is never missed."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.raw import marks
from flows.raw.listing import list_documents
from flows.raw.marks import Mark, forget_marks, marks_path

pytestmark = pytest.mark.usefixtures("own_state")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that are hashed from now on; every change counts as old."""
    names: list[str] = []
    hashed = marks.sha256_of

    def watched(raw: Path, name: str) -> str:
        names.append(name)
        return hashed(raw, name)

    monkeypatch.setattr(marks, "sha256_of", watched)
    monkeypatch.setattr(marks, "MARGIN", -(10**12))
    return names


def hash_files(raw: Path, names: Sequence[str]) -> list[str | None]:
    return [digest for _, digests in marks.hash_files(raw, names) for digest in digests]


def raw_of(folder: Path, **files: bytes) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def hashed(*contents: bytes) -> list[str]:
    return [hashlib.sha256(content).hexdigest() for content in contents]


def test_only_what_is_new_or_changed_is_read(tmp_path: Path, read: list[str]) -> None:
    raw = raw_of(tmp_path, a=b"1", b=b"2")
    assert hash_files(raw, ["a", "b"]) == hashed(b"1", b"2")
    raw_of(raw, b=b"3", c=b"4")
    read.clear()
    assert hash_files(raw, ["a", "b", "c"]) == hashed(b"1", b"3", b"4")
    assert sorted(read) == ["b", "c"]
    read.clear()
    assert hash_files(raw, ["a", "c"]) == hashed(b"1", b"4")
    assert not read


def test_an_edit_that_restores_time_and_size_is_seen(tmp_path: Path, read: list[str]) -> None:
    raw = raw_of(tmp_path, a=b"1")
    times = (raw / "a").stat()
    hash_files(raw, ["a"])
    (raw / "a").write_bytes(b"2")
    os.utime(raw / "a", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert hash_files(raw, ["a"]) == hashed(b"2")


def test_a_file_put_in_the_place_of_another_is_seen(tmp_path: Path, read: list[str]) -> None:
    raw = raw_of(tmp_path, a=b"1", b=b"2")
    hash_files(raw, ["a", "b"])
    (raw / "b").replace(raw / "a")
    assert hash_files(raw, ["a"]) == hashed(b"2")


def test_links_and_what_cannot_be_read_are_asked_every_time(tmp_path: Path, read: list[str]) -> None:
    raw = raw_of(tmp_path, a=b"1", b=b"2")
    (raw / "link").symlink_to("a")
    os.mkfifo(raw / "pipe")
    names = ["a", "b", "link", "pipe"]
    assert hash_files(raw, names) == [*hashed(b"1", b"2", b"1"), None]
    (raw / "link").unlink()
    (raw / "link").symlink_to("b")
    read.clear()
    assert hash_files(raw, names) == [*hashed(b"1", b"2", b"2"), None]
    assert sorted(read) == ["link", "pipe"]


def test_a_change_of_the_last_minute_is_read_again_though_its_mark_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = time.time_ns() // 10**13 * 10**13
    monkeypatch.setattr(marks, "mark_of", lambda raw, name: Mark(hours, hours, 1, 7))
    raw = raw_of(tmp_path, a=b"1")
    monkeypatch.setattr(marks, "MARGIN", 10**13)
    assert hash_files(raw, ["a"]) == hashed(b"1")
    raw_of(raw, a=b"2")
    assert hash_files(raw, ["a"]) == hashed(b"2")
    monkeypatch.setattr(marks, "MARGIN", -(10**14))  # this is what the margin is for
    hash_files(raw, ["a"])
    raw_of(raw, a=b"3")
    assert hash_files(raw, ["a"]) == hashed(b"2")


GRAIN, SECOND = 2 * 10**9, 10**9
Steps = st.lists(st.tuples(st.sampled_from(["write", "wait", "list"]), st.sampled_from("abc"), st.integers(0, 90)))


def coarse(at: int) -> Mark:
    return Mark(at // GRAIN * GRAIN, at // GRAIN * GRAIN, 1, 7)


@given(Steps)
def test_no_edit_is_missed_on_a_file_system_that_counts_in_steps(steps: list[tuple[str, str, int]]) -> None:
    """A file system of two seconds' grain, in memory: whatever is written and listed when, the hashes are right."""
    now, written = 10**18, dict[str, tuple[int, int]]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: now)
        patch.setattr(marks, "mark_of", lambda raw, name: coarse(written[name][0]))
        patch.setattr(marks, "_hashed", lambda raw, name: f"{written[name][1]:064x}")
        forget_marks()
        for number, (step, name, seconds) in enumerate(steps):
            if step == "write":
                written[name] = (now, number)
            elif step == "wait":
                now += seconds * SECOND
            else:
                names = sorted(written)
                assert hash_files(Path("/"), names) == [f"{written[name][1]:064x}" for name in names]


def test_names_that_are_not_utf8_have_marks(tmp_path: Path, read: list[str]) -> None:
    names = sorted([os.fsdecode(b"\xb9\xab"), "\ue000", "页"])
    for name in names:
        (tmp_path / name).write_bytes(os.fsencode(name))
    first = hash_files(tmp_path, names)
    read.clear()
    assert hash_files(tmp_path, names) == first
    assert not read


def test_a_damaged_file_of_marks_is_told_and_made_anew(
    tmp_path: Path, read: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    raw = raw_of(tmp_path, a=b"1")
    hash_files(raw, ["a"])
    path = marks_path(raw)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert hash_files(raw, ["a"]) == hashed(b"1")
    assert "not what was written" in capsys.readouterr().err
    read.clear()
    hash_files(raw, ["a"])
    assert not read


def test_the_list_is_the_same_with_marks_and_without(tmp_path: Path, read: list[str]) -> None:
    raw = raw_of(tmp_path, a=b"1", b=b"1", **{"c.jsonl": b'{"text": "x"}\n'})
    first = list_documents(raw)
    read.clear()
    assert list_documents(raw) == first
    assert not read
    forget_marks()
    assert list_documents(raw) == first
    assert sorted(read) == ["a", "b", "c.jsonl"]


def test_marks_of_a_folder_that_moved_are_not_used(tmp_path: Path, read: list[str]) -> None:
    raw_of(tmp_path, a=b"1")
    (tmp_path / "one").mkdir()
    hash_files(raw_of(tmp_path / "one", a=b"1"), ["a"])
    shutil.move(tmp_path / "one", tmp_path / "two")
    read.clear()
    hash_files(tmp_path / "two", ["a"])
    assert read == ["a"]
