"""A cleaned page to the rows of all tables, every raw character accounted for."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from flows.document import Article, Page, Removal, Row, Tables
from flows.extract import Facts
from flows.extract.related import Link, read_related
from flows.extract.rights import read_rights
from flows.extract.themes import themes_of
from flows.lineage import Runs, find_runs
from flows.normalize.personal import hide_personal, personal_cues
from flows.publishers.recognise import rights_of
from flows.text import NOWHERE, Operation, Text

FIELDS = ("title", "subtitle", "text")
OPERATION_NAMES = tuple(operation.name.lower() for operation in Operation)

Spans = tuple[NDArray[np.int32], NDArray[np.int32]]
"""Starts and ends of raw spans, shape (n,) each."""

Gone = tuple[int, int, str, str]
"""A Removal, or white space in the same form."""


def document_rows(page: Page, facts: Sequence[Facts]) -> Tables:
    """The rows of a page and its articles.

    Raises:
        ValueError: a raw character is neither kept nor removed, or is so twice.
    """
    document_id = page.raw.document_id
    ids = [f"{document_id}-{article.position:02d}" for article in page.articles]
    fields = [
        (article_id, field, text)
        for article_id, article in zip(ids, page.articles, strict=True)
        for field, text in zip(FIELDS, (article.title, article.subtitle, article.text), strict=True)
        if text is not None
    ]
    runs = find_runs([text for _, _, text in fields])
    kept = _kept(runs)
    removals = _with_white_space(page.raw.text, kept, page.removals)
    tables: Tables = {
        "documents": [_document_row(page, kept, removals)],
        "articles": [_article_row(page, *of_one) for of_one in zip(ids, page.articles, facts, strict=True)],
        "removals": _removal_rows(page, removals),
        "lineage": _lineage_rows(fields, runs),
        "related": [{"document_id": document_id, **row} for row in read_related(_links(page))],
    }
    for article_id, found in zip(ids, facts, strict=True):
        for name, rows in found.tables.items():
            tables.setdefault(name, []).extend([{"article_id": article_id, **row} for row in rows])
    return tables


def _document_row(page: Page, kept: Spans, removals: Sequence[Gone]) -> Row:
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
        "kept_chars": int((kept[1] - kept[0]).sum()),
        "removed_chars": sum([end - start for start, end, _, _ in removals]),
        "status": "published" if page.reason is None else "rejected",
        "reason": page.reason,
        "flags": list(dict.fromkeys([*raw.flags, *page.flags, *rights_flags])),
    }


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
        "themes": themes_of(facts.tables["themes"]),
        "text": text,
        "char_count": len(text),
        "text_sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "duplicate_of": None,
        "flags": [*article.flags, *facts.flags],
    }


def _chars(text: Text | None) -> str | None:
    return text.chars or None if text is not None else None


def _removal_rows(page: Page, removals: Sequence[Gone]) -> list[Row]:
    raw, document_id = page.raw.text, page.raw.document_id
    rows: list[Row] = [
        {
            "document_id": document_id,
            "raw_start": start,
            "raw_end": end,
            "kind": kind,
            "rule": rule,
            "text": raw[start:end] if kind != "personal" else None,
        }
        for start, end, kind, rule in removals
    ]
    hidden = -1
    for cue in personal_cues(raw):
        place = bisect_left(removals, (cue + 1,)) - 1
        if place > hidden and cue < rows[place]["raw_end"] and (text := rows[place]["text"]) is not None:
            rows[place]["text"] = hide_personal(text)
            hidden = place
    return rows


def _lineage_rows(fields: Sequence[tuple[str, str, Text]], runs: Runs) -> list[Row]:
    """The rows of the fields (article_id, field, text), whose runs these are."""
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


def _kept(runs: Runs) -> Spans:
    real = runs.raw_start != NOWHERE
    return runs.raw_start[real], runs.raw_end[real]


def _with_white_space(raw: str, kept: Spans, removals: Sequence[Removal]) -> list[Gone]:
    """All removals in raw order, with the white space that no step recorded: together with `kept` all of `raw`."""
    starts = np.concatenate([kept[0], np.array([removal.raw_start for removal in removals], np.int32)])
    ends = np.concatenate([kept[1], np.array([removal.raw_end for removal in removals], np.int32)])
    order = np.lexsort((ends, starts))
    starts, ends = np.append(starts[order], len(raw)), np.append(ends[order], len(raw))
    done = np.maximum.accumulate(np.append(0, ends[:-1]))  # where all that begins before has ended
    if (twice := (starts < done) & (ends > starts)).any():
        first = int(np.argmax(twice))
        end = min(done[first], ends[first])
        raise ValueError(f"raw characters {starts[first]} to {end} are accounted for twice")
    gaps = np.flatnonzero(starts > done)
    spaces = list(zip(done[gaps].tolist(), starts[gaps].tolist(), strict=True))
    if spaces and not "".join([raw[start:end] for start, end in spaces]).isspace():
        start, end = next(span for span in spaces if not raw[slice(*span)].isspace())
        raise ValueError(f"raw characters {start} to {end} are accounted for nowhere")
    return sorted([*removals, *((start, end, "whitespace", "layout_space") for start, end in spaces)])


def _links(page: Page) -> Iterator[Link]:
    lines = [line for line in page.lines if line.kind == "related_links"]
    hulls = page.text.raw_hulls([(line.start, line.end) for line in lines])
    for line, hull in zip(lines, hulls, strict=True):
        if hull is not None:
            yield Link(*hull, line.chars)
