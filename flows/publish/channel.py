"""`shegong publish`: copies a release to a store, checks it there, and moves the pointer of a channel, last."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NamedTuple

from flows.compare.changes import changes_between, changes_since
from flows.compare.making import NAME as MADE_WITH
from flows.compare.markdown import as_markdown
from flows.compare.told import as_json
from flows.decisions.takedowns import NAME as TAKEDOWNS
from flows.decisions.takedowns import read_takedowns
from flows.errors import ReleaseError
from flows.folder.stage import latest, order_of
from flows.folder.sums import NAME, NOT_SUMMED, read_sums
from flows.folder.tables import corpus_of_release, declared_files, read_table
from flows.publish.index import write_index
from flows.publish.inspect import Inspected, inspect
from flows.publish.signing import is_signed, sign_release
from flows.publish.tiers import write_open_tier
from flows.stores.opening import open_store
from flows.stores.store import MovedError, Store, Stored, StoreError

Channel = Literal["nightly", "stable"]
Tier = Literal["open", "full"]
CHANNELS: tuple[Channel, ...] = ("nightly", "stable")
TIERS: tuple[Tier, ...] = ("open", "full")


class Published(NamedTuple):
    """What came of it. `moved` is False when the channel pointed there already."""

    version: str
    pointer: str
    copied: int
    moved: bool


def publish(
    release: Path,
    url: str,
    channel: Channel = "nightly",
    tier: Tier = "open",
    back: bool = False,
    tell: Callable[[str, int, int], None] = lambda sentence, done, total: None,
) -> Published:
    """Makes a release readable under a channel of a store, or changes nothing that a reader sees.

    The order is what makes it safe: claim the version, copy, read back and compare with SHA256SUMS, then move the
    pointer, if it still says what it said at the start. A run that was killed is simply repeated.

    Args:
        release: folder of a release; it may be of the open tier already.
        url: a directory or s3://bucket/prefix.
        channel: whose pointer, channels/<channel>.json, is moved. For stable, what changed since the stable release
            before is written beside it first.
        tier: open withholds texts whose rights are reserved (see flows.publish.tiers).
        back: allow a version older than the one the channel points to.
        tell: is given the number of files that are there, of how many, as they come.

    Raises:
        ReleaseError: the release is damaged or was not validated.
        StoreError: the store refuses, is full or away, or holds something else under that version.
        MovedError: another publisher moved the pointer meanwhile.
    """
    store = open_store(url)
    name = f"channels/{channel}.json"
    before = store.read(name)
    with tempfile.TemporaryDirectory(prefix="shegong-") as scratch:
        source = inspect(release)
        _refuse_taken_down(release)
        if tier == "open" and source.tier != "open":
            source = inspect(write_open_tier(release, Path(scratch) / source.version))
        elif tier == "full" and source.tier != "full":
            remedy = "Publish the full release, or rebuild it first with shegong rebuild."
            raise ReleaseError("tier", "texts are withheld in it.", remedy, release)
        old = _read_pointer(store, name, before)
        _refuse_strange(store, name, old, source, back)
        _claim(store, source)
        beside = _beside(source.path, Path(scratch))
        copied = _copy(store, source, beside, tell)
        if old and old["version"] == source.version:
            write_index(store, CHANNELS, source)  # a run that was killed may not have come to it
            return Published(source.version, name, copied, False)
        pointer = {"version": source.version, "tier": source.tier, "path": source.version, "sha256sums": source.digest}
        if old:
            pointer["previous"] = old["version"]
        if channel == "stable":
            pointer["changes"] = _write_changes(store, source, old, Path(scratch))
        _move(store, name, _json(pointer), before)
        write_index(store, CHANNELS, source)
    return Published(source.version, name, copied, True)


def _read_pointer(store: Store, name: str, stored: Stored | None) -> dict[str, Any] | None:
    if stored is None:
        return None
    try:
        found = json.loads(stored.content)
        return {"version": str(found["version"]), "tier": str(found["tier"]), "digest": str(found["sha256sums"])}
    except (ValueError, KeyError, TypeError) as error:
        remedy = "Look at it; remove it to point the channel anew."
        raise StoreError("pointer", "this is no pointer of a channel.", remedy, f"{store.url}/{name}") from error


def _refuse_taken_down(release: Path) -> None:
    """Stops a release that holds what a newer one beside it says was taken down since."""
    newest = latest(release.absolute().parent)
    gone = {row.document_id for row in read_takedowns(newest)} if newest else set()
    held = (
        gone.intersection(read_table(release, "documents", ["document_id"])["document_id"].to_pylist()) if gone else ()
    )
    if newest and held:
        problem = f"{len(held)} documents in it were taken down since."
        raise ReleaseError("taken_down", problem, f"Publish {newest.name} or a newer one.", release)


def _refuse_strange(store: Store, name: str, old: dict[str, Any] | None, source: Inspected, back: bool) -> None:
    if old is None:
        return
    place = f"{store.url}/{name}"
    if old["tier"] != source.tier:
        problem = f"the channel holds the {old['tier']} tier, and this is the {source.tier} tier."
        raise StoreError("tier", problem, "Keep each tier in a store of its own.", place)
    if order_of(source.version) < order_of(old["version"]) and not back:
        problem = f"the channel is at {old['version']}, which is newer than {source.version}."
        raise StoreError("older", problem, "Publish with --back to go back.", place)


def _claim(store: Store, source: Inspected) -> None:
    """Makes the version stand for this content and no other, for ever; of two publishers with different ones, one
    may go on. On the way finds out whether the store honours conditions at all."""
    name = f"versions/{source.version}.json"
    claim = _json({"version": source.version, "tier": source.tier, "sha256sums": source.digest})
    mine = store.swap(name, claim, None)
    there = store.read(name)
    place = f"{store.url}/{name}"
    if there is None or (mine and there.content != claim):
        raise StoreError("store", "the store does not keep what it is given.", "Use another store.", place)
    if there.content != claim:
        problem = f"{source.version} is there already, and is another content or tier."
        remedy = "Releases are immutable: publish the next version, or use another store for another tier."
        raise StoreError("version_exists", problem, remedy, place)
    probe = claim.replace(b"\n", b" \n")
    if store.swap(name, probe, None) or store.swap(name, probe, '"0"'):
        store.swap(name, claim, (store.read(name) or there).mark)
        remedy = "Use one that honours If-Match and If-None-Match: in this one two publishers could both win."
        raise StoreError("unconditional", "the store ignores conditions of a write.", remedy, place)


def _beside(release: Path, scratch: Path) -> list[Path]:
    """What stands beside the files that SHA256SUMS covers: build.json, and the signatures that the release has, or gets
    now if there is a key."""
    there = [release / name for name in NOT_SUMMED - {NAME} if (release / name).is_file()]
    return there if is_signed(release) else [*there, *sign_release(release, scratch)]


def _copy(store: Store, source: Inspected, beside: list[Path], tell: Callable[[str, int, int], None]) -> int:
    """Uploads what is not there yet and reads it back, file by file; SHA256SUMS comes last. What stands `beside` goes
    first, and is no part of the count. Gives how many were uploaded."""
    sums = {**read_sums(source.path), NAME: source.digest}
    with store.incoming(source.version, source.digest) as folder:
        missing = [name for name, digest in sums.items() if store.digest(f"{folder}/{name}") != digest]
        for path in beside:
            if missing or store.digest(f"{folder}/{path.name}") is None:
                store.upload(f"{folder}/{path.name}", path)
        for number, name in enumerate(missing, 1):
            store.upload(f"{folder}/{name}", source.path / name)
            if store.digest(f"{folder}/{name}") != sums[name]:
                problem = "what the store holds is not what it was given."
                raise StoreError("damaged", problem, "Publish again.", f"{store.url}/{folder}/{name}")
            tell("files copied and read back", number, len(missing))
    return len(missing)


def _write_changes(store: Store, source: Inspected, old: dict[str, Any] | None, scratch: Path) -> str:
    """The difference to the release that the channel points to, beside the pointer; gives its name."""
    since = old["version"] if old else None
    before = scratch / "before"
    if since:
        before.mkdir(parents=True)
        store.fetch(f"{since}/datapackage.json", before / "datapackage.json")
        for name in declared_files(before):
            (before / name).parent.mkdir(parents=True, exist_ok=True)
            store.fetch(f"{since}/{name}", before / name)
        for name in (TAKEDOWNS, MADE_WITH):
            if listed := store.read(f"{since}/{name}"):  # a release made before there were such files has none
                (before / name).write_bytes(listed.content)
        found = changes_between(before, source.path)._replace(since=since)
    else:
        found = changes_since(None, corpus_of_release(source.path))
    name = f"channels/stable/{since or 'first'}..{source.version}"
    written = {
        ".json": _json(as_json(found, source.version)),
        ".md": as_markdown(found, source.version).encode(),
    }
    for ending, content in written.items():
        there = store.read(name + ending)
        if (there is None or there.content != content) and not store.swap(
            name + ending, content, there.mark if there else None
        ):
            raise _moved(store, name + ending)
    return f"{name}.json"


def _move(store: Store, name: str, content: bytes, before: Stored | None) -> None:
    if store.swap(name, content, before.mark if before else None):
        return
    there = store.read(name)
    if there is None or there.content != content:
        raise _moved(store, name)


def _moved(store: Store, name: str) -> MovedError:
    problem = "another publisher was faster: it does not say any more what it said at the start."
    remedy = "Look at what it says now; publish again if this release should still follow."
    return MovedError("moved", problem, remedy, f"{store.url}/{name}")


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
