"""The gates bite: one good release, damaged in many named ways, each in a document of its own, validated once.

Every damage must be caught by the gate that is named for it, at the row that was damaged; what was left alone must
be caught by none. Damage that spoils a release as a whole is tried one by one further down.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from flows.arrow_rows import in_order
from flows.document import Row, Tables
from flows.publish.tables import nullable as _nullable
from flows.schema import load
from flows.validate import ValidationReport, validate
from tests.synthetic import CHINA, VERSION, documents_read, tables_of

Damage = Callable[["Doc"], None]


class Doc:
    """The rows of one document, to be damaged in place."""

    def __init__(self, tables: Tables, document_id: str) -> None:
        self.tables = tables
        self.id = document_id

    def rows(self, table: str) -> list[Row]:
        """All of its rows in a table."""
        return [
            row for row in self.tables[table] if str(row.get("document_id") or row.get("article_id"))[:16] == self.id
        ]

    def row(self, table: str, **where: Any) -> Row:
        """The first row that has these values."""
        return next(row for row in self.rows(table) if all(row[name] == value for name, value in where.items()))

    def drop(self, table: str, **where: Any) -> None:
        """Take a row out."""
        gone = self.row(table, **where)
        self.tables[table] = [row for row in self.tables[table] if row is not gone]

    def add(self, table: str, row: Row) -> None:
        """Put a row in."""
        self.tables[table].append(row)

    def set(self, table: str, **values: Any) -> None:
        """Change the first row of a table."""
        self.row(table).update(values)

    def write(self, text: str, seal: bool = True) -> None:
        """Replace the article's text, with its hash and length if `seal`."""
        self.set("articles", text=text)
        if seal:
            self.set("articles", char_count=len(text), text_sha256=hashlib.sha256(text.encode()).hexdigest())

    @property
    def text(self) -> str:
        return str(self.row("articles")["text"])


def shift(row: Row, *columns: str, by: int = 1) -> None:
    for column in columns:
        row[column] += by


