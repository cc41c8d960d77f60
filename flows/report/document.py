"""The page of one document: the raw text with every removal marked, the articles beside it, and their facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from flows.document import Row, Tables
from flows.lineage import raw_spans
from flows.report import words as say
from flows.report.about import ALONE, Around, acting, legend, name_of, standing, way
from flows.report.decisions import reasons
from flows.report.frame import folded, page, section, table
from flows.report.markup import Markup, element, html, join, number, words
from flows.report.passages import Fact, Passage, bounded, clean_side, raw_side
from flows.schema import load, load_list

PLACES = frozenset({"article_id", "document_id", "start", "end", "raw_start", "raw_end", "quote"})
"""Columns that say where a fact stands, or repeat its evidence."""

SPACE = str.maketrans({" ": "·", "\t": "→", "\u3000": "□", "\n": "↵\n", "\r": "", "\u00a0": "⍽"})
"""How removed white space is shown."""


def document_page(tables: Tables, original: str | None, around: Around = ALONE) -> str:
    """The HTML of a document's page.

    Args:
        tables: the rows of this document alone, by table.
        original: its raw text, for characters that were converted; None where the raw file is not at hand.
        around: the pages before and after it, and what changed in it.
    """
    document, limits = tables["documents"][0], load_list("report")
    facts = list(_facts(tables))
    side = raw_side(tables["articles"], tables["lineage"], tables["removals"], facts, original)
    raw = element("div", *_passages(side, limits), class_="raw text", tabindex="0", role="group", data_side="raw")
    clean = join(_article(row, facts, limits) for row in tables["articles"])
    body = [
        way(document, name_of(tables), around),
        *standing(document, around),
        legend(_kinds(tables["removals"])),
        element(
            "div",
            section("raw", words("原文", "Raw page"), raw),
            section("clean", words("文章", "Articles"), clean or element("p", words("没有。", "None."))),
            class_="sides",
        ),
        acting(document, around),
        section("document", words("文档", "Document"), _facts_of_document(document)),
        _rules(tables["removals"]),
        element("p", "", class_="inspector", role="status", hidden=True),
    ]
    return page(f"{name_of(tables)} · Shegong", html(name_of(tables)), body, up="../")


def _facts(tables: Tables) -> Iterator[Fact]:
    """All facts of the document, in the order of tables and places, then its related links."""
    runs: dict[str, list[Row]] = {}
    for run in tables["lineage"]:
        if run["field"] == "text":
            runs.setdefault(run["article_id"], []).append(run)
    rows: list[tuple[str, Row]] = []
    for name in say.FACTS:
        rows += [(name, row) for row in sorted(tables[name], key=lambda row: (row["start"], row["end"]))]
    rows = rows[: load_list("report")["facts_at_most"]]
    for place, (name, row) in enumerate(rows):
        yield Fact(place, name, row, raw_spans(runs.get(row["article_id"], ()), row["start"], row["end"]))
    for place, row in enumerate(tables["related"], len(rows)):
        yield Fact(place, "related", row, ((row["raw_start"], row["raw_end"]),))


SHOWN = (
    *("document_id", "status", "reason", "suspicion", "suspicions", "supersedes", "publisher", "page", "url", "rights"),
    *("rights_statement", "script", "encoding", "char_count", "kept_chars", "removed_chars", "flags"),
)
"""Columns of documents on a document's page."""


def _facts_of_document(document: Row) -> Markup:
    return _list("documents", document, SHOWN)


def _list(table_name: str, row: Row, names: Iterable[str]) -> Markup:
    """Names and values of a row, without those that are null."""
    pairs = [(name, row[name]) for name in names if row[name] not in (None, [])]
    terms = (
        join([element("dt", say.column_name(table_name, name)), element("dd", _value(table_name, name, value))])
        for name, value in pairs
    )
    return element("dl", *terms)


TOLD: dict[str, Callable[[Any], Markup]] = {
    "documents.reason": say.refusal,
    "documents.suspicions": reasons,
    "documents.flags": lambda flags: join(map(say.flag, flags), "; "),
    "articles.flags": lambda flags: join(map(say.flag, flags), "; "),
}
"""Columns whose values are told in sentences."""


