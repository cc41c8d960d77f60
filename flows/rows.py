"""A cleaned page to the rows of all tables, every raw character accounted for."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from flows.damaged import withhold
from flows.document import Article, Page, RawDocument, Row, Tables
from flows.entities.link import link
from flows.entities.places import place_of_names
from flows.extract import Facts
from flows.extract.page.links import page_links
from flows.extract.page.number import printed_page
from flows.extract.page.related import read_related
from flows.extract.page.rights import read_rights
from flows.extract.themes import themes_of
from flows.flags import flags_of
from flows.lineage import find_runs
from flows.normalize.personal import hide_personal, personal_cues
from flows.publishers.recognise import rights_of
from flows.suspicion.score import flags, weighed
from flows.suspicion.signs import measure
from flows.text import NOWHERE, Operation, Text

FIELDS = ("title", "subtitle", "text")
NUL_SHOWN = "\u2400"
"""What stands for NUL in the texts of removals: many readers of tables end a text at one."""

OPERATION_NAMES = tuple(operation.name.lower() for operation in Operation)
_start, _raw_start = itemgetter(0), itemgetter("raw_start")


def document_rows(page: Page, facts: Sequence[Facts]) -> Tables:
    """The rows of a page and its articles.

    Raises:
        ValueError: a raw character is neither kept nor removed, or is so twice.
    """
    document_id = page.raw.document_id
    facts = [withhold(*of_one, page.damage) for of_one in zip(page.articles, facts, strict=True)]
    ids = [f"{document_id}-{article.position:02d}" for article in page.articles]
    fields = [
        (article_id, field, text)
        for article_id, article in zip(ids, page.articles, strict=True)
        for field, text in zip(FIELDS, (article.title, article.subtitle, article.text), strict=True)
        if text is not None
    ]
    lineage = _lineage_rows(fields)
    kept = [(row["raw_start"], row["raw_end"]) for row in lineage if row["raw_start"] is not None]
    removals = _removal_rows(page, kept)
    day = next((found.metadata.published_date for found in facts if found.metadata.published_date), None)
    place = next((found.region.name for found in facts if found.region), "")
    related = read_related(page_links(page), day, place)
    tables: Tables = {
        "documents": [_document_row(page, sum([end - start for start, end in kept]))],
        "articles": [_article_row(page, *of_one) for of_one in zip(ids, page.articles, facts, strict=True)],
        "removals": removals,
        "lineage": lineage,
        "related": [{"document_id": document_id, **row} for row in related],
    }
    for article_id, article, found in zip(ids, page.articles, facts, strict=True):
        region = found.region.code if found.region is not None else None
        home = place_of_names(region, found.metadata.source, page.publisher or page.raw.stated.publisher)
        for name, rows in link(found.tables, article.text.chars, home).items():
            tables.setdefault(name, []).extend([{"article_id": article_id, **row} for row in rows])
    document = tables["documents"][0]
    if page.raw.reason is None:
        measured = measure(tables, page.confidence, page.doubt)
        document["suspicion"], document["suspicions"] = weighed(measured)
        document["flags"] += flags_of(flags(measured))
    return tables


def bare_row(raw: RawDocument) -> Row:
    """What the row of a document says before anything of its text is known: nothing of it is kept."""
    return {
        "document_id": raw.document_id,
        "path": raw.path,
        "sha256": raw.sha256,
        "url": raw.origin.url or raw.stated.url,
        "media_type": raw.media_type,
        "encoding": raw.encoding,
        "byte_count": raw.byte_count,
        "char_count": len(raw.text),
        "publisher": raw.stated.publisher,
        "page": raw.stated.page,
        "fetched_at": raw.origin.fetched_at,
        "record_id": raw.origin.record_id,
        "record_offset": raw.origin.record_offset,
        "rights": raw.stated.rights or "unspecified",
        "article_count": 0,
        "kept_chars": 0,
        "removed_chars": 0,
        "status": "quarantined",
        "reason": raw.reason,
        "suspicion": None,
        "suspicions": [],
        "confidence": None,
        "flags": flags_of(raw.flags),
    }


def _document_row(page: Page, kept_chars: int) -> Row:
    """The row of a page of which every raw character is either kept or removed (see `_removal_rows`)."""
    raw = page.raw
    notices = [line.chars for line in page.lines if line.kind == "copyright"]
    others = [line.chars for line in page.lines if line.kind is not None and line.kind != "copyright"]
    rights, statement = read_rights(notices, others)
    rights, rights_flags = rights_of(page, rights)
    return bare_row(raw) | {
        "script": page.script,
        "publisher": page.publisher or raw.stated.publisher,
        "page": raw.stated.page or printed_page(page.lines),
        "rights": rights,
        "rights_statement": statement and hide_personal(statement),
        "article_count": len(page.articles),
        "kept_chars": kept_chars,
        "removed_chars": len(raw.text) - kept_chars,
        "status": _status(page.reason),
        "reason": page.reason,
        "confidence": page.confidence,
        "flags": flags_of(dict.fromkeys([*raw.flags, *page.flags, *rights_flags])),
    }


def _status(reason: str | None) -> str:
    """What a page's reason makes of it; one that broke its reader waits until the reader is mended."""
    if reason is None:
        return "published"
    return "quarantined" if reason.startswith("error:") else "rejected"


