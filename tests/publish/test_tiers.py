"""The open tier withholds what is reserved and nothing else; the raw pages give it back, proved by hash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.arrow_rows import concat, to_arrow
from flows.clean import clean
from flows.cli import main
from flows.document import Tables
from flows.errors import ReleaseError
from flows.folder.sums import damaged_files
from flows.publish.channel import publish
from flows.publish.inspect import inspect
from flows.publish.tiers import EXCERPT, withhold, write_open_tier
from flows.read import read
from flows.run.rebuild import rebuild
from flows.schema import TABLES
from tests.publish.releases import build, with_row
from tests.synthetic import tables_of

RESERVED = """示例市社工站启用

2024-03-19 09:30 来源：示例日报

　　3月19日，示例市首个社工站在示例广场启用，理事长张三出席揭牌仪式并讲话，三百名居民到场参观。

　　一年来，持证社工走进社区开展入户探访，累计服务居民3200人次，受到居民好评，社工站还将继续扩大服务范围。

版权声明：本网站所有内容，版权均属示例社工网所有，未经书面授权，不得转载、链接或以其他方式使用。违者必究。
"""
OPEN = """邻市社工培训班结业

　　4月2日，邻市社工培训班结业。六十名社工参加了为期两周的课程，学习了个案管理与社区动员的方法。
"""


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    (folder / "reserved.txt").write_text(RESERVED, encoding="utf-8")
    (folder / "open.txt").write_text(OPEN, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def release(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A full release of the two pages, cleaned by the real code."""
    parts = [clean(read(path, raw)) for path in sorted(raw.iterdir())]
    tables = concat([{name: to_arrow(name, part.get(name, [])) for name in TABLES} for part in parts])
    return build(tmp_path_factory.mktemp("built"), tables=tables, code="this")


@pytest.fixture(scope="module")
def open_tier(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_open_tier(release, tmp_path_factory.mktemp("open") / release.name)


def table(release: Path, name: str) -> pa.Table:
    return pq.read_table(release / "data" / f"{name}.parquet")


def test_one_page_is_reserved_and_its_text_is_nowhere_in_the_open_tier(release: Path, open_tier: Path) -> None:
    assert sorted(table(release, "documents")["rights"].to_pylist()) == ["reserved", "unspecified"]
    assert table(open_tier, "articles")["text"].null_count == 1
    telling = ("三百名居民到场参观", "受到居民好评", "社工站还将继续扩大")
    for path in open_tier.rglob("*"):
        if path.is_file():
            content = path.read_bytes().decode("utf-8", "ignore")
            assert not any(phrase in content for phrase in telling), path
    assert any(phrase in (release / "data" / "articles.csv").read_text("utf-8") for phrase in telling)


def test_facts_offsets_hashes_and_the_notice_stay(release: Path, open_tier: Path) -> None:
    for name in set(TABLES) - {"articles", "removals", "statistics"}:
        assert table(open_tier, name).equals(table(release, name))
    for name, text in (("articles", "text"), ("removals", "text"), ("statistics", "quote")):
        assert table(open_tier, name).drop([text]).equals(table(release, name).drop([text]))
    assert "未经书面授权" in str(table(open_tier, "documents")["rights_statement"].to_pylist())


@pytest.mark.parametrize(("length", "kept"), [(EXCERPT, EXCERPT), (EXCERPT + 1, EXCERPT), (200, EXCERPT)])
def test_a_long_quote_is_cut_to_an_excerpt(length: int, kept: int) -> None:
    quote = "数" * length
    found = withhold(with_row(tables_of(1), "statistics", 0, quote=quote))["statistics"]["quote"].to_pylist()
    assert found == [quote if length == kept else quote[:kept] + "…"]


def test_the_open_tier_has_sums_of_its_own_and_says_what_it_is(release: Path, open_tier: Path, tmp_path: Path) -> None:
    assert damaged_files(open_tier) == {}
    assert inspect(open_tier).tier == "open"
    assert inspect(release).tier == "full"
    card = (open_tier / "README.md").read_text(encoding="utf-8")
    assert "pages of 1 of 2 articles reserve" in card
    again = write_open_tier(release, tmp_path / "again")
    assert (again / "SHA256SUMS").read_bytes() == (open_tier / "SHA256SUMS").read_bytes()


def test_the_raw_pages_give_back_the_full_release_byte_for_byte(
    release: Path, open_tier: Path, raw: Path, tmp_path: Path
) -> None:
    found = rebuild(open_tier, raw, tmp_path)
    assert (found.proved, found.missing, found.differing) == (1, (), ())
    assert (found.path / "SHA256SUMS").read_bytes() == (release / "SHA256SUMS").read_bytes()


def test_without_the_page_the_text_stays_withheld(open_tier: Path, raw: Path, tmp_path: Path) -> None:
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "open.txt").write_bytes((raw / "open.txt").read_bytes())
    found = rebuild(open_tier, tmp_path / "some", tmp_path)
    assert (found.proved, len(found.missing)) == (0, 1)
    assert inspect(found.path).tier == "rebuilt"


def test_a_text_that_its_hash_does_not_prove_stays_out(
    open_tier: Path, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import flows.run.rebuild

    def other_code(*arguments: Any) -> Tables:
        tables = clean(*arguments)
        for row in tables["articles"]:
            row["text"] += "。"
        return tables

    monkeypatch.setattr(flows.run.rebuild, "clean", other_code)
    assert main(["rebuild", str(open_tier), "--raw", str(raw), "--to", str(tmp_path)]) == 1
    assert "gives another text" in capsys.readouterr().err
    assert table(tmp_path / open_tier.name, "articles")["text"].null_count == 1


def test_a_full_release_has_nothing_to_rebuild(release: Path, raw: Path, tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="nothing is withheld"):
        rebuild(release, raw, tmp_path)


def test_publishing_withholds_unless_told_otherwise(release: Path, open_tier: Path, tmp_path: Path) -> None:
    publish(release, str(tmp_path / "store"))
    copy = tmp_path / "store" / release.name
    assert (copy / "SHA256SUMS").read_bytes() == (open_tier / "SHA256SUMS").read_bytes()
    assert json.loads((tmp_path / "store" / "channels" / "nightly.json").read_text())["tier"] == "open"
    with pytest.raises(ReleaseError, match="withheld"):
        publish(open_tier, str(tmp_path / "other"), tier="full")
    assert publish(open_tier, str(tmp_path / "other")).moved


@pytest.mark.slow
def test_a_gate_asks_whether_all_that_is_reserved_is_withheld_and_nothing_else(release: Path, open_tier: Path) -> None:
    from flows.validate.tier import withheld_gates

    full, withheld = ({name: table(folder, name) for name in TABLES} for folder in (release, open_tier))
    without_texts = full | {"articles": withheld["articles"]}  # what was removed from the page still stands there
    found = [withheld_gates(tables)[0] for tables in (withheld, full, without_texts)]
    assert [gate.failing for gate in found] == [0, 1, 1]
    assert not withheld_gates(full)[0].passed
