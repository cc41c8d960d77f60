"""Takedowns: whatever a tombstone calls a document, it is found, and nothing that is released tells of it again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.compare.changed_rows import write_between
from flows.compare.changes import changes_between, read_changes
from flows.decisions import DecisionError, Decisions, TakenDown, Tombstone, read_decisions
from flows.decisions.corrections import check_corrections
from flows.decisions.names import id_of, nearest, path_of, url_of
from flows.decisions.takedowns import read_takedowns
from flows.decisions.tombstones import beside_standing, take_down, wanted_documents, whole_documents, without
from flows.folder.stage import commit
from flows.folder.tables import corpus_of_release
from flows.publish.release import write_staging
from flows.publish.tiers import write_open_tier
from flows.raw.listed import Listed
from flows.raw.listing import list_documents
from flows.run.cache import shards_folder
from flows.run.shard import clean_shard, plan_shard, read_shard_table
from flows.run.withdrawing import clean_standing
from flows.validate import ValidationReport
from tests.pages import MENU, SOURCE, STORY, TITLE
from tests.read.made_archives import zipped
from tests.synthetic import VERSION, documents_read, tables_of

NEXT = "v2026.11.23"
ADDRESS = "https://news.example.org/2024/社工?id=7"
SAME = [
    *("http://news.example.org/2024/社工?id=7", "HTTPS://News.Example.ORG:443/2024/%E7%A4%BE%e5%b7%a5?id=7#top"),
    *("https://news.example.org/2024/社工/?id=%37", "https://news.example.org./x/../2024/./社工?id=7", f" {ADDRESS} "),
]
OTHER = [
    *(
        "https://news.example.org/2024/社工",
        "https://example.org/2024/社工?id=7",
        "https://news.example.org/2024/社工?id=8",
    ),
    *("https://news.example.org:8443/2024/社工?id=7", "https://news.example.org/2024%2F社工?id=7"),
]


@pytest.mark.parametrize("url", [*SAME, *OTHER])
def test_one_address_has_one_form(url: str) -> None:
    assert (url_of(url) == url_of(ADDRESS)) == (url in SAME)


@pytest.mark.parametrize("url", ["http://[", "http://example.org:x/", "no address", "", "javascript:alert(1)"])
def test_what_is_no_address_is_like_itself_only(url: str) -> None:
    assert url_of(url) == url_of(url) != url_of(url + "/x")


@pytest.mark.parametrize(
    "text", ["0123456789ABCDEF", "0123456789abcdef-01", "0123456789ABCDEF-12", " 0123456789abcdef\t"]
)
def test_ids_of_articles_and_documents_mean_the_document(text: str) -> None:
    assert id_of(text).value == "0123456789abcdef"
    assert id_of("0123456789ABCDEF" + "f" * 48).value == "0123456789abcdef"
    assert id_of("0123456789abcde").value == "0123456789abcde"


def test_the_nearest_names_come_first() -> None:
    known = [ADDRESS, "https://news.example.org/2024/other", "https://elsewhere.example.net/"]
    assert nearest(url_of("https://news.example.org/2024/社公?id=7"), known)[0] == ADDRESS
    assert nearest(id_of("0123"), ["0123456789abcdef", "fedcba9876543210"]) == ["0123456789abcdef"]
    assert nearest(path_of("nothing.txt"), []) == []


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Two pages, one of which states its address."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "one.txt").write_text("\n".join([*MENU, TITLE, SOURCE, *STORY]), encoding="utf-8")
    head = f'<meta property="og:url" content="{ADDRESS}"><title>{TITLE}</title>'
    body = "".join(f"<p>{line.replace('青禾', '白石')}</p>" for line in STORY)
    (folder / "two.html").write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return folder


def write(raw: Path, entry: str, more: str = "") -> None:
    (raw / "tombstones.yaml").write_text(f"# decided\n- {entry}\n  date: 2026-11-22\n{more}", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "entry", "gone"),
    [
        ("one.txt", lambda id_, sha: f"document: '{id_.upper()}'", {"one.txt"}),
        ("one.txt", lambda id_, sha: f"document: {id_}-02", {"one.txt"}),
        ("one.txt", lambda id_, sha: f"sha256: {sha.upper()}", {"one.txt"}),
        ("one.txt", lambda id_, sha: "path: ./one.txt", {"one.txt"}),
        ("dump.zip!a/x.txt", lambda id_, sha: "path: dump.zip!a/x.txt", {"dump.zip!a/x.txt"}),
        ("dump.zip!a/x.txt", lambda id_, sha: "path: dump.zip", {"dump.zip!a/x.txt", "dump.zip!a/y.txt"}),
    ],
)
def test_a_document_goes_by_every_name_of_its(
    raw: Path, tmp_path: Path, name: str, entry: Callable[[str, str], str], gone: set[str]
) -> None:
    if "!" in name:
        content = {"a/x.txt": "甲镇社工站启用。".encode(), "a/y.txt": "乙镇社工站启用。".encode()}
        (raw / "dump.zip").write_bytes(zipped(content))
    documents = {one.name: one for one in list_documents(raw)}
    one = documents[name]
    write(raw, entry(one.key[:16], one.sha256 or ""))
    left, decisions = wanted_documents(raw, tmp_path / "releases")
    assert documents.keys() - {kept.name for kept in left} == gone
    assert {row["document"] for row in decisions.listed()} == {documents[name].key[:16] for name in gone}
    assert {(row["what"], row["why"], row["who"]) for row in decisions.listed()} == {("", "", "")}


def test_that_an_article_takes_its_whole_document_is_said(raw: Path) -> None:
    write(raw, "document: 0123456789abcdef-02")
    (said,) = whole_documents(read_decisions(raw))
    assert said.startswith("tombstones.yaml:2: 0123456789abcdef-02 is an article; all of 0123456789abcdef")


@pytest.mark.parametrize(
    "entry", ["document: 0123456789abcdef", "document: abc", f"sha256: {'1' * 64}", "path: on.txt"]
)
def test_a_name_that_nothing_bears_stops_the_run(raw: Path, tmp_path: Path, entry: str) -> None:
    write(raw, entry)
    with pytest.raises(DecisionError, match=r"tombstones\.yaml:2: .*not_here: true") as caught:
        wanted_documents(raw, tmp_path / "releases")
    assert ("Nearest: one.txt" in str(caught.value)) == entry.startswith("path")
    write(raw, entry, "  not_here: true\n")
    assert len(wanted_documents(raw, tmp_path / "releases")[0]) == 2


def clean_all(raw: Path, parts: list[Sequence[Listed]], decisions: Decisions) -> list[Path]:
    shards = [plan_shard(raw, part, shards_folder(), decisions.corrections) for part in parts]
    for shard in shards:
        if not Path(shard.folder).exists():
            clean_shard(shard)
    return [Path(shard.folder) for shard in shards]


@pytest.mark.parametrize("url", SAME[:2])
def test_an_address_that_the_page_states_takes_it_out_of_the_shards(
    raw: Path, tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    write(raw, f"url: '{url}'")
    documents, decisions = wanted_documents(raw, tmp_path / "releases")
    assert len(documents) == 2  # nothing but the cleaned page tells
    found = clean_standing(raw, documents, decisions, 1, lambda parts: clean_all(raw, list(parts), decisions))
    paths = {row for part in found.parts for folder in part for row in _column(folder, "documents", "path")}
    assert paths == {"one.txt"}
    assert [one.name for one in found.documents] == ["one.txt"]
    assert [len(part) for part in found.parts] == [1]
    texts = [
        text for folder in (tmp_path / "state" / "shards").glob("*/*/") for text in _column(folder, "articles", "text")
    ]
    assert texts
    assert not any("白石" in text for text in texts)
    assert [row.by for row in found.decisions.taken] == [(url_of(ADDRESS).digest,)]


def _column(shard: Path, table: str, column: str) -> list[str]:
    found: list[str] = read_shard_table(shard, table)[column].to_pylist()
    return found


def test_an_address_that_no_page_states_stops_the_run_once_all_are_cleaned(raw: Path, tmp_path: Path) -> None:
    write(raw, f"url: {ADDRESS.replace('2024', '2025')}")
    documents, decisions = wanted_documents(raw, tmp_path / "releases")
    with pytest.raises(DecisionError, match=r"Nearest: https://news\.example\.org/2024/") as caught:
        clean_standing(raw, documents, decisions, 4096, lambda parts: clean_all(raw, list(parts), decisions))
    assert "tombstones.yaml:2: " in str(caught.value)


def decided(*stones: Tombstone, earlier: tuple[TakenDown, ...] = ()) -> Decisions:
    return take_down(Decisions(tombstones=stones, unknown=stones), (), earlier)


def test_what_was_taken_down_once_stays_known_when_its_page_is_gone() -> None:
    by_url = Tombstone("2026-11-22", url=ADDRESS)
    earlier = TakenDown("0123456789abcdef", "2026-11-22", (url_of(SAME[0]).digest,))
    decisions = decided(by_url, earlier=(earlier,))
    assert decisions.withheld == {"0123456789abcdef"}
    assert not decisions.unknown
    assert not decided(earlier=(earlier,)).taken  # who takes the entry away takes the takedown back
    by_id = decided(Tombstone("2026-11-22", document="0" * 16), earlier=(TakenDown("0" * 16, "2026-11-22"),))
    assert not by_id.unknown


def test_corrections_and_exceptions_of_what_was_taken_down_are_neither_tried_nor_told(
    raw: Path, tmp_path: Path
) -> None:
    (one,) = (listed for listed in list_documents(raw) if listed.name == "one.txt")
    write(raw, f"document: {one.key[:16]}")
    about = f"document: {one.key[:16]}, why: 某人的话, who: 李, date: 2026-11-22"
    (raw / "corrections.yaml").write_text(f"- {{{about}, expect: 某人, replace: 别人}}\n", encoding="utf-8")
    (raw / "exceptions.yaml").write_text(f"- {{{about}, gate: people.evidence}}\n", encoding="utf-8")
    documents, decisions = wanted_documents(raw, tmp_path / "releases")
    check_corrections(raw, documents, decisions.standing_corrections)
    assert [row["decision"] for row in decisions.listed()] == ["tombstone"]


def release(folder: Path, tables: dict[str, pa.Table], version: str, decisions: Decisions, count: int) -> Path:
    report = ValidationReport(version, documents_read(count), (), decisions=tuple(decisions.listed()))
    return commit(write_staging(tables, report, folder / "releases", version), folder / "releases", version)


def tables_of_release(folder: Path) -> dict[str, pa.Table]:
    return dict(corpus_of_release(folder).items())


def stone(document: str) -> Tombstone:
    return Tombstone("2026-11-22", document=document)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A release, the next one after one of its documents was taken down, and the id of that document."""
    folder, tables = tmp_path_factory.mktemp("pair"), tables_of(4)
    gone = next(row["document_id"] for row in tables["documents"].to_pylist() if row["path"] == "page2.txt")
    articles = tables["articles"]
    marks = [f"{gone}-01" if row["title"].endswith("1社工站启用") else None for row in articles.to_pylist()]
    place = articles.schema.get_field_index("duplicate_of")
    before = tables | {
        "articles": articles.set_column(place, articles.schema.field(place), pa.array(marks, pa.string()))
    }
    old = release(folder, before, VERSION, Decisions(), 4)
    decisions = decided(stone(gone.upper()))
    new = {name: without(table, [gone], name) for name, table in tables.items()}
    return old, release(folder, new, NEXT, decisions, 3), gone


