"""The whole check, and its answer."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from flows.check.faults import Checked, Fault
from flows.check.releases import check_releases
from flows.check.state import check_state, running
from flows.check.stores import check_store
from flows.errors import ShegongError
from flows.raw.store import is_url
from flows.turn import BusyError, only_run


def check_all(releases: str, raw: Path, repair: bool = False) -> dict[str, Any]:
    """Looks at the state folder and at releases, a folder or a store, and mends what can be mended if told to.

    Gives `looked_at`, counts by kind, and `wrong`: place, problem, remedy, and `mended`, None where it was not tried.

    Raises:
        BusyError: something is to be mended while a run is on.
        ShegongError: there is no such folder, or the store does not answer.
    """
    with ExitStack() as stack:
        if repair:
            if on := running():
                raise BusyError("busy", f"a run is on (process {on[0]}).", "Mend when it has ended.", releases)
            if Path(releases).is_dir():
                stack.enter_context(only_run(Path(releases)))
        parts = _look(releases, raw)
        found = [fault for part in parts for fault in part.faults]
        left = _mend(found, releases, raw) if repair else None
    wrong = [_told(fault, None if left is None else fault not in left) for fault in found]
    wrong += [_told(fault, False) for fault in left or () if fault not in found]
    return {"looked_at": {kind: count for part in parts for kind, count in part.counts.items()}, "wrong": wrong}


def _mend(faults: Sequence[Fault], releases: str, raw: Path) -> list[Fault]:
    """Mends what can be mended, and gives what is wrong then: what went may be missed by what named it."""
    for fault in faults:
        if fault.mend is not None:
            fault.mend()
    return [fault for part in _look(releases, raw) for fault in part.faults]


def _told(fault: Fault, is_mended: bool | None) -> dict[str, Any]:
    return {"place": fault.place, "problem": fault.problem, "remedy": fault.remedy, "mended": is_mended}


def _look(releases: str, raw: Path) -> list[Checked]:
    return [check_state(raw if raw.is_dir() else None), *_releases(releases)]


def _releases(releases: str) -> list[Checked]:
    if is_url(releases):
        return [check_store(releases)]
    folder = Path(releases)
    if not folder.is_dir():
        raise ShegongError("releases", "there is no such folder.", "Name one with --releases.", folder)
    if (folder / "versions").is_dir():
        return [check_store(releases)]
    return [check_releases(folder, bool(running()))]
