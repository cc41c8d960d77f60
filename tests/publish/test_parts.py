"""Tables in parts: the same rows as whole tables, read the same ways; and parts that did not change stay the files that
they were."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import shegong
from hypothesis import given
from hypothesis import strategies as st

from flows.bounds import between
from flows.corpus import Arrow, Corpus, owners
from flows.errors import ReleaseError
from flows.folder import layout
from flows.folder.files import sha256
from flows.folder.stage import commit, read_build, write_build
from flows.folder.sums import NAME as SUMS
from flows.folder.tables import corpus_of_release, declared_files, read_range, read_table
from flows.publish.inspect import inspect
from flows.publish.release import write_staging
from flows.publish.tiers import write_open_tier
from flows.raw.listed import Listed
from flows.raw.listing import cut
from flows.run.parts import PartWork
from flows.schema import OF_CORPUS, TABLES
from flows.state import code_version
from flows.validate import ValidationReport
from flows.validate.release import validate_release
from tests.synthetic import documents_read, tables_of

COUNT, LARGEST = 24, 4
PAGES = [name for name in TABLES if name not in OF_CORPUS]


@pytest.fixture(scope="module", autouse=True)
def small_parts() -> Iterator[None]:
    """Tables are in parts from the first document on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout, "PARTED", 0)
        yield


def the(part: Arrow) -> Arrow:
    """A source that other processes can read: it takes the tables along."""
    return part


class Here:
    """A pool of this process, which takes no second to start."""

    workers, away = 2, False

    def run(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)


def corpus_of(tables: Arrow, largest: int = LARGEST, work: PartWork | None = None) -> Corpus:
    """Tables in parts, cut as a run cuts its documents."""
    ids = sorted(set(tables["documents"]["document_id"].to_pylist()))
    parts: list[dict[str, pa.Table]] = []
    for part in cut([Listed(one, one.ljust(64, "0")) for one in ids], largest):
        mine = pa.array([one.name for one in part], pa.string())
        rows = {n: t.filter(pc.is_in(owners(t), value_set=mine)).combine_chunks() for n, t in tables.items()}
        whole = {name: tables[name] if not parts else tables[name].slice(0, 0) for name in OF_CORPUS}
        parts.append(rows | whole)
    return Corpus([partial(the, part) for part in parts], work)


def build(releases: Path, version: str, corpus: Corpus, count: int = COUNT, code: str = "") -> Path:
    staging = write_staging(corpus, ValidationReport(version, documents_read(count), ()), releases, version)
    write_build(staging, {"code_version": code or code_version(), "packages": {"pyarrow": pa.__version__}})
    return commit(staging, releases, version)


@pytest.fixture(scope="module")
def release(small_parts: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("parted"), "v2026.11.22", corpus_of(tables_of(COUNT)))


hexes = st.integers(0, 2**64 - 1).map(lambda number: f"{number:016x}")


@given(st.lists(hexes, unique=True, min_size=2, max_size=60), hexes, st.integers(0, 4))
def test_bounds_are_where_the_documents_were_halved_and_stay_when_one_comes(
    ids: list[str], another: str, power: int
) -> None:
    def bounds(ids: list[str]) -> list[str]:
        parts = cut([Listed(one, one.ljust(64, "0")) for one in sorted(ids)], 2**power)
        found = [between(one[-1].name, other[0].name) for one, other in pairwise(parts)]
        assert all(a[-1].name < bound <= b[0].name for a, bound, b in zip(parts, found, parts[1:], strict=False))
        return found

    before, after = bounds(ids), bounds([*{*ids, another}])
    assert sorted(before) == before
    assert len(set(after) - set(before)) <= 64  # halved again, as often as ids are alike
    if len(after) == len(before):
        assert after == before


def test_every_table_is_in_parts_but_those_of_the_whole_corpus(release: Path) -> None:
    names = layout.parts_of(release)
    assert len(names) > 3
    assert names[0] == layout.LOWEST_PART
    assert sorted(names) == names
    for table in TABLES:
        for kind in ("parquet", "csv"):
            files = layout.part_files(release, table, kind)
            assert [path.stem for path in files] == ([] if table in OF_CORPUS else names)
            assert (release / "data" / f"{table}.{kind}").exists() == (table in OF_CORPUS)


