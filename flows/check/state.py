"""The state folder: finished shards, notes of parts, lists and copies of archives, copies of a store, databases."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from flows.check.faults import Checked, Fault, for_a_person, leave_behind, move_aside, throw_away
from flows.checksums import DamagedError, damage, is_whole, read_checked
from flows.errors import InputError, ReleaseError
from flows.fetch.archived import Entry, entries
from flows.fetch.begin import ledger_path
from flows.fetch.ledger import COLLECTED, TRAIL
from flows.folder.stage import FAILED_KEPT
from flows.folder.sums import damaged_files
from flows.raw.store import INDEX, read_index
from flows.run.ground import RUNNING
from flows.state import state_folder

WRITTEN = "it is not what was written"


def check_state(raw: Path | None = None) -> Checked:
    """All of the state folder. With `raw`, what is known of its archives is compared with them.

    While a run is on, what it has not finished is no fault.
    """
    checked, on = Checked(), running()
    for kind, look in LOOKS.items():
        for path, fault in look(state_folder()):
            if not (on and path.name.startswith(".")):
                checked.look(kind, fault)
    if raw is not None:
        for fault in _archives(raw.absolute()):
            checked.look("collected archives", fault)
    return checked


def running() -> list[int]:
    """Processes of the runs that are on."""
    return [process for mark in _files(state_folder() / RUNNING) if _lives(process := _process_of(mark))]


def _process_of(mark: Path) -> int:
    number = mark.name.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OverflowError:
        return False
    except PermissionError:  # somebody else's
        return True
    return process > 0


Look = Callable[[Path], Iterator[tuple[Path, Fault | None]]]
"""Gives each thing of a kind with what is wrong with it."""


def _shards(state: Path) -> Iterator[tuple[Path, Fault | None]]:
    for path in (path for path in sorted((state / "shards").glob("*/*")) if path.is_dir()):
        if path.name.startswith("."):
            yield path, leave_behind(path)
        else:
            problem = damage(path)
            yield path, throw_away(path, problem) if problem else None


def _checked_files(pattern: str, state: Path) -> Iterator[tuple[Path, Fault | None]]:
    """Notes of parts, and lists of archives: each with its checksum in it."""
    for path in _files(state, pattern):
        if path.name.startswith("."):
            yield path, leave_behind(path)
            continue
        try:
            for _ in read_checked(path):
                pass
        except (DamagedError, OSError):
            yield path, throw_away(path, WRITTEN)
        else:
            yield path, None


def _unpacked(state: Path) -> Iterator[tuple[Path, Fault | None]]:
    for path in _files(state / "unpacked"):
        if path.name.startswith("."):
            yield path, leave_behind(path)
        else:
            whole = is_whole(path, path.name, hashlib.sha256)
            yield path, None if whole else throw_away(path, "it is not what was unpacked")


def _copies_of_documents(state: Path) -> Iterator[tuple[Path, Fault | None]]:
    for folder in sorted((state / "raw").glob("*/")):
        known = read_index(folder / INDEX)
        raw = folder / "documents"
        for name, kept in known.items():
            whole = not (raw / name).exists() or is_whole(raw / name, kept.digest)
            yield raw / name, None if whole else throw_away(raw / name, "it is not what was fetched")
        for path in _files(raw, "**/*"):
            if path.relative_to(raw).as_posix() not in known and not path.name.startswith("."):
                yield path, throw_away(path, "no index knows it")


def _copies_of_releases(state: Path) -> Iterator[tuple[Path, Fault | None]]:
    """Releases of a store, or as much of one as the next is compared with."""
    for release in (path for path in sorted((state / "releases").glob("*/*")) if path.is_dir()):
        if release.name.startswith("."):
            yield release, leave_behind(release)
            continue
        try:
            wrong = [name for name, what in damaged_files(release).items() if what != "missing"]
        except ReleaseError as error:
            yield release, throw_away(release, error.problem.rstrip("."))
        else:
            yield release, throw_away(release, f"{wrong[0]} is not what it was") if wrong else None


def _databases(state: Path) -> Iterator[tuple[Path, Fault | None]]:
    for path in sorted((state / "collect").glob("*.db")):
        problem = _unsound(path)
        yield path, throw_away(path, f"the ledger is damaged: {problem}") if problem else None
    for path in sorted((state / "prefect").glob("prefect.db")):
        problem = _unsound(path)
        yield path, move_aside(path.parent, f"Prefect's database is damaged: {problem}") if problem else None


def _unsound(path: Path) -> str | None:
    """What SQLite finds wrong with a database."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as database:
            (answer,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return None if answer == "ok" else str(answer)


def _archives(raw: Path) -> Iterator[Fault | None]:
    """The archives of a raw folder, and what its ledger says of each, which is made again from them."""
    path, known = ledger_path(raw), defaultdict[str, set[tuple[object, ...]]](set)
    if path.is_file() and not _unsound(path):
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as database:
            for *entry, archive in database.execute(f"SELECT {', '.join(Entry._fields)}, archive FROM pages"):
                known[archive].add(tuple(entry))
    for archive in (archive for part in (COLLECTED, TRAIL) for archive in sorted((raw / part).glob("*/*.warc.gz"))):
        try:
            strange = known[archive.relative_to(raw).as_posix()].difference(map(tuple, entries(archive)))
        except InputError as error:
            yield for_a_person(archive, error.problem, "Fetch its pages again; raw documents are not touched here.")
        else:
            problem = f"it tells of pages that {archive} does not hold"
            yield throw_away(path, problem) if strange else None


def _failed(state: Path) -> Iterator[tuple[Path, Fault | None]]:
    newest_first = sorted((state / "failed").glob("*/"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for number, path in enumerate(newest_first):
        old = number >= FAILED_KEPT
        yield path, throw_away(path, f"more than {FAILED_KEPT} releases that failed are kept") if old else None


def _marks(state: Path) -> Iterator[tuple[Path, Fault | None]]:
    for path in _files(state / RUNNING):
        yield path, None if _lives(_process_of(path)) else leave_behind(path)
    for path in _files(state / "holders", "*.json"):
        try:
            json.loads(path.read_text(encoding="utf-8"))["run"]
        except (OSError, ValueError, KeyError, TypeError):
            yield path, throw_away(path, "it cannot be read")
        else:
            yield path, None


def _files(folder: Path, pattern: str = "*") -> list[Path]:
    return sorted(path for path in folder.glob(pattern) if path.is_file())


LOOKS: dict[str, Look] = {
    "shards": _shards,
    "notes of parts": partial(_checked_files, "parts/*/*/*"),
    "lists of archives": partial(_checked_files, "contents/*"),
    "marks of raw files": partial(_checked_files, "listings/*"),
    "unpacked archives": _unpacked,
    "copies of raw documents": _copies_of_documents,
    "copies of releases": _copies_of_releases,
    "databases": _databases,
    "releases that failed": _failed,
    "marks of runs": _marks,
}
