"""A folder of releases: each release against its sums and against what was given, what names the newest, what waits in
quarantine, what a killed run left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.check.faults import Checked, Fault, for_a_person, leave_behind, move_aside
from flows.errors import ReleaseError
from flows.folder.files import sha256
from flows.folder.stage import GIVEN, POINTER, VERSION, given, is_newest, latest, point, pointed, recover, versions
from flows.folder.sums import NAME as SUMS
from flows.folder.sums import SIGNATURE, damaged_files
from flows.publish.signing import SIGNED, is_signed

UNFINISHED = (".staging-*", f".{POINTER}.*", f".{GIVEN}.*")


def check_releases(releases: Path, busy: bool = False) -> Checked:
    """All of a folder of releases; while a run is on (`busy`), what it has not finished is no fault."""
    checked = Checked()
    known = given(releases)
    for version in versions(releases):
        checked.look("releases", _release(releases / version, known.get(version)))
    for fault in _names(releases):
        checked.look("names of the newest release", fault)
    for folder in sorted((releases / "quarantine").glob("*/")):
        checked.look("quarantines", _quarantine(folder, busy))
    for path in [] if busy else sorted(path for pattern in UNFINISHED for path in releases.glob(pattern)):
        checked.look("unfinished files", leave_behind(path))
    return checked


def _release(release: Path, digest: str | None) -> Fault | None:
    """One release: every file against SHA256SUMS, and SHA256SUMS against the note of what was given."""
    try:
        wrong = damaged_files(release)
    except ReleaseError as error:
        return move_aside(release, f"{SUMS}: {error.problem.rstrip('.')}")
    if wrong:
        (name, what), more = next(iter(wrong.items())), len(wrong) - 1
        return move_aside(release, f"{name} is {what}" + f" (and {more} other files)" * (more > 0))
    if digest is not None and sha256(release / SUMS) != digest:
        return move_aside(release, "its files and sums are not those that were released under this version")
    missing = [name for name in SIGNED if is_signed(release) and not (release / (name + SIGNATURE)).is_file()]
    if missing:
        return for_a_person(release, f"the signature of {missing[0]} is missing", "Sign it again, or take both away.")
    return None


def _names(releases: Path) -> Iterator[Fault | None]:
    newest, named = latest(releases), pointed(releases)
    if newest is None and named is None:
        return
    if named is None:
        yield _renamed(releases, f"{POINTER} is missing or names no version")
    elif not (releases / named).is_dir():
        remedy = "Put the release back, or run `shegong release`: it makes a newer one. No older one is named."
        yield for_a_person(releases / POINTER, f"it names {named}, which is not there", remedy)
    elif newest is not None and newest.name != named:
        yield _renamed(releases, f"it names {named}, and {newest.name} is newer")
    else:
        yield None
    noted = _noted(releases)
    if noted is None or any(version not in noted for version in versions(releases)):
        problem = "it is missing, cannot be read, or does not have all versions"
        yield Fault(str(releases / GIVEN), problem, "written anew", lambda: recover(releases))
    else:
        yield None


def _renamed(releases: Path, problem: str) -> Fault:
    newest = latest(releases)
    if newest is None or not is_newest(releases, newest.name):
        remedy = "Run `shegong release`: a newer version than the one that was deleted will be named."
        return for_a_person(releases / POINTER, problem, remedy)
    return Fault(str(releases / POINTER), problem, f"names {newest.name}", lambda: point(releases, newest.name))


def _noted(releases: Path) -> set[str] | None:
    try:
        return set(json.loads((releases / GIVEN).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _quarantine(folder: Path, busy: bool) -> Fault | None:
    """The rows that a release left out, which wait for a decision."""
    if not VERSION.fullmatch(folder.name):
        return for_a_person(folder, "its name is no version", "Look at it.")
    if not (folder.parent.parent / folder.name).is_dir() and folder.name not in given(folder.parent.parent):
        return None if busy else leave_behind(folder)  # of a release that never came
    try:
        json.loads((folder / "reasons.json").read_text(encoding="utf-8"))["quarantined"]
        for path in sorted(folder.glob("*.parquet")):
            pq.read_table(path, page_checksum_verification=True)
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        return move_aside(folder, f"it cannot be read: {error}")
    return None
