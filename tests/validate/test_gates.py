"""Quarantine, conservation arithmetic, and the report."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import VERSION, documents_read, tables_of

from flows.publish.release import check
from flows.validate import GateResult, ValidationReport, quarantine, read_report, validate
from flows.validate.conservation import tiled
from flows.validate.gates import _widespread


@given(st.lists(st.integers(1, 5), max_size=8), st.randoms(use_true_random=False), st.integers(0, 3))
def test_a_partition_in_any_order_tiles_and_one_gap_or_overlap_does_not(lengths, random, damage) -> None:  # type: ignore[no-untyped-def]
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


def damaged_person() -> dict:  # type: ignore[type-arg]
    """Three documents, one of which names a person who does not stand where it says."""
    tables = tables_of(3)
    names = tables["people"]["name"].to_pylist()
    names[1] = "赵六"
    place = tables["people"].schema.get_field_index("name")
    field = tables["people"].schema.field(place)
    tables["people"] = tables["people"].set_column(place, field, [names])
    return tables


def test_a_failing_document_is_taken_out_with_all_its_rows_and_the_rest_stays() -> None:
    tables = damaged_person()
    victim = tables["people"]["article_id"][1].as_py()[:16]
    report, kept, taken = check(tables, VERSION, documents_read())
    assert report.passed
    assert report.quarantined == ((victim, "gate_failed: people.evidence"),)
    row = next(row for row in kept["documents"].to_pylist() if row["document_id"] == victim)
    assert (row["status"], row["article_count"], row["reason"]) == ("quarantined", 0, "gate_failed: people.evidence")
    for name, table in kept.items():
        owners = {str(row.get("document_id") or row.get("article_id"))[:16] for row in table.to_pylist()}
        assert name == "documents" or victim not in owners
        assert table.num_rows + taken[name].num_rows == tables[name].num_rows + (name == "documents") * len(taken[name])


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
    from flows.publish import to_arrow

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
def test_only_a_critical_failure_blocks(severity) -> None:  # type: ignore[no-untyped-def]
    gate = GateResult("x", "articles", severity, False, 1, failing=1, documents=("a",))
    assert ValidationReport(VERSION, 1, (gate,)).passed == (severity != "critical")
