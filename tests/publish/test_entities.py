"""Entities of one release that are others in the next, as CHANGES tells of them."""

from __future__ import annotations

import json
from pathlib import Path

from flows.compare.causes import PAGE, Cause
from flows.compare.changes import changes_since, read_changes
from flows.compare.entities import entities_became
from flows.compare.making import making
from flows.compare.markdown import as_markdown
from flows.compare.told import as_json
from flows.report.changed import changes as changed_part
from tests.entities.corpus import known
from tests.publish.test_values import PAGES, release, tables_of

BEFORE = known(
    (1, "云溪县社工站", [], None),
    (2, "阳光中心", [], None),
    (3, "无名会", [], None),
    (4, "旧名社", [], None),
    (5, "云溪社工站", [], None),
    (6, "不变社", [], None),
)
AFTER = known(
    (6, "不变社", [], None),
    (7, "云溪县社工站", ["云溪社工站"], "341322"),
    (8, "阳光中心", [], "320500"),
    (9, "阳光中心", [], "410300"),
    (10, "新名社", ["旧名社"], None),
)


def test_merged_split_and_renamed_are_told_with_names_and_ids() -> None:
    rows = entities_became(BEFORE, AFTER, Cause("rule", ("bodies",)))
    told = [(row["outcome"], row["text"], [one["entity_id"][-1] for one in (*row["was"], *row["now"])]) for row in rows]
    assert told == [
        ("merged", "云溪县社工站, 云溪社工站 → 云溪县社工站", ["1", "5", "7"]),
        ("split", "阳光中心 → 阳光中心", ["2", "8", "9"]),
        ("renamed", "旧名社 → 新名社", ["4", "a"]),
    ]
    assert {(row["cause"], *row["because"]) for row in rows} == {("rule", "bodies")}


def test_of_one_that_went_no_name_is_told() -> None:
    assert "无名会" not in json.dumps(entities_became(BEFORE, AFTER, PAGE), ensure_ascii=False)


def test_readers_machines_and_the_report_are_told_the_same(tmp_path: Path) -> None:
    pages = tables_of(PAGES, tmp_path / "pages")
    pages |= {name: pages[name].slice(0, 0) for name in ("organizations", "people", "event_roles")}  # of other entities
    old = release({**pages, "entities": BEFORE}, tmp_path / "releases", "v2026.11.22")
    found = changes_since(old, {**pages, "entities": AFTER}, made=making(()))
    assert [row["outcome"] for row in found.values.entities] == ["merged", "split", "renamed"]
    assert as_json(found, "v2026.11.23")["entities"] == list(found.values.entities)
    said = "云溪县社工站, 云溪社工站 → 云溪县社工站"
    assert f"* 合并 merged: {said}" in as_markdown(found, "v2026.11.23")
    assert said in "".join(changed_part(found, ()))
    new = release({**pages, "entities": AFTER}, tmp_path / "releases", "v2026.11.23")
    assert read_changes(new).values.entities == found.values.entities
