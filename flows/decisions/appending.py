"""Adds entries to the files of decisions, in a folder or in a store: whole or not at all, and beside what is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from flows.decisions import DecisionError, read_entries
from flows.errors import InputError
from flows.raw.store import is_url
from flows.stores.directory import DirectoryStore
from flows.stores.opening import open_store
from flows.stores.store import Store

TRIES = 5
"""Times that somebody else may write to the file in the same moment."""


def append_entries(
    raw: Path | str,
    name: str,
    entries: Sequence[Mapping[str, object]],
    may: Callable[[Sequence[Any]], None] | None = None,
) -> str:
    """Adds entries at the end of raw/<name>.yaml, whose comments and other entries stay; gives its place.

    Args:
        raw: the raw folder, or the s3:// URL of one.
        name: corrections, tombstones or exceptions.
        entries: for each the names and values.
        may: is given the entries that are there, and raises if these may not be added.

    Raises:
        DecisionError: the file cannot be used, or ends in a way that nothing can be added to.
        StoreError: it cannot be written.
    """
    place = f"{raw}/{name}.yaml"
    store, file = _store_of(raw, f"{name}.yaml")
    for _ in range(TRIES):
        stored = store.read(file)
        before = stored.content if stored else b""
        there = read_entries(Path(place), before)
        if may is not None:
            may(there)
        after = with_entries(place, before, entries)
        if store.swap(file, after, stored.mark if stored else None):
            return place
    raise DecisionError("decision", "others keep writing to it.", "Try again.", place)


def with_entries(place: str, before: bytes, entries: Sequence[Mapping[str, object]]) -> bytes:
    """What a file of decisions holds with entries added at its end.

    Raises:
        DecisionError: see `append_entries`.
    """
    text = yaml.safe_dump([dict(entry) for entry in entries], allow_unicode=True, sort_keys=False, width=10_000)
    after = before + (b"\n" if before and not before.endswith(b"\n") else b"") + text.encode()
    _check(place, after, len(read_entries(Path(place), before)) + len(entries))
    return after


def _store_of(raw: Path | str, file: str) -> tuple[Store, str]:
    """The store that holds a file of a raw folder, and its name in it; a file that is a link stays one."""
    if is_url(raw):
        return open_store(str(raw)), file
    if not Path(raw).is_dir():
        raise InputError("raw_missing", "there is no such folder.", "Name the folder of raw documents with --raw.", raw)
    path = Path(os.path.realpath(Path(raw) / file))
    return DirectoryStore(path.parent), path.name


def _check(place: str, content: bytes, count: int) -> None:
    """That the file would hold so many entries.

    Raises:
        DecisionError: it would not.
    """
    try:
        if len(read_entries(Path(place), content)) == count:
            return
    except DecisionError:
        pass
    problem = "nothing can be added at its end, which is not that of a list with a hyphen before each entry."
    raise DecisionError("decision", problem, "Write it so, or add the entry by hand.", place)