def test_parts_together_are_the_whole_table(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "PARTED", 10**6)
    whole = build(tmp_path, "v2026.11.22", corpus_of(tables_of(COUNT)))
    for table in TABLES:
        assert read_table(release, table).equals(read_table(whole, table), check_metadata=True)
    for table in PAGES:
        head, *lines = (whole / "data" / f"{table}.csv").read_bytes().split(b"\r\n", 1)
        parts = [path.read_bytes().split(b"\r\n", 1) for path in layout.part_files(release, table, "csv")]
        assert {part[0] for part in parts} == {head}
        assert b"".join(part[1] for part in parts) == lines[0]


def in_duckdb(query: str) -> list[tuple[Any, ...]]:
    found = duckdb.sql(query)
    assert found is not None
    return found.fetchall()


@pytest.mark.parametrize("table", PAGES)
def test_readers_take_one_path(release: Path, table: str) -> None:
    rows = read_table(release, table).num_rows
    folder = release / layout.table_place(release, table)
    assert folder.is_dir()
    assert len(pd.read_parquet(folder)) == rows
    assert pq.read_table(folder).num_rows == rows
    assert len(pl.read_parquet(folder / "*.parquet")) == rows
    assert in_duckdb(f"SELECT count(*) FROM '{folder}/*.parquet'") == [(rows,)]
    csv = release / layout.table_place(release, table, "csv")
    assert in_duckdb(f"SELECT count(*) FROM read_csv('{csv}/*.csv', header = true)") == [(rows,)]


def test_it_is_loaded_explained_and_valid(release: Path) -> None:
    loaded = shegong.load(release)
    assert len(loaded["articles"]) == COUNT
    document = loaded["articles"]["document_id"][COUNT - 1]
    assert "removed" in loaded.explain(document[:9])
    assert [gate.name for gate in validate_release(release).failed] == []
    listed = [path.relative_to(release).as_posix() for table in TABLES for path in layout.table_files(release, table)]
    assert sorted(declared_files(release)) == sorted(listed)
    package = json.loads((release / "datapackage.json").read_text())
    for resource in package["resources"]:
        if resource["name"] == "articles-parquet":
            assert resource["path"] == sorted(name for name in listed if name.startswith("data/articles/"))


@given(hexes, hexes)
def test_a_range_of_documents_is_read_from_the_parts_that_hold_it(one: str, other: str) -> None:
    release = RELEASE[0]
    low, high = sorted([one, other])
    for table in ("documents", "articles", "people"):
        whole = read_table(release, table)
        mine = pc.and_(pc.greater_equal(whole[whole.schema.names[0]], low), pc.less(whole[whole.schema.names[0]], high))
        assert read_range(release, table, low, high).equals(whole.filter(mine))


RELEASE: list[Path] = []


@pytest.fixture(autouse=True)
def known(release: Path) -> None:
    RELEASE[:] = [release]


def test_a_release_is_cut_where_its_parts_are(release: Path) -> None:
    corpus = corpus_of_release(release)
    assert [source.low for source in corpus.sources()][1:] == layout.parts_of(release)[1:]  # type: ignore[attr-defined]
    for part, path in zip(corpus.parts(), layout.part_files(release, "articles"), strict=True):
        assert part["articles"].equals(pq.read_table(path))


def test_a_part_that_is_not_what_is_declared_is_refused(release: Path, tmp_path: Path) -> None:
    wrong = build(tmp_path, "v2026.11.22", corpus_of(tables_of(COUNT)))
    first, second, *_ = layout.part_files(wrong, "people")
    first.write_bytes(second.read_bytes())
    lines = (wrong / SUMS).read_text().splitlines()
    name = first.relative_to(wrong).as_posix()
    mended = [f"{sha256(first)}  {name}" if line.endswith(f"  {name}") else line for line in lines]
    (wrong / SUMS).write_text("\n".join(mended) + "\n")
    with pytest.raises(ReleaseError, match="describes"):
        inspect(wrong)
    first.unlink()
    assert not validate_release(wrong).passed


def test_the_open_tier_is_in_the_same_parts(release: Path, tmp_path: Path) -> None:
    tier = write_open_tier(release, tmp_path / "open")
    assert layout.parts_of(tier) == layout.parts_of(release)
    assert inspect(tier).tier == "open"


