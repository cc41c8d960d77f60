"""The report as files: true to the raw page, the same bytes for the same release, nothing shown that is withheld."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.compare.changes import Changes
from flows.document import Tables
from flows.folder.files import files_of
from flows.publish.tiers import withhold
from flows.read import read
from flows.report.choose import choose
from flows.report.junit import as_junit
from flows.report.markup import data_script, element, html
from flows.report.passages import bounded, clean_side, raw_side
from flows.report.site import rows_of, write_report
from flows.schema import load_list
from flows.validate import GateResult, ValidationReport
from tests.report.folders import cleaned

VERDICT = ValidationReport("v2026.11.22", 6, ())
FIRST = Changes(None, ())


def test_the_raw_side_is_the_raw_page_character_for_character(raw: Path, tables: dict[str, pa.Table]) -> None:
    for row, rows in rows_of(choose(tables, ()), tables):
        text = read(raw / row["path"], raw).text
        passages = list(raw_side(rows["articles"], rows["lineage"], rows["removals"], (), text))
        assert "".join(passage.text or "" for passage in passages) == text


def test_the_clean_side_is_the_article(tables: dict[str, pa.Table]) -> None:
    for text in tables["articles"]["text"].to_pylist():
        assert "".join(passage.text or "" for passage in clean_side(text, ())) == text


def test_the_same_release_gives_the_same_report(
    raw: Path, report: Path, tables: dict[str, pa.Table], tmp_path: Path
) -> None:
    write_report(tmp_path / "one", VERDICT, tables, FIRST, raw=raw)
    write_report(tmp_path / "two", VERDICT, tables, FIRST, raw=raw)
    one, two = (
        {path.relative_to(folder): path.read_bytes() for path in files_of(folder)}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert str(raw).encode() not in b"".join(one.values())


def test_what_the_open_tier_withholds_its_report_does_not_show(tables: dict[str, pa.Table], tmp_path: Path) -> None:
    reserved = {row["document_id"] for row in tables["documents"].to_pylist() if row["rights"] == "reserved"}
    assert reserved
    write_report(tmp_path / "report", VERDICT, withhold(tables), FIRST)
    for row in tables["articles"].to_pylist():
        page = (tmp_path / "report" / "documents" / f"{row['document_id']}.html").read_text(encoding="utf-8")
        sentence = max(row["text"][:500].split("\n"), key=len)[-25:-1]
        shown = re.sub("<[^>]*>", "", page)
        assert (str(html(sentence)) in shown) is (row["document_id"] not in reserved), row["title"]


def test_masked_personal_data_stays_masked(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    story = "青禾区社工站招募志愿者，社工将为居民提供陪伴服务。报名请联系李某某，手机13800138000。"
    (folder / "page.txt").write_text(f"招募志愿者\n\n{story}\n{story.replace('青禾', '白石')}\n", encoding="utf-8")
    write_report(tmp_path / "report", VERDICT, cleaned(folder), FIRST, raw=folder)
    shown = b"".join(path.read_bytes() for path in files_of(tmp_path / "report"))
    assert "█".encode() in shown
    assert b"13800138000" not in shown


def test_a_long_passage_is_cut_and_its_rest_counted() -> None:
    (passage, shown), (_, none) = bounded([*clean_side("社" * 5000, ()), *clean_side("工" * 10, ())], 3000, 3000)
    assert (passage.size, shown, none) == (5000, 3000, 0)


@given(st.text())
def test_no_text_becomes_markup(text: str) -> None:
    for written in (html(text), element("p", text, title=text)):
        assert "<" not in written.removeprefix("<p").removesuffix("</p>").replace('title="', "", 1).strip()
        assert not any(char in written for char in "\u202e\u2028\x00\u200b")
    line = data_script("index", text)
    assert line.isascii()
    assert "<" not in line
    assert line.count("\n") == 1
    assert json.loads(line[len("report.index(") : -len(");\n")]) == text


def test_a_handler_cannot_be_written() -> None:
    for name in ("onclick", "ONLOAD", "style", "srcdoc"):
        with pytest.raises(ValueError, match="no attribute"):
            element("p", **{name: "alert(1)"})


def test_a_large_release_shows_what_deserves_a_look_and_the_same_sample_each_time() -> None:
    from tests.synthetic import tables_of

    few, many = tables_of(300), tables_of(320)
    limits = load_list("report")
    failing = few["documents"]["document_id"][7].as_py()
    one = {row["document_id"] for row in choose(few, {failing})}
    two = {row["document_id"] for row in choose(many, ())}
    assert failing in one
    assert limits["sample"] <= len(one) <= limits["sample"] + 3 < limits["pages_all_up_to"]
    assert len(one & two) > 0.8 * limits["sample"]
    assert "e3b0c44298fc1c14" not in one & two  # an empty file that was rejected asks for no decision


def test_machines_read_the_verdict_as_junit() -> None:
    gates = (
        GateResult("span", "removals", "critical", True, 9),
        GateResult("evidence", "people", "critical", False, 9, 1, ({"name": "\x00<b>"},), detail="\ud800"),
        GateResult("text_length", "articles", "info", False, 9, 2),
        GateResult("pattern", "articles", "warning", False, 9, 0, error="broke"),
    )
    root = ElementTree.fromstring(as_junit(ValidationReport("v2026.11.22", 1, gates)))
    assert [root.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["4", "1", "1", "1"]
    assert root.findtext(".//failure") == "name=\\x00<b>"


def test_a_document_that_cannot_be_shown_costs_its_page_only(
    tables: dict[str, pa.Table], raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(rows: Tables, *_: object) -> str:
        if rows["documents"][0]["path"] == "hostile.txt":
            raise ZeroDivisionError("<b>")
        return "shown"

    monkeypatch.setattr("flows.report.site.document_page", fail)
    write_report(tmp_path / "report", VERDICT, tables, FIRST, raw=raw)
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "report" / "documents").glob("*.html")]
    assert pages.count("shown") == 5
    (other,) = (page for page in pages if page != "shown")
    assert "ZeroDivisionError: &lt;b&gt;" in other
