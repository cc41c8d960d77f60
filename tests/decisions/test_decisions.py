"""Corrections, takedowns and exceptions: data with an author, which fails loudly when it does not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.clean import clean
from flows.decisions import Correction, DecisionError, Decisions, read_decisions
from flows.decisions.corrections import check_corrections
from flows.decisions.tombstones import wanted_documents
from flows.raw.listing import fingerprint, list_documents
from tests.pages import MENU, SOURCE, STORY, TITLE, document

PAGE = "\n".join([*MENU, TITLE, SOURCE, *STORY])


def correction(expect: str, replace: str, at: int | None = None) -> Correction:
    return Correction("0" * 16, expect, replace, "misprint", "Li", "2026-11-22", at)


@pytest.mark.parametrize(
    ("expect", "replace"),
    [("二十名专业社工", "三十名专业社工"), ("第一年计划", "今年"), ("二十名", "一百二十余名"), ("不少于", "")],
)
def test_a_correction_changes_the_text_and_keeps_the_trail(expect: str, replace: str) -> None:
    tables = clean(document(PAGE), [correction(expect, replace)])
    text = tables["articles"][0]["text"]
    assert expect not in text
    assert replace in text
    assert {"code": "corrected", "details": "1"} in tables["documents"][0]["flags"]
    row = tables["documents"][0]
    assert row["kept_chars"] + row["removed_chars"] == row["char_count"] == len(PAGE)
    if replace:
        runs = [run for run in tables["lineage"] if run["operation"] == "repair" and run["field"] == "text"]
        assert "".join(text[run["start"] : run["end"]] for run in runs) == replace
        assert runs[0]["raw_start"] == PAGE.index(expect)
    else:
        assert [row["text"] for row in tables["removals"] if row["rule"] == "correction"] == [expect]


def test_two_corrections_of_one_page_in_any_order() -> None:
    pair = [correction("十二所学校", "十三所学校"), correction("二十名", "一百二十余名")]
    texts = {clean(document(PAGE), order)["articles"][0]["text"] for order in (pair, pair[::-1])}
    assert len(texts) == 1
    assert "十三所学校" in texts.pop()


@pytest.mark.parametrize(
    "wrong", [correction("没有这句", "x"), correction("社工", "x"), correction("社工", "x", at=0), correction("", "x")]
)
def test_a_correction_fails_when_the_raw_text_is_not_what_it_was_written_for(wrong: Correction) -> None:
    with pytest.raises(DecisionError, match="does not fit"):
        clean(document(PAGE), [wrong])


def write(raw: Path, **files: str) -> None:
    (raw / "one.txt").write_text(PAGE, encoding="utf-8")
    (raw / "two.txt").write_text(PAGE.replace("青禾", "白石"), encoding="utf-8")
    for name, text in files.items():
        (raw / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_run_stops_before_any_work_when_a_correction_does_not_fit(tmp_path: Path) -> None:
    write(tmp_path)
    documents = list_documents(tmp_path)
    ids = [listed.key[:16] for listed in documents]
    good = Correction(ids[0], "不少于两天", "不少于三天", "misprint", "Li", "2026-11-22")
    check_corrections(tmp_path, documents, [good])
    for bad in (Correction("f" * 16, "x", "y", "w", "L", "d"), Correction(ids[1], "没有这句", "y", "w", "L", "d")):
        with pytest.raises(DecisionError, match=bad.document):
            check_corrections(tmp_path, documents, [good, bad])


def test_a_decision_makes_a_new_release(tmp_path: Path) -> None:
    write(tmp_path)
    documents, before = wanted_documents(tmp_path)
    assert before == Decisions()
    write(tmp_path, exceptions="- {gate: people.evidence, document: abc, why: 看过, who: 李, date: 2026-11-22}\n")
    _, after = wanted_documents(tmp_path)
    assert fingerprint(documents, before.fingerprint) != fingerprint(documents, after.fingerprint)
    assert len(list_documents(tmp_path)) == 2  # and the file is no document


@pytest.mark.parametrize(
    "text", ["- {document: a}", "document: a", "- {date: 2026-11-22}", "- {date: d, document: a, colour: red}", "- ["]
)
def test_an_entry_that_cannot_be_used_is_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, tombstones=text)
    with pytest.raises(DecisionError, match=r"tombstones\.yaml"):
        read_decisions(tmp_path)
