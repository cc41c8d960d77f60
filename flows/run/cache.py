"""What is kept for the next run: `<state>/shards/<what the cleaning depends on>/<documents>`, and beside it `parts`."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from flows.checksums import damage, tell_damaged
from flows.depends import changed_since, cleaning_parts, cleaning_version
from flows.durable import replace_atomically
from flows.state import code_version, state_folder

PARTS = "parts.json"
"""Beside the shards: what the cleaning depended on when they were made."""

DAY = 86_400.0

COMPARED_AT_ONCE = 4
"""Shards that are compared with their checksums at the same time; the disk or two cores are what bounds it."""

KINDS = ("shards", "parts")
"""What is kept, each in <state>/<kind>/<what it depends on>/<what it is of>: finished shards, and what was found of
parts of the corpus (flows/run/parts.py)."""


class Cached(NamedTuple):
    """A finished shard, or what was found of a part."""

    path: Path
    size: int
    """Bytes."""
    used: float
    """When it was made or last used, in seconds since 1970."""
    current: bool
    """Whether a run of this very code could use it."""


def shards_folder() -> Path:
    """Where this code keeps its shards; made if need be."""
    folder = state_folder() / "shards" / cleaning_version()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / PARTS).exists():
        replace_atomically(folder / PARTS, json.dumps(cleaning_parts(), indent=1))
    return folder


def why_new() -> list[str]:
    """What changed in the cleaning since the shards that were made last; nothing if there are none."""
    mine = shards_folder()
    others = [path for path in mine.parent.glob(f"*/{PARTS}") if path.parent != mine]
    if not others or len(list(mine.iterdir())) > 1:
        return []
    newest = max(others, key=lambda path: path.stat().st_mtime)
    with suppress(OSError, ValueError):
        return changed_since(json.loads(newest.read_text(encoding="utf-8")))
    return []


def use(folder: Path) -> None:
    """Marks the folder of a shard or of a part as used now."""
    with suppress(OSError):
        os.utime(folder)


def throw_out_damaged(shards: Sequence[Path]) -> None:
    """Compares finished shards with their checksums before a run uses them; what is damaged goes, and is told."""
    there = [shard for shard in shards if shard.is_dir()]
    with ThreadPoolExecutor(COMPARED_AT_ONCE) as threads:  # hashing lets go of the interpreter's lock
        for shard, problem in zip(there, threads.map(damage, there), strict=True):
            if problem:
                tell_damaged(shard, problem)
                shutil.rmtree(shard)


def cached() -> Iterator[Cached]:
    """All that is kept, whatever code made it."""
    mine = (cleaning_version()[:16], code_version()[:16])
    for path in (path for kind in KINDS for path in sorted((state_folder() / kind).glob("*/*"))):
        if path.is_dir():
            with suppress(FileNotFoundError):
                size = sum(file.stat().st_size for file in path.iterdir() if file.is_file())
                yield Cached(path, size, path.stat().st_mtime, path.parent.name in mine)


def prune(days: float, now: float | None = None) -> list[Cached]:
    """Removes what was not used for so many days, and what killed runs left unfinished; gives it.

    A run that is on has just used what it needs; leave it a day.
    """
    now = time.time() if now is None else now
    gone = [shard for shard in cached() if now - shard.used > days * DAY or (days == 0)]
    for shard in gone:
        shutil.rmtree(shard.path, ignore_errors=True)
    for folder in (folder for kind in KINDS for folder in (state_folder() / kind).glob("*")):
        if folder.is_dir() and not any(path.is_dir() for path in folder.iterdir()):
            shutil.rmtree(folder, ignore_errors=True)
    return gone
