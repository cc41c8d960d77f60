"""Rows of a release, or of raw documents cleaned on the spot, for the canary: a few columns of a few documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from flows.clean import clean
from flows.document import RawDocument, Row
from flows.errors import ReleaseError
from flows.folder.layout import table_files

TABLES = ("documents", "articles", "removals")


class Released(Protocol):
    """Where rows come from."""

    def rows(
        self, table: str, columns: Sequence[str], where: str | None = None, among: Collection[str] = ()
    ) -> list[Row]:
        """Some columns of the rows of a table, or of those whose column `where` holds one of `among`."""
        ...


class ReleaseFiles:
    """The Parquet files of a release."""

    def __init__(self, release: Path) -> None:
        """Raises ReleaseError if it is no release."""
        self._tables = {name: _dataset(release, name) for name in TABLES}

    def rows(
        self, table: str, columns: Sequence[str], where: str | None = None, among: Collection[str] = ()
    ) -> list[Row]:
        """See `Released`."""
        wanted = None if where is None else pc.field(where).isin(pa.array(sorted(among), pa.string()))
        rows: list[Row] = self._tables[table].to_table(columns=list(columns), filter=wanted).to_pylist()
        return rows


def _dataset(release: Path, name: str) -> ds.Dataset:
    try:
        return ds.dataset([*map(str, table_files(release, name))], format="parquet")
    except (OSError, pa.ArrowInvalid) as error:
        remedy = "Name a folder such as releases/v2026.11.22."
        raise ReleaseError("no_release", f"there is no readable table {name} in it.", remedy, release) from error


class CleanedPages:
    """The rows of raw documents, which are cleaned one after the other. A page that breaks the cleaning code counts as
    one that was not published."""

    def __init__(self, documents: Iterable[RawDocument]) -> None:
        self.tables: dict[str, list[Row]] = {name: [] for name in TABLES}
        for document in documents:
            try:
                tables = clean(document)
            except Exception:  # whatever it is: the release's worker sets such a document aside too
                tables = {"documents": [_broken(document)]}
            for name in TABLES:
                self.tables[name] += tables.get(name, ())

    def rows(
        self, table: str, columns: Sequence[str], where: str | None = None, among: Collection[str] = ()
    ) -> list[Row]:
        """See `Released`."""
        among = set(among)
        rows = (row for row in self.tables[table] if where is None or row[where] in among)
        return [{name: row[name] for name in columns} for row in rows]


def _broken(document: RawDocument) -> Row:
    origin, stated = document.origin, document.stated
    return {
        "document_id": document.document_id,
        "url": origin.url or stated.url,
        "publisher": stated.publisher,
        "fetched_at": origin.fetched_at,
        "status": "quarantined",
        "flags": [],
    }
