"""What the cleaning depends on, and the shards kept because of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import depends
from flows.cli import main
from flows.run import cache


def test_the_cleaning_depends_on_its_code_rules_and_packages_and_not_on_the_report() -> None:
    parts = depends.cleaning_parts()
    assert {
        "flows/clean.py",
        "flows/extract/dates/mentions.py",
        "flows/run/shard.py",
        "schemas/articles.yaml",
    } <= parts.keys()
    assert {"pyarrow", "opencc-python-reimplemented"} <= parts.keys()
    assert any(name.startswith("schemas/rules/") for name in parts)
    strange = ("flows/report/", "flows/cli/", "flows/validate/", "flows/release.py", "flows/publish/card.py")
    assert not [name for name in parts if name.startswith(strange)]
    assert "prefect" not in parts


def test_what_changed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(depends.cleaning_parts()) | {"flows/clean.py": "another"}
    assert depends.changed_since(before) == ["flows/clean.py"]


def test_shards_are_shown_and_pruned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path))
    other = tmp_path / "shards" / "0123456789abcdef" / "old"
    for folder in (cache.shards_folder() / "new", other):
        folder.mkdir(parents=True)
        (folder / "articles.arrow").write_bytes(b"x" * 1000)
    (other.parent / cache.PARTS).write_text('{"flows/clean.py": "another"}')
    later = other.stat().st_mtime + 3 * cache.DAY
    cache.use(cache.shards_folder() / "new")
    assert [shard.size for shard in cache.cached()] == [1000, 1000]
    assert main(["cache"]) == 0
    assert "1 shards of this code" in capsys.readouterr().out
    assert cache.prune(5, now=later) == []
    assert {shard.path.name for shard in cache.prune(2, now=later)} == {"new", "old"}
    assert not list(cache.cached())


def test_why_all_is_cleaned_anew_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path))
    assert cache.why_new() == []
    other = tmp_path / "shards" / "0123456789abcdef"
    other.mkdir()
    before = (cache.shards_folder() / cache.PARTS).read_text().replace("schemas/articles.yaml", "schemas/gone.yaml")
    (other / cache.PARTS).write_text(before)
    assert cache.why_new() == ["schemas/articles.yaml", "schemas/gone.yaml"]
