"""A corpus in parts gives what it gives as a whole: the same verdict, the same files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from flows.corpus import Arrow, Corpus, owners, starts
from flows.folder.files import ROW_GROUP, ParquetFile
from flows.folder.stage import commit
from flows.folder.tables import corpus_of_release
from flows.publish.release import check, write_staging
from flows.run.parts import PartWork
from flows.validate import ValidationReport, validate
from flows.work.pool import LocalPool
from tests.synthetic import VERSION, documents_read, tables_of

COUNT = 9
NEXT = "v2026.11.23"


def cut(tables: Arrow, sizes: Sequence[int]) -> Corpus:
    """Tables in parts of so many documents."""
    ids = sorted(set(tables["documents"]["document_id"].to_pylist()))
    parts, start = [], 0
    for size in [*sizes, len(ids)]:
        mine = pa.array(ids[start : start + size], pa.string())
        start += size
        if len(mine):
            parts.append({n: t.filter(pc.is_in(owners(t), value_set=mine)).combine_chunks() for n, t in tables.items()})
    return Corpus([partial(the, part) for part in parts])


def the(part: Arrow) -> Arrow:
    """A source that other processes can read: it takes the tables along."""
    return part


def nothing() -> None:
    """A worker that needs no cleaning code starts sooner."""


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def faulty() -> dict[str, pa.Table]:
    """Two articles of two documents have a wrong length, two others the same text without saying so; two names of
    persons stand elsewhere."""
    tables = tables_of(COUNT)
    people = tables["people"].to_pylist()
    for place in (2, COUNT - 2):
        people[place]["start"] += 1
    rows = tables["articles"].to_pylist()
    for place in (1, COUNT - 1):
        rows[place]["char_count"] += 1
    for name in ("text", "text_sha256", "char_count"):
        rows[4][name] = rows[0][name]
    changed = {"articles": rows, "people": people}
    return tables | {name: pa.Table.from_pylist(new, schema=tables[name].schema) for name, new in changed.items()}


@pytest.mark.slow
def test_the_verdict_on_parts_is_the_verdict_on_the_whole() -> None:
    tables, sizes = faulty(), (3, 3)
    report, kept, taken = check(tables, VERSION, documents_read(COUNT))
    report_, kept_, taken_ = check(cut(tables, sizes), VERSION, documents_read(COUNT))
    assert report.quarantined
    assert dict(report.misfits)["people"] == 2
    assert report_.as_json() == report.as_json()
    assert dict(kept_) == dict(kept)
    assert taken_ == taken


def test_a_duplicate_may_name_an_article_of_another_part_but_not_one_that_is_nowhere() -> None:
    tables = tables_of(2)
    rows = tables["articles"].to_pylist()
    for name in ("text", "text_sha256", "char_count"):
        rows[1][name] = rows[0][name]
    rows[1]["duplicate_of"] = rows[0]["article_id"]

    def fails(rows: list[dict[str, object]]) -> set[str]:
        corpus = cut(tables | {"articles": pa.Table.from_pylist(rows, schema=tables["articles"].schema)}, (2,))
        report = validate(corpus, VERSION, documents_read(2), only=("articles",))
        return {gate.name for gate in report.failed} & {"articles.duplicate_of_exists", "articles.duplicates_marked"}

    assert fails(rows) == set()
    rows[1]["duplicate_of"] = "0" * 16 + "-01"
    assert fails(rows) == {"articles.duplicate_of_exists"}
    rows[1]["duplicate_of"] = None
    assert fails(rows) == {"articles.duplicates_marked"}


def test_a_release_of_parts_has_the_bytes_of_a_release_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    found, sizes = {}, (2, 3)
    report = ValidationReport(VERSION, documents_read(COUNT), ())
    first, second = tables_of(COUNT - 2), tables_of(COUNT)
    with LocalPool(2, prepare=nothing) as pool:
        for name, corpora in (
            ("whole", (first, second)),
            ("parts", (cut(first, sizes), cut(second, sizes))),
            ("parts at work", (cut(first, sizes).at_work(PartWork(pool)), cut(second, sizes).at_work(PartWork(pool)))),
        ):
            releases = tmp_path / name
            for version, tables in zip((VERSION, NEXT), corpora, strict=True):
                commit(write_staging(tables, replace(report, version=version), releases, version), releases, version)
            found[name] = files(releases)
    assert found["whole"] == found["parts"] == found["parts at work"]
    assert any(name.startswith(f"{NEXT}/changes/") for name in found["whole"])
    again = corpus_of_release(tmp_path / "whole" / NEXT, starts(cut(tables_of(COUNT), sizes)))
    assert dict(again.items()) == tables_of(COUNT)
    assert len(list(again.parts())) > 1


def test_the_bytes_of_a_file_do_not_depend_on_how_its_rows_came(tmp_path: Path) -> None:
    rows = pa.table({"a": [f"行{n}" for n in range(2 * ROW_GROUP + 7)], "b": list(range(2 * ROW_GROUP + 7))})
    for name, size in (("one", len(rows)), ("many", 9_999), ("more", ROW_GROUP)):
        with ParquetFile(tmp_path / name, rows.schema) as file:
            for start in range(0, len(rows), size):
                file.write(rows.slice(start, size))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "many").read_bytes() == (tmp_path / "more").read_bytes()
