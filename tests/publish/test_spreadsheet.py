"""CSV for spreadsheets: Chinese shows, nothing is obeyed, nothing is cut in silence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from flows.cli import main
from flows.publish.spreadsheet import LONGEST, guard
from flows.schema import TABLES
from tests.publish.releases import build, with_row
from tests.synthetic import tables_of


@pytest.mark.parametrize("cell", ["=1+1", "+861", "-1", "@SUM(A1)", "\t=1", "＝cmd", '=HYPERLINK("x")'])
def test_what_would_be_a_formula_is_guarded(cell: str) -> None:
    assert guard(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["社工=好", "3-4", "", None])
def test_what_would_not_is_left(cell: str | None) -> None:
    assert guard(cell) == cell


def test_a_text_longer_than_a_cell_says_that_it_is_cut() -> None:
    assert guard("字" * LONGEST) == "字" * LONGEST
    cut = guard("字" * 40_000)
    assert cut is not None
    assert (len(cut), cut[-1]) == (LONGEST, "…")


def test_export_writes_every_table_with_a_bom(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    release = build(tmp_path, tables=with_row(tables_of(2), "articles", 0, title='=1+1,"二"\n三'))
    assert main(["export", str(release), "--excel", str(tmp_path / "sheets")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(list((tmp_path / "sheets").iterdir())) == len(TABLES)
    path = tmp_path / "sheets" / "articles.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfarticle_id,")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        assert next(csv.DictReader(lines))["title"] == '\'=1+1,"二"\n三'
