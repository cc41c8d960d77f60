"""What the gates found, what changed and what was decided: the parts of the overview about a run."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.corpus import Arrow, Corpus
from flows.document import Row
from flows.figures import Figures
from flows.report import words as say
from flows.report.frame import folded, more, table
from flows.report.gates import failing, linked
from flows.report.markup import Markup, element, number, share, words
from flows.report.ranked import Ranked, ranked, together
from flows.schema import load_list
from flows.validate.report import ValidationReport


def counts(report: ValidationReport, found: Figures) -> Markup:
    """The figures that everybody asks first."""
    status = dict(found.count("documents", "status"))
    chars = found.chars
    kept = chars["kept_chars"] / (chars["kept_chars"] + chars["removed_chars"] or 1)
    facts = sum(found.rows[name] for name in say.FACTS)
    cards = [
        (words("读入文档", "documents read"), number(report.documents_read)),
        *((say.status(name), number(status.get(name, 0))) for name in say.STATUSES),
        (words("文章", "articles"), number(found.rows["articles"])),
        (words("事实", "facts"), number(facts)),
        (words("原始字符", "raw characters"), number(chars["char_count"])),
        (words("保留", "kept"), share(kept)),
    ]
    return element("dl", *(element("div", element("dt", n), element("dd", v)) for n, v in cards), class_="cards")


Waiting = Ranked[Row]
"""Documents that are not published: how many, and the first of them for the list."""


def waiting(corpus: Corpus) -> Waiting:
    """Those of a corpus, those in quarantine first, then by path."""
    return together(corpus.each(waiting_in_part), _urgency)


def waiting_in_part(part: Arrow) -> Waiting:
    """Those of one part."""
    documents = part["documents"]
    kept = documents.filter(pc.is_in(documents["status"], value_set=pa.array(["quarantined", "rejected"])))
    return ranked(kept.select(["document_id", "path", "status", "reason"]).to_pylist(), _urgency)


def _urgency(row: Row) -> tuple[str, bytes]:
    return row["status"], row["path"].encode()


def taken_out(report: ValidationReport, waiting: Waiting, pages: Collection[str]) -> Iterator[Markup]:
    """Documents that are not published and rows that were taken out while their documents stayed, folded away: what
    needs a decision stands above."""
    if not waiting.total:
        yield element("p", words("没有隔离或拒绝的文档。", "No document is quarantined or rejected."))
    if report.misfits:
        said = words("单独隔离的行（其文档照常发布）：", "Rows taken out alone, while their documents stay:")
        yield element("p", said, " ", "; ".join(f"{name} {count:,}" for name, count in report.misfits))
    head = [words("状态", "status"), words("路径", "path"), words("原因", "reason")]
    rows = [
        (say.status(row["status"]), linked(row["path"], row["document_id"], pages), say.refusal(row["reason"]))
        for row in waiting.first
    ]
    if rows:
        name = words(f"未发布的文档（{waiting.total:,}）", f"Documents that are not published ({waiting.total:,})")
        yield folded(name, table(head, rows), more(waiting.total, len(waiting.first)))
    if report.faults:
        yield element("h3", words("隔离所因的行", "Rows that failed"))
        yield failing(report.faults, pages)


def drift(report: ValidationReport) -> Iterator[Markup]:
    """Every measure that is not as it was, those past their bound first."""
    for gate in report.gates:
        if gate.name == "drift.compared":
            yield element("p", gate.detail)
    limit = load_list("report")["rows_at_most"]
    past = [row for row in report.drift if row.get("fell") or row.get("rose") or row.get("new")]
    rows = [*past, *(row for row in report.drift if row not in past)]
    if rows:
        head = [words("度量", "measure"), words("对象", "subject"), words("原有", "before"), words("现有", "now"), ""]
        yield table(head, map(_drifted, rows[:limit]), numeric=(2, 3))
        yield from filter(None, [more(len(rows), limit)])


MEASURES = {
    "rows": words("行数", "rows"),
    "fill": words("填充率", "fill rate"),
    "removed": words("移除份额", "share removed"),
    "vocabulary": words("新值", "new value"),
}


def _drifted(row: dict[str, Any]) -> list[object]:
    figures_ = [row["before"], row["now"]]
    if row["measure"] == "rows":
        figures_ = [number(value) for value in figures_]
    elif row["measure"] != "vocabulary":
        figures_ = [f"{value:.2%}" for value in figures_]
    past = words("超出下限", "fell past its bound") if row.get("fell") else None
    past = words("超出上限", "rose past its bound") if row.get("rose") else past
    return [MEASURES[row["measure"]], row["subject"], *figures_, element("strong", past) if past else ""]


def decided(report: ValidationReport) -> Iterator[Markup]:
    """Corrections, exceptions and takedowns; of the last only ids and dates."""
    gone = sum(row["decision"] == "tombstone" for row in report.decisions)
    yield element("p", words(f"撤下 {gone:,} 个文档。", f"{gone:,} documents were taken down."))
    if report.decisions:
        columns_ = ("decision", "document", "date", "what", "why", "who")
        yield table(columns_, ([row[name] for name in columns_] for row in report.decisions))
