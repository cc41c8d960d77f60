"""Gold pages, cleaned and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc

from flows.clean import clean
from flows.document import RawDocument, Tables
from flows.errors import ReleaseError
from flows.folder.tables import declared_tables, read_table
from flows.read import read
from flows.schema import OF_CORPUS
from flows.score.compare import compare_page
from flows.score.gold import GoldPage, GoldSet
from flows.score.tally import Tally

RowsOf = Callable[[RawDocument], Tables]
"""Gives the rows that were made of a document."""


def cleaned(document: RawDocument) -> Tables:
    """What the pipeline makes of a document now. One that breaks the cleaning code has no articles, as in a release."""
    try:
        return clean(document)
    except Exception as error:
        return clean(replace(document, text="", reason=f"error: {error!r}"))


def measure(gold: GoldSet, rows_of: RowsOf = cleaned) -> Tally:
    """All pages of a set.

    Raises:
        InputError: an answer does not fit its page.
    """
    return merged(measure_page(page, rows_of) for page in gold.pages)


def measure_page(page: GoldPage, rows_of: RowsOf = cleaned) -> Tally:
    """One page."""
    tally = Tally()
    document = read(page.raw, page.raw.parent)
    compare_page(page, document.text, rows_of(document), tally)
    return tally


def merged(tallies: Iterable[Tally]) -> Tally:
    """All tallies in one."""
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    return whole


def rows_in(release: Path) -> RowsOf:
    """The rows that a release holds of a document, found by its bytes.

    The function given raises ReleaseError for a document that is not in it.
    """
    names = [name for name in declared_tables(release) if name not in OF_CORPUS]
    tables = {name: read_table(release, name) for name in names}

    def rows_of(document: RawDocument) -> Tables:
        documents = tables["documents"].filter(pc.equal(tables["documents"]["sha256"], document.sha256)).to_pylist()
        if not documents:
            raise ReleaseError("gold", f"it does not hold {document.path}.", "Make it of the gold pages.", release)
        mine = documents[0]["document_id"]
        rows: Tables = {"documents": documents}
        for name in names[1:]:
            key = "document_id" if "document_id" in tables[name].column_names else "article_id"
            rows[name] = tables[name].filter(pc.starts_with(tables[name][key], mine)).to_pylist()
        return rows

    return rows_of
