"""What the archives and dumps of the raw folder hold, each listed in a process of its own, which may be lost."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flows.checksums import DamagedError, is_whole, read_checked, tell_damaged, write_checked
from flows.raw.marks import sha256_of
from flows.read.archives import Found, Place, Step, list_records
from flows.read.archives.unpacked import prune, unpacked_path
from flows.read.raw_files import reason_of
from flows.state import code_version, state_folder
from flows.work.afresh import afresh
from flows.work.deadline import in_time
from flows.work.memory import TornError, ceiling, in_memory, past_ceiling
from flows.work.pool import LocalPool, WorkerLostError

SECONDS, SECONDS_A_MEGABYTE = 60.0, 10.0
"""Time to list a file: some to begin with, and some for each megabyte (10^6 bytes). A megabyte may unpack to a hundred,
which take a second or two; a machine may be five times as slow."""

BYTES_A_BYTE = 16
"""Bytes of memory that listing may take for each byte of a file, beside what a document may: the list of its records,
each of which takes 1 KB and a hundred bytes of the file."""


def list_containers(raw: Path, files: Mapping[str, str | None]) -> Iterator[Found]:
    """The records of these files, each given with its sha256 where that is known, file by file; from an earlier run
    where it listed the same bytes. A file that ends or holds up its process is one row with that reason. The records of
    one file are held at a time."""
    prune(state_folder() / "contents")
    missing = [file for file, sha256 in files.items() if _listed_before(raw, file, sha256) is None]
    new: dict[str, Path | list[Found]] = {}
    if missing:
        workers = min(len(missing), os.cpu_count() or 1)
        with LocalPool(workers, prepare=import_formats) as pool, ThreadPoolExecutor(workers) as threads:
            new.update(zip(missing, threads.map(lambda file: _list_on(pool, raw, file), missing), strict=True))
    for file, sha256 in files.items():
        found = new.get(file)
        if isinstance(found, Path):
            found = _read(found, file)
        elif found is None:
            found = _listed_before(raw, file, sha256)
        yield from [_unlisted(file, CHANGED)] if found is None else found


CHANGED = "changed: the file changed while it was listed"


def _unlisted(file: str, reason: str) -> Found:
    """The one row of a file that could not be listed."""
    return Found(file, Place(file, ()), None, "", reason)


def import_formats() -> None:
    """What a process does before the first archive comes: imports what it needs."""
    import flows.read.archives  # noqa: F401


def list_one(raw: str, file: str, seconds: float, megabytes: int) -> str | None:
    """Lists one file and gives where the list was written; None if the file changed on the way. Taking longer than the
    limit ends this process.

    Raises:
        MemoryError: it takes more memory than that.
    """
    try:
        return in_time(seconds, lambda: in_memory(lambda: _list_one(Path(raw), file), megabytes))
    except TornError:
        return afresh(list_one, raw, file, seconds, megabytes)


def _list_one(raw: Path, file: str) -> str | None:
    kept = _kept(raw, file)
    found = list_records(raw, file).found
    if kept != _kept(raw, file):
        return None
    _write(kept, found)
    return str(kept)


def _listed_before(raw: Path, file: str, sha256: str | None) -> list[Found] | None:
    try:
        found = _read(_kept(raw, file, sha256), file)
    except OSError as error:
        return [_unlisted(file, reason_of(error))]
    return None if found is None or not all(map(_is_kept, _unpacked(found))) else found


def _kept(raw: Path, file: str, sha256: str | None = None) -> Path:
    """Where the list of a file's records is kept: named after its bytes, its name and the code."""
    about = (sha256 or sha256_of(raw, file)).encode() + os.fsencode(file) + code_version().encode()
    return state_folder() / "contents" / f"{hashlib.sha256(about).hexdigest()}.jsonl"


def _read(path: Path, file: str) -> list[Found] | None:
    try:
        os.utime(path)  # it is in use
        return [_found(file, *json.loads(line)) for line in read_checked(path)]
    except OSError:
        return None
    except (DamagedError, ValueError, TypeError):
        tell_damaged(path, "it is not what was written")
        return None


def _found(file: str, name: str, steps: list[list[Any]], *rest: Any) -> Found:
    return Found(name, Place(file, tuple(Step(*step) for step in steps)), *rest)


def _write(path: Path, found: Sequence[Found]) -> None:
    write_checked(path, (json.dumps((one.name, one.place.steps, *one[2:])).encode() + b"\n" for one in found))


def _unpacked(found: Sequence[Found]) -> set[str]:
    return {step.sha256 for one in found for step in one.place.steps if step.sha256 is not None}


def _is_kept(sha256: str) -> bool:
    """Whether a container is there as it was unpacked."""
    path = unpacked_path(sha256)
    if path.is_file() and not is_whole(path, sha256, hashlib.sha256):
        tell_damaged(path, "it is not what was unpacked")
        path.unlink()
    return path.is_file()


def _list_on(pool: LocalPool, raw: Path, file: str) -> Path | list[Found]:
    """Where the list of a file's records was written; the one row of a file that could not be listed."""
    size = _size(raw / file)
    seconds, megabytes = SECONDS + SECONDS_A_MEGABYTE * size / 1e6, ceiling() + BYTES_A_BYTE * size // 2**20
    started = time.monotonic()
    try:
        kept = pool.run(list_one, str(raw), file, seconds, megabytes)
        if kept is not None:
            return Path(kept)
        reason = CHANGED
    except WorkerLostError:
        late = time.monotonic() - started >= seconds
        reason = f"timeout: listing it took more than {seconds:.0f} seconds"
        reason = reason if late else "crash: the process that listed it ended"
    except MemoryError:
        reason = past_ceiling("listing", megabytes)
    except OSError as error:
        reason = reason_of(error)
    return [_unlisted(file, reason)]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
