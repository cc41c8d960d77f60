"""The raw folder as a list of documents, and the list cut into shards."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from flows.errors import InputError
from flows.raw.containers import list_containers
from flows.raw.keys import read_unfit
from flows.raw.marks import hash_files
from flows.read.archives import Found, Place, kind_of
from flows.read.raw_files import NOT_DOCUMENTS, place_of
from flows.state import code_version

SHARDS = 16
"""A small corpus is cut into about this many shards, so that several workers have something to do."""

LARGEST_SHARD = 512
"""Documents in a shard of a large corpus, at most: 3 to 15 seconds of work."""

BITS = 64
"""Of a document id that are looked at when documents are cut into shards: all."""


class Listed(NamedTuple):
    """A raw file, or a record of one that is an archive or a dump. `sha256` is None for what cannot be read (a pipe, a
    dangling link, no permission, a damaged record)."""

    name: str
    """Its path in the raw folder, with "/" between folders; bytes that are not UTF-8 as lone surrogates. Of a record,
    the path of the file, "!", and its name in it."""
    sha256: str | None
    copy_of: str | None = None
    """The first document, by name, of the same bytes."""
    place: Place | None = None
    """Of a record: where it stands."""
    about: str = ""
    """Of a record: a hash of all that is known of it beside its bytes, such as its address and date."""
    reason: str | None = None
    """Of a record that could not be read, a container that is broken, a key that cannot be a file: why."""
    record_offset: int | None = None

    @property
    def key(self) -> str:
        """What its document id is made of: the hash of its bytes, or of its name where they cannot be read."""
        return self.sha256 or hashlib.sha256(os.fsencode(self.name)).hexdigest()

    @property
    def fingerprint(self) -> str:
        """A line of all that can show in its rows."""
        plain = self.place is None and self.reason is None
        record = () if plain else (self.about, str(self.record_offset), self.reason or "")
        return " ".join((self.key, self.name, *record)) + "\n"


def list_documents(raw: Path) -> list[Listed]:
    """All documents of the raw folder in the order of their document ids, copies behind their original.

    Raises:
        InputError: no such folder, or no document in it.
    """
    look(raw)
    names = sorted(_names(raw))
    hashes = dict(zip(names, hash_files(raw, names), strict=True))
    containers = {name: hashes.pop(name) for name in names if kind_of(name) is not None and (raw / name).is_file()}
    records = list_containers(raw, containers)
    loose = set(names)
    unfit = [Listed(name, None, reason=reason) for name, reason in read_unfit(raw).items()]
    listed = [*map(Listed, hashes, hashes.values()), *(_record(record, loose) for record in records), *unfit]
    if not listed:
        raise InputError("raw_empty", "its archives hold no document.", "Put raw pages there.", raw)
    first: dict[str, str] = {}
    for document in sorted(listed, key=lambda document: document.name):
        first.setdefault(document.key, document.name)
    listed = [_told(document, first[document.key]) for document in listed]
    return sorted(listed, key=lambda document: (document.key, document.copy_of is not None, document.name))


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


def _record(found: Found, loose: set[str]) -> Listed:
    """A record as a document, under a name that no file has."""
    name = found.name
    while name in loose and name != found.place.file:
        name += "#"
    return Listed(name, found.sha256, None, found.place, found.about, found.reason, found.record_offset)


def _told(document: Listed, original: str) -> Listed:
    return document if document.name == original else document._replace(copy_of=original)


def cut(documents: Sequence[Listed], largest: int) -> list[list[Listed]]:
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


def _halves(documents: Sequence[Listed], largest: int, bits: int) -> Iterator[list[Listed]]:
    """The same for documents that differ in the last `bits` only."""
    if len(documents) > largest and bits:
        middle = bisect_left(documents, 1, key=lambda document: int(document.key[: BITS // 4], 16) >> (bits - 1) & 1)
        yield from _halves(documents[:middle], largest, bits - 1)
        yield from _halves(documents[middle:], largest, bits - 1)
    elif documents:
        yield list(documents)


def fingerprint(documents: Sequence[Listed], decided: str = "") -> str:
    """sha256 of what a release is made from: every name, every byte, the code with its rules and schemas, and what was
    `decided` of single documents (`Decisions.fingerprint`)."""
    found = hashlib.sha256()
    for document in documents:
        found.update(os.fsencode(document.fingerprint))
    found.update(os.fsencode(code_version() + decided))
    return found.hexdigest()


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
