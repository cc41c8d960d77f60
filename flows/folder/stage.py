"""A release is built out of sight and appears whole or not at all.

    releases/v2026.11.22/      visible, immutable
    releases/.staging-…/       being built; left behind by a killed run, removed by the next
    releases/latest.json       written last; it never names an older release than it did
    releases/.versions.json    every version that was ever given, with the sha256 of its SHA256SUMS
    <state>/failed/…/          what a failed gate kept back, for inspection; the newest few
    releases/quarantine/…/     rows of the documents that a release leaves out, waiting for a decision

`state` lies outside of releases/, so that nothing of a failed run is ever visible there. All of this takes
for granted that one run at a time writes to a releases folder; the flow holds a lock.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from flows.durable import move, replace_atomically, sync
from flows.errors import ReleaseError, TargetError
from flows.folder.files import sha256, write_json
from flows.folder.sums import NAME as SUMS

VERSION = re.compile(r"v(\d{4})\.(\d{2})\.(\d{2})(?:\.(\d+))?")
_STAGING = ".staging-"

GIVEN = ".versions.json"
"""In the folder of releases: what was given stays given, whatever is deleted beside it."""

POINTER = "latest.json"

FAILED_KEPT = 5
"""Releases whose gates failed that stay in <state>/failed: the newest."""


def next_version(releases: Path, day: dt.date, elsewhere: Iterable[str] = ()) -> str:
    """The CalVer version of a release made on that day: v2026.11.22, then v2026.11.22.1, …

    It is higher than every version that was ever given, here or `elsewhere`, also when that release was deleted: where
    the clock was set back, it goes on counting on the newest day.
    """
    first = f"v{day:%Y.%m.%d}"
    newest = max([*given(releases), *elsewhere], key=order_of, default=None)
    if newest is None or order_of(first) > order_of(newest):
        return first
    year, month, day_of, *number = order_of(newest)
    return f"v{year:04}.{month:02}.{day_of:02}.{number[0] + 1 if number else 1}"


def given(releases: Path) -> dict[str, str | None]:
    """Every version that was ever given in this folder, oldest first, with the sha256 of its SHA256SUMS where known."""
    found: dict[str, str | None] = dict.fromkeys(versions(releases))
    if (named := pointed(releases)) is not None:
        found[named] = None
    with suppress(OSError, ValueError, AttributeError):
        noted = json.loads((releases / GIVEN).read_text(encoding="utf-8"))
        found |= {version: digest for version, digest in noted.items() if VERSION.fullmatch(version)}
    return dict(sorted(found.items(), key=lambda entry: order_of(entry[0])))


def pointed(releases: Path) -> str | None:
    """The version that latest.json names; None where there is none, or it cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        version = json.loads((releases / POINTER).read_text(encoding="utf-8"))["version"]
        return version if VERSION.fullmatch(version) else None
    return None


def is_newest(releases: Path, version: str) -> bool:
    """Whether no higher version was ever given in this folder."""
    return all(order_of(other) <= order_of(version) for other in given(releases))


def versions(releases: Path) -> list[str]:
    """The versions that are there, oldest first."""
    names = [path.name for path in releases.iterdir() if path.is_dir()] if releases.is_dir() else []
    return sorted((name for name in names if VERSION.fullmatch(name)), key=order_of)


def date_of(version: str) -> dt.date:
    """The date of a version: v2026.11.22.1 is of 22 November 2026.

    Raises:
        ValueError: it is no version.
    """
    if not (match := VERSION.fullmatch(version)):
        raise ValueError(f"{version!r} is no version such as v2026.11.22 or v2026.11.22.1")
    return dt.date(int(match[1]), int(match[2]), int(match[3]))


def latest(releases: Path) -> Path | None:
    """The newest release, None before the first."""
    there = versions(releases)
    return releases / there[-1] if there else None


