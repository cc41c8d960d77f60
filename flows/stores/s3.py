"""A store in an S3 bucket, by obstore: conditional writes, multipart uploads and retries are the library's.

Endpoint, region and credentials come from the environment, as for every S3 tool: AWS_ACCESS_KEY_ID,
AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION, AWS_ENDPOINT_URL, or the machine's own role. No key of them comes
into an error: what the library says of a request quotes the endpoint, so that has no keys when the library gets it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.proxies import reach_this_machine_directly
from flows.stores.store import Stored, StoreError

RETRIES = {"max_retries": 5, "retry_timeout": dt.timedelta(seconds=60)}
"""A store that is away for longer than a minute is said to be away."""

ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
"""What the library reads the endpoint from."""

TIMEOUT = dt.timedelta(seconds=120)
"""For one request; a part of an upload has 5 MiB."""


class S3Store:
    """s3://bucket/prefix. An object appears whole or not at all; If-Match and If-None-Match decide races."""

    def __init__(self, url: str) -> None:
        try:
            from obstore.store import S3Store as Bucket
        except ImportError as error:
            remedy = "Install it: pip install 'shegong[s3]'."
            raise StoreError("s3_missing", "publishing to S3 needs the package obstore.", remedy, url) from error
        check_url(url)
        self.url = url.rstrip("/")
        reach_this_machine_directly()
        options: dict[str, Any] = {"timeout": TIMEOUT}
        if any(endpoint.startswith("http://") for endpoint in _endpoints()):
            options["allow_http"] = True
        with self._spoken(""):
            self._bucket = Bucket.from_url(self.url, client_options=options, retry_config=RETRIES)  # type: ignore[arg-type]

    def read(self, name: str) -> Stored | None:
        """See Store."""
        with self._spoken(name):
            try:
                found = self._bucket.get(name)
            except FileNotFoundError:
                return None
            return Stored(bytes(found.bytes()), str(found.meta["e_tag"]))

    def swap(self, name: str, content: bytes, mark: str | None) -> bool:
        """See Store."""
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        with self._spoken(name):
            try:
                self._bucket.put(name, content, mode="create" if mark is None else {"e_tag": mark})
            except (AlreadyExistsError, PreconditionError, FileNotFoundError):
                # FileNotFoundError: the object to be replaced is gone. A write that was answered too late to be
                # heard, and so was tried twice, is refused the second time: what stands there then is ours.
                there = self.read(name)
                if there is None and mark is None:
                    raise
                return there is not None and there.content == content
            return True

    @contextmanager
    def incoming(self, version: str, digest: str) -> Iterator[str]:
        """See Store. Readers come by the pointer of a channel, so the final place will do."""
        yield version

    def upload(self, name: str, path: Path) -> None:
        """See Store."""
        with self._spoken(name):
            self._bucket.put(name, path, mode="overwrite")

    def digest(self, name: str) -> str | None:
        """See Store."""
        with self._spoken(name):
            try:
                parts = self._bucket.get(name).stream()
            except FileNotFoundError:
                return None
            found = hashlib.sha256()
            for part in parts:
                found.update(part)
            return found.hexdigest()

    def fetch(self, name: str, path: Path) -> None:
        """See Store."""
        with self._spoken(name), path.open("wb") as out:
            for part in self._bucket.get(name).stream():
                out.write(part)

    def remove(self, name: str) -> None:
        """Removes an object."""
        with self._spoken(name):
            self._bucket.delete(name)

    def listing(self) -> list[tuple[str, str]]:
        """Name and mark of every object; the mark is another when the object is. Markers that some tools put in the
        place of folders are no objects. There are keys that can be listed and not read, such as `a//b`."""
        from obstore.exceptions import InvalidPathError

        with self._spoken(""):
            try:
                found = [(one["path"], one["size"], one["e_tag"]) for part in self._parts() for one in part]
            except InvalidPathError:  # obstore lists no key that it could not read
                found = self._any_keys()
            return [(key, f"{size} {mark}") for key, size, mark in found if size or self._is_there(key)]

    def _parts(self) -> Iterator[Any]:
        return iter(self._bucket.list(chunk_size=1000))

    def _any_keys(self) -> list[tuple[str, int, Any]]:
        """Key, size and time of the last change of all objects, whatever they are called."""
        from pyarrow.fs import FileSelector, FileType, S3FileSystem

        address = os.environ.get("AWS_ENDPOINT_URL", os.environ.get("AWS_ENDPOINT"))
        folder = self.url.removeprefix("s3://")
        files = S3FileSystem(endpoint_override=address, region=os.environ.get("AWS_REGION"))
        found = files.get_file_info(FileSelector(folder, recursive=True))
        return [(one.path[len(folder) + 1 :], one.size, one.mtime_ns) for one in found if one.type == FileType.File]

    def _is_there(self, name: str) -> bool:
        try:
            self._bucket.head(name)
        except (FileNotFoundError, ValueError):
            return False
        return True

    @contextmanager
    def _spoken(self, name: str) -> Iterator[None]:
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, OSError, ValueError) as error:
            remedy = (
                "No pointer was moved. Look at the bucket, AWS_ENDPOINT_URL and the credentials, then publish again: "
                "what is there already is not copied twice."
            )
            missing = FileNotFoundError(name) if isinstance(error, FileNotFoundError) else None
            raise StoreError(
                "store", f"the store does not take or give it: {_said(error)}.", remedy, f"{self.url}/{name}"
            ) from missing  # and not from the library's error, which quotes requests and answers in full


def check_url(url: str) -> None:
    """Refuses s3://key:secret@bucket, which nothing reads and every log would keep.

    Raises:
        StoreError: that it is.
    """
    if "@" in url.partition("://")[2].partition("/")[0]:
        remedy = "Put keys into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and only the bucket behind s3://."
        raise StoreError("store_url", "the address of a store holds a name or key.", remedy)


def _endpoints() -> list[str]:
    """The endpoints that the environment names, in which no user and password is left: requests are signed with the
    credentials, so the library used none, but quoted them.

    Raises:
        StoreError: one is no address.
    """
    found = []
    for name in ENDPOINTS:
        if not (given := os.environ.get(name)):
            continue
        try:
            parts = urlsplit(given)
            usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port)
        except ValueError:
            usable = False
        if not usable or parts.query or parts.fragment:
            remedy = "Give it as http://host:port or https://host:port; keys go into AWS_ACCESS_KEY_ID and its like."
            raise StoreError("endpoint", "it does not hold the address of a store.", remedy, name)
        os.environ[name] = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        found.append(os.environ[name])
    return found


def _said(error: Exception) -> str:
    """What the server says in its own words, without the library's account of how it was asked."""
    text = str(error)
    found = _CODE.search(text) or _STATUS.search(text)
    return found[1] if found else text.splitlines()[0].strip()


_CODE = re.compile(r"<Code>(\w+)</Code>")
_STATUS = re.compile(r"status code: (\d{3}[\w ]*)")
