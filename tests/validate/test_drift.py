"""Drift: a fall past its bound keeps a release back, a rise is a warning, and a first release says that it is one."""

from __future__ import annotations

import copy
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from flows.decisions import Acceptance
from flows.folder.files import write_parquet
from flows.publish.release import check
from flows.schema import load_list
from flows.validate import GateResult
from flows.validate.drift import ask_drift
from flows.validate.exceptions import excuse
from tests.synthetic import VERSION, documents_read, tables_of

COUNT = 12


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a release of twelve documents."""
    folder = tmp_path_factory.mktemp("releases") / VERSION
    (folder / "data").mkdir(parents=True)
    for name, table in tables_of(COUNT).items():
        write_parquet(name, table, folder / "data" / f"{name}.parquet")
    return folder


def bounds() -> dict[str, object]:
    """The real ones, for releases as small as these."""
    found = copy.deepcopy(load_list("drift"))
    found["rows"]["at_least"] = found["fill"]["at_least"] = 5
    found["removed"]["characters"] = 100
    return found


def failing(tables: dict[str, pa.Table], before: Path) -> dict[str, GateResult]:
    gates, _ = ask_drift(tables, before, bounds=bounds())
    return {gate.gate: gate for gate in gates if not gate.passed}


def test_the_same_again_has_not_drifted(before: Path) -> None:
    gates, changed = ask_drift(tables_of(COUNT), before, bounds=bounds())
    assert len(gates) == 8
    assert all(gate.passed for gate in gates)
    assert changed == []


def test_the_first_release_says_that_it_has_nothing_to_compare_with() -> None:
    (gate,), changed = ask_drift(tables_of(1), None)
    assert gate.passed
    assert "First release" in gate.detail
    assert changed == []


def test_rows_that_fall_keep_the_release_back(before: Path) -> None:
    tables = tables_of(COUNT)
    found = failing(tables | {"people": tables["people"].slice(4)}, before)
    assert found["rows_fell"].blocks
    assert found["rows_fell"].keys[0]["subject"] == "people"


def test_rows_that_rise_are_a_warning(before: Path) -> None:
    found = failing(tables_of(30), before)
    assert not any(gate.blocks for gate in found.values())
    assert found["rows_rose"].severity == "warning"


def test_a_field_of_a_publisher_that_runs_empty_keeps_the_release_back(before: Path) -> None:
    tables = tables_of(COUNT)
    articles = tables["articles"]
    place = articles.schema.get_field_index("source")
    none = pa.array([None] * articles.num_rows, pa.string())
    found = failing(tables | {"articles": articles.set_column(place, articles.schema.field(place), none)}, before)
    assert found["fill_fell"].blocks
    assert [key["subject"] for key in found["fill_fell"].keys] == ["source · 示例社工网"]


def test_a_rule_that_takes_nothing_any_more_keeps_the_release_back(before: Path) -> None:
    tables = tables_of(COUNT)
    left = tables["removals"].filter(pc.not_equal(tables["removals"]["rule"], "copyright.notice"))
    assert failing(tables | {"removals": left}, before)["removed_fell"].keys[0]["subject"] == "copyright.notice"


def test_new_values_are_listed(before: Path) -> None:
    tables = tables_of(COUNT)
    kinds = tables["organizations"]
    place = kinds.schema.get_field_index("kind")
    new = kinds.set_column(place, kinds.schema.field(place), pa.array(["company"] * kinds.num_rows))
    gate = failing(tables | {"organizations": new}, before)["new_values"]
    assert (gate.severity, gate.keys) == ("info", ({"subject": "organizations.kind", "now": "company"},))


def test_documents_that_were_taken_down_are_no_fall(before: Path) -> None:
    ids = tables_of(COUNT)["documents"]["document_id"].unique().to_pylist()
    gone = set(ids)
    gates, _ = ask_drift(tables_of(0 + 1), before, gone, bounds())
    assert not any(gate.blocks for gate in gates)


def test_an_accepted_fall_is_a_warning_against_that_release_only(before: Path) -> None:
    tables = tables_of(COUNT)
    gates, _ = ask_drift(tables | {"people": tables["people"].slice(4)}, before, bounds=bounds())
    entry = Acceptance("drift.rows_fell", "a source closed", "Li", "2026-11-22", subject="people", since=VERSION)
    assert not any(gate.blocks for gate in excuse(gates, [entry], VERSION))
    assert any(gate.blocks for gate in excuse(gates, [entry], "v2026.11.23"))
    other = Acceptance("drift.rows_fell", "a source closed", "Li", "2026-11-22", subject="events", since=VERSION)
    assert any(gate.blocks for gate in excuse(gates, [other], VERSION))


def test_an_accepted_row_is_released_and_another_with_the_same_fault_is_not() -> None:
    from flows.decisions import Decisions

    tables = tables_of(6)
    people = tables["people"]
    place = people.schema.get_field_index("start")
    starts = [start + (row in (1, 4)) for row, start in enumerate(people["start"].to_pylist())]
    moved = people.set_column(place, people.schema.field(place), pa.array(starts, pa.int64()))
    one, two = (people["article_id"][row].as_py()[:16] for row in (1, 4))
    decisions = Decisions(exceptions=(Acceptance("people.evidence", "looked at", "Li", "2026-11-22", document=one),))
    report, _, taken = check(tables | {"people": moved}, VERSION, documents_read(6), decisions=decisions)
    assert report.passed
    assert report.quarantined == ()
    assert report.misfits == (("people", 1),)
    assert [gate.name for gate in report.faults] == ["people.evidence"]
    assert taken.misfits["document_id"].to_pylist() == [two]
    accepted = next(gate for gate in report.gates if gate.name == "people.evidence")
    assert (accepted.severity, accepted.failing) == ("warning", 1)
    assert "looked at (Li, 2026-11-22)" in accepted.detail
