"""index.html: may this be published, what was stripped and why, what failed, what changed, what needs a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from flows import figures
from flows.publish.diff import TableDiff
from flows.report import words as say
from flows.report.charts import Bar, bars, columns, shades
from flows.report.frame import folded, lines, more, section, table
from flows.report.markup import Markup, element, html, join, number, share, words
from flows.schema import load_list
from flows.strip.rules import rule_book
from flows.validate.report import GateResult, ValidationReport, worst_first


def overview(
    report: ValidationReport, tables: figures.Arrow, changes: Sequence[TableDiff], pages: Sequence[tuple[str, str, str]]
) -> Iterator[Markup]:
    """The parts of the page. `pages` are (id, path, status) of the documents that have a page of their own."""
    yield _verdict(report)
    yield _counts(report, tables)
    yield section("failed", words("未通过的检查", "Gates that failed"), *_failed(report))
    yield section("decisions", words("等待决定", "What needs a decision"), *_kept_back(tables["documents"]))
    yield section("changes", words("变化", "Changes"), *_changes(changes))
    yield section("removed", words("移除的字符", "Characters removed"), *_removed(tables))
    yield section("articles", words("文章", "Articles"), *_articles(tables))
    yield section(
        "statistics", words("统计数字（按指标）", "Statistics by indicator"), *_statistics(tables["statistics"])
    )
    yield section("flags", words("标记", "Flags"), *_flags(tables))
    yield section("pages", words("逐页查看", "Documents to look at"), *_pages(pages, tables))
    yield section("gates", words("全部检查", "All gates"), _gates(report.gates))


def _verdict(report: ValidationReport) -> Markup:
    verdict = (
        words("通过：可以发布", "Passed: may be published")
        if report.passed
        else words("未通过：没有发布", "Failed: nothing was released")
    )
    kind = "passed" if report.passed else "failed"
    strong = element("strong", verdict)
    return element("p", strong, element("br"), report.sentence(), class_=f"verdict {kind}", id="verdict")


def _counts(report: ValidationReport, tables: figures.Arrow) -> Markup:
    """The figures that everybody asks first."""
    documents = tables["documents"]
    status = dict(figures.count(documents, "status"))
    chars = figures.sums(documents, ("char_count", "kept_chars", "removed_chars"))
    kept = chars["kept_chars"] / (chars["kept_chars"] + chars["removed_chars"] or 1)
    facts = sum(tables[name].num_rows for name in say.FACTS)
    cards = [
        (words("读入文档", "documents read"), number(report.documents_read)),
        *((say.status(name), number(status.get(name, 0))) for name in say.STATUSES),
        (words("文章", "articles"), number(tables["articles"].num_rows)),
        (words("事实", "facts"), number(facts)),
        (words("原始字符", "raw characters"), number(chars["char_count"])),
        (words("保留", "kept"), share(kept)),
    ]
    return element("dl", *(element("div", element("dt", n), element("dd", v)) for n, v in cards), class_="cards")


def _failed(report: ValidationReport) -> Iterator[Markup]:
    if not report.failed:
        yield element("p", words("没有。", "None."))
        return
    head = [
        words("级别", "severity"),
        words("检查", "gate"),
        words("行", "rows"),
        words("说明", "detail"),
        words("主键", "keys"),
    ]
    rows = (
        (say.severity(g.severity), element("code", g.name), number(g.failing), g.error or g.detail, lines(_keys(g)))
        for g in worst_first(report.failed)
    )
    yield table(head, rows, numeric=(2,))


def _keys(gate: GateResult) -> str:
    shown = ["; ".join(f"{name}={value}" for name, value in key.items()) for key in gate.keys]
    rest = [f"… +{gate.failing - len(shown):,}"] if gate.failing > len(shown) > 0 else []
    return "\n".join(shown + rest)


def _kept_back(documents: pa.Table) -> Iterator[Markup]:
    """Documents that are not published, those in quarantine first."""
    waiting = documents.filter(pc.is_in(documents["status"], value_set=pa.array(["quarantined", "rejected"])))
    limit = load_list("report")["rows_at_most"]
    if not waiting.num_rows:
        yield element("p", words("没有隔离或拒绝的文档。", "No document is quarantined or rejected."))
        return
    command = element("code", "shegong quarantine")
    yield element("p", words("处理隔离：", "To decide:"), " ", command)
    head = [words("状态", "status"), words("路径", "path"), words("原因", "reason"), words("编号", "id")]
    found = waiting.sort_by([("status", "ascending"), ("path", "ascending")]).slice(0, limit).to_pylist()
    rows = ((say.status(r["status"]), r["path"], r["reason"], element("code", r["document_id"])) for r in found)
    yield table(head, rows)
    if rest := more(waiting.num_rows, limit):
        yield rest


def _changes(changes: Sequence[TableDiff]) -> Iterator[Markup]:
    head = [words("表", "table"), words("原有", "before"), words("现有", "now")]
    head += [words("新增", "added"), words("修改", "changed"), words("删除", "removed")]
    rows = (
        (say.table_name(e.table), *map(number, (e.before, e.after, e.added, e.changed, e.removed))) for e in changes
    )
    yield table(head, rows, numeric=range(1, 6))


def _removed(tables: figures.Arrow) -> Iterator[Markup]:
    limits, removals = load_list("report"), tables["removals"]
    head = words("类别", "kind"), words("字符", "characters")
    yield element("h3", words("按类别", "By kind"))
    kinds = [Bar(say.kind(kind), size) for (kind,), size, _ in figures.removed(removals, "kind")]
    yield bars(head, kinds, limits["chart_bars"])
    yield element("h3", words("按规则，附原因", "By rule, with its reason"))
    rules = [
        Bar(
            element("a", element("code", rule), href=f"documents.html#rule={rule}"),
            size,
            join([say.kind(kind), f" · {rule_book().why(rule) or ''}"]),
        )
        for (rule, kind), size, _ in figures.removed(removals, "rule", "kind")
    ]
    yield bars((words("规则", "rule"), words("字符", "characters")), rules, limits["rows_at_most"])


def _articles(tables: figures.Arrow) -> Iterator[Markup]:
    articles, limit = tables["articles"], load_list("report")["chart_bars"]
    unit = words("文章", "articles")
    yield element("h3", words("按日期", "By date"))
    months, undated = figures.by_month(articles)
    yield columns(("各时段文章数", "Articles by date"), (words("时段", "period"), unit), months)
    yield element("p", words(f"页面未写明日期：{undated:,} 篇。", f"Without a date on the page: {undated:,}."))
    yield element("h3", words("按地区", "By region"))
    regions = [Bar(name, n) for name, n in figures.count(articles, "region_name")]
    yield bars((words("地区", "region"), unit), regions, limit)
    yield element("h3", words("按发布者", "By publisher"))
    rates = figures.fill_rates(tables)
    named = [
        Bar(element("a", name, href="documents.html#publisher=" + _fragment(name)), n) for name, (n, _) in rates.items()
    ]
    yield bars((words("发布者", "publisher"), unit), named, limit)
    yield element("h3", words("字段填充率（按发布者）", "Fill rate by field and publisher"))
    head = [words("发布者", "publisher"), *(say.column_name("articles", name) for name in figures.FILLED)]
    rows = [(f"{name} ({n:,})", [filled[f] for f in figures.FILLED]) for name, (n, filled) in rates.items()]
    yield shades(head, rows[: load_list("report")["rows_at_most"]])


def _fragment(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


def _statistics(statistics: pa.Table) -> Iterator[Markup]:
    rows = [Bar(element("code", name), n) for name, n in figures.count(statistics, "indicator")]
    yield bars((words("指标", "indicator"), words("数字", "figures")), rows, load_list("report")["rows_at_most"])


def _flags(tables: figures.Arrow) -> Iterator[Markup]:
    found = figures.flags(tables["documents"], tables["articles"])
    rows = [Bar(element("a", element("code", c), href=f"documents.html#flag={c}"), n) for c, n in found]
    yield bars((words("标记", "flag"), words("文档", "documents")), rows, load_list("report")["rows_at_most"])


def _pages(pages: Sequence[tuple[str, str, str]], tables: figures.Arrow) -> Iterator[Markup]:
    total = len(set(tables["documents"]["document_id"].to_pylist()))
    if len(pages) == total:
        yield element("p", words("全部文档都有单独的页面。", "Every document has a page."))
    else:
        zh = f"{total:,} 个文档中有 {len(pages):,} 个有单独的页面：有标记的、未发布的，以及固定样本。"
        en = f"{len(pages):,} of {total:,} documents have a page: flagged ones, those kept back, and a fixed sample."
        yield element("p", words(zh, en))
    yield element(
        "p", element("a", words("搜索与筛选全部文档", "Search and filter all documents"), href="documents.html")
    )
    entries = (
        element("li", element("a", path, href=f"documents/{name}.html"), " ", say.status(s)) for name, path, s in pages
    )
    yield element("ul", *entries, class_="pages")


def _gates(gates: Iterable[GateResult]) -> Markup:
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


def heading(version: str) -> Markup:
    """The page's first line."""
    return join([words("检查报告", "Validation report"), " ", html(version)])