CROISSANT = """
import itertools, os, sys
import mlcroissant as mlc
dataset = mlc.Dataset(sys.argv[1])
assert not dataset.metadata.ctx.issues.errors, dataset.metadata.ctx.issues.report()
for table in sys.argv[2:]:
    print(table, sum(1 for _ in itertools.islice(dataset.records(table), 1000)))
sys.stdout.flush()
os._exit(0)
"""


@pytest.mark.slow
def test_descriptors_of_parts_are_valid(release: Path) -> None:
    command = [sys.executable, "-c", CROISSANT, "croissant.json", "articles", "people"]
    run = subprocess.run(command, cwd=release, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == [
        f"{name} {read_table(release, name).num_rows}" for name in ("articles", "people")
    ]
    run = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "datapackage.json"], cwd=release, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout


def grown(tables: Arrow, gone: int) -> dict[str, pa.Table]:
    """The tables without one document."""
    ids = sorted(set(tables["documents"]["document_id"].to_pylist()))
    left = pa.array(ids[:gone] + ids[gone + 1 :], pa.string())
    return {
        name: table if name in OF_CORPUS else table.filter(pc.is_in(owners(table), value_set=left))
        for name, table in tables.items()
    }


def inodes(release: Path) -> dict[str, int]:
    paths = (path for table in PAGES for path in layout.part_files(release, table))
    return {path.relative_to(release).as_posix(): path.stat().st_ino for path in paths}


@pytest.mark.parametrize("gone", [0, 5, COUNT])
def test_parts_that_did_not_change_are_the_files_of_the_release_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: int
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    tables = tables_of(COUNT)
    work = PartWork(Here())
    before = build(tmp_path / "a", "v2026.11.22", corpus_of(grown(tables, gone), 8, work))
    after = build(tmp_path / "a", "v2026.11.23", corpus_of(tables, 8, work))
    build(tmp_path / "b", "v2026.11.22", corpus_of(grown(tables, gone), 8, work), code="another")
    anew = build(tmp_path / "b", "v2026.11.23", corpus_of(tables, 8, work))
    assert (after / SUMS).read_bytes() == (anew / SUMS).read_bytes()
    old, new = inodes(before), inodes(after)
    kept = {name for name in new if new[name] == old.get(name)}
    assert not {name for name, inode in inodes(anew).items() if inode in old.values()}
    changed = {Path(name).stem for name in new.keys() - kept}
    assert kept
    assert 1 <= len(changed) < len(layout.parts_of(after))
    assert {Path(name).stem for name in kept}.isdisjoint(changed)
    assert read_build(after)["code_version"] == code_version()


def test_a_damaged_part_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    tables = tables_of(COUNT)
    before = build(tmp_path, "v2026.11.22", corpus_of(tables, 8, PartWork(Here())))
    last = layout.part_files(before, "citations", "csv")[-1]
    good = last.read_bytes()
    last.write_bytes(good.replace(b",", b";", 1))
    after = build(tmp_path, "v2026.11.23", corpus_of(tables, 8, PartWork(Here())))
    assert (after / last.relative_to(before)).read_bytes() == good
    assert (after / last.relative_to(before)).stat().st_ino != last.stat().st_ino
    assert inspect(after).version == "v2026.11.23"


READ: dict[str, Callable[[str], object]] = {
    "pandas": lambda code: len(_run(code)["articles"]),
    "polars": lambda code: len(_run(code)["articles"]),
    "pyarrow": lambda code: len(_run(code)["articles"]),
    "DuckDB": lambda code: len(in_duckdb(code)),
    "SQLite": lambda code: int(subprocess.run(code, shell=True, capture_output=True, text=True).stdout),
}


def _run(code: str) -> dict[str, list[object]]:
    names: dict[str, list[object]] = {}
    exec(code, names)
    return names


@pytest.mark.parametrize("tool", READ)
def test_the_lines_of_the_card_read_parts(release: Path, tool: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if tool == "SQLite" and shutil.which("sqlite3") is None:
        pytest.skip("there is no sqlite3")
    monkeypatch.chdir(release)
    card = (release / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"^{tool}:\n\n```\w+\n(.*?)```", card, re.DOTALL | re.MULTILINE)
    assert found
    assert READ[tool](found[1]) == COUNT
    (release / "articles.csv").unlink(missing_ok=True)
