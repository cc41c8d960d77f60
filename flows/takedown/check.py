"""All places searched for what was taken down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from flows.decisions import FILES, Decisions, read_decisions
from flows.decisions.takedowns import read_takedowns
from flows.decisions.tombstones import KNOWN_BY, Known, take_down
from flows.errors import InputError
from flows.raw.listed import Listed
from flows.raw.listing import list_documents
from flows.raw.store import folder_of, is_url
from flows.run.places import releases_folder
from flows.stores.s3 import S3Store
from flows.takedown.marks import bearings, own_marks, pages_of
from flows.takedown.places import Copy, copies, files, rows_of
from flows.takedown.search import Found, Search

HOLDING = ("release", "stored", "failed", "quarantine", "state", "staging")
"""Kinds of copies that hold tables."""

Tell = Callable[[str, int, int], None]


def silent(_what: str, _done: int, _total: int) -> None:
    """Tells nobody."""


class Survivor(NamedTuple):
    """A file in which something of a document is left."""

    copy: Copy
    file: str
    found: tuple[Found, ...]


class Wanted(NamedTuple):
    """What is looked for."""

    documents: int
    """That were taken down."""
    search: Search
    notes: tuple[str, ...]
    """What is to be said of it."""


class Checked(NamedTuple):
    """What came of a search."""

    wanted: Wanted
    files: int
    survivors: tuple[Survivor, ...]


def what_to_look_for(raw: Path | str, releases: Path | str, named: Sequence[Path | str] = ()) -> Wanted:
    """All that tells of the documents that were taken down, as long as anything still holds them.

    Args:
        raw: the raw folder, whose tombstones say what was taken down.
        releases: the folder or store of releases.
        named: further releases, stores or copies.

    Raises:
        DecisionError: tombstones.yaml cannot be used.
        InputError: there is no raw folder, or a place is not there.
        StoreError: a store does not answer.
    """
    folder, listed = _raw(raw)
    places = [copy for copy in copies(releases, named) if copy.kind in HOLDING][::-1]
    places.sort(key=lambda copy: not copy.immutable)  # whole releases first, the newest of all
    decisions = _taken(folder, listed, releases, places)
    newest = next((copy for copy in places if copy.immutable), None)
    signs = own_marks(bearings(decisions, places, folder, listed), newest, pages_of(folder, listed))
    notes = (*signs.notes, *_in_raw(listed, decisions))
    return Wanted(len(decisions.withheld), Search(signs.marks), notes)


def check(wanted: Wanted, releases: Path | str, named: Sequence[Path | str] = (), tell: Tell = silent) -> Checked:
    """Looks through every file of the state folder, the releases and the places that are named.

    Args:
        wanted: what to look for.
        releases, named: as above.
        tell: is given the number of copies that were looked through, of how many.

    Raises:
        InputError, StoreError: see `what_to_look_for`.
    """
    survivors, count = list[Survivor](), 0
    places = list(copies(releases, named))
    for number, copy in enumerate(places, 1):
        for name, path in files(copy):
            count += 1
            if hits := wanted.search.file(name, path):
                survivors.append(Survivor(copy, name, tuple(hits)))
        tell("places searched", number, len(places))
    return Checked(wanted, count, tuple(survivors))


def _raw(raw: Path | str) -> tuple[Path, Sequence[Listed]]:
    """The raw folder and its documents; of one in a store what is at hand, as nothing is to be fetched for a search."""
    if not is_url(raw):
        return Path(raw), list_documents(Path(raw))
    folder, store = folder_of("raw", str(raw)) / "documents", S3Store(str(raw))
    folder.mkdir(parents=True, exist_ok=True)
    for name in (f"{name}.yaml" for name in FILES):
        if stored := store.read(name):
            (folder / name).write_bytes(stored.content)
    try:
        return folder, list_documents(folder)
    except InputError:  # nothing is
        return folder, []


def _taken(raw: Path, listed: Sequence[Listed], releases: Path | str, places: Sequence[Copy]) -> Decisions:
    """The decisions, with every document that a tombstone names, by all that is known here and there."""
    decisions = read_decisions(raw)
    known = [Known(one.key[:16], one.name) for one in listed]
    folder = releases_folder(releases)
    earlier = list(read_takedowns(folder))
    for copy in places:
        for rows in rows_of(copy, "documents", KNOWN_BY):
            if rows.num_columns == len(KNOWN_BY):
                known += map(Known, *(rows[name].to_pylist() for name in KNOWN_BY))
        if not copy.store:
            earlier += read_takedowns(Path(copy.place))
    return take_down(decisions, known, earlier)


def _in_raw(listed: Sequence[Listed], decisions: Decisions) -> Iterator[str]:
    """What is to be said of pages that the raw folder still holds: it is its owner's."""
    for one in listed:
        if one.key[:16] in decisions.withheld:
            yield f"{one.key[:16]}: the raw folder holds it still, as {one.name}; remove it there if it must go"
