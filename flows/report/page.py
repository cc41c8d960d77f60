"""report/index.html: one static page, everything escaped, nothing loaded, no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.publish.diff import TableDiff
from flows.publish.files import write_json
from flows.validate.report import GateResult, ValidationReport, worst_first

STYLE = """
:root{color-scheme:light dark;--line:#8886}
body{font:16px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
body{margin:0 auto;padding:1rem;max-width:72rem}
table{border-collapse:collapse;display:block;overflow-x:auto;margin:1rem 0}
th,td{border-bottom:1px solid var(--line);padding:.3rem .7rem;text-align:left;vertical-align:top}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
.verdict{border-left:.4rem solid;padding:.4rem 1rem;font-size:1.2rem}
.passed{border-color:#1a7f37}.failed{border-color:#cf222e}
meter{width:10rem}
code{overflow-wrap:anywhere}
@media print{body{max-width:none}details{display:block}}
"""


def write_report(
    folder: Path, report: ValidationReport, tables: Mapping[str, pa.Table], changes: Iterable[TableDiff]
) -> None:
    """index.html for people and validation.json for machines; the same bytes for the same release."""
    folder.mkdir()
    write_json(report.as_json(), folder / "validation.json")
    (folder / "index.html").write_text("\n".join(_page(report, tables, changes)) + "\n", encoding="utf-8")


def _page(report: ValidationReport, tables: Mapping[str, pa.Table], changes: Iterable[TableDiff]) -> Iterator[str]:
    style_hash = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{style_hash}'; base-uri 'none'; form-action 'none'"
    title = f"检查报告 Validation report {report.version}"
    yield '<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{escape(title)}</h1>"
    kind, verdict = (
        ("passed", "通过 Passed") if report.passed else ("failed", "未通过，没有发布 Failed: nothing released")
    )
    yield f'<p class="verdict {kind}"><strong>{verdict}</strong><br>{escape(report.sentence())}</p>'
    yield from _failed(report)
    yield from _documents(report, tables["documents"])
    yield from _removed(tables["removals"])
    yield from _changes(changes)
    yield from _gates(report)
    yield "</main>\n</body>\n</html>"


def _failed(report: ValidationReport) -> Iterator[str]:
    yield "<h2>未通过的检查 Gates that failed</h2>"
    if not report.failed:
        yield "<p>没有。None.</p>"
        return
    yield from _table(
        ["级别 severity", "检查 gate", "#行 rows", "说明 detail", "主键 keys"],
        (
            [gate.severity, gate.name, gate.failing, gate.error or gate.detail, _keys(gate)]
            for gate in worst_first(report.failed)
        ),
    )


def _keys(gate: GateResult) -> str:
    shown = ["; ".join(f"{name}={value}" for name, value in key.items()) for key in gate.keys]
    more = [f"… {gate.failing - len(shown)} more"] if gate.failing > len(shown) > 0 else []
    return "\n".join(shown + more)


def _documents(report: ValidationReport, documents: pa.Table) -> Iterator[str]:
    yield "<h2>文档 Documents</h2>"
    yield f"<p>读入 read: {report.documents_read}</p>"
    yield from _table(["状态 status", "#文档 documents"], _count(documents, "status"))
    not_published = documents.filter(pc.fill_null(pc.not_equal(documents["status"], "published"), True))
    if rows := not_published.slice(0, 200).select(["path", "status", "reason"]).to_pylist():
        yield "<h3>未发布 Not published</h3>"
        yield from _table(["路径 path", "状态 status", "原因 reason"], ([*row.values()] for row in rows))


def _removed(removals: pa.Table) -> Iterator[str]:
    yield "<h2>移除的字符 Characters removed</h2>"
    length = pc.subtract(removals["raw_end"], removals["raw_start"])
    sums = (
        removals.append_column("characters", length)
        .group_by("kind")
        .aggregate([("characters", "sum"), ("kind", "count")])
    )
    rows = sorted(sums.to_pylist(), key=lambda row: (-(row["characters_sum"] or 0), str(row["kind"])))
    most = max((row["characters_sum"] or 0 for row in rows), default=1) or 1
    head = ["类别 kind", "#字符 characters", "#段 spans", "份额 share"]
    yield from _table(
        head,
        (
            [row["kind"], row["characters_sum"], row["kind_count"], _Meter(row["characters_sum"] or 0, most)]
            for row in rows
        ),
    )


def _changes(changes: Iterable[TableDiff]) -> Iterator[str]:
    yield "<h2>变化 Changes</h2>"
    head = ["表 table", "#原有 before", "#现有 after", "#新增 added", "#修改 changed", "#删除 removed"]
    yield from _table(head, ([e.table, e.before, e.after, e.added, e.changed, e.removed] for e in changes))


def _gates(report: ValidationReport) -> Iterator[str]:
    yield f"<details><summary>全部检查 All gates ({len(report.gates)})</summary>"
    head = ["检查 gate", "级别 severity", "结果 result", "#行 rows", "#未通过 failing"]
    yield from _table(
        head,
        ([g.name, g.severity, "通过 passed" if g.passed else "未通过 failed", g.rows, g.failing] for g in report.gates),
    )
    yield "</details>"


def _count(table: pa.Table, column: str) -> Iterator[list[Any]]:
    counts = table.group_by(column).aggregate([(column, "count")]).sort_by(column)
    return ([row[column], row[f"{column}_count"]] for row in counts.to_pylist())


class _Meter:
    """A share drawn as a bar, with its figure as text for who cannot see it."""

    def __init__(self, part: int, whole: int) -> None:
        self.html = f'<meter min="0" max="{whole}" value="{part}">{part / whole:.0%}</meter>'


def _table(head: list[str], rows: Iterable[list[Any]]) -> Iterator[str]:
    """A table; a heading that starts with # is of numbers."""
    numeric = [name.startswith("#") for name in head]
    marks = [' class="number"' if is_number else "" for is_number in numeric]
    cells = "".join(f'<th scope="col"{mark}>{escape(n.lstrip("#"))}</th>' for n, mark in zip(head, marks, strict=True))
    yield f"<table>\n<thead><tr>{cells}</tr></thead>\n<tbody>"
    for row in rows:
        yield "<tr>" + "".join(f"<td{mark}>{_cell(v)}</td>" for v, mark in zip(row, marks, strict=True)) + "</tr>"
    yield "</tbody>\n</table>"


def _cell(value: Any) -> str:
    if isinstance(value, _Meter):
        return value.html
    text = "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
    return escape(_visible(text)).replace("\n", "<br>")


_HIDDEN_RANGES = (
    (0x00, 0x09),
    (0x0B, 0x1F),
    (0x7F, 0x9F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2066, 0x2069),
    (0xFEFF,) * 2,
)
_HIDDEN = {code: f"\\u{code:04x}" for first, last in _HIDDEN_RANGES for code in range(first, last + 1)}


def _visible(text: str) -> str:
    """Control characters and direction overrides spelled out, so that a raw page cannot disguise what is shown."""
    return text.translate(_HIDDEN)
