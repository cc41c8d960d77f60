"""`shegong takedown`: written down once, and found wherever something of it is left."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import pickle
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.cli import main
from flows.decisions import Decisions
from flows.decisions.tombstones import wanted_documents, without
from flows.folder.files import sha256
from flows.folder.stage import commit, set_aside
from flows.publish.channel import publish
from flows.publish.release import keep_quarantined, write_staging
from flows.raw.listing import list_documents
from flows.run.cache import shards_folder
from flows.run.shard import clean_shard, plan_shard
from flows.takedown.marks import windows
from flows.validate import ValidationReport
from flows.validate.quarantine import NOTHING_TAKEN, Taken
from tests.report.folders import cleaned
from tests.takedown.pages import ADDRESS, PAGES, TITLE, VICTIM

Capture = pytest.CaptureFixture[str]
FIRST, SECOND, THIRD = "v2026.11.21", "v2026.11.22", "v2026.11.23"
OTHER_LINE = '{"path": "other.txt"}'
PASSAGE = "三位老人当场学会了用手机预约理发与助浴服务"
"""A sentence of the page that is taken down, and of no other."""


def release(folder: Path, tables: dict[str, pa.Table], version: str, decisions: Decisions) -> Path:
    rows = tables["documents"].num_rows
    report = ValidationReport(version, rows, (), decisions=tuple(decisions.listed()))
    return commit(write_staging(tables, report, folder / "releases", version), folder / "releases", version)


def left(tables: dict[str, pa.Table], gone: str) -> dict[str, pa.Table]:
    return {name: without(table, [gone], name) for name, table in tables.items()}


def table_row(tables: dict[str, pa.Table], path: str) -> dict[str, Any]:
    return next(row for row in tables["documents"].to_pylist() if row["path"] == path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with raw pages, three releases, the third made after a takedown, a store with their differences,
    quarantine, a failed build, and the state of runs."""
    folder = tmp_path_factory.mktemp("takedown")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHEGONG_STATE", str(folder / "state"))
        _make(folder)
    return folder


def _make(folder: Path) -> None:
    raw, state, store = folder / "raw", folder / "state", str(folder / "store")
    raw.mkdir()
    for name, text in PAGES.items():
        (raw / name).write_text(text, encoding="utf-8")
    tables = cleaned(raw, "*.*")
    gone = table_row(tables, VICTIM)["document_id"]
    first = release(folder, left(tables, table_row(tables, "other2.txt")["document_id"]), FIRST, Decisions())
    second = release(folder, tables, SECOND, Decisions())
    clean_shard(plan_shard(raw, list_documents(raw), shards_folder()))
    kept_back = ValidationReport(SECOND, 1, (), ((gone, f"error: {PASSAGE}"),))
    keep_quarantined(Taken(dict(tables), NOTHING_TAKEN.misfits), kept_back, folder / "releases", SECOND)
    set_aside(write_staging(tables, ValidationReport(THIRD, 3, ()), folder / "releases", THIRD), state, THIRD)
    for part in ("parts/0/1", "unpacked", "logs"):
        (state / part).mkdir(parents=True)
    (state / "parts" / "0" / "1" / "note").write_bytes(pickle.dumps([TITLE]))
    (state / "unpacked" / "dump").write_bytes((raw / VICTIM).read_bytes())
    (state / "logs" / "run.jsonl").write_text(f"{json.dumps({'path': VICTIM, 'document': gone})}\n{OTHER_LINE}\n")
    with closing(sqlite3.connect(state / "prefect.db")) as opened:
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("CREATE TABLE artifacts (id INTEGER, said TEXT)")
        opened.executemany("INSERT INTO artifacts VALUES (?, ?)", [(1, TITLE), (2, "other")])
        opened.commit()
    for one in (first, second):
        publish(one, store, "stable", "full")
    assert main(["takedown", gone, "--why", "当事人要求", "--who", "李", *at(folder)]) == 0
    documents, decisions = wanted_documents(raw, folder / "releases")
    assert len(documents) == len(PAGES) - 1
    publish(release(folder, left(tables, gone), THIRD, decisions), store, "stable", "full")


def at(folder: Path) -> list[str]:
    return ["--raw", str(folder / "raw"), "--releases", str(folder / "releases")]


@pytest.fixture(scope="module")
def purged(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it in which everything was removed that may be."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("purged") / "all"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHEGONG_STATE", str(folder / "state"))
        assert main(["takedown", "--purge", "--remove-versions", str(folder / "store"), *at(folder)]) == 0
    return folder


