"""A release is built out of sight and appears whole or not at all.

    releases/v2026.11.22/      visible, immutable
    releases/.staging-…/       being built; left behind by a killed run, removed by the next
    releases/latest.json       written last
    <state>/failed/…/          what a failed gate kept back, for inspection
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
from pathlib import Path
from typing import Any

from flows.durable import move, replace_atomically, sync
from flows.errors import ReleaseError, TargetError
from flows.publish.files import write_json

VERSION = re.compile(r"v(\d{4})\.(\d{2})\.(\d{2})(?:\.(\d+))?")
_STAGING = ".staging-"


def next_version(releases: Path, day: dt.date) -> str:
    """The CalVer version of a release made on that day: v2026.11.22, then v2026.11.22.1, …"""
    first = f"v{day:%Y.%m.%d}"
    taken = set(versions(releases))
    if first not in taken:
        return first
    number = max(int(version.removeprefix(first).removeprefix(".") or 0) for version in taken if _is_of(version, first))
    return f"{first}.{number + 1}"


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
    """Clear up after a killed run: remove its staging folder, and point latest.json at the newest release.

    Call it at the start of a run, under its lock; it changes nothing when all is well.

    Raises:
        TargetError: the folder cannot be written.
    """
    try:
        for left in releases.glob(f"{_STAGING}*"):
            shutil.rmtree(left)
        if newest := latest(releases):
            _point(releases, newest.name)
    except OSError as error:
        raise _unwritable(releases, error) from error


def _point(releases: Path, version: str) -> None:
    pointer, text = releases / "latest.json", json.dumps({"version": version}) + "\n"
    if not pointer.exists() or pointer.read_text(encoding="utf-8", errors="replace") != text:
        replace_atomically(pointer, text)


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
    """Make a finished staging folder the release `version`: fsync, rename, then latest.json."""
    sync(staging)
    _refuse_existing(releases, version)
    move(staging, releases / version)
    _point(releases, version)
    return releases / version


def _refuse_existing(releases: Path, version: str) -> None:
    if (releases / version).exists():
        problem = f"the release {version} is there already."
        raise TargetError("version_exists", problem, "Releases are immutable: take the next version.", releases)


def _unwritable(releases: Path, error: OSError) -> TargetError:
    remedy = "Give a folder that you may write, with --releases."
    return TargetError("target", f"the folder cannot be written: {error.strerror}.", remedy, releases)


def set_aside(staging: Path, state: Path, version: str) -> Path:
    """Move a staging folder whose gates failed out of releases/, to <state>/failed/<version>; numbered, none lost."""
    target = _free(state / "failed" / version)
    sync(staging)
    move(staging, target)
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


def _free(path: Path) -> Path:
    """`path`, or path.1, path.2, …: the first that is not there."""
    number, free = 0, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}.{number}")
    return free


def _is_of(version: str, first: str) -> bool:
    return version == first or version.startswith(f"{first}.")


def order_of(version: str) -> tuple[int, ...]:
    """What versions are sorted by: v2026.11.22.10 comes after v2026.11.22.9."""
    return tuple(int(part) for part in version.removeprefix("v").split("."))
