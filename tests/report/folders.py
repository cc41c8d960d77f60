"""Folders of raw documents, cleaned."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from flows.arrow_rows import concat, to_arrow
from flows.clean import clean
from flows.document import Tables
from flows.read import read
from flows.schema import TABLES


def cleaned(folder: Path, pages: str = "*.txt") -> dict[str, pa.Table]:
    """All tables of the documents of a folder."""
    documents = [clean(read(path, folder)) for path in sorted(folder.glob(pages))]
    rows: Tables = {name: [row for tables in documents for row in tables.get(name, ())] for name in TABLES}
    return concat([{name: to_arrow(name, made) for name, made in rows.items()}])
