"""What changed between two releases in values: figures, texts, fields, documents, each with its cause.

A document is compared with itself, or with the one that it took the place of; so a page that was fetched again with one
figure changed is one changed figure, not all rows of two documents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from flows.compare.causes import PAGE, Cause, Causes, Reasons
from flows.compare.diff import unlike, unmatched
from flows.compare.facts import WHERE, Pair, paired
from flows.compare.passages import passages
from flows.compare.sentences import plain, sentence, what
from flows.corpus import Arrow, Corpus, Source, owners
from flows.document import Row, Tables
from flows.schema import FACTS, load

COMPARED = 500
"""Documents of a part, or pairs of replaced ones, of which every value is compared; rows are always counted whole."""

LISTED = 2000
"""Changes that are listed of a release, and documents."""

FIELDS = {
    "documents": ("status", "reason", "publisher", "page", "rights", "script"),
    "articles": ("title", "subtitle", "published_date", "source", "authors", "editors", "region_name", "themes"),
}
"""Columns that are values of their own."""

TABLES = (*FIELDS, *FACTS)


class Values(NamedTuple):
    """What changed. Rows are plain, as CHANGES.json holds them."""

    documents: tuple[Row, ...] = ()
    """document_id, was (the id before, of one that was replaced), path, url, change, cause, because."""
    values: tuple[Row, ...] = ()
    """table, document_id, was, what, before, after (columns that differ, or what came or went), the two quotes, change,
    cause, because, text."""
    texts: tuple[Row, ...] = ()
    """document_id, was, article_id, passages (before, after), cause, because."""
    totals: tuple[Row, ...] = ()
    """See flows/compare/totals.py."""
    entities: tuple[Row, ...] = ()
    """See flows/compare/entities.py."""
    not_compared: int = 0
    """Changed documents past COMPARED."""

    def joined(self, more: Values) -> Values:
        """These and those of another part."""
        return Values(
            self.documents + more.documents,
            self.values + more.values,
            self.texts + more.texts,
            self.totals + more.totals,
            self.entities + more.entities,
            self.not_compared + more.not_compared,
        )

    def listed(self) -> Values:
        """As many as are listed, statistics first."""
        values = sorted(self.values, key=lambda row: (_RANK[row["table"]], row["document_id"] or ""))
        documents = sorted(self.documents, key=lambda row: (_CHANGE[row["change"]], row["path"]))
        return Values(tuple(documents[:LISTED]), tuple(values[:LISTED]), self.texts[:LISTED],
                      self.totals[:LISTED], self.entities[:LISTED], self.not_compared)  # fmt: skip


_RANK = {name: place for place, name in enumerate(("statistics", "events", *TABLES))} | {"statistics": -1}
_CHANGE = {name: place for place, name in enumerate(("replaced", "added", "removed", "moved", "changed"))}


def values_of_corpora(before: Corpus, after: Corpus, pairs: Mapping[str, str], reasons: Reasons) -> Values:
    """Everything that changed; `pairs` are the documents that are new in `after` to those that they took the place of.

    The two are cut before the same documents.
    """
    differing = [pair for pair in unlike(before, after) if pair]
    gone = frozenset(pairs.values())
    found = Values()
    for of_part in after.run(values_of_parts, [(*pair, reasons, frozenset(pairs), gone) for pair in differing]):
        found = found.joined(of_part)
    some = dict(sorted(pairs.items())[:COMPARED])
    old, new = rows_of(before, some.values()), rows_of(after, some)
    for name, was in some.items():
        found = found.joined(compared(old[was], new[name], PAGE))
    return found._replace(not_compared=found.not_compared + len(pairs) - len(some))


def values_of_parts(old: Source, new: Source, reasons: Reasons, come: Collection[str], gone: Collection[str]) -> Values:
    """Of the documents that are in both of two parts, and those that came or went without taking a place."""
    before, after = old(), new()
    sides = [_first_rows(side["documents"]) for side in (before, after)]
    single = [*_single(sides[0], sides[1], gone, "removed"), *_single(sides[1], sides[0], come, "added")]
    changed = sorted(changed_documents(before, after) & sides[0].keys() & sides[1].keys())
    some, causes = changed[:COMPARED], Causes(before, after, reasons)
    rows = rows_in(before, some), rows_in(after, some)
    found = Values(tuple(single), not_compared=len(changed) - len(some))
    for name in some:
        found = found.joined(compared(rows[0][name], rows[1][name], causes.of(name), causes))
    return found


def _single(mine: Mapping[str, Row], other: Mapping[str, Row], paired_: Collection[str], change: str) -> Iterator[Row]:
    for name, row in mine.items():
        if name not in other and name not in paired_:
            yield _document(row, None, change, PAGE)


def _first_rows(documents: pa.Table) -> dict[str, Row]:
    found: dict[str, Row] = {}
    wanted = [name for name in ("document_id", "path", "url", "status") if name in documents.schema.names]
    for row in documents.select(wanted).to_pylist():
        found.setdefault(row["document_id"], row)
    return found


def changed_documents(before: Arrow, after: Arrow) -> set[str]:
    """The documents of which a row of a value is not in both."""
    found: set[str] = set()
    for name in TABLES:
        shared = [column for column in before[name].schema.names if column in after[name].schema.names]
        for rows in unmatched(before[name].select(shared), after[name].select(shared)):
            found.update(owners(rows).to_pylist())
    return found


def rows_of(corpus: Corpus, ids: Iterable[str]) -> dict[str, Tables]:
    """The rows of some documents of a corpus, by document."""
    calls = [(source, mine) for source, mine in zip(corpus.sources(), corpus.by_part(set(ids)), strict=True) if mine]
    return {name: rows for found in corpus.run(rows_in_source, calls) for name, rows in found.items()}


def rows_in_source(source: Source, ids: Sequence[str]) -> dict[str, Tables]:
    """See `rows_in`."""
    return rows_in(source(), ids)


def rows_in(part: Arrow, ids: Sequence[str]) -> dict[str, Tables]:
    """The rows of some documents of a part, by document, of the tables whose values are compared."""
    found: dict[str, Tables] = {name: {table: [] for table in TABLES} for name in ids}
    values = pa.array(ids, pa.string())
    for table in TABLES:
        rows = part[table].filter(pc.is_in(owners(part[table]), value_set=values))
        for owner, row in zip(owners(rows).to_pylist(), rows.to_pylist(), strict=True):
            found[owner][table].append(row)
    return found


def compared(old: Tables, new: Tables, cause: Cause, causes: Causes | None = None) -> Values:
    """One document with what it was. `causes` tell the cause of a field that other documents bear on."""
    row, was = new["documents"][0], old["documents"][0]
    replaced = row["document_id"] != was["document_id"]
    about = {"document_id": row["document_id"], "was": was["document_id"] if replaced else None}
    reserved = "reserved" in (row["rights"], was["rights"])
    values = [_value(name, pair, about, cause, reserved) for name in FACTS
              for pair in paired(name, old[name], new[name])
              if pair.columns or pair.old is None or pair.new is None]  # fmt: skip
    values += _fields("documents", was, row, about, cause, causes)
    articles = dict.fromkeys(
        [*(one["position"] for one in old["articles"]), *(one["position"] for one in new["articles"])]
    )
    texts: list[Row] = []
    for position in sorted(articles):
        one, other = (next((a for a in side["articles"] if a["position"] == position), None) for side in (old, new))
        if one and other:
            values += _fields("articles", one, other, about, cause, causes)
        texts += _texts(one, other, about, cause, reserved)
    return Values((_document(row, about["was"], "replaced", cause),) if replaced else (), tuple(values), tuple(texts))


def _document(row: Row, was: str | None, change: str, cause: Cause) -> Row:
    place = {"path": row["path"], "url": row.get("url"), "change": change}
    return {"document_id": row["document_id"], "was": was, **place, **_told(cause)}


def _told(cause: Cause) -> Row:
    return {"cause": cause.cause, "because": list(cause.because)}


def _value(table: str, pair: Pair, about: Row, cause: Cause, reserved: bool) -> Row:
    """A row of facts that states something else, came or went."""
    columns = pair.columns or tuple(n for n in load(table).names if n not in WHERE)
    before, after = ({n: plain(side[n]) for n in columns if side.get(n) not in (None, [])} if side else None
                     for side in (pair.old, pair.new))  # fmt: skip
    change = "added" if pair.old is None else "removed" if pair.new is None else "changed"
    quotes = [side.get("quote") if side else None for side in pair]
    found = {"table": table, **about, "what": what(table, pair.new or pair.old or {}), "change": change,
             "before": before, "after": after, "quote_before": quotes[0], "quote_after": quotes[1],
             "reserved": reserved, **_told(cause)}  # fmt: skip
    return found | {"text": sentence(found)}


def _fields(table: str, old: Row, new: Row, about: Row, cause: Cause, causes: Causes | None) -> Iterator[Row]:
    for name in FIELDS[table]:
        if old.get(name) != new.get(name):
            why = causes.of(about["document_id"], table, (name,)) if causes else cause
            found = {"table": table, **about, "what": name, "change": "changed",
                     "before": {name: plain(old.get(name))}, "after": {name: plain(new.get(name))},
                     "quote_before": None, "quote_after": None, "reserved": False, **_told(why)}  # fmt: skip
            yield found | {"text": sentence(found)}


def _texts(old: Row | None, new: Row | None, about: Row, cause: Cause, reserved: bool) -> Iterator[Row]:
    before, after = ((side["text"] or "") if side else "" for side in (old, new))
    if before != after and (found := passages(before, after)):
        one = new or old or {}
        yield {**about, "article_id": one["article_id"], "passages": [list(passage) for passage in found],
               "reserved": reserved, **_told(cause)}  # fmt: skip