def _value(table_name: str, name: str, value: Any) -> Markup:
    if (told := TOLD.get(f"{table_name}.{name}")) is not None:
        return told(value)
    if isinstance(value, list):
        return join([_value(table_name, name, one) for one in value], "、")
    if isinstance(value, str) and (word := say.coded(table_name, name, value)) is not None:
        return word
    if isinstance(value, float):
        return html(number(int(value)) if value.is_integer() else value)
    return html(number(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def _kinds(removals: Sequence[Row]) -> list[Markup]:
    """A button a kind: it points out the removals of that kind."""
    sizes: Counter[str] = Counter()
    for row in removals:
        sizes[row["kind"]] += row["raw_end"] - row["raw_start"]
    return [
        element("button", say.kind(kind), f" {size:,}", type="button", class_=f"k-{kind}", data_pick=kind)
        for kind, size in sizes.most_common()
    ]


def _passages(passages: Iterable[Passage], limits: dict[str, Any]) -> Iterator[Markup]:
    """The raw side. What lies past the limits is counted where it would stand."""
    hidden = 0
    for passage, shown in bounded(passages, limits["passage_characters"], limits["side_characters"]):
        if not shown:
            hidden += passage.size
            continue
        yield _removed(passage, shown) if passage.removal else _kept(passage, shown)
    if hidden:
        yield _rest(hidden)


def _removed(passage: Passage, shown: int) -> Markup:
    row = passage.removal
    assert row is not None
    kind, rule = row["kind"], row["rule"]
    text = "█" * min(shown, 20) if row["text"] is None else row["text"][:shown]
    if kind == "whitespace":
        text = text.translate(SPACE)
    zh, en = say.KINDS.get(kind, (kind, kind))
    about = f"{zh} {en} · {rule}"  # the reason stands below, among the rules
    rest = _rest(passage.size - shown) if passage.size > shown and row["text"] is not None else None
    return element(
        "del", text, rest, class_=f"k-{kind}", tabindex="0", title=about, data_rule=rule, data_kind=kind,
        data_f=_numbers(passage),
    )  # fmt: skip


def _kept(passage: Passage, shown: int) -> Markup:
    if passage.text is None:
        return element("span", words("（此版不含原文）", "(text withheld)"), f" {passage.size:,}", class_="rest")
    rest = _rest(passage.size - shown) if passage.size > shown else None
    operation = passage.operation if passage.operation != "keep" else None
    if operation is None and not passage.facts:
        return join([passage.text[:shown], rest])
    return element(
        "span", passage.text[:shown], rest, class_=operation and f"o-{operation}", data_f=_numbers(passage),
        title=operation,
    )  # fmt: skip


def _numbers(passage: Passage) -> str | None:
    return " ".join(map(str, passage.facts)) or None


def _rest(count: int) -> Markup:
    return element("span", words(f"……另有 {count:,} 个字符", f"… {count:,} more characters"), class_="rest")


def _article(row: Row, facts: Sequence[Fact], limits: dict[str, Any]) -> Markup:
    own = [fact for fact in facts if fact.row.get("article_id") == row["article_id"]]
    names = ["published_date", "published_at", "source", "authors", "editors", "region_name", "themes"]
    names += ["duplicate_of", "near_duplicate_of", "similarity"]
    return element(
        "article",
        element("h3", row["title"] or words("（无标题）", "(no title)")),
        element("p", row["subtitle"], class_="subtitle") if row["subtitle"] else None,
        element("div", *_text(row["text"], own, limits), class_="text", data_side="clean", tabindex="0"),
        _list("articles", row, ("article_id", *names, "char_count", "flags")),
        *_tables(own),
        id=row["article_id"],
    )


def _text(text: str | None, facts: Sequence[Fact], limits: dict[str, Any]) -> Iterator[Markup]:
    if text is None:
        yield element("p", words("此版不含正文。", "The text is withheld in this tier."), class_="rest")
        return
    tables = {fact.number: fact.table for fact in facts}
    hidden = 0
    for passage, shown in bounded(clean_side(text, facts), limits["passage_characters"], limits["side_characters"]):
        hidden += passage.size - shown
        part = (passage.text or "")[:shown]
        if passage.facts and shown:
            yield element("mark", part, class_=f"t-{tables[passage.facts[-1]]}", data_f=_numbers(passage))
        else:
            yield html(part)
    if hidden:
        yield _rest(hidden)


def _tables(facts: Sequence[Fact]) -> Iterator[Markup]:
    """The facts of an article, a table each; the first cell is a button that shows the evidence on both sides."""
    for name in say.FACTS:
        own = [fact for fact in facts if fact.table == name]
        if own:
            columns = [column.name for column in load(name).columns if column.name not in PLACES]
            columns = [column for column in columns if any(fact.row[column] not in (None, []) for fact in own)]
            head = [say.column_name(name, column) for column in columns]
            rows = ([_button(fact, columns[0]), *(_cell(name, c, fact.row[c]) for c in columns[1:])] for fact in own)
            yield folded(join([say.table_name(name), f" {len(own):,}"]), table(head, rows), open_=len(own) <= 30)


def _button(fact: Fact, column: str) -> Markup:
    label = f"{fact.row[column]}"
    return element(
        "button", label, type="button", class_=f"t-{fact.table}", data_fact=fact.number, aria_pressed="false"
    )


def _cell(table_name: str, name: str, value: Any) -> Markup:
    return _value(table_name, name, value) if value is not None else html("")


def _rules(removals: Sequence[Row]) -> Markup:
    """Every rule that took something out of the page, with its reason."""
    count = Counter((row["kind"], row["rule"]) for row in removals)
    rows = (
        (say.kind(kind), element("code", rule), number(n), element("span", say.reason(rule), data_why=rule))
        for (kind, rule), n in count.most_common()
    )
    head = [words("类别", "kind"), words("规则", "rule"), words("段", "spans"), words("原因", "why")]
    return section("rules", words("规则", "Rules"), table(head, rows, numeric=(2,)))
