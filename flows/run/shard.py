"""One shard of documents, cleaned in a worker process: raw files in, one Arrow file a table out.

Imported by workers: neither prefect nor great_expectations may come in here.
"""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from flows.arrow_files import table_in, write_arrow
from flows.checksums import appearing, mapped
from flows.clean import clean
from flows.decisions import Correction
from flows.depends import cleaning_version
from flows.document import RawDocument, Row, Tables
from flows.duplicates import sign
from flows.errors import SchemaError, TargetError, describe
from flows.misfits import Misfit, as_arrow, as_table, without_misfits
from flows.raw.documents import open_all, origin_of, read_listed, without_text
from flows.raw.listed import Listed
from flows.read.reader import printable
from flows.rows import bare_row
from flows.schema import OF_CORPUS, TABLES
from flows.work.afresh import afresh
from flows.work.deadline import in_time
from flows.work.memory import MEGABYTES, TornError, ceiling, in_memory, outgrows, past_ceiling

SECONDS_A_DOCUMENT = 60.0
"""Time for one document. The slowest real page takes well under a second; only an accident takes a minute."""


SHARDS_OPEN = 256
"""Shards whose articles are looked up at the same time; each is a mapped file."""


class Shard(NamedTuple):
    """What a worker needs to know of its shard."""

    raw: str
    documents: tuple[Listed, ...]
    folder: str
    """Where the results go, one <table>.arrow each. It appears whole or not at all."""
    seconds: float = SECONDS_A_DOCUMENT
    megabytes: int = MEGABYTES
    corrections: tuple[Correction, ...] = ()


Planned = Callable[[], Shard]
"""A shard that is put together when its turn comes."""


def import_cleaning() -> None:
    """What a worker does before its first shard comes: by naming this function it imports what shards need."""


def plan_shard(
    raw: Path | str, documents: Sequence[Listed], results: Path, corrections: Sequence[Correction] = ()
) -> Shard:
    """A shard whose folder is named after all that its results depend on: raw bytes, names, corrections, code, rules,
    schemas, the ceiling of memory."""
    ids = {document.key[:16] for document in documents}
    mine = tuple(correction for correction in corrections if correction.document in ids)
    lines = [document.fingerprint for document in documents]
    version, megabytes = cleaning_version(), ceiling()
    key = hashlib.sha256(os.fsencode("".join([*lines, version, str(megabytes), *map(repr, mine)]))).hexdigest()[:32]
    return Shard(str(raw), tuple(documents), str(results / key), megabytes=megabytes, corrections=mine)


class Lost(NamedTuple):
    """A document whose worker was lost, and why: "timeout: …" or "crash: …"."""

    document: Listed
    reason: str


def clean_shard(shard: Shard, lost: Sequence[Lost] = ()) -> dict[str, int]:
    """Cleans all documents but the lost ones and writes the shard's folder.

    Gives the number of documents by status.
    """
    reasons = {entry.document.name: entry.reason for entry in lost}
    cleaned: dict[str, Tables] = {}
    open_all(Path(shard.raw), shard.documents)
    for document in sorted((one for one in shard.documents if one.copy_of is None), key=_way):
        if document.name in reasons:
            cleaned[document.name] = _set_aside(without_text(document), reasons[document.name])
        else:
            cleaned[document.name] = clean_listed(shard, document)
    misfits: list[Misfit] = []
    try:
        tables = _to_arrow(shard, cleaned)
    except Exception:  # some row does not fit its table: whose it is, is found out one by one
        for document in (one for one in shard.documents if one.copy_of is None):
            cleaned[document.name], more = _fitting(document, cleaned[document.name])
            misfits += more
        tables = _to_arrow(shard, cleaned)
    _write(tables | {"signatures": sign(tables["articles"]), "misfits": as_table(misfits)}, Path(shard.folder))
    return dict(Counter(tables["documents"]["status"].to_pylist()))


def _way(document: Listed) -> tuple[str, tuple[int, ...]]:
    """The order of reading: the records of one archive from its beginning to its end."""
    if document.place is None:
        return document.name, ()
    return document.place.file, tuple(step.offset for step in document.place.steps)


def clean_listed(shard: Shard, listed: Listed) -> Tables:
    """The rows of one document. An error of the cleaning code, or taking more memory than it may, costs that document,
    not its neighbours; taking longer than the shard's limit ends this process."""
    try:
        try:
            return in_time(shard.seconds, lambda: in_memory(lambda: _clean_listed(shard, listed), shard.megabytes))
        except TornError:
            return afresh(clean_listed, shard, listed)
    except MemoryError:
        return _set_aside(without_text(listed), past_ceiling("cleaning", shard.megabytes))


