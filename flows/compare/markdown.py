"""CHANGES.md: what changed, for a reader; `shegong diff` prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.compare.changes import Changes
from flows.compare.compatibility import compatibility
from flows.compare.diff import TableDiff
from flows.compare.told import causes_of
from flows.document import Row

FIRST = "首个版本，没有可比较的版本。First release: nothing to compare with."

SHOWN = 100
"""Changes of one sort that are shown; CHANGES.json lists more, changes/ holds every row."""

CAUSES = {
    "page": "页面 page",
    "correction": "更正 correction",
    "exception": "例外 exception",
    "rule": "规则 rule",
    "vocabulary": "词表 vocabulary",
    "code": "代码 code",
    "unexplained": "原因不明 unexplained",
}

OUTCOMES = {"merged": "合并 merged", "split": "拆分 split", "renamed": "改名 renamed"}

_ESCAPED = str.maketrans({char: f"\\{char}" for char in "\\`*<>[]|"} | {"\n": " ⏎ "})
"""What a page says is text here, and no markup."""


def as_markdown(changes: Changes, new: str) -> str:
    """What changed up to the release `new`."""
    if changes.since is None:
        counts = "".join(f"\n| {entry.table} | {entry.after} |" for entry in changes.tables)
        return f"# {new}\n\n{FIRST}\n\n| 表 table | 行 rows |\n|---|---:|{counts}\n"
    head = f"# {changes.since} → {new}\n"
    if all(entry.empty for entry in changes.tables) and not changes.schema and not changes.taken:
        return f"{head}\n没有变化。Nothing changed.\n"
    parts = [head, "\n", summary(changes), "\n"]
    values = changes.values
    figures = [row for row in values.values if row["table"] == "statistics"]
    others = [row for row in values.values if row["table"] != "statistics"]
    parts += _section("数字 Figures", figures, _value)
    parts += _section("合计 Totals by indicator and region", values.totals, lambda row: f"* {plain(row['text'])}")
    parts += _section("文档 Documents", values.documents, _document)
    parts += _section("其他字段 Other values", others, _value)
    parts += _section("正文 Texts", values.texts, _text)
    parts += _section("实体 Entities merged, split or renamed", values.entities, _entity)
    if values.not_compared:
        count = f"{values.not_compared:,}"
        parts.append(f"\n另有 {count} 个变化的文档未逐值比较，各行见 changes/。")
        parts.append(f"{count} more changed documents are not listed by value; changes/ holds their rows.\n")
    parts += _takedowns(changes)
    parts += _schema(changes)
    parts += _tables(changes.tables)
    return "".join(parts)


def summary(changes: Changes) -> str:
    """One line: documents, values, and what the changed rows came of."""
    documents, values = changes.values.documents, changes.values.values
    counts = {word: sum(row["change"] == word for row in documents) for word in ("replaced", "added", "removed")}
    figures = sum(row["table"] == "statistics" and row["change"] == "changed" for row in values)
    causes = ", ".join(f"{CAUSES[name]} {count:,}" for name, count in causes_of(changes).items())
    said = [
        f"文档 documents: {counts['replaced']:,} replaced, {counts['added']:,} added, {counts['removed']:,} removed",
        f"改动的数字 figures changed: {figures:,}",
        f"行的原因 rows by cause: {causes or '–'}",
    ]
    return f"{'; '.join(said)}."


def _section(title: str, rows: Sequence[Row], told: object) -> Iterator[str]:
    if not rows:
        return
    assert callable(told)
    yield f"\n## {title}\n\n"
    yield from (f"{told(row)}\n" for row in rows[:SHOWN])
    if len(rows) > SHOWN:
        yield f"\n… {len(rows) - SHOWN:,} more in CHANGES.json\n"


def cause(row: Row) -> str:
    """Why, in words, with the names of what changed."""
    names = row["because"]
    return CAUSES[row["cause"]] + (f": {', '.join(names[:3])}{' …' if len(names) > 3 else ''}" if names else "")


def _value(row: Row) -> str:
    where = f"`{row['was']}` → `{row['document_id']}`" if row["was"] else f"`{row['document_id']}`"
    lines = [f"* {plain(row['text'])} ({cause(row)}; {where})"]
    for word, quote in (("−", row["quote_before"]), ("+", row["quote_after"])):
        if quote:
            lines.append(f"  * {word} “{plain(quote)}”")
    return "\n".join(lines)


def _document(row: Row) -> str:
    was = f", was `{row['was']}`" if row["was"] else ""
    return f"* {row['change']}: {plain(row['path'])} `{row['document_id']}`{was} ({cause(row)})"


def _text(row: Row) -> str:
    lines = [f"* `{row['article_id']}` ({cause(row)})"]
    for before, after in row["passages"]:
        lines += [f"  * − {plain(before)}"] if before else []
        lines += [f"  * + {plain(after)}"] if after else []
    return "\n".join(lines)


def _entity(row: Row) -> str:
    ids = (", ".join(f"`{one['entity_id']}`" for one in row[side]) for side in ("was", "now"))
    return f"* {OUTCOMES[row['outcome']]}: {plain(row['text'])} ({cause(row)}; {' → '.join(ids)})"


def plain(text: str) -> str:
    """Words of a page or a path in Markdown: text, and no markup."""
    return text.translate(_ESCAPED)


def _takedowns(changes: Changes) -> Iterator[str]:
    if changes.taken:
        yield "\n## 撤下 Taken down\n"
        yield from (f"\n* `{row.document_id}` takedown {row.date}" for row in changes.taken)
        yield "\n"


def _schema(changes: Changes) -> Iterator[str]:
    yield f"\n## 模式 Schema: {compatibility(changes.schema)}\n"
    for change in changes.schema:
        yield f"\n* {change.table}.{change.column or '*'}: {change.what} ({change.kind})"
    yield "\n" if changes.schema else ""


def _tables(found: Sequence[TableDiff]) -> Iterator[str]:
    yield "\n## 各表 Tables\n\n| 表 table | 新增 added | 修改 changed | 删除 removed | 行 rows | 原因 causes |"
    yield "\n|---|---:|---:|---:|---:|---|"
    for entry in found:
        causes = ", ".join(f"{name} {count}" for name, count in entry.causes.items())
        counts = f"{entry.added} | {entry.changed} | {entry.removed} | {entry.before} → {entry.after}"
        yield f"\n| {entry.table} | {counts} | {causes} |"
    for entry in found:
        if not entry.empty:
            yield f"\n\n### {entry.table}\n"
            yield from _details(entry)
    yield "\n"


def _details(entry: TableDiff) -> Iterator[str]:
    for word in ("added", "removed", "retyped"):
        if columns := getattr(entry, f"columns_{word}"):
            yield f"\n* columns {word}: {', '.join(columns)}"
    if entry.changed_columns:
        yield "\n* changed: " + ", ".join(f"{name} ({count})" for name, count in entry.changed_columns.items())
    for word, count in (("added", entry.added), ("changed", entry.changed), ("removed", entry.removed)):
        keys = getattr(entry, f"{word}_keys")
        if keys:
            more = f" … {count - len(keys)} more" if count > len(keys) else ""
            yield f"\n* {word}: " + ", ".join(f"`{' '.join(map(str, row))}`" for row in keys) + more
