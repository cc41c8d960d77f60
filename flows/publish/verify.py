"""`shegong verify`: builds a release once more from its raw pages, from nothing, and compares the bytes."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flows.decisions.takedowns import NAME as TAKEDOWNS
from flows.errors import ReleaseError
from flows.folder.files import read_json
from flows.folder.stage import date_of, note_given, read_build
from flows.folder.sums import read_sums
from flows.installed import PACKAGE
from flows.publish.inspect import Inspected, inspect
from flows.publish.tiers import write_open_tier
from flows.state import PROJECT, code_version

ABOUT_BEFORE = ("CHANGES", "changes/", "report/", "datapackage.json", "README.md")
"""Beginnings of the files that depend on the release before, too."""


class Verified(NamedTuple):
    """Files by what the comparison found. `unknown` could not be compared: the release before is not at hand."""

    same: tuple[str, ...]
    different: tuple[str, ...]
    unknown: tuple[str, ...]
    same_code: bool | None
    """Whether the release was built by this very code; None when it does not say."""


def verify(release: Path, raw: Path, before: Path | None = None, workers: int = 1) -> Verified:
    """Runs `shegong release` on `raw` with fresh state, under the release's own date, and compares SHA256SUMS.

    Args:
        release: the release in question; of the open tier, the rebuilt one is withheld in the same way first.
        raw: the raw documents that it was made of.
        before: the release before, which CHANGES compares with; looked for beside the release when not given.
        workers: processes.

    Raises:
        ReleaseError: the release is damaged, or cannot be built from `raw` at all.
    """
    source = inspect(release)
    since = read_json(release, "CHANGES.json").get("from")
    known = before or (release.absolute().parent / str(since) if since else None)
    at_hand = known is not None and (known / "datapackage.json").is_file()
    with tempfile.TemporaryDirectory(prefix="shegong-") as scratch:
        releases = Path(scratch) / "releases"
        releases.mkdir()
        if since and at_hand and known:
            (releases / since).symlink_to(known.resolve())
        if (release / TAKEDOWNS).exists():  # what was taken down stays known when its page is gone
            shutil.copyfile(release / TAKEDOWNS, releases / TAKEDOWNS)
        rebuilt = _build(source, raw, releases, Path(scratch) / "state", workers)
        if source.tier == "open":
            rebuilt = write_open_tier(rebuilt, Path(scratch) / "open")
        now, then = read_sums(rebuilt), read_sums(release)
    unknown = {name for name in now | then if since and not at_hand and name.startswith(ABOUT_BEFORE)}
    compared = sorted((now | then).keys() - unknown)
    return Verified(
        tuple(name for name in compared if now.get(name) == then.get(name)),
        tuple(name for name in compared if now.get(name) != then.get(name)),
        tuple(sorted(unknown)),
        _same_code(release),
    )


def _build(source: Inspected, raw: Path, releases: Path, state: Path, workers: int) -> Path:
    """A release of `raw` made in a process of its own, which finds nothing of earlier runs."""
    if came_before := _before(source.version):  # so that it gets its own version again, whatever happened that day
        note_given(releases, {came_before: None})
    noon = dt.datetime.combine(date_of(source.version), dt.time(12), ZoneInfo("Asia/Shanghai"))
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(noon.timestamp())), "SHEGONG_STATE": str(state)}
    # Prefect's own folder is of this run too, and a server of somebody else has no part in it
    environment = {name: value for name, value in environment.items() if not name.startswith("PREFECT_")}
    command = [sys.executable, "-m", PACKAGE, "release", "--raw", str(raw.absolute()), "--releases", str(releases)]
    run = subprocess.run(
        [*command, "--workers", str(workers)], env=environment, cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    if run.returncode:
        problem = "it cannot be built from these raw pages; the reason stands above."
        raise ReleaseError("verify", problem, "Give the raw pages and check out the code it was made with.", raw)
    return Path(run.stdout.splitlines()[-1])


def _before(version: str) -> str | None:
    """The version of the same day that was given before it; None for the first."""
    first, number = version[: len("v2026.11.22")], version[len("v2026.11.22.") :]
    return None if not number else first if number == "1" else f"{first}.{int(number) - 1}"


def _same_code(release: Path) -> bool | None:
    try:
        then = read_build(release).get("code_version")
    except ReleaseError:
        return None
    return None if then is None else then == code_version()