def recover(releases: Path) -> None:
    """Clear up after a killed run: remove its staging folder, note the release that it made, and point latest.json at
    it. Where the newest release was deleted, latest.json goes on naming it until there is a newer one.

    Call it at the start of a run, under its lock; it changes nothing when all is well.

    Raises:
        TargetError: the folder cannot be written.
    """
    try:
        for left in releases.glob(f"{_STAGING}*"):
            shutil.rmtree(left)
        for version in versions(releases):
            _give(releases, version)
        if (newest := latest(releases)) and is_newest(releases, newest.name):
            point(releases, newest.name)
    except OSError as error:
        raise _unwritable(releases, error) from error


def point(releases: Path, version: str) -> None:
    """Makes latest.json name a version, unless it names that one or a higher one."""
    named = pointed(releases)
    if named is None or order_of(named) < order_of(version):
        replace_atomically(releases / POINTER, json.dumps({"version": version}) + "\n")


def _give(releases: Path, version: str) -> None:
    """Notes that a version was given, and to what."""
    known = given(releases)
    if known.get(version) is None and (releases / version / SUMS).is_file():
        note_given(releases, known | {version: sha256(releases / version / SUMS)})


def withdraw(release: Path) -> None:
    """Removes a release that nobody has seen, so that its version may be another's."""
    known = given(release.parent)
    shutil.rmtree(release)
    note_given(release.parent, {version: known[version] for version in known if version != release.name})


def note_given(releases: Path, versions: Mapping[str, str | None]) -> None:
    """Writes down which versions were given."""
    replace_atomically(releases / GIVEN, json.dumps(versions, indent=1) + "\n")


def open_staging(releases: Path, version: str) -> Path:
    """An empty staging folder for a release; clears what killed runs left.

    Raises:
        TargetError: the folder cannot be written, or the version is there already.
    """
    try:
        releases.mkdir(parents=True, exist_ok=True)
        recover(releases)
        staging = releases / f"{_STAGING}{version}-{os.getpid()}"
        _refuse_existing(releases, version)
        staging.mkdir()
    except OSError as error:
        raise _unwritable(releases, error) from error
    return staging


def commit(staging: Path, releases: Path, version: str) -> Path:
    """Make a finished staging folder the release `version`: fsync, rename, then what names it."""
    sync(staging)
    _refuse_existing(releases, version)
    move(staging, releases / version)
    _give(releases, version)
    point(releases, version)
    return releases / version


def _refuse_existing(releases: Path, version: str) -> None:
    if (releases / version).exists():
        problem = f"the release {version} is there already."
        raise TargetError("version_exists", problem, "Releases are immutable: take the next version.", releases)


def _unwritable(releases: Path, error: OSError) -> TargetError:
    remedy = "Give a folder that you may write, with --releases."
    return TargetError("target", f"the folder cannot be written: {error.strerror}.", remedy, releases)


def set_aside(staging: Path, state: Path, version: str) -> Path:
    """Move a staging folder whose gates failed out of releases/, to <state>/failed/<version>, numbered; the newest
    FAILED_KEPT stay."""
    target = free_place(state / "failed" / version)
    sync(staging)
    move(staging, target)
    os.utime(target)
    for old in sorted(target.parent.iterdir(), key=lambda path: path.stat().st_mtime_ns)[:-FAILED_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return target


def discard(staging: Path) -> None:
    """Remove a staging folder that will not be a release."""
    shutil.rmtree(staging, ignore_errors=True)


def read_build(release: Path) -> dict[str, Any]:
    """build.json of a release: time, versions, commit, fingerprint of the input.

    Raises:
        ReleaseError: there is none, or it is damaged.
    """
    path = release / "build.json"
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError("build", f"it cannot be read: {error!r}.", "Is this a release?", path) from error
    return found


def write_build(staging: Path, build: dict[str, Any]) -> None:
    """build.json: the facts that differ from run to run, kept apart from what SHA256SUMS covers."""
    write_json(build, staging / "build.json")


def free_place(path: Path) -> Path:
    """`path`, or path.1, path.2, …: the first that is not there."""
    number, free = 0, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}.{number}")
    return free


def order_of(version: str) -> tuple[int, ...]:
    """What versions are sorted by: v2026.11.22.10 comes after v2026.11.22.9."""
    return tuple(int(part) for part in version.removeprefix("v").split("."))
