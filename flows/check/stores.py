"""A store, in a bucket or a directory: every release against its sums and its claim, every pointer against what it
names. Nothing in a store is changed: publishing again replaces what is damaged."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.check.faults import Checked, Fault, for_a_person
from flows.errors import ReleaseError
from flows.folder.stage import POINTER, order_of
from flows.folder.sums import NAME as SUMS
from flows.folder.sums import read_sums
from flows.publish.channel import CHANNELS
from flows.run.places import given_elsewhere
from flows.stores.opening import open_store
from flows.stores.store import Store

AGAIN = "Publish it again: what is damaged is replaced."


def check_store(url: str) -> Checked:
    """All releases of a store, read back whole, and what names them.

    Raises:
        StoreError: the store does not answer or refuses.
    """
    checked, store = Checked(), open_store(url)
    claimed = given_elsewhere(url) if url.startswith("s3://") else _claims(Path(url))
    standing = set()
    for version in claimed:
        claim = _json(store, f"versions/{version}.json")
        if store.read(f"{version}/{SUMS}") is None:
            continue  # deleted, or never finished: its version is taken all the same
        standing.add(version)
        checked.look("releases", next(_release(store, version, claim), None))
    for name in (POINTER, *(f"channels/{channel}.json" for channel in CHANNELS)):
        if store.read(name) is not None:
            checked.look("pointers", _pointer(store, name, standing))
    return checked


def _claims(folder: Path) -> list[str]:
    return sorted((path.stem for path in (folder / "versions").glob("v*.json")), key=order_of)


def _release(store: Store, version: str, claim: Any) -> Iterator[Fault]:
    """What is wrong with a release; nothing if it is whole."""
    place = f"{store.url}/{version}"
    if not isinstance(claim, dict) or claim.get("sha256sums") != store.digest(f"{version}/{SUMS}"):
        yield for_a_person(f"{place}/{SUMS}", "it is not the release that the version was claimed for", AGAIN)
        return
    with tempfile.TemporaryDirectory(prefix="shegong-") as scratch:
        store.fetch(f"{version}/{SUMS}", Path(scratch) / SUMS)
        try:
            sums = read_sums(Path(scratch))
        except ReleaseError as error:
            yield for_a_person(f"{place}/{SUMS}", error.problem, AGAIN)
            return
    for name, digest in sums.items():
        found = store.digest(f"{version}/{name}")
        if found != digest:
            yield for_a_person(
                f"{place}/{name}", "it is missing" if found is None else "it is not what was sent", AGAIN
            )


def _pointer(store: Store, name: str, standing: set[str]) -> Fault | None:
    found = _json(store, name)
    version = found.get("version") if isinstance(found, dict) else None
    if version in standing:
        return None
    problem = f"it names {version}, which is not there" if version else "it names no version"
    return for_a_person(f"{store.url}/{name}", problem, "Publish a newer release.")


def _json(store: Store, name: str) -> Any:
    stored = store.read(name)
    try:
        return None if stored is None else json.loads(stored.content)
    except ValueError:
        return None
