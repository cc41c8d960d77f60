"""Two releases compared in values: a figure that changed, a page replaced, a page gone, a rule changed; each with its
cause, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from flows import strip
from flows.arrow_rows import concat, to_arrow
from flows.clean import clean
from flows.cli import main
from flows.compare import making
from flows.document import Tables
from flows.folder.stage import commit, latest, write_build
from flows.folder.tables import read_table
from flows.publish.contents import TO_REPORT
from flows.publish.release import check, write_staging
from flows.publish.tiers import write_open_tier
from flows.read import read
from flows.report.markup import Markup
from flows.schema import SCHEMAS, TABLES
from flows.strip.rules import rule_book

FIGURE = "2018年，苏州市共有持证社工{count}人，建成社区社工室三百个，服务居民十余万人次。"
PAGES = {
    "figure.txt": f"苏州社工队伍不断壮大\n\n近日，苏州市民政局通报了本市社会工作发展情况。\n{FIGURE}\n",
    "replaced.txt": "青禾社工站启用\n\n3月2日，青禾社工站在白石社区启用，站长林小满介绍了服务内容。\n"
    "居民们纷纷前来咨询。\n",
    "gone.txt": "白石社区举办端午活动\n\n6月10日，白石社区举办端午活动，居民们一起包粽子，社工送上祝福。\n",
    "ruled.txt": "社工走进校园\n\n5月8日，社工走进云溪小学，为孩子们上了一堂安全课。\n"
    "孩子们听得很认真，老师们也表示欢迎。\n分享到：微信 微博\n",
    "same.txt": "志愿者培训开班\n\n4月1日，志愿者培训班在云溪街道开班，三十名志愿者参加学习。\n",
}


def tables_of(pages: Mapping[str, str], folder: Path) -> dict[str, pa.Table]:
    """The tables of some pages."""
    folder.mkdir()
    for name, text in pages.items():
        (folder / name).write_text(text.format(count=9200), encoding="utf-8")
    documents = [clean(read(path, folder)) for path in sorted(folder.iterdir())]
    rows: Tables = {name: [row for tables in documents for row in tables.get(name, ())] for name in TABLES}
    return concat([{name: to_arrow(name, made) for name, made in rows.items()}])


def release(tables: Mapping[str, pa.Table], folder: Path, version: str) -> Path:
    """A release of them, after the one that stands there."""
    before = latest(folder) if folder.exists() else None
    report, kept, _ = check(tables, version, 5, before)
    staging = write_staging(kept, report, folder, version)
    write_build(staging, {})
    return commit(staging, folder, version)


def rules_with_another_kind(folder: Path) -> Path:
    """The schemas, but the rule that takes `分享到：微信 微博` calls it a prompt of the site."""
    copied = Path(shutil.copytree(SCHEMAS, folder / "schemas"))
    file = copied / "rules" / "share.yaml"
    text = file.read_text(encoding="utf-8")
    start = text.index("- id: share_tools\n")
    file.write_text(text[:start] + text[start:].replace("kind: share", "kind: site_prompt", 1), encoding="utf-8")
    return copied


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases, the second cleaned and made with a rule that is another."""
    folder = tmp_path_factory.mktemp("values")
    pages = dict(PAGES)
    old = release(tables_of(pages, folder / "one"), folder / "releases", "v2026.11.22")
    del pages["gone.txt"]
    pages["figure.txt"] = pages["figure.txt"].replace("{count}", "9250")
    pages["replaced.txt"] = pages["replaced.txt"].replace("居民们纷纷前来咨询。", "首日接待居民五十人次。")
    with pytest.MonkeyPatch.context() as patch:
        other = rules_with_another_kind(folder)
        patch.setattr(strip, "rule_book", partial(rule_book, other / "rules"))
        patch.setattr(making, "SCHEMAS", other)
        patch.setattr(making, "rules", making.rules.__wrapped__)
        return old, release(tables_of(pages, folder / "two"), folder / "releases", "v2026.11.23")


def changes_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((path / "CHANGES.json").read_text(encoding="utf-8"))
    return found


