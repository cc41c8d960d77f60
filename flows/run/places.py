"""Where a run reads and where its releases go: folders of this machine, or s3:// URLs with a folder kept at hand."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from flows.errors import ShegongError
from flows.publish.channel import publish
from flows.publish.s3 import S3Store, check_url
from flows.publish.stage import latest, order_of
from flows.publish.store import StoreError
from flows.publish.sums import NAME
from flows.run.store import RawStore, folder_of, is_url
from flows.schema import TABLES

Place = Path | str
"""A folder, or the URL of one in a store."""

COMPARED = (*(f"data/{table}.parquet" for table in TABLES), "datapackage.json", "CHANGES.json", "build.json", NAME)
"""What a run needs of the release before."""


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
    first; one that another machine was faster than is dropped, since nobody has seen it.
    """
    if not is_url(releases):
        return
    folder, store = releases_folder(releases), S3Store(str(releases))
    newest, here = _newest(store), latest(folder)
    if here and (newest is None or order_of(here.name) > order_of(newest)):
        try:
            send(here, releases)
            return
        except StoreError as error:
            if error.code != "version_exists":
                raise
            shutil.rmtree(here)
            newest = _newest(store)
    if newest and not (folder / newest).is_dir():
        hidden = folder / f".staging-{newest}"
        shutil.rmtree(hidden, ignore_errors=True)
        for name in COMPARED:
            (hidden / name).parent.mkdir(parents=True, exist_ok=True)
            store.fetch(f"{newest}/{name}", hidden / name)
        hidden.rename(folder / newest)


def send(release: Path, releases: Place) -> Place:
    """Where a finished release stands for its readers. Into a store it is copied whole, read back and compared, and
    latest.json moves last.

    Raises:
        StoreError: the store refuses or is away, or another machine published meanwhile; run again.
    """
    if not is_url(releases):
        return release
    url = str(releases)
    store = S3Store(url)
    if _newest(store) != release.name:
        publish(release, url, "nightly", "full")
        _point(store, release.name)
    return f"{url}/{release.name}"


def _newest(store: S3Store) -> str | None:
    stored = store.read("latest.json")
    return str(json.loads(stored.content)["version"]) if stored else None


def _point(store: S3Store, version: str) -> None:
    content = (json.dumps({"version": version}) + "\n").encode()
    while True:
        there = store.read("latest.json")
        if there and order_of(str(json.loads(there.content)["version"])) >= order_of(version):
            return
        if store.swap("latest.json", content, there.mark if there else None):
            return
