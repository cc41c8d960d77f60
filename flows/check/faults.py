"""What a check finds, and how it is mended."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flows.durable import move
from flows.folder.stage import free_place
from flows.state import state_folder

ASIDE = "aside"
"""Folder of the state for what was moved out of the way: a person's to look at."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be.

    `place` is a path or the address of an object, `remedy` what `--repair` does, or what a person has to do; `mend`
    does it, and is None where only a person can.
    """

    place: str
    problem: str
    remedy: str
    mend: Callable[[], object] | None = field(default=None, compare=False)


@dataclass(slots=True)
class Checked:
    """What was looked at, by kind, and what is wrong with it."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def look(self, kind: str, fault: Fault | None = None) -> None:
        """One more of a kind was looked at, and maybe something is wrong with it."""
        self.counts[kind] += 1
        if fault is not None:
            self.faults.append(fault)


def throw_away(path: Path, problem: str) -> Fault:
    """What the next run makes again, where it needs it."""
    return Fault(str(path), problem, "thrown away; the next run makes it anew", lambda: _remove(path))


def leave_behind(path: Path) -> Fault:
    """What a killed run left."""
    return Fault(str(path), "a killed run left it", "thrown away", lambda: _remove(path))


def move_aside(path: Path, problem: str) -> Fault:
    """What nothing makes again: it goes out of the way."""
    target = free_place(state_folder() / ASIDE / path.name)
    return Fault(str(path), problem, f"moved to {target}", lambda: move(path, target))


def for_a_person(place: Path | str, problem: str, remedy: str) -> Fault:
    """What only a person can mend."""
    return Fault(str(place), problem, remedy)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
