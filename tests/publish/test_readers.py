"""The tools that the card names read the same rows: lists, nulls, dates, Chinese, and whatever a text may hold."""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from flows.arrow_rows import to_arrow
from flows.errors import RowError
from flows.schema import TABLES, load
from tests.publish.releases import build, with_row
from tests.synthetic import tables_of

ODD = '=1+1\n+2\t-3 @x, "引号"；\u2028𠮷😀‘’\u200b\r\n尾'
"""Formula, quotes, separators, line breaks of several sorts, characters beyond the BMP, one without width."""

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = with_row(tables_of(3), "articles", 0, subtitle=ODD, authors=[ODD, "张三"], published_at=None)
    tables = with_row(tables, "events", 1, attendance=None, end_date=dt.date(1999, 12, 31))
    return build(tmp_path_factory.mktemp("built"), tables=tables)


def by_pandas(path: Path) -> Rows:
    return pd.read_parquet(path).to_dict("records")  # type: ignore[return-value]


def by_pandas_nullable(path: Path) -> Rows:
    return pd.read_parquet(path, dtype_backend="pyarrow").to_dict("records")  # type: ignore[return-value]


def by_duckdb(path: Path) -> Rows:
    found = duckdb.connect()
    found.execute("SET TimeZone = 'Asia/Shanghai'")
    return found.sql(f"FROM '{path}'").to_arrow_table().to_pylist()


def by_polars(path: Path) -> Rows:
    return pl.read_parquet(path).to_dicts()


def by_pyarrow(path: Path) -> Rows:
    return pq.read_table(path).to_pylist()


def by_csv(path: Path) -> Rows:
    """The CSV with nothing but the standard library and the types of schemas/."""
    columns = {column.name: column.type for column in load(path.stem).columns}
    read: dict[str, Callable[[str], Any]] = {
        "integer": int, "number": float, "array": json.loads, "flags": json.loads, "date": dt.date.fromisoformat,
        "datetime": dt.datetime.fromisoformat, "boolean": {"true": True, "false": False}.__getitem__, "string": str,
    }  # fmt: skip
    with path.with_suffix(".csv").open(encoding="utf-8", newline="") as lines:
        return [{n: read[columns[n]](v) if v else None for n, v in row.items()} for row in csv.DictReader(lines)]


def plain(value: Any) -> Any:
    """One form for what the tools call null, list and time."""
    if hasattr(value, "tolist") and not isinstance(value, str):
        value = value.tolist()
    if isinstance(value, list):
        return [plain(part) for part in value]
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC)
    return value


@pytest.mark.parametrize("read", [by_pandas, by_pandas_nullable, by_duckdb, by_polars, by_pyarrow, by_csv])
@pytest.mark.parametrize("table", TABLES)
def test_every_reader_gives_the_same_rows(release: Path, table: str, read: Callable[[Path], Rows]) -> None:
    path = release / "data" / f"{table}.parquet"
    expected = [{name: plain(value) for name, value in row.items()} for row in pq.read_table(path).to_pylist()]
    assert [{name: plain(value) for name, value in row.items()} for row in read(path)] == expected
    if table == "articles":
        assert expected[0]["subtitle"] == ODD


HUGGING_FACE = """
import json, sys
from datasets import load_dataset
rows = {}
for name in sys.argv[3:]:
    found = load_dataset(sys.argv[1], name, split="train", cache_dir=sys.argv[2])
    rows[name] = [{k: str(v) for k, v in row.items()} for row in found]
rows["default"] = len(load_dataset(sys.argv[1], split="train", cache_dir=sys.argv[2]))
json.dump(rows, sys.stdout)
"""


@pytest.mark.slow
def test_hugging_face_datasets_reads_the_folder_offline_by_its_card(release: Path, tmp_path: Path) -> None:
    offline = os.environ | {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    offline["HF_HUB_DISABLE_TELEMETRY"] = "1"
    tables = [name for name in TABLES if pq.read_metadata(release / "data" / f"{name}.parquet").num_rows]
    run = subprocess.run(
        [sys.executable, "-c", HUGGING_FACE, str(release), str(tmp_path / "cache"), *tables],
        env=offline, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(run.stdout)
    assert found.pop("default") == 3
    assert len(tables) > 10
    for table in tables:
        rows = pq.read_table(release / "data" / f"{table}.parquet").to_pylist()
        assert found[table] == [{name: str(value) for name, value in row.items()} for row in rows], table


def card_blocks(release: Path, language: str) -> list[str]:
    """What the card shows in a language, but for the worked questions, which test_questions.py asks."""
    card = (release / "README.md").read_text(encoding="utf-8").split("## 例题")[0]
    return re.findall(rf"```{language}\n(.*?)```", card, re.DOTALL)


def test_the_lines_of_the_card_work_when_pasted(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release)
    python = card_blocks(release, "python")
    assert len(python) >= 4
    for code in python:
        if "load_dataset" not in code:  # see below
            names: dict[str, Any] = {}
            exec(code, names)
            assert len(names["articles"]) == 3, code
    for code in card_blocks(release, "sql"):
        found = duckdb.sql(code)
        assert found is not None, code
        assert len(found.fetchall()) == 3, code


@pytest.mark.slow
def test_the_line_for_hugging_face_works_when_pasted(release: Path, tmp_path: Path) -> None:
    (code,) = [code for code in card_blocks(release, "python") if "load_dataset" in code]
    offline = os.environ | {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    command = [sys.executable, "-c", f"{code}\nprint(len(articles))"]
    run = subprocess.run(command, cwd=release, env=offline, capture_output=True, text=True)
    assert run.stdout.strip() == "3", run.stderr


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3")
def test_the_line_for_sqlite_works_when_pasted(release: Path) -> None:
    (line,) = [line for line in card_blocks(release, "sh") if line.startswith("sqlite3 ")]
    assert subprocess.run(line, shell=True, cwd=release, capture_output=True, text=True).stdout.strip() == "3"


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="there is no R")
def test_the_line_for_r_works_when_pasted(release: Path) -> None:
    (line,) = card_blocks(release, "r")
    asked = "cat(nrow(articles), utf8ToInt(substr(articles$title[1], 1, 1)), class(articles$published_date), '\\n')"
    run = subprocess.run(["Rscript", "-e", f"{line.strip()}\n{asked}"], cwd=release, capture_output=True, text=True)
    title = pd.read_csv(release / "data" / "articles.csv")["title"][0]
    assert run.stdout.split() == ["3", str(ord(title[0])), "IDate", "Date"], run.stderr


@pytest.mark.parametrize(("text", "said"), [("一\x00二", "NUL at 1"), ("一二\ud800", "lone surrogate at 2")])
def test_what_no_file_can_hold_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(RowError, match=rf"article_id='a-01'.*in title: holds (a )?{said}"):
        to_arrow("articles", [{"article_id": "a-00", "title": "好"}, {"article_id": "a-01", "title": text}])
    with pytest.raises(RowError, match="a-00"):
        to_arrow("articles", [{"article_id": "a-00", "authors": ["好", text]}])
