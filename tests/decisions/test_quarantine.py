"""`shegong quarantine` and `shegong review`: what was left out is listed, shown and accepted for the next run."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from flows.cli import main
from flows.decisions import Decisions, read_decisions
from flows.publish.release import build_release, check
from flows.publish.stage import latest
from flows.validate import validate_release
from tests.synthetic import VERSION, documents_read, tables_of


def faulty() -> tuple[dict[str, pa.Table], str]:
    """The tables of six documents, of which one names a person one character off; and its id."""
    tables = tables_of(6)
    people = tables["people"]
    place = people.schema.get_field_index("start")
    starts = [start + (row == 1) for row, start in enumerate(people["start"].to_pylist())]
    column = people.set_column(place, people.schema.field(place), pa.array(starts, pa.int64()))
    return tables | {"people": column}, people["article_id"][1].as_py()[:16]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    build_release(faulty()[0], folder / "releases", VERSION, documents_read(6), {}, folder / "state")
    return folder / "releases"


def run(releases: Path, raw: Path, *arguments: str) -> int:
    return main(["quarantine", *arguments, "--releases", str(releases), "--raw", str(raw)])


def test_a_document_in_quarantine_is_listed_and_shown_with_its_failing_rows(
    releases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, victim = faulty()
    assert run(releases, tmp_path) == 0
    assert f"{victim}  page" in capsys.readouterr().out
    assert run(releases, tmp_path, "show", victim[:8]) == 0
    shown = capsys.readouterr().out
    assert "people.evidence" in shown
    assert f"article_id={victim}-01" in shown
    assert f"quarantine/{VERSION}" in shown
    assert (releases / "quarantine" / VERSION / "people.parquet").is_file()
    assert latest(releases) == releases / VERSION
    page = (releases / VERSION / "report" / "index.html").read_text(encoding="utf-8")
    assert f"article_id={victim}-01" in page


def test_an_accepted_document_is_released_by_the_next_run_and_the_release_stays_valid(
    releases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables, victim = faulty()
    assert run(releases, tmp_path, "accept", victim, "--why", "两种写法", "--who", "李") == 0
    run(releases, tmp_path)
    assert "accepted: the next run" in capsys.readouterr().out
    decisions = read_decisions(tmp_path)
    assert [(entry.document, entry.gate) for entry in decisions.exceptions] == [(victim, "people.evidence")]
    report, kept, _ = check(tables, VERSION, documents_read(6), decisions=decisions)
    assert report.passed
    assert not report.quarantined
    assert kept["people"].num_rows == 6
    from flows.publish.release import write_staging
    from flows.publish.stage import commit

    staging = write_staging(kept, report, tmp_path / "again", VERSION)
    again = validate_release(commit(staging, tmp_path / "again", VERSION))
    assert again.passed, again.blocking
    assert check(tables, VERSION, documents_read(6), decisions=Decisions())[0].quarantined


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
