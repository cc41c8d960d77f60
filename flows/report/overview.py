"""index.html: may this be published, what was stripped and why, what failed, what changed, what needs a decision."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from flows.compare.changes import Changes
from flows.figures import FILLED, Figures
from flows.report import changed, judged
from flows.report import words as say
from flows.report.charts import Bar, bars, columns, shades
from flows.report.decisions import decisions, listed, verdict
from flows.report.frame import folded, more, section
from flows.report.gates import failing, linked
from flows.report.markup import Markup, element, html, join, words
from flows.report.suspects import Prose, Suspect, Suspects
from flows.schema import load_list
from flows.validate.report import ValidationReport


class Contents(NamedTuple):
    """What the overview shows. `pages` are those that have a page of their own, the most suspect first."""

    report: ValidationReport
    found: Figures
    waiting: judged.Waiting
    changes: Changes
    suspects: Suspects
    prose: Mapping[str, Sequence[Prose]]
    pages: Sequence[Suspect]


def overview(it: Contents) -> Iterator[Markup]:
    """The parts of the page: the verdict, what changed and what needs a decision come first."""
    report, pages = it.report, {one.document_id for one in it.pages}
    titles = {one.document_id: one.title or one.path for one in it.pages}
    open_ = decisions(report, it.waiting.first, it.suspects, titles)
    yield verdict(report, len(open_))
    yield section("new", words("有何变化", "What changed"), *changed.first(it.changes, pages))
    yield section("decisions", words("等待决定", "What needs a decision"), *listed(open_, it.suspects))
    failed = failing(report.failed, pages) if report.failed else element("p", words("没有。", "None."))
    yield section("failed", words("未通过的检查", "Gates that failed"), failed)
    yield section("counts", words("概况", "In figures"), judged.counts(report, it.found))
    yield section("taken", words("未发布", "Not published"), *judged.taken_out(report, it.waiting, pages))
    yield section("drift", words("与上一版本相比", "Drift"), *judged.drift(report))
    yield section("changes", words("全部变化", "All changes"), *changed.changes(it.changes, pages))
    yield section("decided", words("已作决定", "What was decided"), *judged.decided(report))
    yield section("removed", words("移除的字符", "Characters removed"), *_removed(it.found), *_prose_link(it.prose))
    yield section("articles", words("文章", "Articles"), *_articles(it.found))
    yield section("statistics", words("统计数字（按指标）", "Statistics by indicator"), *_statistics(it.found))
    yield section("figures", words("汇总数字", "Figures"), *_figures(it.found))
    yield section("entities", words("实体", "Entities"), *_entities(it.found))
    yield section("flags", words("标记", "Flags"), *_flags(it.found))
    yield section("pages", words("逐页查看", "Documents to look at"), *_pages(it.pages, it.found))
    link = element(
        "a", words(f"全部 {len(report.gates):,} 项检查", f"All {len(report.gates):,} gates"), href="gates.html"
    )
    yield section("gates", words("全部检查", "All gates"), element("p", link))


PROSE = words("最像正文的移除（按规则）", "Removals that read most like a story, by rule")


def _prose_link(found: Mapping[str, Sequence[Prose]]) -> Iterator[Markup]:
    if found:
        count = sum(map(len, found.values()))
        yield element("p", element("a", PROSE, href="removals.html"), f" ({count:,})")


def prose(found: Mapping[str, Sequence[Prose]], pages: Collection[str]) -> Iterator[Markup]:
    """By rule of place, the removals that read most like a story, for a page of its own."""
    zh = "只看所在位置的规则移除了这些成句的文字；若其中有正文，给规则加一个 leave 例子。"
    en = "Rules of place took these sentences; if one is a story's, give the rule an example to leave."
    yield element("p", words(zh, en))
    for rule, removed in found.items():
        lines = (element("li", element("del", one.text), " ", _page_of(one, pages)) for one in removed)
        title = join([element("code", rule), f" ({len(removed):,})"])
        yield folded(title, element("p", say.reason(rule)), element("ul", *lines, class_="changes"))


def _page_of(one: Prose, pages: Collection[str]) -> Markup:
    return element("small", linked(one.document_id, one.document_id, pages), f" · {one.size:,}")


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
            join([say.kind(kind), " · ", say.reason(rule)]),
        )
        for (rule, kind), size, _ in found.removed("rule", "kind")
    ]
    yield bars((words("规则", "rule"), words("字符", "characters")), rules, limits["rates_at_most"])


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
    yield shades(head, rows[: load_list("report")["rates_at_most"]])


def _fragment(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


def _statistics(found: Figures) -> Iterator[Markup]:
    rows = [Bar(element("code", name), n) for name, n in found.count("statistics", "indicator")]
    yield bars((words("指标", "indicator"), words("数字", "figures")), rows, load_list("report")["rows_at_most"])


def _figures(found: Figures) -> Iterator[Markup]:
    """How many figures several sources agree on, and how many are in conflict."""
    rows = [Bar(say.code("figures.agreement", name), n) for name, n in found.count("figures", "agreement")]
    yield bars((words("一致性", "agreement"), words("数字", "figures")), rows, load_list("report")["rows_at_most"])


def _entities(found: Figures) -> Iterator[Markup]:
    """Bodies and persons, and what became of those of the release before."""
    limit = load_list("report")["rows_at_most"]
    kinds = [Bar(say.code("entities.kind", name), n) for name, n in found.count("entities", "kind")]
    yield bars((words("类别", "kind"), words("实体", "entities")), kinds, limit)
    became = [Bar(say.code("entity_changes.outcome", name), n) for name, n in found.count("entity_changes", "outcome")]
    yield bars((words("与上一版本相比", "since the release before"), words("实体", "entities")), became, limit)


def _flags(found: Figures) -> Iterator[Markup]:
    rows = [Bar(element("a", element("code", c), href=f"documents.html#flag={c}"), n) for c, n in found.ranked_flags()]
    yield bars((words("标记", "flag"), words("文档", "documents")), rows, load_list("report")["rows_at_most"])


def _pages(pages: Sequence[Suspect], found: Figures) -> Iterator[Markup]:
    total = found.documents
    if len(pages) == total:
        en = "Every document has a page, the most suspect first."
        yield element("p", words("全部文档都有单独的页面，最可疑的在前。", en))
    else:
        zh = f"{total:,} 个文档中有 {len(pages):,} 个有单独的页面：最可疑的、未通过检查的，以及固定样本；"
        zh += "其余在文档列表中。"
        en = f"{len(pages):,} of {total:,} documents have a page: the most suspect, those that failed a gate, "
        en += "and a fixed sample; the list has a card for each of the others."
        yield element("p", words(zh, en))
    yield element(
        "p", element("a", words("搜索与筛选全部文档", "Search and filter all documents"), href="documents.html")
    )
    entries = (
        element(
            "li",
            element("a", one.title or one.path, href=f"documents/{one.document_id}.html"),
            element("small", say.status(one.status), f" · {one.suspicion:.2f} · {one.path}"),
        )
        for one in pages[: load_list("report")["rows_at_most"]]
    )
    yield element("ul", *entries, class_="pages")
    yield from filter(None, [more(len(pages), load_list("report")["rows_at_most"])])


def heading(version: str) -> Markup:
    """The page's first line."""
    return join([words("检查报告", "Validation report"), " ", html(version)])
