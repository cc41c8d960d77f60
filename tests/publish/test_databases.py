"""A release as one file of a database: the same rows, joined by keys, searched in Chinese."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.arrow_rows import to_arrow
from flows.books.regions import region_rows
from flows.cli import main
from flows.publish.databases import export_sqlite
from flows.publish.sqlite import LONGEST, pieces
from flows.schema import schemas
from tests.publish.releases import build, with_row
from tests.synthetic import tables_of


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tables = with_row(
        tables_of(3), "articles", 0, title="江海省社会工作者协会成立", authors=["张三", "李四"], region="320613"
    )
    tables["regions"] = to_arrow("regions", list(region_rows()))
    documents = tables["documents"]
    tables["documents"] = documents.filter(pc.not_equal(documents["status"], "duplicate"))
    return build(tmp_path_factory.mktemp("built"), tables=tables)


@pytest.fixture(scope="module")
def database(release: Path) -> sqlite3.Connection:
    path = release.parent / "shegong.db"
    assert main(["export", str(release), "--sqlite", str(path)]) == 0
    return sqlite3.connect(path)


def test_every_table_has_all_its_rows(release: Path, database: sqlite3.Connection) -> None:
    for name in schemas():
        rows = pq.read_table(release / "data" / f"{name}.parquet")
        found = database.execute(f'SELECT * FROM "{name}"')
        assert [column[0] for column in found.description] == rows.column_names
        assert len(found.fetchall()) == rows.num_rows
    title, authors, day = database.execute("SELECT title, authors, published_date FROM articles").fetchone()
    row = pq.read_table(release / "data" / "articles.parquet").to_pylist()[0]
    assert (title, json.loads(authors), day) == (row["title"], row["authors"], row["published_date"].isoformat())


def test_keys_hold_and_name_their_parents(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    parents = {row[2] for name in schemas() for row in database.execute(f'PRAGMA foreign_key_list("{name}")')}
    assert parents >= {"articles", "documents", "regions"}
    database.execute("PRAGMA foreign_keys = ON")
    tables = [name for name in schemas() if database.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()]
    assert not [row for name in tables for row in database.execute(f'PRAGMA foreign_key_check("{name}")')]
    query = "SELECT r.name FROM articles a JOIN regions r ON r.code = a.region WHERE a.title LIKE '江海%'"
    assert database.execute(query).fetchall() == [("崇川区",)]


def test_documents_with_copies_keep_every_row(tmp_path: Path) -> None:
    release = build(tmp_path, 3)
    export_sqlite(release, tmp_path / "copies.db")
    with sqlite3.connect(tmp_path / "copies.db") as found:
        ((rows, ids),) = found.execute("SELECT count(*), count(DISTINCT document_id) FROM documents").fetchall()
    assert rows > ids  # so that no table can point to an id alone


@pytest.mark.parametrize("words", ["社会工作", "协会", "江海省", '"工作者"', "江海 成立", "立"])
def test_it_is_searched_in_chinese_as_datasette_does(database: sqlite3.Connection, words: str) -> None:
    said = " ".join(word if word.startswith('"') else f'"{word}"' for word in words.split())
    found = database.execute("SELECT title FROM articles WHERE rowid IN "
                             "(SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)", [said])  # fmt: skip
    assert ("江海省社会工作者协会成立",) in found.fetchall()


def test_what_is_not_there_is_not_found(database: sqlite3.Connection) -> None:
    found = database.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH '\"江社\"'").fetchone()
    assert found == (0,)


@given(st.text(alphabet="社工会a1 ，\U00020000", max_size=12))
def test_every_short_piece_of_chinese_is_a_word(text: str) -> None:
    words = set(pieces(text).split())
    for run in text.replace("，", " ").replace("a", " ").replace("1", " ").split():
        for start in range(len(run)):
            assert run[start : start + LONGEST] in words
    assert all(word in text for word in words)


def test_what_datasette_is_told_fits_the_database(release: Path, database: sqlite3.Connection) -> None:
    about = json.loads((release.parent / "shegong.db.metadata.json").read_text(encoding="utf-8"))
    ((name, told),) = about["databases"].items()
    assert name == "shegong"
    for table, entry in told["tables"].items():
        columns = {row[1] for row in database.execute(f'PRAGMA table_info("{table}")')}
        assert columns >= set(entry.get("columns", ()))
        assert entry.get("label_column") in columns | {None}
    found = database.execute(told["queries"]["contains"]["sql"], {"words": "社会工作者协会"}).fetchall()
    assert len(found) == 1


def test_duckdb_has_the_same_rows_and_says_what_columns_are(release: Path, tmp_path: Path) -> None:
    path = tmp_path / "shegong.duckdb"
    assert main(["export", str(release), "--duckdb", str(path)]) == 0
    with duckdb.connect(str(path), read_only=True) as found:
        found.execute("SET TimeZone = 'Asia/Shanghai'")
        for name in schemas():
            assert (
                found.sql(f'FROM "{name}"').to_arrow_table().to_pylist()
                == pq.read_table(release / "data" / f"{name}.parquet").to_pylist()
            )
        ((comment,),) = found.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'articles' AND column_name = 'title'"
        ).fetchall()
    assert comment


def test_nothing_is_overwritten_and_nothing_half_made_is_left(
    release: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "mine.db"
    there.write_text("mine", encoding="utf-8")
    assert main(["export", str(release), "--sqlite", str(there)]) == 2
    assert "there is a file of that name" in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "mine"
    assert main(["export", str(tmp_path), "--sqlite", str(tmp_path / "new.db")]) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.db"]
    with pytest.raises(SystemExit):
        main(["export", str(release)])


def test_the_export_leaves_out_nothing_that_is_searched(database: sqlite3.Connection) -> None:
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE name LIKE '%_fts'").fetchall():
        rows: Any = database.execute(f'SELECT count(*) FROM "{name}_docsize"').fetchone()
        assert rows == database.execute(f'SELECT count(*) FROM "{name.removesuffix("_fts")}"').fetchone()
