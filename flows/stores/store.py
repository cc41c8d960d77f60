"""Where releases are published to: a directory or an S3 bucket, behind the few verbs that publishing needs.

<store>/v2026.11.22/…             a release, whole
<store>/versions/v2026.11.22.json what that version is, claimed before its first file: a version is one content
<store>/channels/stable.json      the pointer of a channel, moved last
<store>/channels/stable/…         what changed from one stable release to the next
<store>/index.json, index.html    what of all this there is, for programs and people; they repeat and never decide
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from flows.errors import ShegongError


class StoreError(ShegongError):
    """A store that refuses, is full, cannot be reached, or does not keep what it is given."""


class MovedError(ShegongError):
    """Another publisher was faster: what was read at the start is not what stands there now."""

    exit_status = 1


class Stored(NamedTuple):
    """A small file of a store. `mark` changes with its content: what a conditional write compares."""

    content: bytes
    mark: str


class Store(Protocol):
    """What publishing asks of a store. Names are relative, with "/". Every method raises StoreError, saying which
    name, when the store does not do it."""

    url: str

    def read(self, name: str) -> Stored | None:
        """A small file, None if it is not there."""

    def swap(self, name: str, content: bytes, mark: str | None) -> bool:
        """Writes a small file if what stands there still has that mark, None meaning that nothing does.

        Atomic among all publishers: of several with the same mark at most one gets True.
        """

    def incoming(self, version: str, digest: str) -> AbstractContextManager[str]:
        """The folder to upload a release to. When the block ends well it stands under its version.

        Raises:
            MovedError: another publisher is copying the same release.
        """

    def upload(self, name: str, path: Path) -> None:
        """Copies a file. A reader sees all of it or nothing; what was there is replaced."""

    def digest(self, name: str) -> str | None:
        """sha256 of what the store holds under the name, read back from it; None if nothing."""

    def fetch(self, name: str, path: Path) -> None:
        """Copies a file from the store."""
