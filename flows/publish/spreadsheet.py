"""`shegong export --excel`: CSV that a spreadsheet opens by double-click, with Chinese readable and no cell obeyed."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.errors import TargetError
from flows.folder.tables import read_table
from flows.publish.csv_files import BATCH, cells_of
from flows.schema import TABLES

GUARD = "'"
"""Put before a cell that a spreadsheet would take for a formula (OWASP, CSV injection)."""

OBEYED = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What such a cell begins with; full-width forms are folded by some spreadsheets set to Chinese or Japanese."""

LONGEST = 32_767
"""Characters that a cell of Excel holds; it cuts off the rest in silence, so a longer text is cut here and says so."""


def export_spreadsheets(release: Path, folder: Path) -> list[Path]:
    """One CSV a table: BOM, CRLF, guarded cells, no text longer than a cell holds. Not exact: data/*.csv is.

    Raises:
        ReleaseError: no release.
        TargetError: the folder cannot be written.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            written.append(folder / f"{name}.csv")
            _write(read_table(release, name), written[-1])
    except OSError as error:
        problem = f"the folder cannot be written: {error.strerror}."
        raise TargetError("target", problem, "Name one that you may write with --excel.", folder) from error
    return written


def _write(rows: pa.Table, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(rows.column_names)
        for batch in rows.to_batches(max_chunksize=BATCH):
            writer.writerows(zip(*map(_guarded, batch.columns), strict=True))


def _guarded(column: pa.Array) -> list[Any]:
    cells = cells_of(column)
    written_as_text = pa.types.is_string(column.type) or pa.types.is_list(column.type)
    return [guard(cell) for cell in cells] if written_as_text else cells


def guard(cell: str | None) -> str | None:
    """A cell that a spreadsheet shows as it is."""
    if cell is None:
        return None
    if cell.startswith(OBEYED):
        cell = GUARD + cell
    return cell if len(cell) <= LONGEST else cell[: LONGEST - 1] + "…"
