"""Conservation: every character of every document kept or removed, once, and every document accounted for."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from flows.schema import Check, TableSchema
from flows.validate.contents import UNKNOWN, Contents, Passes, check, truth

Whole = NDArray[np.int64]


@check
def partition(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """The raw spans of lineage and removals cover [0, char_count) without a gap or an overlap.

    Asked of every published document and of any other that has spans; copies have none of their own.
    """
    owner, start, end = _raw_spans(contents)
    whole = np.maximum(contents.numbers("documents", "char_count"), 0)
    asked = _has_status(contents, "published") | (np.bincount(owner, minlength=len(whole)) > 0)
    return tiled(owner, start, end, whole) | ~asked


@check
def kept_and_removed(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """kept_chars and removed_chars are the sums that lineage and removals give, and add up to char_count."""
    whole = contents.numbers("documents", "char_count")
    kept, removed = (contents.numbers("documents", name) for name in ("kept_chars", "removed_chars"))
    rows = len(whole)
    sums = [
        np.bincount(owner, weights=end - start, minlength=rows).astype(np.int64)
        for owner, start, end in (_spans(contents, "lineage"), _spans(contents, "removals"))
    ]
    right = (kept == sums[0]) & (removed == sums[1]) & (kept + removed == whole)
    return truth(right | ~_has_status(contents, "published"))


@check
def count_children(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """`column` is the number of rows that the table `child` has for the document; 0 for a copy."""
    place = contents.document(check.options["child"])
    count = np.bincount(place[place != UNKNOWN], minlength=contents.rows("documents"))
    return truth(contents.numbers("documents", check.options["column"]) == count)


@check
def one_published_copy(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """Of documents with the same bytes at most one is published, and a duplicate has its published original."""
    ids, status = (contents.values("documents", name) for name in ("document_id", "status"))
    published = Counter(name for name, state in zip(ids, status, strict=True) if state == "published")
    pairs = zip(ids, status, strict=True)
    right = (
        published[name] == 1 if state in ("published", "duplicate") else published[name] == 0 for name, state in pairs
    )
    return np.fromiter(right, bool, len(ids))


@check
def only_published_have_rows(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """A quarantined document has no articles in the release; a rejected one neither."""
    place = contents.document("articles")
    count = np.bincount(place[place != UNKNOWN], minlength=contents.rows("documents"))
    return truth((count == 0) | _has_status(contents, "published"))


@check
def lineage_tiles(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """The runs of lineage cover title, subtitle and text of an article from end to end, without an overlap."""
    article = contents.article("lineage")
    start, end = (contents.numbers("lineage", name) for name in ("start", "end"))
    passes = np.ones(contents.rows("articles"), bool)
    for field in ("title", "subtitle", "text"):
        chosen = (article != UNKNOWN) & contents.equals("lineage", "field", field)
        lengths = pc.utf8_length(contents.tables["articles"][field])
        if field == "text":  # one that is withheld is as long as it was
            lengths = pc.coalesce(lengths, contents.tables["articles"]["char_count"])
        lengths = pc.fill_null(lengths, 0).to_numpy().astype(np.int64)
        passes &= tiled(article[chosen], start[chosen], end[chosen], lengths)
    return passes


@check
def kept_as_it_was(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """A kept run is as long as its raw span; a run without a raw span was inserted, not kept."""
    start, end, raw_start, raw_end = (
        contents.numbers("lineage", name) for name in ("start", "end", "raw_start", "raw_end")
    )
    kept = contents.equals("lineage", "operation", "keep")
    return truth(~kept | ((raw_start != UNKNOWN) & (end - start == raw_end - raw_start)))


@check
def inside_a_removal(contents: Contents, table: TableSchema, check: Check) -> Passes:
    """raw_start to raw_end overlaps a removal of the same document: the link was stripped, not kept."""
    owner, start, end = _spans(contents, "removals")
    order = np.lexsort((start, owner))
    # One number line for all documents: removals do not overlap, so their ends are in order too.
    shift = np.int64(1) << 40
    starts, ends = owner[order] * shift + start[order], owner[order] * shift + end[order]
    mine = contents.document(table.name) * shift
    low = mine + contents.numbers(table.name, "raw_start")
    high = mine + contents.numbers(table.name, "raw_end")
    return np.searchsorted(ends, low, side="right") < np.searchsorted(starts, high, side="left")


def tiled(owner: Whole, start: Whole, end: Whole, whole: Whole) -> Passes:
    """For each owner whether its spans cover [0, whole[owner]) exactly once. Empty spans do not count.

    `owner`, `start` and `end` have one entry a span; owners count from 0 to len(whole) - 1.
    """
    bad = np.zeros(len(whole), bool)
    np.logical_or.at(bad, owner, (end < start) | (start < 0))
    real = end > start
    owner, start, end = owner[real], start[real], end[real]
    order = np.lexsort((start, owner))
    owner, start, end = owner[order], start[order], end[order]
    first = np.append(True, owner[1:] != owner[:-1])[: len(owner)]
    expected = np.where(first, 0, np.append(0, end[:-1])[: len(owner)])
    np.logical_or.at(bad, owner, start != expected)
    reached = np.zeros(len(whole), np.int64)
    np.maximum.at(reached, owner, end)
    return truth(~bad & (reached == whole))


def _raw_spans(contents: Contents) -> tuple[Whole, Whole, Whole]:
    """Of lineage and removals together: document, start and end of each raw span."""
    both = _spans(contents, "lineage"), _spans(contents, "removals")
    owner, start, end = (np.concatenate(column) for column in zip(*both, strict=True))
    return owner, start, end


def _spans(contents: Contents, table: str) -> tuple[Whole, Whole, Whole]:
    owner = contents.document(table)
    start, end = contents.numbers(table, "raw_start"), contents.numbers(table, "raw_end")
    known = (owner != UNKNOWN) & (start != UNKNOWN)
    return owner[known], start[known], end[known]


def _has_status(contents: Contents, status: str) -> Passes:
    return contents.equals("documents", "status", status)
