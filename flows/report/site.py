"""report/: the pages people open, and the results for machines. The same bytes for the same release."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from flows.compare.diff import TableDiff
from flows.corpus import Arrow, Corpus, Source, owners
from flows.document import Row, Tables
from flows.errors import describe
from flows.figures import figures_of
from flows.folder.files import write_json
from flows.raw.documents import read_path
from flows.report.choose import choose
from flows.report.document import document_page
from flows.report.frame import ASSETS, page
from flows.report.judged import waiting
from flows.report.junit import as_junit
from flows.report.listing import write_listing
from flows.report.markup import element, html, words
from flows.report.overview import heading, overview
from flows.validate.report import ValidationReport

AT_ONCE = 50
"""Documents whose rows are Python objects at the same time."""


def write_report(
    folder: Path,
    report: ValidationReport,
    tables: Mapping[str, pa.Table],
    changes: Iterable[TableDiff],
    raw: Path | None = None,
) -> None:
    """The report of a release.

    Args:
        folder: where it goes; made here.
        report: the verdict of the gates.
        tables: what the release holds. What they withhold (masked personal data, texts in the open tier), the report
            withholds too: a tier of its own needs a report of its own, made from its tables.
        changes: against the release before.
        raw: the raw folder, from which characters that were converted or repaired are shown as they stood; without it
            they are shown as converted.
    """
    folder.mkdir()
    corpus = Corpus.of(tables)
    for asset in ("report.css", "report.js"):
        shutil.copyfile(ASSETS / asset, folder / asset)
    write_json(report.as_json(), folder / "validation.json")
    (folder / "junit.xml").write_text(as_junit(report), encoding="utf-8")
    failing = {document for gate in report.failed for document in gate.documents}
    chosen = choose(corpus, failing)
    pages = folder / "documents"
    pages.mkdir()
    by_part = corpus.by_part(row["document_id"] for row in chosen)
    rows = {row["document_id"]: row for row in chosen}
    calls = (
        (source, [rows[name] for name in mine], pages, raw)
        for source, mine in zip(corpus.sources(), by_part, strict=True)
    )
    corpus.run(write_pages, (call for call in calls if call[1]))
    ids = {row["document_id"] for row in chosen}
    write_listing(pages, corpus, ids)
    links = [(row["document_id"], row["path"], row["status"]) for row in chosen]
    body = overview(report, figures_of(corpus), waiting(corpus), list(changes), links)
    title = f"检查报告 Validation report {report.version}"
    (folder / "index.html").write_text(page(title, heading(report.version), body), encoding="utf-8")


def original(raw: Path | None, row: Row) -> str | None:
    """The raw text of a document; None when its file is not at hand or has changed since."""
    if raw is None or row["sha256"] is None or row["status"] not in ("published", "duplicate"):
        return None
    document = read_path(raw, row["path"])
    return document.text if document.sha256 == row["sha256"] else None


def write_pages(source: Source, chosen: Sequence[Row], folder: Path, raw: Path | None) -> None:
    """The pages of the chosen documents of one part."""
    for row, rows in rows_of(chosen, source()):
        try:
            text = document_page(rows, original(raw, row))
        except Exception as error:  # what is released does not depend on how it is shown
            said = words("此页无法显示：", "This page cannot be shown:")
            text = page(row["document_id"], html(row["path"]), [element("p", said, " ", describe(error))], up="../")
        (folder / f"{row['document_id']}.html").write_text(text, encoding="utf-8")


def rows_of(chosen: Sequence[Row], part: Arrow) -> Iterator[tuple[Row, Tables]]:
    """The rows of each of the chosen documents of a part, by table."""
    for start in range(0, len(chosen), AT_ONCE):
        some = chosen[start : start + AT_ONCE]
        ids = [row["document_id"] for row in some]
        by_table = {name: _by_document(table, ids) for name, table in part.items()}
        for row in some:
            yield row, _one(row, {name: found.get(row["document_id"], []) for name, found in by_table.items()})


def _one(row: Row, tables: Tables) -> Tables:
    """The rows of one document, its own row first and not those of its copies."""
    return tables | {"documents": [found for found in tables["documents"] if found["path"] == row["path"]]}


def _by_document(table: pa.Table, ids: Collection[str]) -> dict[str, list[Row]]:
    owned = "document_id" in table.schema.names
    rows = table.filter(pc.is_in(owners(table), value_set=pa.array(ids, pa.string()))).to_pylist()
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["document_id"] if owned else row["article_id"][:16]].append(row)
    return found
