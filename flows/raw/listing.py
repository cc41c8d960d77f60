"""The raw folder as a list of documents, and the list cut into shards."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa

from flows.errors import InputError
from flows.raw.containers import list_containers
from flows.raw.keys import read_unfit
from flows.raw.listed import AT_ONCE, Listed, Listing, batch_of, records_of
from flows.raw.marks import hash_files
from flows.read.archives import Found, kind_of
from flows.read.raw_files import NOT_DOCUMENTS, place_of
from flows.state import code_version

SHARDS = 16
"""A small corpus is cut into about this many shards, so that several workers have something to do."""

LARGEST_SHARD = 512
"""Documents in a shard of a large corpus, at most: 3 to 15 seconds of work."""

BITS = 64
"""Of a document id that are looked at when documents are cut into shards: all."""


def list_documents(raw: Path) -> Listing:
    """All documents of the raw folder in the order of their document ids, copies behind their original.

    Raises:
        InputError: no such folder, or no document in it.
    """
    look(raw)
    if not (found := Listing.of(_batches(raw))):
        raise InputError("raw_empty", "its archives hold no document.", "Put raw pages there.", raw)
    return found


def _batches(raw: Path) -> Iterator[pa.RecordBatch]:
    """The documents, some at a time: of files, then those in containers, then what cannot be a file."""
    containers = dict[str, str | None]()
    for some, digests in hash_files(raw, _in_order(raw)):
        files = list[tuple[str, str | None]]()
        for name, digest in zip(some, digests, strict=True):
            if kind_of(name) is not None and (raw / name).is_file():
                containers[name] = digest
            else:
                files.append((name, digest))
        yield batch_of([name for name, _ in files], [digest for _, digest in files])
    records = list_containers(raw, containers) if containers else iter(())
    while some_records := list(islice(records, AT_ONCE)):
        yield records_of([_record(record, raw) for record in some_records])
    yield records_of([Listed(name, None, reason=reason) for name, reason in read_unfit(raw).items()])


def holds_more(raw: Path, files: int) -> bool:
    """Whether there are more files in the raw folder than so many; none is read."""
    return sum(1 for _ in islice(_names(raw), files + 1)) > files


def look(raw: Path) -> None:
    """A first look at the raw folder, which takes no time.

    Raises:
        InputError: no such folder, or no file in it.
    """
    if not raw.is_dir():
        problem = "this is not a folder." if raw.exists() else "there is no such folder."
        raise InputError("raw_missing", problem, "Name the folder of raw documents with --raw.", raw)
    if next(_names(raw), None) is None and not read_unfit(raw):
        raise InputError("raw_empty", "there is no document in it.", "Put raw pages there, one file each.", raw)


def _record(found: Found, raw: Path) -> Listed:
    """A record as a document, under a name that no file has."""
    name = found.name
    while name != found.place.file and os.path.lexists(raw / name):
        name += "#"
    return Listed(name, found.sha256, None, found.place, found.about, found.reason, found.record_offset)


def cut(documents: Sequence[Listed], largest: int) -> list[Sequence[Listed]]:
    """The documents, given in the order of their ids, in runs of at most `largest`, which is a power of two.

    What is too large is halved by the next bit of the ids, so a document that comes or goes changes its own run only,
    or halves or joins it; a larger `largest` joins whole runs; and copies stay with their original.
    """
    return list(_halves(documents, largest, BITS))


def shard_size(documents: int) -> int:
    """The `largest` for the shards of so many documents."""
    size = 1
    while size < LARGEST_SHARD and size * SHARDS < documents:
        size *= 2
    return size


def _halves(documents: Sequence[Listed], largest: int, bits: int) -> Iterator[Sequence[Listed]]:
    """The same for documents that differ in the last `bits` only."""
    if len(documents) > largest and bits:
        middle = bisect_left(documents, 1, key=lambda document: int(document.key[: BITS // 4], 16) >> (bits - 1) & 1)
        yield from _halves(documents[:middle], largest, bits - 1)
        yield from _halves(documents[middle:], largest, bits - 1)
    elif documents:
        yield documents


def fingerprint(documents: Sequence[Listed], decided: str = "") -> str:
    """sha256 of what a release is made from: every name, every byte, the code with its rules and schemas, and what was
    `decided` of single documents (`Decisions.fingerprint`)."""
    found = hashlib.sha256()
    for document in documents:
        found.update(os.fsencode(document.fingerprint))
    found.update(os.fsencode(code_version() + decided))
    return found.hexdigest()


def _in_order(raw: Path) -> Iterator[str]:
    """The same files in the order of their names: as they are found, where no link leads to a folder."""
    if _leads_elsewhere(raw):
        yield from sorted(_names(raw))
        return
    waiting: list[Iterator[str]] = [iter([""])]
    seen = set[tuple[int, int]]()
    while waiting:
        if (inside := next(waiting[-1], None)) is None:
            waiting.pop()
        elif inside and not inside.endswith("/"):
            yield inside
        else:
            identity, entries = _folder(raw / inside)
            if identity not in seen:
                seen.add(identity)
                waiting.append(iter(sorted(_named(inside, entries))))


def _leads_elsewhere(raw: Path) -> bool:
    """Whether a link to a folder stands below the folder."""
    waiting, seen = [""], set[tuple[int, int]]()
    while waiting:
        inside = waiting.pop()
        identity, entries = _folder(raw / inside)
        if identity not in seen:
            seen.add(identity)
            if any(entry.is_symlink() and _is_folder(entry) for entry in entries):
                return True
            waiting += (name for name in _named(inside, entries) if name.endswith("/"))
    return False


def _named(inside: str, entries: Iterable[os.DirEntry[str]]) -> Iterator[str]:
    """The files and folders of a folder that may be documents or hold some; a folder ends in "/", which is where what
    it holds stands among the files beside it."""
    for entry in entries:
        name = f"{inside}{entry.name}"
        if not entry.name.startswith(".") and name not in NOT_DOCUMENTS:
            yield f"{name}/" if entry.is_dir(follow_symlinks=False) else name


def _names(raw: Path) -> Iterator[str]:
    """Every file below the folder that is not hidden. Links to folders are followed, once each; one that may not be
    followed is named itself, as a file that cannot be read."""
    seen: set[tuple[int, int]] = set()
    waiting, linked = [""], list[str]()
    while waiting or linked:  # a folder goes by its own name before it goes by that of a link
        inside = waiting.pop() if waiting else linked.pop(0)
        identity, entries = _folder(raw / inside)
        if identity in seen:
            continue
        seen.add(identity)
        for entry in entries:
            name = f"{inside}{entry.name}"
            if entry.name.startswith(".") or name in NOT_DOCUMENTS:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
            elif entry.is_symlink() and _is_folder(entry) and _may_follow(raw, name):
                linked.append(f"{name}/")
            else:
                yield name


def _folder(folder: Path) -> tuple[tuple[int, int], list[os.DirEntry[str]]]:
    """What tells a folder from any other, whatever it is called; and what is in it."""
    try:
        state = os.stat(folder)
        with os.scandir(folder) as entries:
            return (state.st_dev, state.st_ino), sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        problem = f"the folder cannot be read ({error.strerror})."
        remedy = "Give this user permission to read it."
        raise InputError("raw_unreadable", problem, remedy, folder) from error


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # it leads in a circle
        return False


def _may_follow(raw: Path, name: str) -> bool:
    try:
        place_of(raw, name)
    except OSError:
        return False
    return True
