"""A source's responses into its archives, each payload once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from pathlib import Path

from flows.errors import InputError
from flows.fetch.archive import OpenArchive, commit, digest, entry_of
from flows.fetch.archived import Entry
from flows.fetch.client import Response
from flows.fetch.ledger import ASIDE, COLLECTED, OPEN, TRAIL, Ledger

LARGEST_ARCHIVE = 256_000_000
"""Bytes after which another archive is begun."""

FOLDERS = {"collected": COLLECTED, "trail": TRAIL}
"""Sort of archive to its folder in the raw folder."""


def recover(raw: Path) -> dict[str, str]:
    """Makes what a killed run had fetched visible. What cannot be read is set aside, and told by its source."""
    told = {}
    for path in sorted((raw / OPEN).glob("*.warc.gz")):
        sort, _, source = path.name.removesuffix(".warc.gz").partition(".")
        try:
            commit(path, raw / FOLDERS[sort] / source)
        except (InputError, OSError, KeyError) as error:
            told[source or sort] = set_aside(raw, path, error)
    return told


def set_aside(raw: Path, path: Path, error: Exception) -> str:
    """Moves an archive that cannot be read to where it holds nothing up, for a person to look at; says so. What it
    holds is fetched again.

    Raises:
        OSError: it cannot be moved.
    """
    digest = hashlib.sha256(f"{path.name} {time.time_ns()}".encode()).hexdigest()[:8]
    target = raw / ASIDE / f"{path.name.removesuffix('.warc.gz')}.{digest}.warc.gz"
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    why = error.problem if isinstance(error, InputError) else f"{type(error).__name__}: {error}"
    return f"{path.name} cannot be read and was set aside as {ASIDE}/{target.name} ({why})"


class Store:
    """The archives of one source in one run. They become visible when it is closed.

    Args:
        about: what is to travel with its pages.
        dry: store nothing, only say what would come of it.
    """

    def __init__(self, raw: Path, source: str, ledger: Ledger, about: Mapping[str, str], dry: bool = False) -> None:
        self.raw, self.source, self.dry = raw, source, dry
        self.archives: list[Path] = []
        """Those with pages that became visible."""
        self.unreadable: list[str] = []
        """What is to be told of those that could not be read again."""
        self._ledger = ledger
        self._open = {sort: OpenArchive(raw / OPEN / f"{sort}.{source}.warc.gz", about) for sort in FOLDERS}

    def keep_page(self, response: Response) -> str:
        """Stores a page unless its bytes are held: "new", "changed", "unchanged", or "copy" where another address gave
        the same bytes before.

        Raises:
            OSError: it cannot be written.
        """
        payload = digest(response.body)
        with self._ledger.lock:
            held = self._ledger.held(response.url)
            if held and held.entry.digest == payload and held.is_page:
                self._ledger.checked(response.url, response.fetched_at)
                return "unchanged"
            original = self._ledger.original(payload)
            if self.dry:
                pass
            elif original:
                self._add("trail", self._open["trail"].add(response, original))
            else:
                self._add("collected", self._open["collected"].add(response))
        if held and held.is_page:
            return "changed"
        return "copy" if original else "new"

    def keep_answer(self, response: Response) -> bool:
        """Stores an answer that is no page, unless it is the one that its address gave last; says whether it was new.

        Raises:
            OSError: it cannot be written.
        """
        with self._ledger.lock:
            held = self._ledger.held(response.url)
            same = entry_of(response, 0)
            if held and (held.entry.status, held.entry.digest) == (same.status, same.digest):
                self._ledger.checked(response.url, response.fetched_at)
                return False
            if not self.dry:
                self._add("trail", self._open["trail"].add(response))
            return True

    def close(self) -> None:
        """Makes the archives visible."""
        for sort in FOLDERS:
            self._commit(sort)

    def _add(self, sort: str, entry: Entry) -> None:
        archive = self._open[sort]
        self._ledger.add(entry, archive.path.relative_to(self.raw).as_posix())
        if archive.size > LARGEST_ARCHIVE:
            self._commit(sort)

    def _commit(self, sort: str) -> None:
        archive = self._open[sort]
        archive.close()
        if not archive.path.exists() or self.dry:
            return
        before = archive.path.relative_to(self.raw).as_posix()
        try:
            made = commit(archive.path, self.raw / FOLDERS[sort] / self.source)
        except InputError as error:
            made = None
            self.unreadable.append(set_aside(self.raw, archive.path, error))
        if made:
            self._ledger.moved(before, made.relative_to(self.raw).as_posix())
            if sort == "collected":
                self.archives.append(made)