def truncate(doc: Doc) -> None:
    doc.write(doc.text[: len(doc.text) // 2])


def swap_neighbours(doc: Doc) -> None:
    """Two characters of the text change places: only the hash can know."""
    text = doc.text
    doc.write(text[1] + text[0] + text[2:], seal=False)


def leave_boilerplate(doc: Doc) -> None:
    doc.write(f"{doc.text}\n责任编辑：王五")


def duplicate_row(doc: Doc) -> None:
    doc.add("people", dict(doc.row("people")))


def take_off_topic(doc: Doc) -> None:
    doc.set("articles", on_topic=False, themes=["social_work"])
    doc.set("themes", theme="social_work")


def duplicate_article(doc: Doc) -> None:
    """The same story again under a new number, with all that belongs to it."""
    doc.add("articles", {**doc.row("articles"), "article_id": f"{doc.id}-02", "position": 2})
    doc.set("documents", article_count=2)


DAMAGES: dict[str, tuple[str, Damage]] = {
    # conservation
    "drop a removal": ("documents.conservation", lambda d: d.drop("removals", kind="navigation")),
    "drop a whitespace removal": ("documents.conservation", lambda d: d.drop("removals", kind="whitespace")),
    "drop a run of lineage": ("documents.conservation", lambda d: d.drop("lineage", field="title")),
    "count a removal twice": (
        "documents.conservation",
        lambda d: shift(d.row("removals", kind="copyright"), "raw_start", by=-1),
    ),
    "misstate characters kept": ("documents.kept_and_removed", lambda d: shift(d.row("documents"), "kept_chars")),
    "misstate characters of a document": ("documents.conservation", lambda d: shift(d.row("documents"), "char_count")),
    "lose the lineage of the text's end": (
        "articles.lineage_tiles",
        lambda d: shift(d.rows("lineage")[-1], "end", by=-1),
    ),
    "move a run of lineage by one": ("articles.lineage_tiles", lambda d: shift(d.rows("lineage")[-1], "start")),
    "call a changed run kept": (
        "lineage.kept_as_it_was",
        lambda d: shift(d.rows("lineage")[-1], "raw_end"),
    ),
    "call an inserted run kept": (
        "lineage.kept_as_it_was",
        lambda d: d.row("lineage", operation="join").update(operation="keep"),
    ),
    "misquote a removal": (
        "removals.text_fills_span",
        lambda d: d.row("removals", kind="copyright").update(text="版权"),
    ),
    "miscount articles": ("documents.articles_counted", lambda d: d.set("documents", article_count=2)),
    # text
    "truncate a body": ("articles.lineage_tiles", truncate),
    "swap two characters": ("articles.text_hash", swap_neighbours),
    "misstate the length": ("articles.chars_counted", lambda d: shift(d.row("articles"), "char_count")),
    "lose a text": ("articles.text_present", lambda d: d.set("articles", text=None)),
    "leave an editor's credit": ("articles.leftover_marker", leave_boilerplate),
    "leave a page counter in a title": (
        "articles.leftover_marker_title",
        lambda d: d.set("articles", title="启用 点击次数：12"),
    ),
    "mix scripts": ("articles.traditional", lambda d: d.write(d.text.replace("示例广场", "示例廣場"))),
    "leave damage": ("articles.private_use", lambda d: d.write(d.text + "勇\ue311业")),
    "leave a telephone number": ("articles.personal_number", lambda d: d.write(d.text + "电话13800001111。")),
    "leave space at a paragraph": ("articles.text_trimmed", lambda d: d.write(d.text.replace("\n", "\n　　"))),
    # keys
    "null a key": ("articles.required", lambda d: d.set("articles", document_id=None)),
    "break a foreign key": ("people.article_id_exists", lambda d: d.set("people", article_id=f"{d.id}-77")),
    "duplicate a row": ("people.key_unique", duplicate_row),
    "duplicate an article": ("articles.duplicates_marked", duplicate_article),
    "call an article by another document": (
        "articles.id_of_document",
        lambda d: d.set("articles", document_id="0" * 16),
    ),
    "point a duplicate nowhere": (
        "articles.duplicate_of_exists",
        lambda d: d.set("articles", duplicate_of="0" * 16 + "-01"),
    ),
    # evidence
    "move evidence by one": ("people.evidence", lambda d: shift(d.row("people"), "start", "end")),
    "move a quote by one": ("statistics.evidence", lambda d: shift(d.row("statistics"), "start", "end")),
    "put evidence beyond the text": (
        "organizations.evidence",
        lambda d: shift(d.row("organizations"), "start", "end", by=900),
    ),
    "invent a name": ("people.evidence", lambda d: d.set("people", name="赵六")),
    "invent a title": ("people.titles_in_text", lambda d: d.set("people", titles=["董事长"])),
    "invent a place": ("events.place_in_text", lambda d: d.set("events", place="别处")),
    "turn a span round": ("citations.span", lambda d: d.row("citations").update(start=30, end=20)),
    "take an article off its topic": ("articles.topic_agrees", take_off_topic),
    "a flag without a code": (
        "articles.flags_known",
        lambda d: d.set("articles", flags=[{"code": "odd", "details": None}]),
    ),
    "a flag of a document without a code": (
        "documents.flags_known",
        lambda d: d.set("documents", flags=[{"code": "odd", "details": None}]),
    ),
    "keep a theme without evidence": ("articles.themes_agree", lambda d: d.drop("themes")),
    # values
    "a future date": ("articles.date_in_the_past", lambda d: d.set("articles", published_date=dt.date(2031, 1, 1))),
    "a future time": (
        "articles.time_in_the_past",
        lambda d: d.set("articles", published_at=dt.datetime(2031, 1, 1, tzinfo=CHINA)),
    ),
    "shift a date by a day": ("articles.dates_agree", lambda d: d.set("articles", published_date=dt.date(2024, 3, 20))),
    "shift date and time by a day": (
        "articles.date_stated",
        lambda d: d.set(
            "articles",
            published_date=dt.date(2024, 3, 20),
            published_at=dt.datetime(2024, 3, 20, 9, 30, tzinfo=CHINA),
        ),
    ),
    "a region that does not exist": ("articles.region_known", lambda d: d.set("articles", region="119999")),
    "a region out of shape": ("statistics.region_pattern", lambda d: d.set("statistics", region="31011")),
    "an unknown kind": (
        "removals.kind_one_of",
        lambda d: d.row("removals", kind="copyright").update(kind="boilerplate"),
    ),
    "an unknown status": ("documents.status_one_of", lambda d: d.set("documents", status="done")),
    "a negative offset": ("related.raw_start_range", lambda d: d.set("related", raw_start=-1)),
    "an empty text instead of null": ("articles.no_empty_text", lambda d: d.set("articles", subtitle="")),
    "an empty text in a list": ("articles.no_empty_text", lambda d: d.set("articles", authors=[""])),
    "a null list": ("events.required", lambda d: d.set("events", guided_by=None)),
    "an amount without a currency": ("related.amount_has_currency", lambda d: d.set("related", currency=None)),
    "attendance without a qualifier": ("events.attendance_qualified", lambda d: d.set("events", attendance=40)),
    "an event that ends before it starts": (
        "events.days_in_order",
        lambda d: d.set("events", end_date=dt.date(2024, 3, 18)),
    ),
    "a date as text that is none": ("statistics.as_of_pattern", lambda d: d.set("statistics", as_of="2024-13")),
    "a link that was kept": ("related.inside_a_removal", lambda d: d.set("related", raw_start=8, raw_end=10)),
    # documents
    "publish with a reason": ("documents.no_reason_when_published", lambda d: d.set("documents", reason="x: y")),
    "reject without a reason": ("documents.reason_given", lambda d: d.set("documents", status="rejected")),
    "reject what has articles": (
        "documents.only_published_have_rows",
        lambda d: d.set("documents", status="rejected", reason="empty: nothing"),
    ),
    "reserve rights silently": (
        "documents.rights_statement_given",
        lambda d: d.set("documents", rights_statement=None),
    ),
    "a duplicate without its original": (
        "documents.one_published_copy",
        lambda d: d.set("documents", status="duplicate", reason="duplicate: of nothing"),
    ),
}

UNTOUCHED = 4
COUNT = len(DAMAGES) + UNTOUCHED


@pytest.fixture(scope="module")
def damaged() -> tuple[ValidationReport, dict[str, str]]:
    """The report on a release where document n suffered damage n, and the document of each damage."""
    tables = {name: table.to_pylist() for name, table in tables_of(COUNT).items()}
    copied = next(row["document_id"] for row in tables["documents"] if row["status"] == "duplicate")
    ids = [row["document_id"] for row in tables["documents"] if row["status"] == "published"]
    ids.remove(copied)
    victims = dict(zip(DAMAGES, ids, strict=False))
    for name, document_id in victims.items():
        DAMAGES[name][1](Doc(tables, document_id))
    return validate(as_tables(tables), VERSION, documents_read(COUNT)), victims


@pytest.fixture(scope="module")
def untouched() -> ValidationReport:
    return validate(tables_of(COUNT), VERSION, documents_read(COUNT))


def as_tables(tables: Tables) -> dict[str, pa.Table]:
    """Rows as Arrow without the care of `to_arrow`, which would refuse some of the damage."""
    loose = {name: _nullable(load(name).arrow.empty_table()).schema for name in tables}
    made = {name: pa.Table.from_pylist(rows, loose[name]) for name, rows in tables.items()}
    return {
        name: pa.Table.from_arrays(in_order(name, table).columns, schema=load(name).arrow)
        for name, table in made.items()
    }


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_caught(damage: str, damaged: tuple[ValidationReport, dict[str, str]]) -> None:
    report, victims = damaged
    gate = next(gate for gate in report.gates if gate.name == DAMAGES[damage][0])
    document = victims[damage]
    assert not gate.passed
    assert gate.error is None
    named = {*gate.documents, *(str(value)[:16] for key in gate.keys for value in key.values())}
    assert document in named or (damage == "null a key" and gate.unplaced)


def test_the_rest_is_left_alone(damaged: tuple[ValidationReport, dict[str, str]]) -> None:
    report, victims = damaged
    accused = {document for gate in report.failed for document in gate.documents}
    assert accused <= set(victims.values())


def test_an_untouched_release_passes(untouched: ValidationReport) -> None:
    assert [gate.name for gate in untouched.failed] == []
    assert len(untouched.gates) > 150


def test_no_gate_breaks(damaged: tuple[ValidationReport, dict[str, str]]) -> None:
    assert [(gate.name, gate.error) for gate in damaged[0].gates if gate.error] == []


def _drop_column(tables: dict[str, pa.Table]) -> None:
    tables["articles"] = tables["articles"].drop_columns(["region"])


def _retype(tables: dict[str, pa.Table]) -> None:
    place = tables["events"].schema.get_field_index("attendance")
    column = tables["events"]["attendance"].cast(pa.float64())
    tables["events"] = tables["events"].set_column(place, "attendance", column)


def _drop_document(tables: dict[str, pa.Table]) -> None:
    tables["documents"] = tables["documents"].slice(1)


def _quarantine_most(tables: dict[str, pa.Table]) -> None:
    from flows.validate import quarantine

    ids = tables["articles"]["document_id"].to_pylist()
    tables.update(quarantine(tables, dict.fromkeys(ids[:4], "gate_failed: all"))[0])


def _leave_boilerplate_everywhere(tables: dict[str, pa.Table]) -> None:
    rows = tables["articles"].to_pylist()
    for row in rows:
        row["title"] = "责任编辑：王五"
    tables.update(as_tables({"articles": rows}))


WHOLE = {
    "drop a column": ("schema.declared", _drop_column),
    "change a type": ("schema.declared", _retype),
    "lose a document": ("run.documents_accounted", _drop_document),
    "quarantine most": ("run.quarantined_share", _quarantine_most),
    "leave boilerplate in most": ("articles.leftover_marker_title", _leave_boilerplate_everywhere),
}


@pytest.mark.parametrize("damage", WHOLE)
def test_damage_of_a_whole_release_blocks_it(damage: str) -> None:
    gate, spoil = WHOLE[damage]
    tables = tables_of(6)
    spoil(tables)
    report = validate(tables, VERSION, documents_read(6), only=("articles",))
    assert gate in {found.name for found in report.blocking}
    assert not report.passed
