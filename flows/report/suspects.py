"""The pages that are likeliest to have been cleaned wrongly, and the removals that read most like a story."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from flows.corpus import Arrow, Corpus
from flows.report.ranked import Ranked, ranked, together
from flows.suspicion.score import needs_a_look
from flows.suspicion.signs import OF_PLACE, chinese, is_sentence

PROSE_SHOWN = 20
"""Removals of one rule that are shown, those that read most like prose."""

PROSE_LENGTH = 160
"""Characters of one of them."""


class Suspect(NamedTuple):
    """A document that was cleaned, and how suspect it is."""

    document_id: str
    path: str
    status: str
    suspicion: float
    signs: tuple[str, ...]
    title: str


Suspects = Ranked[Suspect]
"""How many documents need a look, and the most suspect of all, whether they need one or not."""


def suspects(corpus: Corpus) -> Suspects:
    """Those of a corpus, the most suspect first."""
    return together(corpus.each(suspects_in), _rank)


def suspects_in(part: Arrow) -> Suspects:
    """Those of one part."""
    documents = part["documents"]
    columns = (documents[name].to_pylist() for name in ("document_id", "path", "status", "suspicion", "suspicions"))
    rows = [row for row in zip(*columns, strict=True) if row[3] is not None and row[2] in ("published", "rejected")]
    titles = titles_in(part, [row[0] for row in rows])
    found = [
        Suspect(name, path, status, much, tuple(codes or ()), titles.get(name, ""))
        for name, path, status, much, codes in rows
    ]
    return ranked(found, _rank, sum(needs_a_look(one.suspicion) for one in found))


def _rank(one: Suspect) -> tuple[float, str]:
    return -one.suspicion, one.document_id


def titles_of(corpus: Corpus, ids: Iterable[str]) -> dict[str, str]:
    """The titles of some documents, of several stories that of the first."""
    found: list[dict[str, str]] = list(corpus.each(titles_in, corpus.by_part(ids)))
    return {name: title for part in found for name, title in part.items()}


def titles_in(part: Arrow, ids: Collection[str] | None) -> dict[str, str]:
    """Those of one part."""
    wanted, found = set(ids or ()), dict[str, str]()
    for name, title in zip(*(part["articles"][name].to_pylist() for name in ("document_id", "title")), strict=True):
        if name in wanted and title:
            found.setdefault(name, title)
    return found


class Prose(NamedTuple):
    """A removal that reads like a sentence of a story."""

    size: int
    document_id: str
    text: str


def prose_by_rule(corpus: Corpus) -> Mapping[str, list[Prose]]:
    """The removals of each rule of place that read most like prose, the longest first."""
    found: dict[str, list[Prose]] = defaultdict(list)
    for part in corpus.each(prose_in):
        for rule, removed in part.items():
            found[rule] += removed
    return {rule: heapq.nlargest(PROSE_SHOWN, found[rule]) for rule in sorted(found)}


def prose_in(part: Arrow) -> dict[str, list[Prose]]:
    """Those of one part."""
    found: dict[str, list[Prose]] = defaultdict(list)
    for rule, document_id, text in _placed(part["removals"]):
        (size,) = chinese(text or "")
        if text and is_sentence(text, size):
            found[rule].append(Prose(size, document_id, text[:PROSE_LENGTH]))
    return {rule: heapq.nlargest(PROSE_SHOWN, removed) for rule, removed in found.items()}


def _placed(removals: pa.Table) -> Iterator[tuple[str, str, str | None]]:
    mine = removals.filter(pc.is_in(removals["rule"], value_set=pa.array(sorted(OF_PLACE), pa.string())))
    yield from zip(*(mine[name].to_pylist() for name in ("rule", "document_id", "text")), strict=True)
