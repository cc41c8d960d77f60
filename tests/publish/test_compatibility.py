"""What a change of the declarations means to a consumer, and the rows that differ."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.cli import main
from flows.compare.changed_rows import changed_rows
from flows.compare.compatibility import compatibility, schema_changes
from flows.compare.table_schema import table_schema
from flows.schema import schemas
from tests.publish.releases import build, with_row
from tests.synthetic import VERSION, tables_of

Field = dict[str, Any]


def now() -> dict[str, Any]:
    return json.loads(json.dumps({name: table_schema(table) for name, table in schemas().items()}))


def field(tables: dict[str, Any], table: str, name: str) -> Field:
    found: Field = next(field for field in tables[table]["fields"] if field["name"] == name)
    return found


CHANGES: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    "a table went": ("breaking", lambda old: old.setdefault("more", old["themes"])),
    "a table is new": ("additive", lambda old: old.pop("themes")),
    "a column is new": ("additive", lambda old: old["events"]["fields"].pop()),
    "a column went": ("breaking", lambda old: old["events"]["fields"].append({"name": "more", "type": "string"})),
    "another type": ("breaking", lambda old: field(old, "events", "attendance").update(type="number")),
    "another unit": ("breaking", lambda old: field(old, "events", "attendance").update(unit="万人")),
    "may be null now": ("breaking", lambda old: field(old, "events", "place").update(constraints={"required": True})),
    "never null now": ("compatible", lambda old: field(old, "events", "name").update(constraints={})),
    "a value went": ("breaking", lambda old: field(old, "events", "format")["constraints"]["enum"].append("x")),
    "a value came": ("additive", lambda old: field(old, "events", "format")["constraints"]["enum"].pop()),
    "another key": ("breaking", lambda old: old["events"].update(primaryKey=["article_id"])),
    "another meaning": ("compatible", lambda old: field(old, "events", "place").update(description="?")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_has_its_class(change: str) -> None:
    kind, undo = CHANGES[change]
    old = copy.deepcopy(now())
    undo(old)
    found = schema_changes(old, now())
    assert (compatibility(found), len(found)) == (kind, 1)


def test_no_change_is_compatible() -> None:
    assert schema_changes(now(), now()) == []
    assert compatibility([]) == "compatible"


def test_a_changed_word_is_one_row_and_one_field_in_every_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = build(tmp_path)
    title = pq.read_table(first / "data" / "articles.parquet")["title"][1].as_py()
    second = build(tmp_path, version=f"{VERSION}.1", tables=with_row(tables_of(), "articles", 1, title=title + "了"))
    changes = json.loads((second / "CHANGES.json").read_text(encoding="utf-8"))
    assert {name for name, entry in changes["tables"].items() if entry["changed"] + entry["added"]} == {"articles"}
    assert changes["tables"]["articles"]["changed_columns"] == {"title": 1}
    assert [path.name for path in (second / "changes").iterdir()] == ["articles.parquet"]
    rows = pq.read_table(second / "changes" / "articles.parquet").to_pylist()
    assert [(row["change"], row["title"]) for row in rows] == [("before", title), ("after", title + "了")]
    assert main(["diff", str(first), str(second), "--rows", str(tmp_path / "rows")]) == 0
    assert "changed: title (1)" in capsys.readouterr().out
    assert pq.read_table(tmp_path / "rows" / "articles.parquet").to_pylist() == rows


def test_equal_builds_have_no_changes_and_no_rows_of_them(tmp_path: Path) -> None:
    build(tmp_path)
    again = build(tmp_path, version=f"{VERSION}.1")
    assert not (again / "changes").exists()
    assert "Nothing changed" in (again / "CHANGES.md").read_text(encoding="utf-8")
    for path in (again / "data").iterdir():
        assert path.read_bytes() == (again.parent / VERSION / "data" / path.name).read_bytes()


def test_added_and_removed_rows_stand_once() -> None:
    two, three = (tables_of(count)["people"] for count in (2, 3))
    assert changed_rows("people", two, three)["change"].to_pylist() == ["added"]
    assert changed_rows("people", three, two)["change"].to_pylist() == ["removed"]


def test_a_column_that_changed_its_type_is_compared_as_text() -> None:
    table = tables_of(1)["events"]
    place = table.schema.get_field_index("attendance")
    for old in (pa.array(["约十人"]), pa.array([[1]])):
        found = changed_rows("events", table.set_column(place, "attendance", old), table)
        assert found["change"].to_pylist() == ["before", "after"]
        assert found["attendance"].to_pylist() == [str(old[0].as_py()), None]
