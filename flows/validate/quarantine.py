"""Taking out what fails a critical gate: pages with all their rows, and single rows of facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from flows.corpus import Arrow, Corpus, Edited, owners
from flows.document import Row
from flows.misfits import Misfit, as_table, flags_of_lost
from flows.schema import load
from flows.validate.report import FailingRow

Numbers = Mapping[str, Sequence[int]]
"""Rows of a part, by table."""


class Taken(NamedTuple):
    """What was taken out of a corpus."""

    tables: dict[str, pa.Table]
    """All rows of the documents that were, by table."""
    misfits: pa.Table
    """Rows that were taken out alone (flows/misfits.py)."""

    def counted(self) -> dict[str, int]:
        """Table to the number of rows that were taken out alone."""
        count = self.misfits["table"].value_counts().to_pylist()
        return {row["values"]: row["counts"] for row in sorted(count, key=lambda row: str(row["values"]))}

    def __or__(self, more: Taken) -> Taken:
        tables = {name: pa.concat_tables([table, more.tables[name]]) for name, table in self.tables.items()}
        return Taken(tables or more.tables, pa.concat_tables([self.misfits, more.misfits]))


NOTHING_TAKEN = Taken({}, as_table([]))


def quarantine(
    tables: Mapping[str, pa.Table],
    reasons: Mapping[str, str],
    facts: Mapping[tuple[str, FailingRow], str] | None = None,
) -> tuple[Corpus, Taken]:
    """The tables without these documents and these rows of facts, and what was taken out of them.

    A document that is taken out keeps its row in documents, with status quarantined, the reason, and no article; copies
    of it share its fate. One that loses rows alone has a flag that counts them. Of facts that are the same in every
    column the first stays.

    Args:
        reasons: document_id to reason, as `ValidationReport.reasons` gives it.
        facts: table and row to reason, as `ValidationReport.failing_facts` gives it.
    """
    corpus = Corpus.of(tables)
    facts_of: list[dict[str, dict[int, str]]] = [defaultdict(dict) for _ in corpus.sources()]
    for (table, place), reason in (facts or {}).items():
        if place.document not in reasons:
            facts_of[place.part][table][place.row] = reason
    taken, sources = NOTHING_TAKEN, []
    for source, documents, found in zip(corpus.sources(), corpus.by_part(reasons), facts_of, strict=True):
        numbers: Numbers = {}
        if documents or found:
            part = source()
            out = {name: _without_first(name, part[name], rows) for name, rows in found.items()}
            numbers = {name: tuple(sorted(rows)) for name, rows in out.items()}
            whole = {name: table.filter(_is_of(table, documents)) for name, table in part.items()}
            taken |= Taken(whole, as_table(one for name, rows in out.items() for one in _misfits(name, part, rows)))
        sources.append(Edited(source, partial(_keep, dict(reasons), numbers)) if reasons or numbers else source)
    return Corpus(sources, corpus.work), taken


def of_documents(misfits: pa.Table, corpus: Corpus) -> pa.Table:
    """The misfits whose documents the corpus holds."""
    ids = sorted(set(misfits["document_id"].drop_null().to_pylist()))
    if not ids:
        return misfits
    there = [name for found in corpus.each(documents_there, corpus.by_part(ids)) for name in found]
    return misfits.filter(pc.is_in(misfits["document_id"], value_set=pa.array(there, pa.string())))


def documents_there(part: Arrow, ids: Sequence[str]) -> list[str]:
    """Those of the ids that are documents of the part."""
    return sorted(set(ids).intersection(part["documents"]["document_id"].to_pylist()))


def _without_first(name: str, table: pa.Table, found: Mapping[int, str]) -> dict[int, str]:
    """The rows to take out. Of those that share their key, and all else too, the first stays; where they differ, nobody
    knows which is right."""
    twice: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for number in sorted(number for number, reason in found.items() if reason == f"gate_failed: {name}.key_unique"):
        row = table.slice(number, 1).to_pylist()[0]
        twice[repr([row[column] for column in load(name).primary_key])].append((number, row))
    first = {rows[0][0] for rows in twice.values() if all(row == rows[0][1] for _, row in rows)}
    return {number: reason for number, reason in found.items() if number not in first}


def _misfits(name: str, part: Arrow, found: Mapping[int, str]) -> Iterator[Misfit]:
    documents = owners(part[name])
    for number, reason in found.items():
        row = part[name].slice(number, 1).to_pylist()[0]
        yield Misfit.of(documents[number].as_py(), name, reason, row)


def _keep(reasons: Mapping[str, str], numbers: Numbers, part: Arrow, name: str) -> pa.Table:
    """One table of a part without what is taken out of it (an edit of a corpus)."""
    table = part[name]
    if name == "documents":
        return _flagged(_marked(table, reasons), part, numbers)
    if name in numbers:
        table = table.take(np.delete(np.arange(table.num_rows), numbers[name]))
    if name == "articles" and "themes" in numbers:
        table = _with_themes(table, _keep(reasons, numbers, part, "themes"))
    table = table.filter(pc.invert(_is_of(table, tuple(reasons))))
    return _without_lost_originals(table, reasons) if name == "articles" else table


def _is_of(table: pa.Table, ids: Sequence[str]) -> pa.ChunkedArray:
    """For each row whether it belongs to one of the documents."""
    return pc.fill_null(pc.is_in(owners(table), value_set=pa.array(ids, pa.string())), False)


def _marked(documents: pa.Table, reasons: Mapping[str, str]) -> pa.Table:
    """The documents, those of `reasons` marked as quarantined, without an article."""
    ids = documents["document_id"].to_pylist()
    mask = pa.array([name in reasons for name in ids], pa.bool_())
    why = pa.array([reasons.get(name) for name in ids], pa.string())
    changes = {"status": pa.scalar("quarantined"), "reason": why, "article_count": pa.scalar(0, pa.int64())}
    changes |= {"kept_chars": pa.scalar(0, pa.int64()), "removed_chars": pa.scalar(0, pa.int64())}
    for name, value in changes.items():
        documents = _replaced(documents, name, pc.if_else(mask, value, documents[name]))
    return documents


def _flagged(documents: pa.Table, part: Arrow, numbers: Numbers) -> pa.Table:
    """The documents, each with the count of its rows that were taken out alone."""
    lost: dict[str, list[str]] = defaultdict(list)
    for name, rows in numbers.items():
        for owner in owners(part[name]).take(rows).to_pylist():
            lost[owner].append(name)
    if not lost:
        return documents
    pairs = zip(documents["document_id"].to_pylist(), documents["flags"].to_pylist(), strict=True)
    flags = [[*flags, *flags_of_lost(lost.get(name, ()))] for name, flags in pairs]
    return _replaced(documents, "flags", pa.array(flags, documents.schema.field("flags").type))


def _with_themes(articles: pa.Table, themes: pa.Table) -> pa.Table:
    """The articles, without the themes of which no evidence is left."""
    left = set(zip(themes["article_id"].to_pylist(), themes["theme"].to_pylist(), strict=True))
    pairs = zip(articles["article_id"].to_pylist(), articles["themes"].to_pylist(), strict=True)
    listed = [themes and [theme for theme in themes if (name, theme) in left] for name, themes in pairs]
    return _replaced(articles, "themes", pa.array(listed, articles.schema.field("themes").type))


def _without_lost_originals(articles: pa.Table, reasons: Mapping[str, str]) -> pa.Table:
    """An article whose original was taken out is no duplicate any more."""
    lost = pa.array(list(reasons), pa.string())
    for columns in (("duplicate_of",), ("near_duplicate_of", "similarity")):
        if columns[0] not in articles.schema.names:
            continue
        stays = pc.invert(pc.is_in(pc.utf8_slice_codeunits(articles[columns[0]], 0, 16), value_set=lost))
        for name in columns:
            kept = pc.if_else(stays, articles[name], pa.scalar(None, articles.schema.field(name).type))
            articles = _replaced(articles, name, kept)
    return articles


def _replaced(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, table.schema.field(place), column)
