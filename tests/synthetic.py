"""Small releases made by hand: every row consistent with every other, so that one damage is one damage."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from flows.arrow_rows import concat, to_arrow
from flows.document import Row, Tables
from flows.schema import TABLES

VERSION = "v2026.11.22"
CHINA = ZoneInfo("Asia/Shanghai")
FACTS = ("people", "organizations", "events", "statistics", "citations", "themes")


def tables_of(count: int = 3) -> dict[str, pa.Table]:
    """A good release of `count` published documents, with a duplicate of the first and a rejected one."""
    rows: Tables = {name: [] for name in TABLES}
    for number in range(count):
        for name, made in document_rows(number).items():
            rows[name] += made
    first = rows["documents"][0]
    copied = {"article_count": 0, "kept_chars": 0, "removed_chars": 0, "status": "duplicate"}
    rows["documents"].append({**first, **copied, "path": "copy.txt", "reason": f"duplicate: of {first['path']}"})
    rows["documents"].append(rejected())
    return concat([{name: to_arrow(name, made) for name, made in rows.items()}])


def documents_read(count: int = 3) -> int:
    """How many files `tables_of(count)` was read from."""
    return count + 2


def rejected() -> Row:
    """An empty file."""
    digest = hashlib.sha256(b"").hexdigest()
    return {
        "document_id": digest[:16], "path": "empty.txt", "sha256": digest, "media_type": "text/plain", "byte_count": 0,
        "char_count": 0, "rights": "unspecified", "article_count": 0, "kept_chars": 0, "removed_chars": 0,
        "status": "rejected", "reason": "empty: the file holds no bytes", "flags": [],
    }  # fmt: skip


def document_rows(number: int) -> Tables:
    """All rows of one document: a page with navigation, title, metadata line, two paragraphs and a link."""
    page = Page()
    page.remove("首页 > 新闻", "navigation", "navigation.breadcrumb")
    page.space()
    page.keep("title", f"示例市第{number}社工站启用")
    page.space()
    page.remove("2024-03-19 09:30 来源：示例日报 编辑：李四", "metadata", "metadata.line")
    page.space()
    page.keep("text", f"3月19日，由示例市民政局主办的第{number}届社工宣传周在示例广场举行，理事长张三出席。")
    page.join("\n")
    page.keep("text", f"全市持证社工近{number + 1200}人，依据《关于加强第{number}社工站建设的意见》开展服务。")
    page.space()
    page.remove("版权所有，未经许可不得转载", "copyright", "copyright.notice")
    page.space()
    link = page.remove("示例县社工补贴通知最高3000元 2024-03-01", "related_links", "related.link")
    raw = page.raw.encode()
    digest = hashlib.sha256(raw).hexdigest()
    document_id, article_id = digest[:16], f"{digest[:16]}-01"
    title, text = page.fields["title"], page.fields["text"]
    document = {
        "document_id": document_id, "path": f"page{number}.txt", "sha256": digest, "media_type": "text/plain",
        "encoding": "utf-8", "byte_count": len(raw), "char_count": len(page.raw), "script": "Hans",
        "publisher": "示例社工网", "rights": "reserved", "rights_statement": "版权所有，未经许可不得转载",
        "article_count": 1, "kept_chars": page.kept, "removed_chars": len(page.raw) - page.kept,
        "status": "published", "flags": [],
    }  # fmt: skip
    article = {
        "article_id": article_id, "document_id": document_id, "position": 1, "title": title,
        "published_date": dt.date(2024, 3, 19), "published_at": dt.datetime(2024, 3, 19, 9, 30, tzinfo=CHINA),
        "source": "示例日报", "authors": [], "editors": ["李四"], "region": "310112",
        "region_name": "上海市闵行区", "region_basis": "text", "publisher": "示例社工网", "on_topic": True,
        "themes": ["awareness_campaign"], "text": text, "char_count": len(text),
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(), "flags": [],
    }  # fmt: skip

    def fact(phrase: str, **columns: Any) -> Row:
        start = text.index(phrase)
        return {"article_id": article_id, "start": start, "end": start + len(phrase), **columns}

    event, quote = f"第{number}届社工宣传周", f"全市持证社工近{number + 1200}人"
    policy = f"关于加强第{number}社工站建设的意见"
    return {
        "documents": [document],
        "articles": [article],
        "removals": [{"document_id": document_id, **row} for row in page.removals],
        "lineage": [{"article_id": article_id, **row} for row in page.lineage],
        "people": [fact("张三", name="张三", titles=["理事长"])],
        "organizations": [fact("示例市民政局", name="示例市民政局", kind="government")],
        "events": [
            fact(event, name=event, start_date=dt.date(2024, 3, 19), date_inferred=True, place="示例广场",
                 region="310112", guided_by=[], hosted_by=["示例市民政局"], organized_by=[], co_organized_by=[])
        ],
        "statistics": [
            fact(quote, indicator="licensed_social_workers", indicator_text="持证社工", value=number + 1200,
                 unit="人", qualifier="nearly", subject="region", region="310112", region_basis="clause",
                 as_of="2024", as_of_basis="stated", quote=quote)
        ],
        "citations": [fact(f"《{policy}》", title=policy, kind="policy")],
        "themes": [fact("社工宣传周", theme="awareness_campaign")],
        "related": [
            {"document_id": document_id, "title": "示例县社工补贴通知最高3000元", "date": dt.date(2024, 3, 1),
             "amount": 3000, "currency": "CNY", "raw_start": link[0], "raw_end": link[1]}
        ],
    }  # fmt: skip


class Page:
    """A raw page written piece by piece, with its removals and lineage."""

    def __init__(self) -> None:
        self.raw, self.kept = "", 0
        self.fields: dict[str, str] = {"title": "", "text": ""}
        self.removals: list[Row] = []
        self.lineage: list[Row] = []

    def remove(self, chars: str, kind: str, rule: str) -> tuple[int, int]:
        """Raw characters that a rule takes out."""
        start, end = len(self.raw), len(self.raw) + len(chars)
        self.raw += chars
        self.removals.append({"raw_start": start, "raw_end": end, "kind": kind, "rule": rule, "text": chars})
        return start, end

    def space(self) -> None:
        """A newline between pieces."""
        self.remove("\n", "whitespace", "whitespace.line")

    def keep(self, field: str, chars: str) -> None:
        """Raw characters that stand in the article."""
        start = len(self.fields[field])
        raw = {"raw_start": len(self.raw), "raw_end": len(self.raw) + len(chars)}
        self.lineage.append({"field": field, "start": start, "end": start + len(chars), "operation": "keep", **raw})
        self.fields[field] += chars
        self.raw += chars
        self.kept += len(chars)

    def join(self, chars: str) -> None:
        """Characters inserted in the text, in the place of a raw line break."""
        self.remove("\r\n", "whitespace", "whitespace.line")
        start = len(self.fields["text"])
        self.lineage.append({"field": "text", "start": start, "end": start + len(chars), "operation": "join"})
        self.fields["text"] += chars
