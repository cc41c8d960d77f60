"""report/: the pages people open, and the results for machines. The same bytes for the same release."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from flows.compare.changes import Changes
from flows.corpus import Arrow, Corpus, Source, owners
from flows.document import Row, Tables
from flows.errors import describe
from flows.figures import figures_of
from flows.folder.files import write_json
from flows.folder.stage import date_of
from flows.raw.documents import read_path
from flows.report.about import Around
from flows.report.choose import choose
from flows.report.document import document_page
from flows.report.frame import ASSETS, FILES, page
from flows.report.gates import all_gates
from flows.report.judged import waiting
from flows.report.junit import as_junit
from flows.report.listing import write_listing
from flows.report.markup import element, html, words
from flows.report.overview import PROSE, Contents, overview, prose
from flows.report.overview import heading as overview_heading
from flows.report.suspects import Suspect, prose_by_rule, suspects, titles_of
from flows.validate.report import ValidationReport, worst_first

AT_ONCE = 50
"""Documents whose rows are Python objects at the same time."""


def write_report(
    folder: Path,
    report: ValidationReport,
    tables: Mapping[str, pa.Table],
    changes: Changes,
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
    for asset in FILES:
        shutil.copyfile(ASSETS / asset, folder / asset)
    write_json(report.as_json(), folder / "validation.json")
    (folder / "junit.xml").write_text(as_junit(report), encoding="utf-8")
    failing = {document for gate in report.failed for document in gate.documents}
    chosen = {row["document_id"]: row for row in choose(corpus, failing)}
    in_order = sorted(chosen.values(), key=lambda row: (-(row["suspicion"] or 0.0), row["document_id"]))
    around = _around(in_order, changes, date_of(report.version).isoformat())
    pages = folder / "documents"
    pages.mkdir()
    calls = (
        (source, [chosen[name] for name in mine], {name: around[name] for name in mine}, pages, raw)
        for source, mine in zip(corpus.sources(), corpus.by_part(chosen), strict=True)
    )
    corpus.run(write_pages, (call for call in calls if call[1]))
    write_listing(pages, corpus, chosen)
    found, titles = suspects(corpus), titles_of(corpus, chosen)
    shown = [
        Suspect(row["document_id"], row["path"], row["status"], row["suspicion"] or 0.0, (),
                titles.get(row["document_id"], ""))
        for row in in_order
    ]  # fmt: skip
    it = Contents(report, figures_of(corpus), waiting(corpus), changes, found, prose_by_rule(corpus), shown)
    title = f"检查报告 Validation report {report.version}"
    gates = page(f"Gates {report.version}", words("全部检查", "All gates"), [all_gates(worst_first(report.gates))])
    (folder / "gates.html").write_text(gates, encoding="utf-8")
    removals = page(f"Removals {report.version}", PROSE, list(prose(it.prose, chosen)))
    (folder / "removals.html").write_text(removals, encoding="utf-8")
    (folder / "index.html").write_text(page(title, overview_heading(report.version), overview(it)), encoding="utf-8")


def _around(in_order: Sequence[Row], changes: Changes, day: str) -> dict[str, Around]:
    """For each page those before and after it, and what changed in its document."""
    names = [None, *(row["document_id"] for row in in_order), None]
    values, texts = (defaultdict[str, list[Row]](list) for _ in range(2))
    for rows, found in ((values, changes.values.values), (texts, changes.values.texts)):
        for row in found:
            rows[row["document_id"]].append(row)
    count = len(in_order)
    return {
        name: Around(before, after, place, count, day, tuple(values[name]), tuple(texts[name]))
        for place, (before, name, after) in enumerate(zip(names, names[1:], names[2:], strict=False), 1)
        if name is not None
    }


def original(raw: Path | None, row: Row) -> str | None:
    """The raw text of a document; None when its file is not at hand or has changed since."""
    if raw is None or row["sha256"] is None or row["status"] not in ("published", "duplicate"):
        return None
    document = read_path(raw, row["path"])
    return document.text if document.sha256 == row["sha256"] else None


def write_pages(
    source: Source, chosen: Sequence[Row], around: Mapping[str, Around], folder: Path, raw: Path | None
) -> None:
    """The pages of the chosen documents of one part."""
    for row, rows in rows_of(chosen, source()):
        try:
            text = document_page(rows, original(raw, row), around[row["document_id"]])
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
