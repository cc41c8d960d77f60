"""Which kind of store a place is."""

from __future__ import annotations

from pathlib import Path

from flows.stores.directory import DirectoryStore
from flows.stores.store import Store, StoreError


def open_store(url: str) -> Store:
    """The store of an s3:// URL or a directory, which is made if need be.

    Raises:
        StoreError: no such kind of store, or it cannot be used.
    """
    scheme, separator, _ = url.partition("://")
    if not separator:
        return DirectoryStore(Path(url))
    if scheme == "s3":
        from flows.stores.s3 import S3Store

        return S3Store(url)
    raise StoreError("store", f"there is no way to publish to {scheme}://.", "Give a directory or an s3:// URL.")
