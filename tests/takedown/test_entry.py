"""`shegong takedown ID|URL`: the entry is written for whatever the document is called, and once."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from flows.cli import main
from flows.decisions import DecisionError, Decisions, TakenDown, read_decisions
from flows.decisions.appending import append_entries
from flows.decisions.tombstones import wanted_documents
from flows.errors import InputError, ReleaseError
from flows.folder.stage import commit
from flows.publish.channel import publish
from flows.publish.release import write_staging
from flows.stores.directory import DirectoryStore
from flows.validate import ValidationReport
from tests.report.folders import cleaned
from tests.takedown.pages import ADDRESS, PAGES, VICTIM

COMMENTS = (
    "# Takedowns of this folder\n- document: '0000000000000000'  # as agreed\n  date: 2026-11-01\n  not_here: true"
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with raw pages and a release of them."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "raw").mkdir()
    for name, text in PAGES.items():
        (folder / "raw" / name).write_text(text, encoding="utf-8")
    tables = cleaned(folder / "raw", "*.*")
    release = write_staging(tables, ValidationReport("v2026.11.22", 3, ()), folder / "releases", "v2026.11.22")
    commit(release, folder / "releases", "v2026.11.22")
    return folder


@pytest.fixture
def raw(kept: Path, tmp_path: Path) -> Path:
    """A copy of the raw pages, with an entry and a comment in tombstones.yaml."""
    (tmp_path / "raw").mkdir()
    for path in (kept / "raw").iterdir():
        os.link(path, tmp_path / "raw" / path.name)
    (tmp_path / "raw" / "tombstones.yaml").write_text(COMMENTS, encoding="utf-8")
    return tmp_path / "raw"


def identity(kept: Path) -> str:
    return next(one.key[:16] for one in wanted_documents(kept / "raw")[0] if one.name == VICTIM)


def takedown(raw: Path, releases: Path, name: str, *more: str) -> int:
    said = ["--why", "当事人要求: 撤下 #1", "--who", "李"]
    return main(["takedown", name, *said, "--raw", str(raw), "--releases", str(releases), *more])


@pytest.mark.parametrize("where", ["release", "raw"])
@pytest.mark.parametrize(
    "called", ["{id}", "{ID}-01", "{id:.6}", "https://News.Example.org/news/2024-05/%E8%80%81人.html#a", VICTIM]
)
def test_a_document_is_taken_down_by_whatever_it_is_called(
    kept: Path, raw: Path, tmp_path: Path, called: str, where: str
) -> None:
    name = called.format(id=identity(kept), ID=identity(kept).upper())
    releases = kept / "releases" if where == "release" else tmp_path / "none"
    if where == "release" and name != VICTIM:
        (raw / VICTIM).unlink()  # a page that is gone is known from the release
    (raw / "tombstones.yaml").chmod(0o640)
    assert takedown(raw, releases, name) == 0
    text = (raw / "tombstones.yaml").read_text(encoding="utf-8")
    assert text.startswith(COMMENTS + "\n- ")
    _, stone = read_decisions(raw).tombstones
    assert (stone.document, stone.why, stone.who) == (identity(kept), "当事人要求: 撤下 #1", "李")
    assert (raw / "tombstones.yaml").stat().st_mode & 0o777 == 0o640
    documents, decisions = wanted_documents(raw, releases)
    assert {one.name for one in documents} == {*PAGES} - {VICTIM}
    assert identity(kept) in decisions.withheld
    assert takedown(raw, releases, identity(kept).upper()) == 2
    assert (raw / "tombstones.yaml").read_text(encoding="utf-8") == text


def test_an_address_that_others_bear_too_is_not_taken_down_with_a_document(kept: Path, raw: Path) -> None:
    assert takedown(raw, kept / "releases", identity(kept)) == 0
    assert read_decisions(raw).tombstones[1].url == ADDRESS  # what comes back there with other bytes is withheld too
    (raw / "tombstones.yaml").unlink()
    (raw / "twin.html").write_text(PAGES[VICTIM] + "<p>又</p>", encoding="utf-8")
    tables = cleaned(raw, "*.*ml")
    release = write_staging(tables, ValidationReport("v2026.11.22", 2, ()), raw.parent / "releases", "v2026.11.22")
    commit(release, raw.parent / "releases", "v2026.11.22")
    assert takedown(raw, raw.parent / "releases", identity(kept)) == 0
    assert read_decisions(raw).tombstones[0].url is None


def test_what_is_known_nowhere_is_refused_with_the_nearest_unless_that_is_said(
    kept: Path, raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = ADDRESS.replace("05", "06")
    assert takedown(raw, kept / "releases", wrong) == 2
    assert f"Nearest: {ADDRESS}" in capsys.readouterr().err
    assert takedown(raw, kept / "releases", wrong, "--not-here") == 0
    assert read_decisions(raw).tombstones[1].not_here
    assert len(wanted_documents(raw, kept / "releases")[0]) == 3
    with pytest.raises(SystemExit):
        main(["takedown", identity(kept), "--raw", str(raw)])


@pytest.mark.parametrize(
    "text", ["[]\n", "[{document: '0000000000000000', date: 2026-11-01, not_here: true}]\n", "- a: [\n"]
)
def test_a_file_to_which_nothing_can_be_added_is_left_as_it_is(kept: Path, raw: Path, text: str) -> None:
    (raw / "tombstones.yaml").write_text(text)
    assert takedown(raw, kept / "releases", identity(kept)) == 2
    assert (raw / "tombstones.yaml").read_text() == text


def test_of_two_that_write_at_once_none_is_lost(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap, entries = DirectoryStore.swap, iter(["1" * 16])

    def late(self: DirectoryStore, name: str, content: bytes, mark: str | None) -> bool:
        for other in entries:
            append_entries(raw, "tombstones", [{"document": other, "date": "2026-11-22"}])
        return swap(self, name, content, mark)

    monkeypatch.setattr(DirectoryStore, "swap", late)
    append_entries(raw, "tombstones", [{"document": "2" * 16, "date": "2026-11-22"}])
    assert [stone.document for stone in read_decisions(raw).tombstones] == ["0" * 16, "1" * 16, "2" * 16]


def test_when_all_is_taken_down_that_is_said(kept: Path, raw: Path) -> None:
    for one in wanted_documents(kept / "raw")[0]:
        assert takedown(raw, kept / "releases", one.key) == 0
    with pytest.raises(InputError, match="all documents in it were taken down"):
        wanted_documents(raw, kept / "releases")


def test_a_tombstone_is_known_from_a_list_that_was_taken_over(kept: Path, raw: Path, tmp_path: Path) -> None:
    (raw / "tombstones.yaml").write_text("- {document: '1111111111111111', date: 2026-11-22}")
    with pytest.raises(DecisionError, match="not_here"):
        wanted_documents(raw, tmp_path)
    row = {"document_id": "1" * 16, "date": "2026-11-22", "change": "takedown", "by": []}
    (tmp_path / "takedowns.json").write_text(json.dumps({"takedowns": [row]}))
    assert wanted_documents(raw, tmp_path)[1].taken == (TakenDown("1" * 16, "2026-11-22"),)


def test_a_release_that_holds_what_was_taken_down_since_is_not_published(kept: Path, tmp_path: Path) -> None:
    releases, tables = tmp_path / "releases", cleaned(kept / "raw", "*.txt")
    taken = TakenDown(tables["documents"]["document_id"][0].as_py(), "2026-11-23")
    for version, decisions in (("v2026.11.22", Decisions()), ("v2026.11.23", Decisions(taken=(taken,)))):
        report = ValidationReport(version, 2, (), decisions=tuple(decisions.listed()))
        commit(write_staging(tables, report, releases, version), releases, version)
    with pytest.raises(ReleaseError, match="1 documents in it were taken down since"):
        publish(releases / "v2026.11.22", str(tmp_path / "store"))
