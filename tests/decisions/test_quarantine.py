"""`shegong quarantine` and `shegong review`: what was left out is listed, shown and accepted for the next run."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

from flows.cli import main
from flows.decisions import read_decisions
from flows.folder.stage import latest
from flows.publish.release import build_release, check
from flows.validate import validate_release
from tests.synthetic import VERSION, documents_read, tables_of


def faulty() -> tuple[dict[str, pa.Table], str, str]:
    """The tables of six documents: one misstates the length of its article, one names a person one character off; and
    the ids of the two."""
    tables = tables_of(6)
    articles, people = tables["articles"].to_pylist(), tables["people"].to_pylist()
    page, fact = articles[1]["document_id"], people[4]["article_id"][:16]
    articles[1]["char_count"] += 1
    people[4]["start"] += 1
    new = {"articles": articles, "people": people}
    return tables | {name: pa.Table.from_pylist(rows, tables[name].schema) for name, rows in new.items()}, page, fact


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    build_release(faulty()[0], folder / "releases", VERSION, documents_read(6), {}, folder / "state")
    return folder / "releases"


def run(releases: Path, raw: Path, *arguments: str) -> int:
    return main(["quarantine", *arguments, "--releases", str(releases), "--raw", str(raw)])


def test_what_is_in_quarantine_is_listed_and_shown_with_its_failing_rows(
    releases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, page, fact = faulty()
    assert run(releases, tmp_path) == 0
    listed = capsys.readouterr().out
    assert f"{page}  page" in listed
    assert "1 of people: gate_failed: people.evidence" in listed[listed.index(fact) :]
    assert run(releases, tmp_path, "show", page[:8]) == 0
    shown = capsys.readouterr().out
    assert "articles.chars_counted" in shown
    assert f"article_id={page}-01" in shown
    assert f"quarantine/{VERSION}" in shown
    assert (releases / "quarantine" / VERSION / "people.parquet").is_file()
    assert run(releases, tmp_path, "show", fact[:8]) == 0
    assert '"name": "张三"' in capsys.readouterr().out
    assert latest(releases) == releases / VERSION
    overview = (releases / VERSION / "report" / "index.html").read_text(encoding="utf-8")
    assert f"{page}-01" in overview
    assert "people 1" in overview


def test_what_was_accepted_is_released_by_the_next_run_and_the_release_stays_valid(
    releases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables, page, fact = faulty()
    for victim in (page, fact):
        assert run(releases, tmp_path, "accept", victim, "--why", "两种写法", "--who", "李") == 0
    capsys.readouterr()
    run(releases, tmp_path)
    assert all("accepted: the next run" in line for line in capsys.readouterr().out.splitlines())
    decisions = read_decisions(tmp_path)
    entries = [(entry.document, entry.gate) for entry in decisions.exceptions]
    assert entries == [(page, "articles.chars_counted"), (fact, "people.evidence")]
    report, kept, _ = check(tables, VERSION, documents_read(6), decisions=decisions)
    assert report.passed
    assert not report.quarantined
    assert not report.misfits
    assert kept["people"].num_rows == 6
    from flows.folder.stage import commit
    from flows.publish.release import write_staging

    staging = write_staging(kept, report, tmp_path / "again", VERSION)
    again = validate_release(commit(staging, tmp_path / "again", VERSION))
    assert again.passed, again.blocking


def test_what_cannot_be_accepted_says_why(releases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(releases, tmp_path, "show", "0123") == 2
    assert "no document in quarantine" in capsys.readouterr().err
    assert run(tmp_path / "none", tmp_path) == 2
    with pytest.raises(SystemExit):
        run(releases, tmp_path, "accept", "0123")


def test_review_names_the_report(releases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(releases / VERSION), "--print"]) == 0
    assert capsys.readouterr().out.strip() == str(releases / VERSION / "report" / "index.html")
    assert main(["review", str(releases)]) == 2


def accept(releases: Path, raw: Path, *wanted: str) -> int:
    return run(releases, raw, "accept", *wanted, "--why", "looked at", "--who", "Li")


def test_several_are_accepted_by_one_command_or_none(
    releases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, page, fact = faulty()
    assert accept(releases, tmp_path, page, "0123456789abcdef") == 2
    assert "shegong quarantine lists" in capsys.readouterr().err
    assert not (tmp_path / "exceptions.yaml").exists()
    assert accept(releases, tmp_path, page[:8], fact[:8]) == 0
    assert {entry.document for entry in read_decisions(tmp_path).exceptions} == {page, fact}


@pytest.mark.parametrize("wanted", ["drift.rows_fell:people", "drift.rows_fell", "drift.no_such_gate:people"])
def test_a_drift_that_is_nowhere_is_refused(
    wanted: str, releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    assert accept(releases, tmp_path, wanted) == 2
    assert "What drifted: nothing." in capsys.readouterr().err
    assert not (tmp_path / "exceptions.yaml").exists()


def test_a_drift_of_a_refused_build_is_accepted_by_its_subject(
    releases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    report = tmp_path / "state" / "failed" / "v2026.11.23" / "report"
    (tmp_path / "state").mkdir(0o700)
    report.mkdir(parents=True)
    gate = {"table": "drift", "gate": "rows_fell", "passed": False, "keys": [{"subject": "people"}]}
    (report / "validation.json").write_text(json.dumps({"gates": [gate]}), encoding="utf-8")
    assert accept(releases, tmp_path, "drift.rows_fell:events") == 2
    assert "drift.rows_fell:people" in capsys.readouterr().err
    assert accept(releases, tmp_path, "drift.rows_fell:people") == 0
    entry = read_decisions(tmp_path).exceptions[0]
    assert (entry.gate, entry.subject, entry.since) == ("drift.rows_fell", "people", VERSION)
