"""Everything that a release holds and SHA256SUMS covers, written from its tables: of the full and of the open tier."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from flows.compare.changed_rows import write_changed_rows
from flows.compare.changes import Changes
from flows.compare.compatibility import compatibility
from flows.compare.making import NAME as MADE_WITH
from flows.compare.markdown import as_markdown
from flows.compare.told import as_json
from flows.corpus import Arrow, Corpus
from flows.decisions.takedowns import taken_in, write_takedowns
from flows.figures import figures_of
from flows.folder.files import write_json
from flows.folder.sums import write_sums
from flows.publish.card import write_card, write_dictionary
from flows.publish.citation import write_citation
from flows.publish.coverage import coverage_of
from flows.publish.croissant import write_croissant
from flows.publish.datapackage import write_datapackage
from flows.publish.quality import write_quality
from flows.publish.tables import write_tables
from flows.report.site import write_report
from flows.validate.report import ValidationReport

TO_REPORT = "\n[检查报告 report](report/index.html#changes)\n"
"""What CHANGES.md ends with: the way to the same changes beside their pages."""


def write_contents(
    folder: Path,
    tables: Mapping[str, pa.Table],
    report: ValidationReport,
    changes: Changes,
    before: Path | None = None,
    tier: str = "full",
    raw: Path | None = None,
) -> None:
    """The files of a release into an empty folder; the sums come last. The same arguments give the same bytes.

    `before` is the release that `changes` compares with: the rows that differ are written whole. `raw` is the
    folder of raw documents, of which the report shows converted characters as they stood.
    """
    version, corpus, taken = report.version, Corpus.of(tables), taken_in(report.decisions)
    figures = figures_of(corpus)
    rows, coverage = figures.rows, coverage_of(corpus, figures)
    withheld = sum(corpus.each(texts_withheld))
    write_tables(corpus, folder, rows["documents"], before)
    write_takedowns(taken, folder)
    write_json(as_json(changes, version), folder / "CHANGES.json")
    (folder / "CHANGES.md").write_text(as_markdown(changes, version) + TO_REPORT, encoding="utf-8")
    if changes.made is not None:
        write_json(changes.made.as_json(), folder / MADE_WITH)
    if before is not None:
        write_changed_rows(before, corpus, folder / "changes", {row.document_id for row in taken}, changes.made)
    write_datapackage(folder, version, rows, compatibility(changes.schema), tier)
    write_croissant(folder, version)
    write_card(folder, version, coverage, changes, tier, withheld)
    write_dictionary(folder)
    write_citation(folder, version)
    write_quality(folder)
    write_report(folder / "report", report, corpus, changes, raw)
    write_sums(folder)


def texts_withheld(part: Arrow) -> int:
    """Articles of a part without their text."""
    return int(part["articles"]["text"].null_count)
