"""A cleaned page to the rows of all tables, every raw character accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from flows.document import Article, Page, Removal, Row, Tables
from flows.extract import Facts
from flows.extract.related import Link, read_related
from flows.extract.rights import read_rights
from flows.extract.themes import themes_of
from flows.normalize.personal import hide_personal
from flows.publishers.recognise import rights_of
from flows.text import Text

FIELDS = ("title", "subtitle", "text")


def document_rows(page: Page, facts: Sequence[Facts]) -> Tables:
    """The rows of a page and its articles.

    Raises:
        ValueError: a raw character is neither kept nor removed, or is so twice.
    """
    document_id = page.raw.document_id
    lineage = [row for article in page.articles for row in _lineage(article, _article_id(page, article))]
    kept = [(row["raw_start"], row["raw_end"]) for row in lineage if row["raw_start"] is not None]
    removals = _with_white_space(page.raw.text, kept, page.removals)
    tables: Tables = {
        "documents": [_document_row(page, kept, removals)],
        "articles": [_article_row(page, *pair) for pair in zip(page.articles, facts, strict=True)],
        "removals": [_removal_row(page, removal) for removal in removals],
        "lineage": lineage,
        "related": [{"document_id": document_id, **row} for row in read_related(_links(page))],
    }
    for article, found in zip(page.articles, facts, strict=True):
        for name, rows in found.tables.items():
            tables.setdefault(name, []).extend({"article_id": _article_id(page, article), **row} for row in rows)
    return tables


def _article_id(page: Page, article: Article) -> str:
    return f"{page.raw.document_id}-{article.position:02d}"


def _document_row(page: Page, kept: Sequence[tuple[int, int]], removals: Sequence[Removal]) -> Row:
    raw = page.raw
    stripped = [(line.kind, line.chars) for line in page.lines if line.kind is not None]
    notices = [chars for kind, chars in stripped if kind == "copyright"]
    rights, statement = read_rights(notices, [chars for kind, chars in stripped if kind != "copyright"])
    rights, rights_flags = rights_of(page, rights)
    return {
        "document_id": raw.document_id,
        "path": raw.path,
        "sha256": raw.sha256,
        "url": raw.origin.url or raw.stated.url,
        "media_type": raw.media_type,
        "encoding": raw.encoding,
        "byte_count": raw.byte_count,
        "char_count": len(raw.text),
        "script": page.script,
        "publisher": page.publisher or raw.stated.publisher,
        "page": raw.stated.page,
        "fetched_at": raw.origin.fetched_at,
        "record_id": raw.origin.record_id,
        "record_offset": raw.origin.record_offset,
        "rights": rights,
        "rights_statement": statement and hide_personal(statement),
        "article_count": len(page.articles),
        "kept_chars": sum(end - start for start, end in kept),
        "removed_chars": sum(removal.raw_end - removal.raw_start for removal in removals),
        "status": "published" if page.reason is None else "rejected",
        "reason": page.reason,
        "flags": list(dict.fromkeys([*raw.flags, *page.flags, *rights_flags])),
    }


def _article_row(page: Page, article: Article, facts: Facts) -> Row:
    metadata, text = facts.metadata, article.text.chars
    return {
        "article_id": _article_id(page, article),
        "document_id": page.raw.document_id,
        "position": article.position,
        "title": _chars(article.title),
        "subtitle": _chars(article.subtitle),
        "published_date": metadata.published_date,
        "published_at": metadata.published_at,
        "source": metadata.source,
        "authors": metadata.authors,
        "editors": metadata.editors,
        "region": facts.region.code if facts.region is not None else None,
        "region_name": facts.region.name if facts.region is not None else None,
        "themes": themes_of(facts.tables["themes"]),
        "text": text,
        "char_count": len(text),
        "text_sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "duplicate_of": None,
        "flags": [*article.flags, *facts.flags],
    }


def _chars(text: Text | None) -> str | None:
    return text.chars or None if text is not None else None


def _removal_row(page: Page, removal: Removal) -> Row:
    text = None if removal.kind == "personal" else hide_personal(page.raw.text[removal.raw_start : removal.raw_end])
    return {"document_id": page.raw.document_id, **removal._asdict(), "text": text}


def _lineage(article: Article, article_id: str) -> Iterator[Row]:
    for field, text in zip(FIELDS, (article.title, article.subtitle, article.text), strict=True):
        for run in text.runs() if text is not None else ():
            yield {
                "article_id": article_id,
                "field": field,
                "start": run.start,
                "end": run.end,
                "raw_start": run.raw_start,
                "raw_end": run.raw_end,
                "operation": run.operation.name.lower(),
            }


def _with_white_space(raw: str, kept: Sequence[tuple[int, int]], removals: Sequence[Removal]) -> list[Removal]:
    """All removals in raw order, with the white space that no step recorded: together with `kept` all of `raw`."""
    out, done = list(removals), 0
    for start, end in sorted([*kept, *[(removal.raw_start, removal.raw_end) for removal in removals], (len(raw),) * 2]):
        if start < done and end > start:
            raise ValueError(f"raw characters {start} to {min(done, end)} are accounted for twice")
        if start > done:
            if not raw[done:start].isspace():
                raise ValueError(f"raw characters {done} to {start} are accounted for nowhere")
            out.append(Removal(done, start, "whitespace", "layout_space"))
        done = max(done, end)
    return sorted(out)


def _links(page: Page) -> Iterator[Link]:
    for line in page.lines:
        if line.kind == "related_links":
            spans = page.text.raw_spans(line.start, line.end)
            if spans:
                yield Link(spans[0][0], spans[-1][1], line.chars)
