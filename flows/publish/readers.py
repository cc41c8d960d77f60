"""How to read a table in one line, by tool, in the folder of a release."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

READERS = {
    "pandas": ("python", 'import pandas as pd\narticles = pd.read_parquet("data/articles.parquet")'),
    "DuckDB": ("sql", "SELECT title, published_date, region_name FROM 'data/articles.parquet';"),
    "polars": ("python", 'import polars as pl\narticles = pl.read_parquet("data/articles.parquet")'),
    "pyarrow": ("python", 'import pyarrow.parquet as pq\narticles = pq.read_table("data/articles.parquet")'),
    "Hugging Face datasets": (
        "python",
        "from pathlib import Path\n\nfrom datasets import load_dataset\n\n"
        'articles = load_dataset(str(Path(".").resolve()), "articles", split="train")',
    ),
    "R": ("r", 'articles <- data.table::fread("data/articles.csv", encoding = "UTF-8", na.strings = "")'),
    "SQLite": ("sh", 'sqlite3 :memory: ".import --csv data/articles.csv articles" "SELECT count(*) FROM articles"'),
    "shegong (`pip install shegong`)": ("python", 'import shegong\n\narticles = shegong.load(".")["articles"]'),
}
"""Language and lines by tool, where each table is one file."""

READERS_OF_PARTS = {
    "R": (
        "r",
        'articles <- data.table::rbindlist(lapply(list.files("data/csv/articles", full.names = TRUE),\n'
        '                                         data.table::fread, encoding = "UTF-8", na.strings = ""))',
    ),
    "SQLite": (
        "sh",
        "{ head -n 1 data/csv/articles/0.csv; tail -q -n +2 data/csv/articles/*.csv; } > articles.csv\n"
        'sqlite3 :memory: ".import --csv articles.csv articles" "SELECT count(*) FROM articles"',
    ),
}
"""Those that differ where the table is in parts by more than a path (flows/folder/layout.py)."""


def readers(parted: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Tool, language and lines; `parted` names the tables that are folders of parts."""
    for tool, (language, lines) in (READERS | (READERS_OF_PARTS if parted else {})).items():
        yield tool, language, of_parts(lines, parted)


def of_parts(lines: str, parted: Collection[str]) -> str:
    """Lines of code that read tables, where some of these are folders of parts: pandas and pyarrow take the folder,
    SQL and polars all files in it."""

    def place(found: re.Match[str]) -> str:
        before, quote, table = found.groups()
        if table not in parted:
            return found[0]
        return (
            f"{before}{quote}data/{table}{'/*.parquet' if quote == chr(39) or before.startswith('pl.') else ''}{quote}"
        )

    return re.sub(r"""((?:\w+\.read_\w+\()?)(["'])data/(\w+)\.parquet\2""", place, lines)
