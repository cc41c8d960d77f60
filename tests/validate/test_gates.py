"""Quarantine, conservation arithmetic, and the report."""

import json
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.document import Row
from flows.publish import in_order, to_arrow
from flows.publish.release import check
from flows.schema import OF_CORPUS, Severity
from flows.validate import GateResult, ValidationReport, quarantine, read_report, validate
from flows.validate.conservation import tiled
from flows.validate.gates import _widespread
from tests.synthetic import VERSION, documents_read, tables_of


@given(st.lists(st.integers(1, 5), max_size=8), st.randoms(use_true_random=False), st.integers(0, 3))
def test_a_partition_in_any_order_tiles_and_one_gap_or_overlap_does_not(
    lengths: list[int], random: Random, damage: int
) -> None:
    ends = np.cumsum(lengths, dtype=np.int64)
    starts = ends - np.array(lengths, np.int64)
    order = list(range(len(lengths)))
    random.shuffle(order)
    whole = np.array([7, ends[-1] if lengths else 0])  # owner 0 has a text and no span
    owner = np.ones(len(lengths), np.int64)
    assert tiled(owner, starts[order], ends[order], whole).tolist() == [False, True]
    if lengths and damage:
        n = random.randrange(len(lengths))
        if damage == 1:
            ends[n] += 1
        elif damage == 2:
            starts[n] += 1
        else:
            owner, starts, ends = (np.delete(array, n) for array in (owner, starts, ends))
        assert not tiled(owner, starts, ends, whole)[1]


def test_empty_spans_stand_anywhere_inside() -> None:
    owner, start, end = np.array([0, 0]), np.array([0, 4]), np.array([4, 4])
    assert tiled(owner, start, end, np.array([4])).tolist() == [True]


def changed(tables: dict[str, pa.Table], name: str, rows: list[Row]) -> dict[str, pa.Table]:
    """The tables with these rows in one of them."""
    return tables | {name: in_order(name, to_arrow(name, rows))}


def damaged_page() -> tuple[dict[str, pa.Table], str]:
    """Three documents, of which one misstates the length of its article; and its id."""
    tables = tables_of(3)
    rows = tables["articles"].to_pylist()
    rows[1]["char_count"] += 1
    return changed(tables, "articles", rows), rows[1]["document_id"]


def test_a_failing_page_is_taken_out_with_all_its_rows_and_the_rest_stays() -> None:
    tables, victim = damaged_page()
    report, kept, taken = check(tables, VERSION, documents_read())
    assert report.passed
    reason = "gate_failed: articles.chars_counted"
    assert report.quarantined == ((victim, reason),)
    row = next(row for row in kept["documents"].to_pylist() if row["document_id"] == victim)
    assert (row["status"], row["article_count"], row["reason"]) == ("quarantined", 0, reason)
    for name, table in ((name, table) for name, table in kept.items() if name not in OF_CORPUS):
        owners = {str(row.get("document_id") or row.get("article_id"))[:16] for row in table.to_pylist()}
        assert name == "documents" or victim not in owners
        gone = taken.tables[name].num_rows
        assert table.num_rows + gone == tables[name].num_rows + (name == "documents") * gone


FAULTS = {
    "people": {"name": "赵六"},
    "organizations": {"end": 10_000},
    "events": {"attendance": 0, "attendance_qualifier": "exact"},
    "statistics": {"indicator_text": ""},
    "citations": {"kind": "tale"},
    "themes": {"theme": "no_theme"},
    "related": {"raw_start": -1},
}


def test_a_failing_fact_is_taken_out_alone_and_its_page_stays() -> None:
    tables = tables_of(3)
    rows = {name: tables[name].to_pylist() for name in FAULTS}
    for name, fault in FAULTS.items():
        rows[name][1].update(fault)
    broken = tables
    for name in FAULTS:
        broken = changed(broken, name, rows[name])
    articles = tables["articles"].to_pylist()
    articles[1]["themes"] = ["no_theme"]
    broken = changed(broken, "articles", articles)
    victims = {name: str(rows[name][1].get("document_id") or rows[name][1]["article_id"])[:16] for name in FAULTS}
    report, kept, taken = check(broken, VERSION, documents_read())
    assert report.passed
    assert report.quarantined == ()
    assert dict(report.misfits) == dict.fromkeys(FAULTS, 1)
    found = {row["table"]: (row["document_id"], row["reason"]) for row in taken.misfits.to_pylist()}
    assert {name: document for name, (document, _) in found.items()} == victims
    assert found["statistics"][1] == "gate_failed: statistics.no_empty_text"
    assert {kept[name].num_rows - tables[name].num_rows for name in FAULTS} == {-1}
    for name in ("removals", "lineage"):
        assert kept[name].equals(tables[name])
    flags = {row["document_id"]: row["flags"] for row in kept["documents"].to_pylist()}
    assert {"code": "rows_quarantined", "details": "statistics:1"} in flags[victims["statistics"]]
    themes = {row["document_id"]: row["themes"] for row in kept["articles"].to_pylist()}
    assert themes[victims["themes"]] == []  # without its evidence


