"""Where a run reads and where its releases go: folders of this machine, or s3:// URLs with a folder kept at hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from flows.decisions.takedowns import NAME as TAKEDOWNS
from flows.errors import ShegongError
from flows.folder.stage import POINTER, VERSION, latest, order_of, point, versions, withdraw
from flows.folder.sums import NAME, read_sums
from flows.folder.tables import declared_files
from flows.publish.channel import publish
from flows.raw.store import RawStore, folder_of, is_url
from flows.run.ground import check_writable
from flows.stores.s3 import S3Store, check_url
from flows.stores.store import MovedError, StoreError

Place = Path | str
"""A folder, or the URL of one in a store."""

COMPARED = ("datapackage.json", "CHANGES.json", "build.json", NAME)
"""What a run needs of the release before, beside its tables."""

TAKEN = "version_exists"
"""The code of an error: the version is another release's."""


def place(text: str) -> Place:
    """What the command line says as a place.

    Raises:
        ShegongError: a URL of a kind that is not known, or with a key in it.
    """
    if "://" in text and not is_url(text):
        kind = text.partition("://")[0]
        raise ShegongError("place", f"there is no way to read or write {kind}://.", "Give a folder or an s3:// URL.")
    if not is_url(text):
        return Path(text).absolute()
    check_url(text)
    return text.rstrip("/")


def raw_folder(raw: Place) -> Path:
    """The raw documents as a folder of this machine; those of a store are fetched as far as they are new."""
    return RawStore(str(raw)).mirror() if is_url(raw) else Path(raw)


def releases_folder(releases: Place) -> Path:
    """The folder in which releases are built; for a store it holds what a run needs of its newest one."""
    return folder_of("releases", str(releases)) if is_url(releases) else Path(releases)


def fetch_latest(releases: Place) -> None:
    """Makes the folder at hand know what stands in the store. Call it under the folder's lock.

    A release that was built here and did not get into the store, because the run was killed on the way, is sent
    first; one that another machine was faster than is dropped, since nobody has seen it. So is the copy of one that
    was deleted in the store.
    """
    if not is_url(releases):
        return
    folder, store = releases_folder(releases), S3Store(str(releases))
    named, standing, here = _named(store), _standing(releases, store), latest(folder)
    if here and all(order_of(here.name) > order_of(there) for there in (named, standing) if there):
        try:
            send(here, releases)
            return
        except MovedError as error:
            if error.code != TAKEN:
                raise
            withdraw(here)
            named, standing = _named(store), _standing(releases, store)
    for version in versions(folder):
        gone = standing is None or order_of(version) > order_of(standing)
        if gone or (version == standing and not _is_there(store, folder / version)):
            withdraw(folder / version)
    if standing and not (folder / standing).is_dir():
        hidden = folder / f".staging-{standing}"
        shutil.rmtree(hidden, ignore_errors=True)
        for name in COMPARED:
            (hidden / name).parent.mkdir(parents=True, exist_ok=True)
            store.fetch(f"{standing}/{name}", hidden / name)
        for name in declared_files(hidden):
            (hidden / name).parent.mkdir(parents=True, exist_ok=True)
            store.fetch(f"{standing}/{name}", hidden / name)
        if listed := store.read(f"{standing}/{TAKEDOWNS}"):  # a release made before there were lists has none
            (hidden / TAKEDOWNS).write_bytes(listed.content)
        hidden.rename(folder / standing)
    if named:
        point(folder, named)


def check_target(releases: Place) -> None:
    """Finds out whether a release can be put there before there is one. A store is asked for a write on a condition
    that cannot hold, which it refuses as such, or for want of permission.

    Raises:
        TargetError, StoreError: no.
    """
    check_writable(releases_folder(releases))
    if is_url(releases):
        S3Store(str(releases)).swap("versions/writable.json", b"{}\n", '"0"')


def given_elsewhere(releases: Place) -> list[str]:
    """Versions that were given in the store, by whatever machine, oldest first: each was claimed there before its first
    file (flows/stores/directory.py). Of a folder none: it knows its own."""
    if not is_url(releases):
        return []
    names = (name.removesuffix(".json") for name, _ in S3Store(f"{releases}/versions").listing())
    return sorted((name for name in names if VERSION.fullmatch(name)), key=order_of)


def send(release: Path, releases: Place) -> Place:
    """Where a finished release stands for its readers. Into a store it is copied whole, read back and compared, and
    latest.json moves last.

    Raises:
        StoreError: the store refuses or is away.
        MovedError: another machine published meanwhile; run again.
    """
    if not is_url(releases):
        return release
    url = str(releases)
    store = S3Store(url)
    if _named(store) != release.name or not _is_there(store, release):
        if all((release / name).is_file() for name in read_sums(release)):  # else it was fetched, to be compared with
            _publish(release, url)
        _point(store, release.name)
    return f"{url}/{release.name}"


def _publish(release: Path, url: str) -> None:
    try:
        publish(release, url, "nightly", "full")
    except StoreError as error:
        if error.code != TAKEN:
            raise
        problem = "another machine gave this version to another release meanwhile."
        remedy = "Run again: it takes the next version, and finished shards are kept."
        raise MovedError(TAKEN, problem, remedy, f"{url}/{release.name}") from error


def _named(store: S3Store) -> str | None:
    """The version that latest.json of the store names."""
    stored = store.read(POINTER)
    return str(json.loads(stored.content)["version"]) if stored else None


def _is_there(store: S3Store, release: Path) -> bool:
    """Whether the store holds this very release: its sums come last."""
    stored = store.read(f"{release.name}/{NAME}")
    return stored is not None and stored.content == (release / NAME).read_bytes()


def _standing(releases: Place, store: S3Store) -> str | None:
    """The newest release that is in the store, whole."""
    newest_first = reversed(given_elsewhere(releases))
    return next((version for version in newest_first if store.read(f"{version}/{NAME}") is not None), None)


def _point(store: S3Store, version: str) -> None:
    content = (json.dumps({"version": version}) + "\n").encode()
    while True:
        there = store.read(POINTER)
        if there and order_of(str(json.loads(there.content)["version"])) >= order_of(version):
            return
        if store.swap(POINTER, content, there.mark if there else None):
            return