def _article_row(page: Page, article_id: str, article: Article, facts: Facts) -> Row:
    metadata, text = facts.metadata, article.text.chars
    return {
        "article_id": article_id,
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
        "region_basis": facts.region_basis,
        "publisher": page.publisher or page.raw.stated.publisher,
        "url": page.raw.origin.url or page.raw.stated.url,
        "on_topic": facts.on_topic,
        "themes": themes_of(facts.tables["themes"]),
        "text": text,
        "char_count": len(text),
        "text_sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "duplicate_of": None,
        "near_duplicate_of": None,
        "similarity": None,
        "flags": flags_of([*article.flags, *facts.flags]),
    }


def _chars(text: Text | None) -> str | None:
    return text.chars or None if text is not None else None


def _removal_rows(page: Page, kept: Sequence[tuple[int, int]]) -> list[Row]:
    """The removals in raw order, with the white space that no step recorded: together with `kept` all of the raw text,
    each character once. The texts of removals have no personal values."""
    raw, document_id = page.raw.text, page.raw.document_id
    removals: list[tuple[int, int, str, str]] = []
    done = 0
    ends = (len(raw), len(raw), "", "")
    for span in sorted([*page.removals, *[(*span, "", "") for span in kept], ends], key=_start):
        start, end, kind, _ = span
        if start > done:
            if not raw[done:start].isspace():
                raise ValueError(f"raw characters {done} to {start} are accounted for nowhere")
            removals.append((done, start, "whitespace", "layout_space"))
        elif start < done and end > start:
            raise ValueError(f"raw characters {start} to {min(done, end)} are accounted for twice")
        if kind:
            removals.append(span)
        if end > done:
            done = end
    shown = raw.replace("\0", NUL_SHOWN)
    rows = [
        {
            "document_id": document_id,
            "raw_start": start,
            "raw_end": end,
            "kind": kind,
            "rule": rule,
            "text": shown[start:end] if kind != "personal" else None,
        }
        for start, end, kind, rule in removals
    ]
    return _hide_personal(raw, rows)


def _hide_personal(raw: str, rows: list[Row]) -> list[Row]:
    """The rows of removals, without the personal values in their texts."""
    hidden = -1
    for cue in personal_cues(raw):
        place = bisect_right(rows, cue, key=_raw_start) - 1
        if place > hidden and cue < rows[place]["raw_end"] and (text := rows[place]["text"]) is not None:
            rows[place]["text"] = hide_personal(text)
            hidden = place
    return rows


def _lineage_rows(fields: Sequence[tuple[str, str, Text]]) -> list[Row]:
    """The rows of the fields: article_id, name and text of each."""
    runs = find_runs([text for _, _, text in fields])
    return [
        {
            "article_id": fields[owner][0],
            "field": fields[owner][1],
            "start": start,
            "end": end,
            "raw_start": raw_start if raw_start != NOWHERE else None,
            "raw_end": raw_end if raw_start != NOWHERE else None,
            "operation": OPERATION_NAMES[operation],
        }
        for owner, start, end, raw_start, raw_end, operation in zip(*(column.tolist() for column in runs), strict=True)
    ]
