"""Checksums of what is kept for the next run, compared before it is used: a disk, a killed machine or a hand may have
changed it, and no gate would notice another title.

A folder of the cache holds B2SUMS, which `b2sum -c */B2SUMS` reads from the folder above. Each line names the folder
too, so that two that changed places are noticed. Imported by workers.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.durable import sync, sync_path
from flows.errors import ShegongError

NAME = "B2SUMS"

DIGEST_BYTES = 32

BLAKE = partial(hashlib.blake2b, digest_size=DIGEST_BYTES)
"""The fastest of hashlib on any processor: 0.9 GB/s where SHA-256 without instructions of its own makes 0.4."""

_compared: set[tuple[str, int, int]] = set()
"""Files that this process compared: path, inode, size. One that is replaced is compared again."""

_told: list[tuple[str, str]] = []


class DamagedError(ShegongError):
    """Something in the state folder is not what was written there."""


@contextmanager
def appearing(folder: Path) -> Iterator[Path]:
    """A hidden folder to write files into. When the block ends well it gets its checksums and, once all is on disk, its
    name. Where the name is taken, by another run that was faster, it goes: what is there is the same."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
    try:
        yield staging
        if not (staging / NAME).exists():  # one that was made on another machine brings them along
            lines = [
                f"{digest_of(path.read_bytes())}  {folder.name}/{path.name}\n" for path in sorted(staging.iterdir())
            ]
            (staging / NAME).write_text("".join(lines), encoding="utf-8")
        sync(staging)
        staging.rename(folder)
        sync_path(folder.parent)
    except OSError:  # also a full disk
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def damage(folder: Path) -> str | None:
    """What is wrong with a folder of the cache; None when it is as it was written."""
    try:
        sums = _sums(folder)
        there = {path.name for path in folder.iterdir()} - {NAME}
        if strange := sorted(there ^ sums.keys()):
            return f"{strange[0]} is {'missing' if strange[0] in sums else 'not in its sums'}"
        for name in sums:
            mapped(folder / name)
    except DamagedError as error:
        return f"{Path(error.path or folder).name}: {error.problem.rstrip('.')}"
    return None


def mapped(path: Path) -> pa.Buffer:
    """A file of a folder of the cache, mapped into memory; what is mapped is compared with its checksum, once in each
    process.

    Raises:
        DamagedError: it is not what was written.
    """
    try:
        with pa.memory_map(str(path)) as file:
            content = file.read_buffer()
        state = path.stat()
    except OSError as error:
        said = os.strerror(error.errno) if error.errno else error
        raise _damaged(path, f"it cannot be read ({said})") from error
    seen = (str(path), state.st_ino, state.st_size)
    if seen not in _compared:
        if digest_of(content) != _sums(path.parent).get(path.name):
            raise _damaged(path, "it is not what was written")
        _compared.add(seen)
    return content


def is_whole(path: Path, digest: str, new: Callable[[], Any] = BLAKE) -> bool:
    """Whether a file that stands alone has that digest; read once in each process. Its time of change may only say when
    it was used."""
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            seen = (str(path), state.st_ino, state.st_size)
            if seen not in _compared and hashlib.file_digest(file, new).hexdigest() != digest:
                return False
    except OSError:
        return False
    _compared.add(seen)
    return True


def write_checked(path: Path, lines: Iterable[bytes]) -> None:
    """A file whose first line is the checksum of the lines after it, and of its name. It appears whole, once it is on
    disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = _begun(path)
    with tempfile.NamedTemporaryFile(prefix=".", dir=path.parent, delete=False) as out:
        try:
            out.write(b"0" * 2 * DIGEST_BYTES + b"\n")
            for line in lines:
                digest.update(line)
                out.write(line)
            out.seek(0)
            out.write(digest.hexdigest().encode())
            out.flush()
            sync_path(Path(out.name))
            Path(out.name).replace(path)
        except BaseException:
            Path(out.name).unlink(missing_ok=True)
            raise
    sync_path(path.parent)


def read_checked(path: Path) -> Iterator[bytes]:
    """The lines of such a file. What was made of them holds only once the last was read without an error.

    Raises:
        FileNotFoundError: there is none.
        DamagedError: it is not what was written.
    """
    digest = _begun(path)
    with path.open("rb") as lines:
        checksum = next(lines, b"")
        for line in lines:
            digest.update(line)
            yield line
    if checksum != digest.hexdigest().encode() + b"\n":
        raise _damaged(path, "it is not what was written")


def mapped_checked(path: Path) -> pa.Buffer:
    """What stands behind the first line of such a file, mapped into memory.

    Raises:
        FileNotFoundError: there is none.
        DamagedError: it is not what was written.
    """
    with pa.memory_map(str(path)) as file:
        content = file.read_buffer()
    digest, head = _begun(path), 2 * DIGEST_BYTES + 1
    digest.update(content.slice(min(head, content.size)))
    if content.slice(0, min(head, content.size)).to_pybytes() != digest.hexdigest().encode() + b"\n":
        raise _damaged(path, "it is not what was written")
    return content.slice(head)


def tell_damaged(path: Path, problem: str) -> None:
    """Says on the terminal that something of the state was damaged, and is made anew; the log of the run asks for it
    with `told`."""
    problem = problem.rstrip(".")
    print(f"{path}: {problem}; thrown away and made anew", file=sys.stderr, flush=True)
    _told.append((str(path), problem))


def told() -> Iterator[tuple[str, str]]:
    """Path and problem of what was told since this was asked last."""
    while _told:
        yield _told.pop(0)


def _sums(folder: Path) -> dict[str, str]:
    """Name to digest of the files of a folder."""
    try:
        lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(folder / NAME, "it cannot be read") from error
    pairs = [line.partition(f"  {folder.name}/") for line in lines]
    return {name: digest for digest, _, name in pairs}


def _begun(path: Path) -> hashlib.blake2b:
    """Of a file with its checksum in it; begun with its name and its folder's."""
    return BLAKE(f"{path.parent.name}/{path.name}\n".encode())


def digest_of(content: bytes | pa.Buffer) -> str:
    """The checksum of some bytes."""
    return BLAKE(content).hexdigest()


def _damaged(path: Path, problem: str) -> DamagedError:
    remedy = "Run again: it is thrown away and made anew. `shegong check` looks at all the rest."
    return DamagedError("damaged", f"{problem}.", remedy, path)
