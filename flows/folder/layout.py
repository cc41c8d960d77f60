"""Where the tables of a release stand in its folder.

    data/<table>.parquet       data/<table>.csv              one file a table
    data/<table>/<id>.parquet  data/csv/<table>/<id>.csv     past PARTED documents: one file a part

A part is named after the first digits of the ids from which on it holds the rows of documents: `08` those from 08… up
to the next part's. The tables of the whole corpus are one file always.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from flows.schema import OF_CORPUS

PARTED = 65_536
"""Documents up to which a table is one file: about 1 GB of tables, of real pages."""

LOWEST_PART = "0"

Kind = Literal["parquet", "csv"]


def folder_of(data: Path, table: str, kind: Kind) -> Path:
    """The folder of a table's parts."""
    return data / table if kind == "parquet" else data / "csv" / table


def part_files(release: Path, table: str, kind: Kind = "parquet") -> list[Path]:
    """The files of a table's parts, in the order of their rows; none of a table that is one file."""
    return sorted(folder_of(release / "data", table, kind).glob(f"*.{kind}"), key=lambda path: path.stem)


def table_files(release: Path, table: str, kind: Kind = "parquet") -> list[Path]:
    """The files of a table, in the order of their rows: its parts, or the one that it is or ought to be."""
    return part_files(release, table, kind) or [release / "data" / f"{table}.{kind}"]


def table_place(release: Path, table: str, kind: Kind = "parquet") -> str:
    """What a reader of the release names to read a table: `data/articles.parquet`, or the folder `data/articles`."""
    place = folder_of(Path("data"), table, kind) if part_files(release, table, kind) else Path(f"data/{table}.{kind}")
    return place.as_posix()


def parts_of(release: Path) -> list[str]:
    """The names of the parts, in order; none where each table is one file."""
    return [path.stem for path in part_files(release, "documents")]


def overlapping(files: Sequence[Path], low: str, high: str) -> list[Path]:
    """Those parts of a table that may hold rows of documents in [low, high)."""
    starts = ["", *(path.stem for path in files[1:])]
    ends = [*starts[1:], None]
    return [
        path
        for path, start, end in zip(files, starts, ends, strict=True)
        if start < high and (end is None or end > low)
    ]


def is_table_file(name: str, table: str) -> bool:
    """Whether a path in a release is that of a Parquet file of a table."""
    data, _, rest = name.rpartition("data/")
    inside = rest.removesuffix(".parquet")
    return (
        (not data or data.endswith("/")) and inside != rest and (inside == table or inside.rpartition("/")[0] == table)
    )


def is_of_part(name: str, part: str) -> bool:
    """Whether a path in a release is that of a file of one part."""
    path = Path(name)
    return path.parts[0] == "data" and len(path.parts) > 2 and path.stem == part


def is_parted(table: str, documents: int) -> bool:
    """Whether a table of a corpus of so many documents is written in parts."""
    return documents > PARTED and table not in OF_CORPUS
