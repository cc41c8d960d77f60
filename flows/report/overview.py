"""index.html: may this be published, what was stripped and why, what failed, what changed, what needs a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.compare.diff import TableDiff
from flows.figures import FILLED, Figures
from flows.publishers.loading import reason_for
from flows.report import judged
from flows.report import words as say
from flows.report.charts import Bar, bars, columns, shades
from flows.report.frame import section
from flows.report.markup import Markup, element, html, join, words
from flows.schema import load_list
from flows.validate.report import ValidationReport


def overview(
    report: ValidationReport,
    found: Figures,
    waiting: judged.Waiting,
    changes: Sequence[TableDiff],
    pages: Sequence[tuple[str, str, str]],
) -> Iterator[Markup]:
    """The parts of the page. `pages` are (id, path, status) of the documents that have a page of their own."""
    yield judged.verdict(report)
    yield judged.counts(report, found)
    yield section("failed", words("未通过的检查", "Gates that failed"), *judged.failed(report))
    yield section("decisions", words("等待决定", "What needs a decision"), *judged.kept_back(report, waiting))
    yield section("drift", words("与上一版本相比", "Drift"), *judged.drift(report))
    yield section("decided", words("已作决定", "What was decided"), *judged.decided(report))
    yield section("changes", words("变化", "Changes"), *judged.changes(changes))
    yield section("removed", words("移除的字符", "Characters removed"), *_removed(found))
    yield section("articles", words("文章", "Articles"), *_articles(found))
    yield section("statistics", words("统计数字（按指标）", "Statistics by indicator"), *_statistics(found))
    yield section("flags", words("标记", "Flags"), *_flags(found))
    yield section("pages", words("逐页查看", "Documents to look at"), *_pages(pages, found))
    yield section("gates", words("全部检查", "All gates"), judged.gates(report.gates))


def _removed(found: Figures) -> Iterator[Markup]:
    limits = load_list("report")
    head = words("类别", "kind"), words("字符", "characters")
    yield element("h3", words("按类别", "By kind"))
    kinds = [Bar(say.kind(kind), size) for (kind,), size, _ in found.removed("kind")]
    yield bars(head, kinds, limits["chart_bars"])
    yield element("h3", words("按规则，附原因", "By rule, with its reason"))
    rules = [
        Bar(
            element("a", element("code", rule), href=f"documents.html#rule={rule}"),
            size,
            join([say.kind(kind), f" · {reason_for(rule) or ''}"]),
        )
        for (rule, kind), size, _ in found.removed("rule", "kind")
    ]
    yield bars((words("规则", "rule"), words("字符", "characters")), rules, limits["rows_at_most"])


def _articles(found: Figures) -> Iterator[Markup]:
    limit = load_list("report")["chart_bars"]
    unit = words("文章", "articles")
    yield element("h3", words("按日期", "By date"))
    months, undated = found.by_month()
    yield columns(("各时段文章数", "Articles by date"), (words("时段", "period"), unit), months)
    yield element("p", words(f"页面未写明日期：{undated:,} 篇。", f"Without a date on the page: {undated:,}."))
    yield element("h3", words("按地区", "By region"))
    regions = [Bar(name, n) for name, n in found.count("articles", "region_name")]
    yield bars((words("地区", "region"), unit), regions, limit)
    yield element("h3", words("按发布者", "By publisher"))
    rates = found.fill_rates()
    named = [
        Bar(element("a", name, href="documents.html#publisher=" + _fragment(name)), n) for name, (n, _) in rates.items()
    ]
    yield bars((words("发布者", "publisher"), unit), named, limit)
    yield element("h3", words("字段填充率（按发布者）", "Fill rate by field and publisher"))
    head = [words("发布者", "publisher"), *(say.column_name("articles", name) for name in FILLED)]
    rows = [(f"{name} ({n:,})", [filled[f] for f in FILLED]) for name, (n, filled) in rates.items()]
    yield shades(head, rows[: load_list("report")["rows_at_most"]])


def _fragment(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


def _statistics(found: Figures) -> Iterator[Markup]:
    rows = [Bar(element("code", name), n) for name, n in found.count("statistics", "indicator")]
    yield bars((words("指标", "indicator"), words("数字", "figures")), rows, load_list("report")["rows_at_most"])


def _flags(found: Figures) -> Iterator[Markup]:
    rows = [Bar(element("a", element("code", c), href=f"documents.html#flag={c}"), n) for c, n in found.ranked_flags()]
    yield bars((words("标记", "flag"), words("文档", "documents")), rows, load_list("report")["rows_at_most"])


def _pages(pages: Sequence[tuple[str, str, str]], found: Figures) -> Iterator[Markup]:
    total = found.documents
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


def heading(version: str) -> Markup:
    """The page's first line."""
    return join([words("检查报告", "Validation report"), " ", html(version)])
