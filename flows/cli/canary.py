"""`shegong canary`: which publishers' newest pages no longer fit their profile."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from flows.cli.commands import DONE, FAILED, Command, takes_release, takes_releases

if TYPE_CHECKING:
    from flows.canary.ask import Health
    from flows.canary.released import Released

SHOWN = 60
"""Characters of a page's line that are shown."""


def add_canary(command: Command) -> None:
    """Adds it to the command line."""
    canary = command(
        "canary",
        "reports the publishers whose newest pages no longer fit their profile; ends with 1 if there are any",
        "shegong canary\nshegong canary releases/v2026.11.22\nshegong canary --raw pages",
    )
    takes_release(canary, optional=True)
    canary.add_argument("--raw", type=Path, metavar="DIR", help="clean these raw documents instead, on the spot")
    takes_releases(canary)
    canary.set_defaults(run=lambda options: _canary(options, canary))


def _canary(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    from flows.canary.ask import ask
    from flows.publishers.loading import publishers

    if options.release and options.raw:
        parser.error("give a RELEASE or --raw, not both")
    released, where = _raw(options.raw) if options.raw else _release(options.release, options.releases)
    found = list(ask(released, publishers()))
    for health in found:
        for line in _lines(health):
            print(line)
    ill, judged = sum(bool(health.misfits) for health in found), sum(health.judged for health in found)
    print(f"{where}: {judged} publishers judged, {len(found) - judged} with too few pages, {ill} no longer fit")
    return FAILED if ill else DONE


def _release(release: Path | None, releases: Path) -> tuple[Released, Path]:
    from flows.canary.released import ReleaseFiles
    from flows.errors import ReleaseError
    from flows.folder.stage import latest

    release = release or latest(releases)
    if release is None:
        remedy = "Run shegong release first, or name a release."
        raise ReleaseError("no_release", "there is no release there.", remedy, releases)
    return ReleaseFiles(release), release


def _raw(raw: Path) -> tuple[Released, Path]:
    from flows.canary.released import CleanedPages
    from flows.decisions.tombstones import wanted_documents
    from flows.raw.documents import read_listed

    listed, _ = wanted_documents(raw)
    return CleanedPages(read_listed(raw, one) for one in listed if one.copy_of is None), raw


def _lines(health: Health) -> Iterator[str]:
    from flows.terminal.safe import safe

    profile = health.profile
    head = f"{profile.id}  {safe(profile.name)}  {health.newest} newest of {health.pages} pages"
    if not health.judged:
        yield f"{head}: too few for a verdict ({profile.limits.pages} are needed)"
        return
    yield f"{head}: {'no longer fits' if health.misfits else 'fits'}"
    for misfit in health.misfits:
        sample = "" if misfit.sample is None else f" {safe(misfit.sample[:SHOWN])}"
        yield f"  {misfit.what}: {misfit.sentence}{sample}"
