"""The rows that trees of the project make: as it stands, and as it was committed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.errors import InputError
from flows.state import PROJECT
from flows.trial import rows
from flows.trial.differences import differences
from flows.trial.rows import rows_at, rows_in, rows_now

PAGE = """某县社工站揭牌

　　本报讯（记者王小明）5月6日，江苏省如东县第一批社会工作服务站揭牌。目前，全县有社工站12个，持证社工213人。
"""


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path / "state"))
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path / "raw"


def test_a_changed_vocabulary_shows_in_the_rows_it_changes(raw: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for folder in ("flows", "schemas"):
        shutil.copytree(PROJECT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
    indicators = tree / "schemas" / "vocabularies" / "indicators.yaml"
    indicators.write_text(
        indicators.read_text("utf-8").replace("id: social_work_stations\n", "id: stations\n"), "utf-8"
    )
    changed = rows._clean_with(tree, raw, 1)
    found = [one for one in differences(rows_now(raw, 1), changed) if one.table == "statistics"]
    assert [one.columns for one in found] == [{"indicator": ("social_work_stations", "stations")}]


def test_rows_are_kept_until_documents_or_code_change(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = list(rows_now(raw, 2))
    monkeypatch.setattr(rows, "_clean_with", lambda *_: pytest.fail("cleaned again"))
    assert list(rows_now(raw, 2)) == first
    (raw / "b.txt").write_text(PAGE, encoding="utf-8")
    with pytest.raises(pytest.fail.Exception):
        list(rows_now(raw, 2))


@pytest.mark.slow
def test_a_release_of_this_code_differs_in_nothing(a_release: Path) -> None:
    assert list(differences(rows_in(a_release), rows_now(PROJECT / "raw", 1))) == []


def test_a_commit_that_is_not_there_is_told(raw: Path) -> None:
    with pytest.raises(InputError, match="no commit"):
        list(rows_at("no-such-commit", raw, 1))


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no document"):
        list(rows_now(tmp_path, 1))