def outgrows_ceiling(shard: Shard, listed: Listed) -> bool:
    """Whether a document, which ended its process, takes more memory than it may."""
    return outgrows(lambda: in_time(shard.seconds, lambda: _clean_listed(shard, listed)), shard.megabytes)


def _clean_listed(shard: Shard, listed: Listed) -> Tables:
    document = without_text(listed)
    try:
        document = read_listed(Path(shard.raw), listed)
        if document.sha256 != listed.sha256:
            return _set_aside(without_text(listed), "changed: the file changed while the release was made")
        mine = tuple(correction for correction in shard.corrections if correction.document == document.document_id)
        return clean(document, mine)
    except (KeyboardInterrupt, MemoryError, SchemaError, TargetError):  # no fault of this document
        raise
    except BaseException as error:  # what a package in Rust panics with is no Exception
        return _set_aside(document, f"error: cleaning failed in {describe(error)}")


def _set_aside(document: RawDocument, reason: str) -> Tables:
    """The rows of a document that could not be cleaned: its row of `documents`, quarantined."""
    return {"documents": [bare_row(document) | {"reason": reason}]}


def _copy(raw: Path, original: Row, listed: Listed) -> Row:
    """The row of a document with the same bytes: its own path and origin. A copy of what was not published shares its
    status and reason."""
    row = original | {"path": printable(listed.name)}
    if listed.place is not None or original["record_offset"] is not None:
        row |= origin_of(raw, listed)._asdict()
    if original["status"] == "published":
        reason = f"duplicate: the same bytes as {original['path']}"
        row |= {"status": "duplicate", "reason": reason, "article_count": 0, "kept_chars": 0, "removed_chars": 0}
    return row


def _fitting(listed: Listed, tables: Tables) -> tuple[Tables, list[Misfit]]:
    """The rows of a document that fit, and those that do not; it is set aside if the page itself is among these."""
    try:
        return without_misfits(tables)
    except Exception as error:
        return _set_aside(without_text(listed), f"row: {describe(error)}"), []


def _to_arrow(shard: Shard, cleaned: Mapping[str, Tables]) -> dict[str, pa.Table]:
    """The rows of all documents; those of copies are told by their original's."""
    copies = [
        {"documents": [_copy(Path(shard.raw), cleaned[document.copy_of]["documents"][0], document)]}
        for document in shard.documents
        if document.copy_of is not None
    ]
    return as_arrow([*cleaned.values(), *copies])


def _write(tables: dict[str, pa.Table], folder: Path) -> None:
    with appearing(folder) as staging:
        for name, table in tables.items():
            write_arrow(table, staging / f"{name}.arrow")


def read_shard(folder: Path) -> dict[str, pa.Table]:
    """The tables of a shard's folder, mapped into memory, not copied."""
    return {name: read_shard_table(folder, name) for name in TABLES if name not in OF_CORPUS}


def read_shard_table(folder: Path, name: str) -> pa.Table:
    """One table of a shard's folder, its `signatures` (flows/duplicates.py) or its `misfits` (flows/misfits.py); its
    checksum is compared first.

    Raises:
        DamagedError: it is not what was written.
    """
    return table_in(mapped(folder / f"{name}.arrow"))


class ShardTexts:
    """The texts of articles by id, read from the folders of their shards; a few folders are kept open."""

    def __init__(self, shards: Sequence[Path]) -> None:
        """`shards` in the order of their documents."""
        self._folders: list[Path] = []
        self._first: list[str] = []
        for folder in shards:
            ids = read_shard_table(folder, "articles")["article_id"]
            if len(ids):
                self._folders.append(folder)
                self._first.append(str(ids[0]))
        self._open = lru_cache(SHARDS_OPEN)(self._read)

    def __call__(self, article: str) -> str:
        """The text of an article."""
        ids, texts = self._open(self._folders[bisect_right(self._first, article) - 1])
        place = bisect_left(range(len(ids)), article, key=lambda number: str(ids[number]))
        return texts[place].as_py() or ""

    def _read(self, folder: Path) -> tuple[pa.Array, pa.Array]:
        articles = read_shard_table(folder, "articles")
        return articles["article_id"].chunk(0), articles["text"].chunk(0)
