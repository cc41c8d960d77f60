"""Reading a release from Python: `shegong.load`.

release = load("latest")            # or "stable", "v2026.11.22", or the path of a release
release["statistics"]               # a pandas DataFrame
release.arrow("articles")           # a pyarrow Table
print(release.explain("873400fd"))  # where the values of a document come from
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from flows.errors import ReleaseError
from flows.folder.tables import read_table
from flows.publish.find import find_release
from flows.publish.inspect import inspect
from flows.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Release:
    """A release that was checked when it was loaded. Tables are read when asked for."""

    path: Path
    version: str
    tier: str
    """full, or open: texts whose rights are reserved are withheld."""

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables."""
        return TABLES

    def arrow(self, table: str) -> pa.Table:
        """A table as Arrow, with the descriptions of its columns as their metadata.

        Raises:
            ReleaseError: it has no such table, or the file cannot be read.
        """
        if table not in TABLES:
            raise ReleaseError(
                "table", f"there is no table {table!r}.", f"Ask for one of {', '.join(TABLES)}.", self.path
            )
        return read_table(self.path, table)

    def pandas(self, table: str) -> pd.DataFrame:
        """A table as a DataFrame: dates as datetime64, whole numbers and booleans nullable, lists as arrays.

        Raises:
            ReleaseError: it has no such table, or the file cannot be read.
        """
        import pandas as pd

        nullable = {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}
        frame: pd.DataFrame = self.arrow(table).to_pandas(types_mapper=nullable.get, date_as_object=False)
        return frame

    __getitem__ = pandas

    def explain(self, wanted: str) -> str:
        """What was kept and removed of a document or article, by which rule, and the evidence of its facts.

        Args:
            wanted: a document id, an article id, or the start of one.

        Raises:
            UnknownIdError: no such id, or several.
        """
        from flows.report.explain import explain
        from flows.terminal.safe import Paint

        return "\n".join(explain(self.path, wanted, Paint(False)))


def load(wanted: str | os.PathLike[str] = "latest", releases: str | os.PathLike[str] | None = None) -> Release:
    """A release, once its checksums, rows and columns are what it says they are.

    Args:
        wanted: latest; a channel (nightly, stable) of a published store; a version; or the path of a release.
        releases: folder of releases, or directory of a store; else what SHEGONG_RELEASES says, or releases/.

    Raises:
        ReleaseError: there is none, or it is damaged; names the file.
    """
    found = inspect(find_release(os.fspath(wanted), releases))
    return Release(found.path, found.version, found.tier)


def explain(release: Release | str | os.PathLike[str], wanted: str) -> str:
    """What was kept and removed of a document or article of a release, by which rule, and the evidence of its facts.

    Args:
        release: what `load` gave, or what `load` takes.
        wanted: a document id, an article id, or the start of one.

    Raises:
        UnknownIdError: no such id, or several.
        ReleaseError: there is no such release, or it is damaged.
    """
    return (release if isinstance(release, Release) else load(release)).explain(wanted)
