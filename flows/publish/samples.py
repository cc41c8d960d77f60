"""Five real rows of each main table, for the card."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

import pyarrow.parquet as pq

from flows.document import Row
from flows.folder.layout import table_files
from flows.publish.markdown import cell

ROWS = 5

SHOWN = {
    "figures": ("indicator", "region", "as_of", "value", "unit", "low", "high", "agreement"),
    "articles": ("article_id", "title", "published_date", "source", "region_name"),
    "statistics": ("indicator", "value", "unit", "qualifier", "region", "as_of", "quote"),
    "events": ("name", "start_date", "place", "hosted_by", "attendance"),
    "entities": ("entity_id", "kind", "name", "region", "article_count"),
    "organizations": ("name", "kind", "organization_id"),
    "people": ("name", "titles", "organization"),
    "citations": ("title", "kind", "issuer"),
    "related": ("title", "date", "kind", "amount"),
}
"""The tables and columns that are shown: those that fit a line."""


def sample_lines(folder: Path) -> Iterator[str]:
    """The section of the card, of the tables in folder/data: the first rows by id, which is by chance."""
    yield "## 样例 Rows\n"
    for table, columns in SHOWN.items():
        rows = list(islice(chain.from_iterable(_rows(path, columns) for path in table_files(folder, table)), ROWS))
        if not rows:
            continue
        yield f"{table}:\n"
        yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"
        for row in rows:
            yield f"| {' | '.join(cell(row[name]) for name in columns)} |"
        yield ""


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=ROWS, columns=list(columns)):
            yield from batch.to_pylist()
