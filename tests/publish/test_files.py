"""Files: the same rows give the same bytes, and come back equal."""

import csv
import io
import json
import random
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.arrow_rows import to_arrow
from flows.folder.files import write_parquet
from flows.publish.csv_files import append_csv, cells_of, write_csv
from flows.schema import TABLES, load
from tests.synthetic import tables_of

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


def test_parquet_comes_back_equal_with_types_and_descriptions(tmp_path: Path) -> None:
    for name, table in tables_of().items():
        write_parquet(name, table, tmp_path / name)
        back = pq.read_table(tmp_path / name, page_checksum_verification=True)
        assert back.equals(table)
        assert back.schema.equals(load(name).arrow, check_metadata=True)


def test_only_key_columns_have_statistics(tmp_path: Path) -> None:
    write_parquet("articles", tables_of()["articles"], tmp_path / "a")
    group = pq.read_metadata(tmp_path / "a").row_group(0)
    columns = [group.column(n) for n in range(group.num_columns)]
    assert {c.path_in_schema for c in columns if c.is_stats_set} == {"article_id"}
    assert all(c.compression == "ZSTD" and c.has_column_index == (c.path_in_schema == "article_id") for c in columns)


def test_bytes_depend_on_rows_alone(tmp_path: Path) -> None:
    for name in TABLES:
        for turn, table in enumerate((tables_of()[name], pa.concat_tables([tables_of()[name]]).combine_chunks())):
            write_parquet(name, table, tmp_path / f"{name}{turn}")
            write_csv(table, tmp_path / f"{name}{turn}.csv")
        assert (tmp_path / f"{name}0").read_bytes() == (tmp_path / f"{name}1").read_bytes()
        assert (tmp_path / f"{name}0.csv").read_bytes() == (tmp_path / f"{name}1.csv").read_bytes()


@given(st.lists(st.tuples(TEXT, st.lists(TEXT)), min_size=1, max_size=5))
def test_csv_comes_back_equal_whatever_the_text(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, list[str]]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "people.csv"
    write_csv(to_arrow("people", [{"name": name, "titles": titles} for name, titles in rows]), path)
    with path.open(encoding="utf-8", newline="") as lines:
        back = [(row["name"], json.loads(row["titles"])) for row in csv.DictReader(lines)]
    assert back == rows


class Quoted(csv.excel):
    quoting = csv.QUOTE_NONNUMERIC


@settings(max_examples=20)
@given(st.lists(st.tuples(TEXT, st.lists(TEXT)), min_size=1, max_size=5))
def test_csv_is_what_python_writes(rows: list[tuple[str, list[str]]]) -> None:
    """Python's csv with every text in quotes; what is no text goes to it as a number that prints so."""

    class Plain(float):
        def __new__(cls, shown: str) -> "Plain":
            return super().__new__(cls)

        def __init__(self, shown: str) -> None:
            self.shown = shown

        def __repr__(self) -> str:
            return self.shown

    for table in (to_arrow("people", [{"name": n, "titles": t} for n, t in rows]), *tables_of(2).values()):
        ours, python = io.BytesIO(), io.StringIO()
        append_csv(table, ours, head=False)
        texts = {field.name for field in table.schema if pa.types.is_string(field.type) or pa.types.is_list(field.type)}
        columns = [
            [v if v is None or name in texts else Plain(str(v)) for v in cells_of(table[name])]
            for name in table.column_names
        ]
        for row in zip(*columns, strict=True):
            cells = [Plain("") if value is None else value for value in row]
            csv.writer(python, Quoted).writerow(cells)
        assert ours.getvalue().decode() == python.getvalue()


def test_csv_writes_values_plainly(tmp_path: Path) -> None:
    write_csv(tables_of(1)["events"], tmp_path / "e.csv")
    write_csv(tables_of(1)["statistics"], tmp_path / "s.csv")
    write_csv(tables_of(1)["articles"], tmp_path / "a.csv")
    text = (tmp_path / "e.csv").read_bytes().decode()
    assert text.endswith("\r\n")
    assert ',2024-03-19,,true,"示例广场",' in text
    assert ',1200,"人","nearly",' in (tmp_path / "s.csv").read_text(encoding="utf-8")
    assert "2024-03-19T09:30:00+08:00" in (tmp_path / "a.csv").read_text(encoding="utf-8")


def test_duckdb_reads_a_table_whose_first_comma_or_quote_comes_late(tmp_path: Path) -> None:
    names = [None if n % 7 == 0 else f"滨海{n}号站" for n in range(25_000)]
    names[22_000] = '香港“关爱”站, "Care" Ltd\n分部'
    table = pa.table({"article_id": [f"{n:016x}-01" for n in range(25_000)], "name": names, "start": range(25_000)})
    write_csv(table, tmp_path / "late.csv")
    found = duckdb.sql(f"SELECT * FROM '{tmp_path}/late.csv'")
    assert found is not None
    back = found.to_arrow_table()
    assert back["name"].to_pylist() == names
    assert back["start"].to_pylist() == list(range(25_000))


def test_most_bytes_stay_when_a_few_rows_are_added(tmp_path: Path) -> None:
    """Pages end where their content says so: without that, one row at the beginning changes nearly all of a file."""
    ids = [f"{number:016x}" for number in range(16, 6016)]

    def written(ids: list[str], name: str) -> bytes:
        texts = {one: "".join(random.Random(one).choices("社会工作服务中心志愿者", k=600)) for one in ids}
        rows = [
            {"document_id": one, "raw_start": 0, "raw_end": 600, "kind": "other", "rule": "x", "text": texts[one]}
            for one in ids
        ]
        write_parquet("removals", to_arrow("removals", rows), tmp_path / name)
        return (tmp_path / name).read_bytes()

    old, new = written(ids, "old.parquet"), written([*ids, "f" * 16], "new.parquet")
    first = written(["0" * 16, *ids], "first.parquet")
    for changed in (new, first):
        places = range(0, len(changed), 4096)
        assert sum(changed[place : place + 64] in old for place in places) / len(places) > 0.5
