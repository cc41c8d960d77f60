"""What is kept for the next run is compared with its checksum before it is used; nothing damaged is used."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

import tests.damage
from flows.checksums import DamagedError, appearing, damage, mapped, read_checked, write_checked
from flows.run import cache
from flows.run.notes import read_note, write_note
from flows.validate.report import GateResult


@pytest.fixture(autouse=True)
def another_process(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Forgets what was compared, as a new process has to; before each test, and when called."""

    def forget() -> None:
        monkeypatch.setattr("flows.checksums._compared", set())

    forget()
    return forget


def kept(folder: Path, *words: str) -> Path:
    """A folder of the cache with three files."""
    with appearing(folder) as staging:
        for number, word in enumerate(words):
            (staging / f"{number}.arrow").write_text(f"{folder.name} {word}" * 40)
    return folder


@pytest.mark.parametrize("seed", range(60))
def test_damage_of_any_kind_to_a_folder_is_noticed(
    tmp_path: Path, seed: int, another_process: Callable[[], None]
) -> None:
    rng = random.Random(seed)
    folders = [kept(tmp_path / name, "people", "articles", "removals") for name in ("0a1b", "2c3d")]
    assert [damage(folder) for folder in folders] == [None, None]
    damaged = tests.damage.damage([path for folder in folders for path in sorted(folder.iterdir())], rng)
    another_process()
    assert {folder for folder in folders if damage(folder)} == {path.parent for path in damaged}


def test_folders_that_changed_places_and_files_that_come_and_go_are_noticed(tmp_path: Path) -> None:
    first, second = (kept(tmp_path / name, "people") for name in ("0a1b", "2c3d"))
    tests.damage.swap(first, second)
    assert damage(first)
    assert damage(second)
    tests.damage.swap(first, second)
    (first / "more.arrow").touch()
    assert damage(first) == "more.arrow is not in its sums"
    (second / "0.arrow").unlink()
    assert damage(second) == "0.arrow is missing"
    (second / "B2SUMS").unlink()
    assert "B2SUMS" in str(damage(second))


def test_what_is_mapped_is_compared_once_and_again_when_it_is_replaced(tmp_path: Path) -> None:
    path = kept(tmp_path / "0a1b", "people") / "0.arrow"
    assert mapped(path).to_pybytes() == path.read_bytes()
    beside = path.with_name("beside")
    beside.write_bytes(path.read_bytes()[:-1])
    beside.replace(path)
    with pytest.raises(DamagedError, match=r"0\.arrow: it is not what was written\. Run again"):
        mapped(path)


def test_a_folder_that_another_run_made_meanwhile_stays(tmp_path: Path) -> None:
    with appearing(tmp_path / "0a1b") as staging:
        (staging / "0.arrow").write_text("slow")
        kept(tmp_path / "0a1b", "fast")
    assert damage(tmp_path / "0a1b") is None
    assert [path.name for path in tmp_path.iterdir()] == ["0a1b"]


def test_a_damaged_shard_is_thrown_away_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = kept(tmp_path / "0a1b", "people"), kept(tmp_path / "2c3d", "people")
    tests.damage.flip(bad / "0.arrow", random.Random(0))
    cache.throw_out_damaged([good, bad, tmp_path / "not-made-yet"])
    assert [path.name for path in tmp_path.iterdir()] == ["0a1b"]
    assert f"{bad}: 0.arrow: it is not what was written; thrown away and made anew" in capsys.readouterr().err


class Strange(NamedTuple):
    """No record of the project."""

    number: int


FOUND = [
    None, 3, 1.5, "\ud800", [1, "a"], (1, None, (2,)), {"a", "b"}, frozenset({1}), dt.date(2026, 11, 22),
    dt.datetime(2026, 11, 22, 8, 30, tzinfo=dt.UTC),
    {"rows": {1: 2, None: 3}, ("a", "b"): []}, Counter({None: 2}), defaultdict(Counter, {("a", "b"): Counter("aab")}),
    [GateResult("unique", "people", "critical", False, 3, keys=({"article_id": "a", "position": 1},))],
]  # fmt: skip


@pytest.mark.parametrize("found", FOUND, ids=map(str, range(len(FOUND))))
def test_a_note_gives_what_was_noted(tmp_path: Path, found: object) -> None:
    write_note(tmp_path / "part" / "function-0", found)
    again = read_note(tmp_path / "part" / "function-0")
    assert again == found
    assert isinstance(again, dict) if isinstance(found, defaultdict) else type(again) is type(found)


def test_a_note_keeps_the_type_of_numbers(tmp_path: Path) -> None:
    write_note(tmp_path / "hashes", np.array([2**64 - 1, 0], np.uint64))
    assert read_note(tmp_path / "hashes").dtype == np.uint64
    assert read_note(tmp_path / "hashes").tolist() == [2**64 - 1, 0]


def test_a_note_holds_and_makes_nothing_but_records_of_ours(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="Strange"):
        write_note(tmp_path / "note", [Strange(1)])
    for name in ("os:system", "flows.state:state_folder", "flows.run.notes:Path", "flows.report.judged:nothing"):
        write_checked(tmp_path / "note", [b'{"%s": ["true"]}' % name.encode()])
        with pytest.raises(TypeError, match="no record of ours"):
            read_note(tmp_path / "note")


@pytest.mark.parametrize("seed", range(40))
def test_damage_of_any_kind_to_a_note_is_noticed(tmp_path: Path, seed: int) -> None:
    notes = [tmp_path / part / "function-0" for part in ("0a", "1b")]
    for number, note in enumerate(notes):
        write_note(note, {"rows": [number] * 20})
    damaged = tests.damage.damage(notes, random.Random(seed))
    for note in notes:
        if note in damaged:
            with pytest.raises(DamagedError, match="not what was written"):
                read_note(note)
        else:
            read_note(note)


def test_lines_are_read_back_and_a_lost_line_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "0a.jsonl"
    write_checked(path, [b"one\n", b"two\n"])
    assert list(read_checked(path)) == [b"one\n", b"two\n"]
    path.write_bytes(path.read_bytes().removesuffix(b"two\n"))
    with pytest.raises(DamagedError):
        list(read_checked(path))
    write_checked(path, [])
    assert list(read_checked(path)) == []
