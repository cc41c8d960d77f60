"""The tables of the whole corpus: the same however it is cut, with ids that stand when pages change."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from flows.arrow_rows import concat, to_arrow
from flows.corpus import Corpus, owners
from flows.decisions.tombstones import without
from flows.document import Row, Tables
from flows.entities import figures
from flows.entities.changes import entity_changes
from flows.entities.figures import as_rows, figures_told
from flows.entities.gather import DatedEvent
from flows.entities.link import link
from flows.entities.same_events import find_same
from flows.entities.whole import whole_tables, with_whole
from flows.folder.tables import corpus_of_release, declared_tables
from flows.schema import OF_CORPUS, TABLES
from flows.validate import quarantine, validate
from tests.entities.corpus import known, page, stories, story
from tests.publish.releases import build
from tests.synthetic import VERSION, documents_read, tables_of

KEPT = 0.995
DAY = dt.date(2024, 3, 19)


def arrow(pages: list[str]) -> dict[str, pa.Table]:
    made = [page(f"{number:03d}.txt", text) for number, text in enumerate(pages)]
    rows: Tables = {name: [row for one in made for row in one.get(name, ())] for name in TABLES}
    return concat([{name: to_arrow(name, found) for name, found in rows.items()}])


def cut(tables: dict[str, pa.Table], count: int) -> Corpus:
    """The tables in so many parts."""
    ids = tables["documents"]["document_id"].to_pylist()
    size = -(-len(ids) // count)
    parts = []
    for start in range(0, len(ids), size):
        mine = pa.array(ids[start : start + size])
        parts.append({name: table.filter(pc.is_in(owners(table), value_set=mine)) for name, table in tables.items()})
    return Corpus([partial(dict, part) for part in parts])


def test_the_tables_are_the_same_however_the_corpus_is_cut() -> None:
    tables = arrow(list(stories()))
    whole, parts = with_whole(Corpus.of(tables)), with_whole(cut(tables, 4))
    assert all(whole[name].equals(parts[name]) for name in (*OF_CORPUS, "events", "event_roles"))
    assert whole["entities"].num_rows > 10


def test_ids_stand_when_pages_change() -> None:
    pages = list(stories())
    changed = [f"{text}活动还将持续一个月。\n" if number % 20 == 0 else text for number, text in enumerate(pages)]
    before = whole_tables(Corpus.of(arrow(pages)), None)["entities"]
    tables = whole_tables(Corpus.of(arrow(changed)), before)
    old, new = (set(table["entity_id"].to_pylist()) for table in (before, tables["entities"]))
    assert len(old & new) / len(old) >= KEPT
    assert old - new == set(tables["entity_changes"]["old_id"].to_pylist())


def test_the_bridge_says_what_merged_was_split_and_went() -> None:
    before = known(
        (1, "县民政局", [], None),
        (2, "阳光中心", [], None),
        (3, "无名会", [], None),
        (4, "旧名社", [], None),
    )
    after = known(
        (5, "萧县民政局", ["县民政局"], "341322"),
        (6, "阳光中心", [], "320500"),
        (7, "阳光中心", [], "410300"),
        (8, "新名社", ["旧名社"], None),
    )
    found = [(row["old_id"][-1], row["new_id"][-1], row["outcome"]) for row in entity_changes(before, after)]
    split = [("2", "6", "split"), ("2", "7", "split")]
    assert found == [("1", "5", "renamed"), *split, ("3", "e", "gone"), ("4", "8", "renamed")]


def event(number: int, name: str, region: str = "320500", hosts: tuple[str, ...] = ()) -> DatedEvent:
    return DatedEvent(f"e-{number:016x}", name, "2024-03-19", region, hosts)


def test_one_event_in_several_papers() -> None:
    told = [event(1, "第三届社工节"), event(2, "苏州市第三届社工节开幕式"), event(3, "督导培训班"),
            event(4, "第三届社工节", region="410300"), event(5, "社工宣传周主题活动", hosts=("市民政局",)),
            event(6, "社会工作宣传周活动", hosts=("市民政局",))]  # fmt: skip
    assert find_same(told) == {"e-0000000000000002": "e-0000000000000001", "e-0000000000000006": "e-0000000000000005"}


def test_a_role_names_its_organization_where_the_text_does() -> None:
    text = "3月19日，由市民政局主办、利群社工事务所承办的社工节举行。"
    roles = {"guided_by": [], "hosted_by": ["市民政局"], "organized_by": ["利群社工事务所"], "co_organized_by": []}
    made: dict[str, list[Row]] = {
        "people": [],
        "organizations": [],
        "events": [
            {"name": "社工节", "start_date": dt.date(2024, 3, 19), "region": None, "start": 24, "end": 27, **roles}
        ],
    }
    rows = link(made, text, "320500")["event_roles"]
    assert [text[row["start"] : row["end"]] for row in rows] == ["市民政局", "利群社工事务所"]
    assert all(row["organization_id"] for row in rows)


def test_figures_take_the_best_basis_and_show_conflicts() -> None:
    tables = arrow(list(stories()))
    rows = {(row["region"], row["indicator"]): row for row in as_rows(lambda: [figures_told(tables)])}
    found = rows["320600", "licensed_social_workers"]
    assert (found["low"], found["high"], found["agreement"]) == (7600, 8100, "conflict")
    assert len(found["article_ids"]) == len(found["sources"]) == 2
    assert rows["410300", "licensed_social_workers"]["agreement"] == "single"


def test_a_release_without_these_tables_is_read_as_one_that_has_none(tmp_path: Path) -> None:
    made = build(tmp_path, tables=with_entities())
    for name in ("entities", "event_roles"):
        (made / "data" / f"{name}.parquet").unlink()
        package = json.loads((made / "datapackage.json").read_text(encoding="utf-8"))
        package["resources"] = [one for one in package["resources"] if not one["name"].startswith(name)]
        (made / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    corpus = corpus_of_release(made)
    assert corpus["entities"].num_rows == corpus["event_roles"].num_rows == 0
    assert corpus["people"].num_rows == 3
    assert list(declared_tables(made))[:2] == ["documents", "articles"]


def with_entities() -> dict[str, pa.Table]:
    whole = with_whole(Corpus.of(tables_of()))
    return {name: whole[name] for name in TABLES}


def test_a_takedown_tells_nothing_of_the_older_entities() -> None:
    tables = with_entities()
    taken = tables["documents"]["document_id"][0].as_py()
    assert without(tables["entities"], [taken], "entities").num_rows == 0
    assert without(tables["figures"], [taken], "figures").num_rows == 0
    assert without(tables["codes"], [taken], "codes").equals(tables["codes"])
    assert without(tables["entities"], [], "entities").equals(tables["entities"])


def test_what_is_taken_out_leaves_the_entities_too() -> None:
    tables = arrow(list(stories()))
    victim = next(row for row in tables["articles"].to_pylist() if "新桥通车" in row["text"])
    kept, _ = quarantine(with_whole(Corpus.of(tables)), {victim["document_id"]: "gate_failed: articles.x"})
    names = set(kept["entities"]["name"].to_pylist())
    assert names - set(with_whole(kept)["entities"]["name"].to_pylist()) >= {"王立强"}


def test_a_figure_of_one_body_names_it() -> None:
    tables = page("a.txt", story("苏州市社工机构年会召开", "苏州市利群社工事务所现有持证社工24人，今年还会增加。"))
    rows = [row for row in tables["statistics"] if row["subject"] == "body"]
    ids = {row["name"]: row["organization_id"] for row in tables["organizations"]}
    assert [row["organization_id"] for row in rows] == [ids["苏州市利群社工事务所"]]


def test_an_id_that_no_entity_has_fails_its_gate() -> None:
    tables = with_entities()
    people = tables["people"].set_column(
        tables["people"].schema.get_field_index("person_id"),
        tables["people"].schema.field("person_id"),
        pa.array([f"p-{number:016x}" for number in range(tables["people"].num_rows)], pa.string()),
    )
    report = validate(tables | {"people": people}, VERSION, documents_read(), only=("people",))
    assert {gate.name for gate in report.failed} == {"people.person_id_exists"}


def test_figures_added_up_in_rounds_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    statement = figures.Statement(0, 0, True, "2024-01-01", "a", 1.0, "exact", None, False)
    keys = [(f"indicator{n % 7}", "110000", str(2000 + n % 5), "人") for n in range(35)]
    parts: list[figures.Stated] = [
        {key: [statement._replace(article=f"{part}-{n}", value=float(n))] for n, key in enumerate(keys)}
        for part in range(3)
    ]
    whole = sorted(as_rows(lambda: parts), key=repr)
    monkeypatch.setattr(figures, "MOST_HELD", 11)
    assert sorted(as_rows(lambda: parts), key=repr) == whole
    assert len(whole) == 35
