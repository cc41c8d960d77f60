"""What was fetched already. The archives tell; this database repeats it for quick answers, and is made again from them
when it is gone. It adds what is not worth an archive: when a page was last asked for, what failed, which pause a host
asked for."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from flows.errors import InputError
from flows.fetch.archive import Original, stamp
from flows.fetch.archived import Entry, entries
from flows.fetch.robots import KEPT_HOURS

COLLECTED = "collected"
"""Folder of the raw folder: pages, in a folder for each source. Every response in it is a document."""

TRAIL = ".collect/trail"
"""The other responses: feeds, sitemaps, lists, robots.txt, redirects, what is gone, and pages whose bytes another
address gave before. No documents."""

OPEN = ".collect/open"
"""Archives that are being written."""

ASIDE = ".collect/aside"
"""Those of them that could not be read again."""

TABLES = """
CREATE TABLE IF NOT EXISTS archives (name TEXT PRIMARY KEY, bytes INTEGER);
CREATE TABLE IF NOT EXISTS pages (
  url TEXT PRIMARY KEY, fetched_at TEXT, status INTEGER, digest TEXT, etag TEXT, last_modified TEXT, offset INTEGER,
  archive TEXT, checked_at TEXT);
CREATE INDEX IF NOT EXISTS pages_archive ON pages (archive);
CREATE TABLE IF NOT EXISTS payloads (digest TEXT PRIMARY KEY, url TEXT, fetched_at TEXT, archive TEXT);
CREATE INDEX IF NOT EXISTS payloads_archive ON payloads (archive);
CREATE TABLE IF NOT EXISTS wanted (source TEXT, url TEXT, tries INTEGER, PRIMARY KEY (source, url));
CREATE TABLE IF NOT EXISTS robots (origin TEXT PRIMARY KEY, at TEXT, status INTEGER, body BLOB);
CREATE TABLE IF NOT EXISTS holds (host TEXT PRIMARY KEY, until TEXT);
"""


class Held(NamedTuple):
    """The newest response of an address, where it is stored, and when the address was last asked for."""

    entry: Entry
    archive: str
    checked_at: str

    @property
    def is_page(self) -> bool:
        """Whether it is what was asked for, and not a redirect or an error."""
        return 200 <= self.entry.status < 300


class Ledger:
    """The database of one raw folder. Safe to call from several threads; hold `lock` over what belongs together.

    Args:
        raw: the raw folder.
        path: the database; made if need be, and made anew if it is damaged.
        copied: answer from a copy in memory, and change nothing.
    """

    def __init__(self, raw: Path, path: Path, copied: bool = False) -> None:
        self.raw, self.lock = raw, threading.RLock()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = _opened(path, copied)
        except sqlite3.DatabaseError:
            path.unlink()
            self._database = _opened(path, copied)

    def close(self) -> None:
        """Lets go of the database."""
        self._database.close()

    def learn(self) -> dict[str, str]:
        """Reads the archives that are new to it, and forgets those that are gone. Gives what is wrong with those that
        are damaged, by their source: what that one holds is not known."""
        paths = [path for part in (COLLECTED, TRAIL) for path in (self.raw / part).glob("*/*.warc.gz")]
        there = {path.relative_to(self.raw).as_posix(): path for path in sorted(paths)}
        known = dict(self._all("SELECT name, bytes FROM archives"))
        damaged = {}
        with self.lock, self._database:
            for name, path in there.items():
                try:
                    size = path.stat().st_size
                    told = list(entries(path)) if known.get(name) != size else []
                except (InputError, OSError) as error:
                    damaged[path.parent.name] = str(error)
                    continue
                for entry in told:
                    self._add(entry, name)
                self._run("INSERT OR REPLACE INTO archives VALUES (?, ?)", name, size)
            for (name,) in self._all("SELECT archive FROM pages UNION SELECT archive FROM payloads"):
                if name not in there:
                    self._run("DELETE FROM pages WHERE archive = ?", name)
                    self._run("DELETE FROM payloads WHERE archive = ?", name)
            for name in known.keys() - there.keys():
                self._run("DELETE FROM archives WHERE name = ?", name)
        return damaged

    def held(self, url: str) -> Held | None:
        """What is known of an address."""
        for row in self._all("SELECT * FROM pages WHERE url = ?", url):
            return Held(Entry(*row[:7]), row[7], row[8])
        return None

    def original(self, payload: str) -> Original | None:
        """The page that gave a payload first."""
        for row in self._all("SELECT url, fetched_at FROM payloads WHERE digest = ?", payload):
            return Original(*row)
        return None

    def add(self, entry: Entry, archive: str) -> None:
        """A response was stored."""
        with self.lock, self._database:
            self._add(entry, archive)

    def moved(self, before: str, name: str) -> None:
        """An archive became visible under its name."""
        size = (self.raw / name).stat().st_size
        with self.lock, self._database:
            self._run("UPDATE pages SET archive = ? WHERE archive = ?", name, before)
            self._run("UPDATE payloads SET archive = ? WHERE archive = ?", name, before)
            self._run("INSERT OR REPLACE INTO archives VALUES (?, ?)", name, size)

    def checked(self, url: str, at: dt.datetime) -> None:
        """An address was asked for again, and nothing is new."""
        with self.lock, self._database:
            self._run("UPDATE pages SET checked_at = ? WHERE url = ?", stamp(at), url)

    def wanted(self, source: str) -> dict[str, int]:
        """Pages that a source is still to be asked for, and in how many runs that failed."""
        rows = self._all("SELECT url, tries FROM wanted WHERE source = ? ORDER BY rowid", source)
        return dict(rows)

    def tries(self, source: str, url: str) -> int:
        """In how many runs a page failed since it was last done."""
        for row in self._all("SELECT tries FROM wanted WHERE source = ? AND url = ?", source, url):
            return int(row[0])
        return 0

    def want(self, source: str, urls: Iterable[str], failed: int = 0) -> None:
        """Pages that are to be asked for, now or in a later run, and in how many runs more that failed."""
        sql = "INSERT INTO wanted VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET tries = tries + excluded.tries"
        with self.lock, self._database:
            self._database.executemany(sql, [(source, url, failed) for url in urls])

    def done(self, source: str, url: str) -> None:
        """A page need not be asked for any more."""
        with self.lock, self._database:
            self._run("DELETE FROM wanted WHERE source = ? AND url = ?", source, url)

    def robots(self, origin: str, now: dt.datetime) -> tuple[int, bytes] | None:
        """See visit.Robots."""
        since = stamp(now - dt.timedelta(hours=KEPT_HOURS))
        for row in self._all("SELECT status, body FROM robots WHERE origin = ? AND at > ?", origin, since):
            return row[0], row[1]
        return None

    def keep_robots(self, origin: str, status: int, body: bytes, at: dt.datetime) -> None:
        """See visit.Robots."""
        with self.lock, self._database:
            self._run("INSERT OR REPLACE INTO robots VALUES (?, ?, ?, ?)", origin, stamp(at), status, body)

    def keep_hold(self, host: str, until: dt.datetime) -> None:
        """See visit.Robots."""
        with self.lock, self._database:
            self._run("INSERT OR REPLACE INTO holds VALUES (?, ?)", host, stamp(until))

    def holds(self) -> dict[str, dt.datetime]:
        """Hosts that asked for a pause, and until when."""
        return {host: dt.datetime.fromisoformat(until) for host, until in self._all("SELECT * FROM holds")}

    def _add(self, entry: Entry, archive: str) -> None:
        self._run(
            "INSERT INTO pages VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (url) DO UPDATE SET"
            " fetched_at = excluded.fetched_at, status = excluded.status, digest = excluded.digest,"
            " etag = excluded.etag, last_modified = excluded.last_modified,"
            " offset = excluded.offset, archive = excluded.archive,"
            " checked_at = max(checked_at, excluded.checked_at) WHERE excluded.fetched_at >= fetched_at",
            *entry,
            archive,
            entry.fetched_at,
        )
        if archive.startswith((COLLECTED, f"{OPEN}/{COLLECTED}")):
            self._run(
                "INSERT INTO payloads VALUES (?,?,?,?) ON CONFLICT (digest) DO UPDATE SET url = excluded.url,"
                " fetched_at = excluded.fetched_at, archive = excluded.archive WHERE excluded.fetched_at <= fetched_at",
                entry.digest,
                entry.url,
                entry.fetched_at,
                archive,
            )

    def _run(self, sql: str, *values: object) -> None:
        self._database.execute(sql, values)

    def _all(self, sql: str, *values: object) -> list[Any]:
        with self.lock:
            return self._database.execute(sql, values).fetchall()


def _opened(path: Path, copied: bool) -> sqlite3.Connection:
    database = sqlite3.connect(path, check_same_thread=False)
    if copied:
        memory = sqlite3.connect(":memory:", check_same_thread=False)
        with database:
            database.backup(memory)
        database.close()
        database = memory
    try:
        database.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {TABLES}")
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database
