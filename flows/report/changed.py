"""What changed since the release before, in values, each with its quotes and its cause: a part of the overview."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from flows.compare.changes import Changes
from flows.compare.diff import TableDiff
from flows.compare.told import causes_of
from flows.document import Row
from flows.report import words as say
from flows.report.frame import folded, more, table
from flows.report.gates import linked
from flows.report.markup import Markup, element, join, number, words
from flows.schema import load_list

NOTHING = words("首个版本，没有可比较的版本。", "First release: nothing to compare with.")


def changes(found: Changes, pages: Collection[str]) -> Iterator[Markup]:
    """Figures first, then sums, documents, other values, texts and rows by table. `pages` have a page in the report."""
    if found.since is None:
        yield element("p", NOTHING)
        return
    yield element("p", _said(found))
    if not causes_of(found):
        return
    values = found.values
    figures = [row for row in values.values if row["table"] == "statistics"]
    others = [row for row in values.values if row["table"] != "statistics"]
    yield from _part(words("数字", "Figures"), figures, lambda rows: _values(rows, pages), open_=True)
    yield from _part(words("合计", "Totals by indicator and region"), values.totals, _totals)
    yield from _part(words("文档", "Documents"), values.documents, lambda rows: _documents(rows, pages), open_=True)
    yield from _part(words("其他字段", "Other values"), others, lambda rows: _values(rows, pages))
    yield from _part(words("正文", "Texts"), values.texts, lambda rows: _texts(rows, pages))
    yield from _part(words("合并、拆分或改名的实体", "Entities merged, split or renamed"), values.entities, _entities)
    yield folded(words("各表的行", "Rows by table"), _tables(found.tables))
    links = [element("a", name, href=f"../{name}") for name in ("CHANGES.md", "CHANGES.json")]
    yield element("p", words("全部变化：", "All of it: "), links[0], words("、", ", "), links[1])


SHOWN_FIRST = 8
"""Changed figures and documents that stand on the first screen."""


def first(found: Changes, pages: Collection[str]) -> Iterator[Markup]:
    """What changed, for the first screen: a sentence, and the first of the figures and documents that did."""
    if found.since is None:
        yield element("p", NOTHING)
        return
    yield element("p", _said(found))
    figures = [row for row in found.values.values if row["table"] == "statistics" and row["change"] == "changed"]
    if figures:
        yield _values(figures[:SHOWN_FIRST], pages)
    elif found.values.documents:
        yield _documents(found.values.documents[:SHOWN_FIRST], pages)
    if causes_of(found):
        yield element("p", element("a", words("全部变化", "All changes"), href="#changes"))


def _said(found: Changes) -> Markup:
    documents, values = found.values.documents, found.values.values
    counts = {word: sum(row["change"] == word for row in documents) for word in ("replaced", "added", "removed")}
    figures = sum(row["table"] == "statistics" and row["change"] == "changed" for row in values)
    if not causes_of(found):
        return words(f"与 {found.since} 相同。", f"The same as {found.since}.")
    zh = f"与 {found.since} 相比：替换 {counts['replaced']:,}、新增 {counts['added']:,}、"
    zh += f"消失 {counts['removed']:,} 个文档；"
    documents_ = "document" if counts["replaced"] == 1 else "documents"
    en = f"Since {found.since}: {counts['replaced']:,} {documents_} replaced, {counts['added']:,} added, "
    zh += f"{figures:,} 个数字改动。"
    en += f"{counts['removed']:,} gone; {figures:,} figure{'' if figures == 1 else 's'} changed."
    return words(zh, en)


def _part(title: Markup, rows: Sequence[Row], shown: object, open_: bool = False) -> Iterator[Markup]:
    """A part that folds out, with a count; nothing where there is no row."""
    if rows:
        assert callable(shown)
        limit = load_list("report")["rows_at_most"]
        head = join([title, f" ({len(rows):,})"])
        yield folded(head, shown(rows[:limit]), more(len(rows), limit), open_=open_ and len(rows) <= 20)


def _values(rows: Iterable[Row], pages: Collection[str]) -> Markup:
    return element("ul", *(element("li", *_value(row, pages)) for row in rows), class_="changes")


def _value(row: Row, pages: Collection[str]) -> Iterator[object]:
    yield element("strong", row["text"])
    for tag, quote in (("del", row["quote_before"]), ("ins", row["quote_after"])):
        if quote:
            yield element(tag, quote)
    yield _about(row, pages)


def values_of_page(values: Iterable[Row], texts: Iterable[Row]) -> Markup:
    """What changed in one document, for its own page."""
    return element("ul", *(element("li", *_value(row, ())) for row in values),
                   *(element("li", *_passages(row)) for row in texts), class_="changes")  # fmt: skip


def _about(row: Row, pages: Collection[str]) -> Markup:
    """Cause and page, small."""
    return element("small", _because(row), *([" · ", link(row["document_id"], pages)] if pages else []))


def _because(row: Row) -> Markup:
    names = row["because"]
    return join([say.cause(row["cause"]), f": {', '.join(names[:3])}" if names else ""])


def link(document_id: str, pages: Collection[str]) -> Markup:
    """A document by its id, linked to its page if there is one."""
    return linked(element("code", document_id), document_id, pages)


def _totals(rows: Iterable[Row]) -> Markup:
    head = [
        words("指标与地区", "indicator, region"),
        words("原有", "before"),
        words("现有", "now"),
        words("差", "difference"),
    ]
    cells = ((row["text"].partition(": ")[0], row["before"], row["after"], f"{row['difference']:+,}") for row in rows)
    return table(head, cells, numeric=(1, 2, 3))


def _documents(rows: Iterable[Row], pages: Collection[str]) -> Markup:
    said = (
        element("li", element("strong", say.change(row["change"])), " ", row["path"], " ", _about(row, pages))
        for row in rows
    )
    return element("ul", *said, class_="changes")


def _texts(rows: Iterable[Row], pages: Collection[str]) -> Markup:
    return element("ul", *(element("li", *_passages(row), _about(row, pages)) for row in rows), class_="changes")


def _passages(row: Row) -> Iterator[Markup]:
    for before, after in row["passages"]:
        if before:
            yield element("del", before)
        if after:
            yield element("ins", after)


def _entities(rows: Iterable[Row]) -> Markup:
    return element("ul", *(element("li", *_entity(row)) for row in rows), class_="changes")


def _entity(row: Row) -> Iterator[object]:
    yield from (element("strong", say.code("entity_changes.outcome", row["outcome"])), " ", row["text"], " ")
    ids = (", ".join(one["entity_id"] for one in row[side]) for side in ("was", "now"))
    yield element("small", element("code", " → ".join(ids)), " · ", _because(row))


def _tables(found: Iterable[TableDiff]) -> Markup:
    head = [words("表", "table"), words("原有", "before"), words("现有", "now")]
    head += [words("新增", "added"), words("修改", "changed"), words("删除", "removed"), words("原因", "causes")]
    rows = (
        (
            say.table_name(e.table),
            *map(number, (e.before, e.after, e.added, e.changed, e.removed)),
            join((join([say.cause(name), f" {count:,} "]) for name, count in e.causes.items()), ""),
        )
        for e in found
    )
    return table(head, rows, numeric=range(1, 6))