def test_a_figure_that_changed_is_one_change_with_both_quotes(two: tuple[Path, Path]) -> None:
    found = [row for row in changes_of(two[1])["values"] if row["table"] == "statistics"]
    texts = [row["text"] for row in found if row["change"] == "changed"]
    assert "苏州市 licensed_social_workers 2018: 9200 → 9250" in texts
    row = next(row for row in found if row["before"] == {"value": 9200})
    assert "9200" in row["quote_before"]
    assert "9250" in row["quote_after"]
    assert (row["cause"], bool(row["was"])) == ("page", True)


def test_documents_are_named_once_each(two: tuple[Path, Path]) -> None:
    found = {(row["path"], row["change"], row["cause"]) for row in changes_of(two[1])["documents"]}
    assert found == {
        ("figure.txt", "replaced", "page"),
        ("replaced.txt", "replaced", "page"),
        ("gone.txt", "removed", "page"),
    }


def test_the_new_page_names_the_one_that_it_supersedes(two: tuple[Path, Path]) -> None:
    old, new = (read_table(path, "documents").to_pylist() for path in two)
    was = {row["path"]: row["document_id"] for row in old}
    found = {row["path"]: row["supersedes"] for row in new if row["supersedes"]}
    assert found == {name: was[name] for name in ("figure.txt", "replaced.txt")}


def test_a_text_is_told_before_and_after(two: tuple[Path, Path]) -> None:
    passages = [passage for row in changes_of(two[1])["texts"] for passage in row["passages"]]
    assert ["居民们纷纷前来咨询。", "首日接待居民五十人次。"] in passages


def test_every_changed_row_has_its_cause(two: tuple[Path, Path]) -> None:
    found = changes_of(two[1])
    assert set(found["causes"]) == {"page", "rule"}
    changed = sum(table[word] for table in found["tables"].values() for word in ("added", "changed", "removed"))
    assert sum(found["causes"].values()) == changed
    assert found["tables"]["removals"]["causes"]["rule"] == found["causes"]["rule"] == 1
    written = pa.concat_tables(
        pa.parquet.read_table(path).select(["change", "cause"]) for path in (two[1] / "changes").iterdir()
    )
    assert set(written["cause"].to_pylist()) == {"page", "rule"}


def test_sums_differ_by_the_difference(two: tuple[Path, Path]) -> None:
    rows = [row for row in changes_of(two[1])["totals"] if row["indicator"] == "licensed_social_workers"]
    assert [(row["before"], row["after"], row["difference"]) for row in rows] == [(9200, 9250, 50)]


def test_the_command_and_the_page_for_readers_say_the_same(
    two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    told = (two[1] / "CHANGES.md").read_text(encoding="utf-8")
    assert "苏州市 licensed_social_workers 2018: 9200 → 9250" in told
    assert main(["diff", *map(str, two)]) == 0
    assert capsys.readouterr().out.strip() == told.removesuffix(TO_REPORT).strip()
    report = (two[1] / "report" / "index.html").read_text(encoding="utf-8")
    assert str(Markup("苏州市 licensed_social_workers 2018: 9200 → 9250")) in report


def test_the_next_release_keeps_what_supersedes_what(two: tuple[Path, Path], tmp_path: Path) -> None:
    tables = {name: read_table(two[1], name) for name in TABLES}
    report, kept, _ = check(tables, "v2026.11.24", 4, two[1])
    assert report.passed
    assert kept["documents"]["supersedes"].to_pylist() == tables["documents"]["supersedes"].to_pylist()


def test_the_open_tier_tells_no_text_that_is_reserved(two: tuple[Path, Path], tmp_path: Path) -> None:
    found = changes_of(two[1])
    for row in found["values"] + found["texts"]:
        row["reserved"] = True
    (two[1] / "CHANGES.json").write_text(json.dumps(found), encoding="utf-8")
    told = changes_of(write_open_tier(two[1], tmp_path / "open"))
    assert found["texts"]
    assert not told["texts"]
    assert all(len(row["quote_after"] or "") <= 41 for row in told["values"])


def test_a_reason_in_other_words_is_no_other_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = Path(shutil.copytree(SCHEMAS, tmp_path / "schemas"))
    file = copied / "rules" / "share.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("why_zh: ", "why_zh: 换言之，"), encoding="utf-8")
    monkeypatch.setattr(making, "SCHEMAS", copied)
    assert making.rules.__wrapped__() == making.rules()
