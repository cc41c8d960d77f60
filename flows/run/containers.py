"""What the archives and dumps of the raw folder hold, each listed in a process of its own, which may be lost."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flows.read.archives import Found, Place, Step, list_records
from flows.read.archives.unpacked import prune, unpacked_path
from flows.run.deadline import in_time
from flows.run.pool import LocalPool, WorkerLostError
from flows.state import code_version, state_folder

SECONDS, SECONDS_A_MEGABYTE = 60.0, 2.0
"""Time to list a file: some to begin with, and some for each megabyte (10^6 bytes). A megabyte may unpack to a hundred,
which take half a second; a machine may be four times as slow."""


def list_containers(raw: Path, files: Sequence[str]) -> list[Found]:
    """The records of these files, file by file. One that ends or holds up its process is one row with that reason."""
    if not files:
        return []
    prune(state_folder() / "contents")
    workers = min(len(files), os.cpu_count() or 1)
    with LocalPool(workers, prepare=import_formats) as pool, ThreadPoolExecutor(workers) as threads:
        listed = list(threads.map(lambda file: _list_on(pool, raw, file), files))
    return [found for part in listed for found in part]


def import_formats() -> None:
    """What a process needs to list archives, imported before the first comes."""
    import flows.read.archives  # noqa: F401


def list_one(raw: str, file: str, seconds: float) -> list[Found]:
    """The records of one file, from an earlier run where it was listed already; taking longer than the limit ends this
    process."""
    return in_time(seconds, lambda: _list_one(Path(raw), file))


def _list_one(raw: Path, file: str) -> list[Found]:
    try:
        kept = _kept(raw, file)
    except OSError:  # then listing it says so
        return list_records(raw, file).found
    found = _read(kept, file)
    if found is None or any(not unpacked_path(sha256).is_file() for sha256 in _unpacked(found)):
        found = list_records(raw, file).found
        if kept == _kept(raw, file):  # else it is being written to
            _write(kept, found)
    return found


def _kept(raw: Path, file: str) -> Path:
    """Where the list of a file's records is kept: named after its bytes, its name and the code."""
    with (raw / file).open("rb") as content:
        digest = hashlib.file_digest(content, "sha256")
    digest.update(os.fsencode(file) + code_version().encode())
    return state_folder() / "contents" / f"{digest.hexdigest()}.json"


def _read(path: Path, file: str) -> list[Found] | None:
    try:
        rows = json.loads(path.read_bytes())
        os.utime(path)
    except (OSError, ValueError):
        return None
    return [Found(name, Place(file, tuple(Step(*step) for step in steps)), *rest) for name, steps, *rest in rows]


def _write(path: Path, found: Sequence[Found]) -> None:
    rows = [(one.name, one.place.steps, *one[2:]) for one in found]
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", prefix=".", dir=path.parent, delete=False) as out:
        json.dump(rows, out)
    os.replace(out.name, path)


def _unpacked(found: Sequence[Found]) -> set[str]:
    return {step.sha256 for one in found for step in one.place.steps if step.sha256 is not None}


def _list_on(pool: LocalPool, raw: Path, file: str) -> list[Found]:
    seconds = SECONDS + SECONDS_A_MEGABYTE * _size(raw / file) / 1e6
    started = time.monotonic()
    try:
        return pool.run(list_one, str(raw), file, seconds)
    except WorkerLostError:
        late = time.monotonic() - started >= seconds
        reason = f"timeout: listing it took more than {seconds:.0f} seconds"
        return [Found(file, Place(file, ()), None, "", reason if late else "crash: the process that listed it ended")]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