@pytest.fixture
def clean(purged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that."""
    folder = Path(shutil.copytree(purged, tmp_path / "all"))
    monkeypatch.setenv("SHEGONG_STATE", str(folder / "state"))
    return folder


def check(folder: Path, *more: str) -> int:
    return main(["takedown", "--check", *more, *at(folder)])


def test_what_is_left_of_a_takedown_is_found_in_every_kind_of_place(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(made / "state"))
    assert check(made, str(made / "store")) == 1
    said = capsys.readouterr().out
    for place in (
        *(f"releases/{FIRST}/data/articles.parquet", f"releases/{SECOND}/data/articles.csv"),
        *(f"store/{FIRST}/report/index.html", f"store/{SECOND}/data/lineage.parquet"),
        *(
            f"quarantine/{SECOND}/reasons.json",
            f"quarantine/{SECOND}/people.parquet",
            f"failed/{THIRD}/data/articles.csv",
        ),
        *("parts/0/1/note", "unpacked/dump", "logs/run.jsonl", "state/prefect.db", "articles.arrow"),
    ):
        assert place in said, place
    assert f"/{THIRD}/" not in said.replace(f"failed/{THIRD}/", "")  # the release made since holds nothing of it
    assert f"{SECOND}..{THIRD}" not in said  # nor does the difference to it
    assert f"the raw folder holds it still, as {VICTIM}" in said


def test_a_purge_leaves_nothing_and_everything_of_others(clean: Path, capsys: Capture) -> None:
    capsys.readouterr()
    assert check(clean, str(clean / "store")) == 0
    assert "nothing is left" in capsys.readouterr().out
    assert [path.name for path in sorted((clean / "releases").glob("v2*"))] == [THIRD]
    assert [path.name for path in sorted((clean / "store").glob("v2*"))] == [THIRD]
    assert (clean / "state" / "logs" / "run.jsonl").read_text() == OTHER_LINE + "\n"
    with closing(sqlite3.connect(clean / "state" / "prefect.db")) as database:
        assert database.execute("SELECT * FROM artifacts").fetchall() == [(2, "other")]
    assert not (clean / "state" / "failed" / THIRD).exists()


def test_versions_are_removed_on_demand_only_and_never_the_newest(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    folder = tmp_path / "all"
    shutil.copytree(made, folder, symlinks=True)
    shutil.rmtree(folder / "releases" / THIRD)
    (folder / "releases" / "latest.json").write_text(json.dumps({"version": SECOND}))
    monkeypatch.setenv("SHEGONG_STATE", str(folder / "state"))
    assert main(["takedown", "--purge", *at(folder)]) == 1
    assert "--remove-versions removes it" in capsys.readouterr().out
    assert main(["takedown", "--purge", "--remove-versions", *at(folder)]) == 1
    assert "latest.json leads to it" in capsys.readouterr().out
    assert [path.name for path in (folder / "releases").glob("v*")] == [SECOND]
    rows = pq.read_table(folder / "releases" / "quarantine" / SECOND / "documents.parquet")["path"].to_pylist()
    assert rows == sorted(set(PAGES) - {VICTIM}, key=rows.index)  # the others still wait


def arrow(text: str) -> bytes:
    table, sink = pa.table({"n": [1], "quote": [[text]]}), io.BytesIO()
    with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    return sink.getvalue()


def parquet(text: str) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"n": [1], "quote": [text]}), sink, compression="zstd")
    return sink.getvalue()


def database(text: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("CREATE TABLE pages (url TEXT)")
        opened.execute("INSERT INTO pages VALUES (?)", (text,))
        opened.commit()
        return opened.serialize()


def zipped(name: str, content: str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return sink.getvalue()


def planted(digest: str) -> dict[str, bytes]:
    """A file in each kind of place that holds one thing of the page with that hash, by its path."""
    article, passage = f"{digest[:16]}-01", PASSAGE.encode()
    marked = f"<p>{html.escape(PASSAGE[:9])}<mark>{PASSAGE[9:]}</mark></p>"
    release, state = f"releases/{THIRD}", "state"
    return {
        f"{release}/data/x.parquet": parquet(f"据悉，{PASSAGE}。"),
        f"{release}/data/x.csv": f"1,{article}\r\n".encode(),
        f"{release}/changes/people.parquet": parquet(article),
        f"{release}/report/x.html": marked.encode(),
        f"{release}/report/documents/{digest[:16]}.html": b"",
        f"{release}/report/documents/list-2.js": json.dumps([TITLE]).encode(),
        f"{release}/report/x.xml": f'<case name="people.evidence" key="{article}"/>'.encode(),
        f"releases/quarantine/{THIRD}/reasons.json": json.dumps([digest[:16]]).encode(),
        f"releases/.staging-{THIRD}-1/x.md": f"removed: `{article} {TITLE}`".encode(),
        f"{state}/failed/{FIRST}/data/x.csv": f"\ufeff{TITLE}".encode(),
        f"{state}/shards/1/2/x.arrow": arrow(PASSAGE),
        f"{state}/parts/1/2/x": pickle.dumps({"key": (article, 3)}),
        f"{state}/raw/1/documents/x": PAGES[VICTIM].encode(),
        f"{state}/raw/1/documents/y": PASSAGE.encode("gb18030"),
        f"{state}/contents/x.jsonl": json.dumps(["x", digest]).encode(),
        f"{state}/unpacked/x": json.dumps({"base64": base64.b64encode(passage * 3).decode()}).encode(),
        f"{state}/unpacked/y": gzip.compress(b"x" * 10 + passage),
        f"{state}/unpacked/z": gzip.compress(gzip.compress(passage)),
        f"{state}/releases/1/{FIRST}/data/x.parquet": parquet(digest),
        f"{state}/logs/x.jsonl": json.dumps({"reason": f"error: {PASSAGE}"}).encode(),
        f"{state}/collect/x.sqlite": database(ADDRESS.replace("https://news", "HTTP://NEWS") + "#top"),
        f"{state}/prefect/results/x": json.dumps({"result": quote(TITLE)}).encode(),
        f"store/{THIRD}/data/x.csv": f'"{ADDRESS}",1'.encode(),
        "store/channels/stable/a..b.md": f"* removed: `{article}`".encode(),
        "copies/x.csv.gz": gzip.compress(f"1,{digest}".encode()),
        "copies/x.xlsx": zipped("xl/sharedStrings.xml", f"<si><t>{TITLE}</t></si>"),
        "copies/x.txt": PASSAGE.encode("utf-16"),
    }


def test_one_that_is_planted_in_each_kind_of_place_is_found(clean: Path, capsys: Capture) -> None:
    digest = sha256(clean / "raw" / VICTIM)
    (clean / "copies").mkdir()
    named = str(clean / "store"), str(clean / "copies")
    assert check(clean, *named) == 0
    files = planted(digest)
    for name, content in files.items():
        (clean / name).parent.mkdir(parents=True, exist_ok=True)
        (clean / name).write_bytes(content)
    capsys.readouterr()
    assert check(clean, *named) == 1
    said = capsys.readouterr().out
    assert [name for name in files if f"  {clean / name}: {digest[:16]}: " not in said] == []
    assert f"something is left in {len(files)} of them" in said


def test_what_other_documents_hold_and_a_told_id_are_no_sign(clean: Path) -> None:
    (clean / "copies").mkdir()
    told = f"takedown of {sha256(clean / 'raw' / VICTIM)[:16]}, {ADDRESS}/else and {ADDRESS}l"
    (clean / "copies" / "other.txt").write_text(PAGES["other.txt"] + told, encoding="utf-8")
    assert check(clean, str(clean / "copies")) == 0


def test_a_reprint_is_told(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """Another document with most of the same text stays, and so does the text: that is for a person to decide."""
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    shutil.copytree(made / "raw", tmp_path / "raw")
    (tmp_path / "raw" / "again.html").write_text(PAGES[VICTIM].replace(ADDRESS, ADDRESS + "l"), encoding="utf-8")
    tables = cleaned(tmp_path / "raw", "*.*ml")
    release(tmp_path, tables, FIRST, Decisions())
    assert check(tmp_path) == 1
    other = table_row(tables, "again.html")["document_id"]
    assert f"its text stands in {other} too" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["短", "一" * 50, "……" * 30, "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒"]
)
def test_any_19_characters_of_a_text_hold_a_passage(text: str) -> None:
    found = set(windows(text))
    if len(set(text)) < 19:
        assert not found
    else:
        assert all(any(one in text[start : start + 19] for one in found) for start in range(len(text) - 18))
