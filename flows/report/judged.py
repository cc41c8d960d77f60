"""What the gates found, what changed and what was decided: the parts of the overview about a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from flows.compare.diff import TableDiff
from flows.corpus import Arrow, Corpus
from flows.document import Row
from flows.figures import Figures
from flows.report import words as say
from flows.report.frame import folded, lines, more, table
from flows.report.markup import Markup, element, number, share, words
from flows.schema import load_list
from flows.validate.report import GateResult, ValidationReport, worst_first


def verdict(report: ValidationReport) -> Markup:
    """May this be published?"""
    said = (
        words("通过：可以发布", "Passed: may be published")
        if report.passed
        else words("未通过：没有发布", "Failed: nothing was released")
    )
    kind = "passed" if report.passed else "failed"
    strong = element("strong", said)
    return element("p", strong, element("br"), report.sentence(), class_=f"verdict {kind}", id="verdict")


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


def failed(report: ValidationReport) -> Iterator[Markup]:
    """The gates that did not pass."""
    if report.failed:
        yield _gate_table(report.failed)
    else:
        yield element("p", words("没有。", "None."))


def _gate_table(gates: Iterable[GateResult]) -> Markup:
    """Gates that failed, with the keys of the first failing rows."""
    head = [words("级别", "severity"), words("检查", "gate"), words("行", "rows")]
    head += [words("说明", "detail"), words("主键", "keys")]
    rows = (
        (say.severity(g.severity), element("code", g.name), number(g.failing), g.error or g.detail, lines(_keys(g)))
        for g in worst_first(gates)
    )
    return table(head, rows, numeric=(2,))


def _keys(gate: GateResult) -> str:
    shown = ["; ".join(f"{name}={value}" for name, value in key.items()) for key in gate.keys]
    rest = [f"… +{gate.failing - len(shown):,}"] if gate.failing > len(shown) > 0 else []
    return "\n".join(shown + rest)


class Waiting(NamedTuple):
    """Documents that are not published: how many, and the first of them for the list."""

    total: int
    first: list[Row]


def waiting(corpus: Corpus) -> Waiting:
    """Those of a corpus, those in quarantine first, then by path."""
    parts: list[Waiting] = list(corpus.each(waiting_in_part))
    first = sorted((row for part in parts for row in part.first), key=_urgency)
    return Waiting(sum(part.total for part in parts), first[: load_list("report")["rows_at_most"]])


def waiting_in_part(part: Arrow) -> Waiting:
    """Those of one part."""
    documents = part["documents"]
    kept = documents.filter(pc.is_in(documents["status"], value_set=pa.array(["quarantined", "rejected"])))
    rows = kept.select(["document_id", "path", "status", "reason"]).to_pylist()
    return Waiting(len(rows), sorted(rows, key=_urgency)[: load_list("report")["rows_at_most"]])


def _urgency(row: Row) -> tuple[str, bytes]:
    return row["status"], row["path"].encode()


def kept_back(report: ValidationReport, waiting: Waiting) -> Iterator[Markup]:
    """Documents that are not published, those in quarantine first, rows that were taken out while their documents
    stayed, and what all these failed."""
    if not waiting.total:
        yield element("p", words("没有隔离或拒绝的文档。", "No document is quarantined or rejected."))
    if not waiting.total and not report.misfits:
        return
    command = element("code", "shegong quarantine")
    yield element("p", words("处理隔离：", "To decide:"), " ", command)
    if report.misfits:
        said = words("单独隔离的行（其文档照常发布）：", "Rows taken out alone, while their documents stay:")
        yield element("p", said, " ", "; ".join(f"{name} {count:,}" for name, count in report.misfits))
    head = [words("状态", "status"), words("路径", "path"), words("原因", "reason"), words("编号", "id")]
    rows = [(say.status(r["status"]), r["path"], r["reason"], element("code", r["document_id"])) for r in waiting.first]
    yield from [table(head, rows)] if rows else []
    yield from filter(None, [more(waiting.total, len(waiting.first))])
    if report.faults:
        yield element("h3", words("隔离所因的行", "Rows that failed"))
        yield _gate_table(report.faults)


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


def changes(changes: Sequence[TableDiff]) -> Iterator[Markup]:
    """Rows by table, against the release before."""
    head = [words("表", "table"), words("原有", "before"), words("现有", "now")]
    head += [words("新增", "added"), words("修改", "changed"), words("删除", "removed")]
    rows = (
        (say.table_name(e.table), *map(number, (e.before, e.after, e.added, e.changed, e.removed))) for e in changes
    )
    yield table(head, rows, numeric=range(1, 6))


def gates(gates: Iterable[GateResult]) -> Markup:
    """Every gate, folded away."""
    gates = list(gates)
    head = [words("检查", "gate"), words("级别", "severity"), words("结果", "result"), words("行", "rows")]
    head.append(words("未通过", "failing"))
    rows = (
        (
            element("code", g.name),
            say.severity(g.severity),
            words("通过", "passed") if g.passed else element("strong", words("未通过", "failed")),
            number(g.rows),
            number(g.failing),
        )
        for g in gates
    )
    return folded(words(f"{len(gates):,} 项", f"{len(gates):,} gates"), table(head, rows, numeric=(3, 4)))