SECRETS = re.compile("第2社工站|第2届社工宣传周|(?<![0-9a-f])1202(?![0-9a-f])")
"""What stands in the document alone; a checksum may hold the same digits."""


def test_a_takedown_is_not_republished_as_a_difference(pair: tuple[Path, Path, str], tmp_path: Path) -> None:
    old, new, gone = pair
    open_tier = write_open_tier(new, tmp_path / "open")
    write_between(old, new, tmp_path / "rows")
    for folder in (new, open_tier, tmp_path / "rows"):
        for path in (path for path in folder.rglob("*") if path.is_file()):
            text = str(pq.read_table(path).to_pylist()) if path.suffix == ".parquet" else path.read_text("utf-8")
            assert not SECRETS.search(text), path
            assert f"{gone}-" not in text, path
    assert not list((new / "changes").glob("*")) if (new / "changes").exists() else True


def test_of_a_takedown_id_and_date_are_told(pair: tuple[Path, Path, str], tmp_path: Path) -> None:
    old, new, gone = pair
    assert json.loads((new / "takedowns.json").read_text())["takedowns"] == [
        {"document_id": gone, "date": "2026-11-22", "change": "takedown", "by": []}
    ]
    assert "takedowns.json" in (new / "SHA256SUMS").read_text()
    assert "takedowns.json" in (new / "datapackage.json").read_text()
    assert f"`{gone}` takedown 2026-11-22" in (new / "CHANGES.md").read_text(encoding="utf-8")
    assert read_changes(new).taken == read_takedowns(new) == (TakenDown(gone, "2026-11-22"),)
    tables = {entry.table: entry for entry in changes_between(old, new).tables}
    assert (tables["articles"].before, tables["articles"].removed, tables["articles"].changed) == (3, 0, 0)
    again = release(new.parent.parent, tables_of_release(new), "v2026.11.24", decided(stone(gone)), 3)
    assert read_changes(again).taken == ()  # it is told once, and stays on the list
    assert read_takedowns(again) == read_takedowns(new)


def test_a_release_before_is_looked_at_without_what_was_taken_down(pair: tuple[Path, Path, str]) -> None:
    old, new, gone = pair
    left = beside_standing(old, corpus_of_release(new), [gone])
    assert left["articles"]["duplicate_of"].null_count == left["articles"].num_rows == 3