def test_of_facts_that_are_there_twice_the_first_stays_and_of_two_that_differ_none() -> None:
    tables = tables_of(3)
    rows = tables["statistics"].to_pylist()
    broken = changed(tables, "statistics", [*rows, rows[0], rows[1] | {"value": 5.0}])
    report, kept, _ = check(broken, VERSION, documents_read())
    assert report.passed
    assert kept["statistics"].to_pylist() == [rows[0], rows[2]]


def test_a_fact_of_no_article_is_taken_out_and_keeps_nothing_back() -> None:
    tables = tables_of(2)
    people = tables["people"].to_pylist()
    broken = changed(tables, "people", [*people, people[0] | {"article_id": "0" * 16 + "-01"}])
    report, kept, taken = check(broken, VERSION, documents_read(2))
    assert report.passed
    assert kept["people"].equals(tables["people"])
    assert taken.misfits.num_rows == 1


@pytest.mark.parametrize(("name", "column"), [("articles", "title"), ("removals", "text"), ("related", "title")])
def test_a_personal_number_in_any_text_keeps_its_document_back(name: str, column: str) -> None:
    tables = tables_of(2)
    rows = tables[name].to_pylist()
    rows[0][column] = f"{rows[0][column]} 联系人手机0086-13800001111"
    report, kept, _ = check(changed(tables, name, rows), VERSION, documents_read(2))
    assert report.passed
    assert f"{name}.personal_number" in {gate.name for gate in report.faults}
    assert not any("13800001111" in str(table.to_pylist()) for table in kept.values())


def test_many_failing_facts_are_a_fault_of_the_code_and_keep_the_release_back() -> None:
    tables = tables_of(1)
    rows = [tables["people"].to_pylist()[0] | {"start": place, "end": place + 2} for place in range(30)]
    report, _, _ = check(changed(tables, "people", rows), VERSION, documents_read(1))
    assert [gate.name for gate in report.blocking] == ["run.misfit_share"]


def test_copies_share_the_fate_of_their_original() -> None:
    tables = tables_of(2)
    copied = next(row["document_id"] for row in tables["documents"].to_pylist() if row["status"] == "duplicate")
    kept, _ = quarantine(tables, {copied: "gate_failed: x"})
    assert {row["status"] for row in kept["documents"].to_pylist() if row["document_id"] == copied} == {"quarantined"}


def test_an_article_whose_original_is_taken_out_is_no_duplicate_any_more() -> None:
    tables = tables_of(2)
    first, second = tables["articles"]["article_id"].to_pylist()
    rows = tables["articles"].to_pylist()
    rows[1]["duplicate_of"] = first
    kept, _ = quarantine({**tables, "articles": to_arrow("articles", rows)}, {first[:16]: "x: y"})
    assert kept["articles"].select(["article_id", "duplicate_of"]).to_pylist() == [
        {"article_id": second, "duplicate_of": None}
    ]


def test_a_lesser_gate_becomes_critical_when_widespread() -> None:
    rare = GateResult("leftover_marker", "articles", "warning", False, 100, failing=10, documents=("a",))
    common = GateResult("leftover_marker", "articles", "warning", False, 100, failing=30, documents=("a",))
    assert _widespread(rare, 3) == rare
    assert _widespread(common, 3).blocks
    assert _widespread(common, 3).documents == ()
    assert not _widespread(common, 50).blocks


def test_a_gate_that_breaks_blocks_whatever_its_severity() -> None:
    assert GateResult("x", "articles", "info", False, 1, error="boom").blocks


def test_a_report_reads_back_from_its_json() -> None:
    report = validate(tables_of(1), VERSION, documents_read(1), {"0" * 16: "x: y"}, only=("themes",))
    assert read_report(json.loads(json.dumps(report.as_json()))) == report


def test_an_empty_release_is_valid_and_warns() -> None:
    report = validate({name: table.slice(0, 0) for name, table in tables_of(1).items()}, VERSION, 0)
    assert report.passed
    assert [gate.name for gate in report.failed] == ["run.something_published"]


@pytest.mark.parametrize("severity", ["critical", "warning", "info"])
def test_only_a_critical_failure_blocks(severity: Severity) -> None:
    gate = GateResult("x", "articles", severity, False, 1, failing=1, documents=("a",))
    assert ValidationReport(VERSION, 1, (gate,)).passed == (severity != "critical")
