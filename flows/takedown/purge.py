"""Copies removed or rewritten in which something of a taken-down document was found."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from flows.decisions.tombstones import without
from flows.durable import replace_atomically
from flows.folder.files import write_json, write_parquet
from flows.publish.channel import CHANNELS
from flows.publish.index import write_index
from flows.publish.tables import nullable
from flows.stores.opening import open_store
from flows.stores.s3 import S3Store
from flows.takedown.check import Survivor
from flows.takedown.contents import shown
from flows.takedown.places import Copy
from flows.takedown.search import Search


class Purged(NamedTuple):
    """What was done about a copy: a sentence; None where nothing could be."""

    copy: Copy
    done: str | None
    why_not: str = ""


def purge(survivors: Sequence[Survivor], search: Search, remove_versions: bool = False) -> Iterator[Purged]:
    """Removes or rewrites the copies in which something survives, one after the other.

    Args:
        survivors: as `check` gives them.
        search: that found them.
        remove_versions: remove releases and differences of stores too, but for what a pointer leads to.
    """
    ids, removed = frozenset(found.document for survivor in survivors for found in survivor.found), set[str]()
    for copy in dict.fromkeys(survivor.copy for survivor in survivors):
        if copy.kind == "copy":
            yield Purged(copy, None, "it is yours")
        elif copy.immutable or copy.kind == "difference":
            if not remove_versions:
                yield Purged(copy, None, "it is immutable; --remove-versions removes it")
            elif pointed := _pointer_to(copy):
                yield Purged(copy, None, f"{pointed} leads to it: release and publish without the document first")
            else:
                _remove(copy)
                if copy.kind == "stored":
                    removed.add(copy.store or str(Path(copy.place).parent))
                yield Purged(copy, "removed")
        else:
            try:
                yield Purged(copy, REWRITING.get(copy.kind, _remove_local)(Path(copy.place), ids, search))
            except (OSError, sqlite3.Error) as error:
                yield Purged(copy, None, f"it is in use or cannot be written ({error}): stop all runs and try again")
    for store in sorted(removed):
        write_index(open_store(store), CHANNELS)


def _pointer_to(copy: Copy) -> str | None:
    """What leads readers to a version: the newest of a folder, or a channel of a store."""
    if copy.kind == "difference":
        return None
    if copy.store:
        store, version = copy.store, str(copy.place).rpartition("/")[2]
    else:
        store, version = str(Path(copy.place).parent), Path(copy.place).name
    reader = open_store(store)
    for name in ("latest.json", "channels/nightly.json", "channels/stable.json"):
        stored = reader.read(name)
        with suppress(ValueError, KeyError, TypeError):
            if stored and json.loads(stored.content)["version"] == version:
                return f"{store}/{name}"
    return None


def _remove(copy: Copy) -> None:
    if copy.store:
        store = S3Store(copy.store)
        for name in copy.names:
            store.remove(name)
    else:
        _remove_local(Path(copy.place))


def _remove_local(place: Path, *_: object) -> str:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    return "removed"


def _without_rows(folder: Path, ids: frozenset[str], _: Search) -> str:
    """Rows that wait for a decision: those of other documents stay."""
    for path in sorted(folder.glob("*.parquet")):
        rows = without(pq.read_table(path), ids, path.stem)
        if path.stem == "documents" and not rows.num_rows:
            return _remove_local(folder)
        beside = path.with_name(f".{path.name}")
        write_parquet(path.stem, nullable(rows), beside)
        beside.replace(path)
    reasons = folder / "reasons.json"
    if reasons.is_file():
        told = json.loads(reasons.read_text(encoding="utf-8"))
        told["quarantined"] = [row for row in told["quarantined"] if row["document_id"] not in ids]
        told["faults"] = [gate for gate in (_left(gate, ids) for gate in told["faults"]) if gate["documents"]]
        write_json(told, reasons)
    return "rewritten without its rows"


def _left(gate: dict[str, Any], ids: frozenset[str]) -> dict[str, Any]:
    """A failed gate without the documents, and without what it quotes: its keys and details name what rows hold."""
    if ids.isdisjoint(gate["documents"]):
        return gate
    left = [name for name in gate["documents"] if name not in ids]
    return {**gate, "documents": left, "keys": [], "detail": ""}


def _without_lines(path: Path, _: frozenset[str], search: Search) -> str:
    """A log: the lines of other documents stay."""
    lines = path.read_bytes().splitlines(keepends=True)
    replace_atomically(path, b"".join(line for line in lines if not search.pieces(shown(line))))
    return "rewritten without its lines"


def _without_records(path: Path, _: frozenset[str], search: Search) -> str:
    """A database: other rows stay, and nothing is left in the room that deleted ones took."""
    with closing(sqlite3.connect(path, timeout=5)) as database:
        database.execute("PRAGMA secure_delete = ON")
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'"
        )
        for name in [str(row[0]).replace('"', '""') for row in tables]:
            for number, *values in database.execute(f'SELECT rowid, * FROM "{name}"').fetchall():
                if any(search.pieces(shown(_bytes(value))) for value in values if isinstance(value, str | bytes)):
                    database.execute(f'DELETE FROM "{name}" WHERE rowid = ?', (number,))
        database.commit()
        database.execute("VACUUM")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return "rewritten without its rows"


def _bytes(value: str | bytes) -> bytes:
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


REWRITING: Mapping[str, Callable[[Path, frozenset[str], Search], str]] = {
    "quarantine": _without_rows,
    "log": _without_lines,
    "database": _without_records,
}
"""What is done about the kinds of copies of which a part stays."""
