"""Asking all gates of all tables."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from flows.corpus import Corpus
from flows.figures import figures_of
from flows.folder.stage import date_of
from flows.schema import TABLES, load, load_list, schemas
from flows.validate.columns import latest_day
from flows.validate.contents import Across, Contents
from flows.validate.report import KEYS_SHOWN, GateResult, ValidationReport
from flows.validate.suites import Suite, run_rows, run_suite, schema_rows, schema_suite, suite_of

if TYPE_CHECKING:
    from flows.validate.engine import Engine


def validate(
    tables: Mapping[str, pa.Table],
    version: str,
    documents_read: int,
    quarantined: Mapping[str, str] | None = None,
    only: Collection[str] = TABLES,
    misfits: Mapping[str, int] | None = None,
) -> ValidationReport:
    """Ask every gate.

    Args:
        tables: all, as `flows.publish.concat` gives them.
        version: CalVer; nothing in the tables may lie after its date.
        documents_read: how many raw files there were: each must be a row of documents.
        quarantined: document_id to reason, for the documents that `quarantine` took out before.
        only: tables whose own gates are asked; the schema and the run always are.
        misfits: table to the number of its rows that were taken out before, alone.
    """
    limits, corpus = load_list("limits"), Corpus.of(tables)
    taken, alone = tuple(sorted((quarantined or {}).items())), tuple(sorted((misfits or {}).items()))
    gates = _ask_schema(corpus)
    if all(gate.passed for gate in gates):  # else there is no asking about columns
        day, of = date_of(version), tuple(name for name in TABLES if name in only)
        days = [day if latest > day else None for latest in corpus.each(latest_day)]
        more = [(across, part_day, of) for across, part_day in zip(_across(corpus), days, strict=True)]
        run = run_rows(figures_of(corpus), documents_read, limits, dict(alone))
        gates += rows_asked(corpus, run_suite(limits), run)
        gates += [together(results) for results in zip(*corpus.each(ask_part, more), strict=True)]
    gates = [_widespread(gate, limits["widespread_at_least"]) for gate in gates]
    return ValidationReport(version, documents_read, tuple(gates), taken, alone)


LATE_ENOUGH = dt.date(9000, 1, 1)
"""A day that no value of a part is past, where its `latest_day` said so."""


def ask_part(part: Mapping[str, pa.Table], about: tuple[Across, dt.date | None, Sequence[str]]) -> list[GateResult]:
    """The gates of one part. `about` is what must be known of the others, the date of the version, None where it is
    late enough for all that the part holds, and the tables whose gates are asked."""
    across, day, names = about
    contents = Contents(part, day or LATE_ENOUGH, across)
    return [gate for name in names for gate in _engine().ask(suite_of(load(name)), contents)]


def _ask_schema(corpus: Corpus) -> list[GateResult]:
    """Of the first part whose columns are not as declared, else of the last."""
    rows: list[dict[str, str]] = []
    for rows in corpus.each(schema_rows):
        if any(row["found"] != row["declared"] for row in rows):
            break
    return rows_asked(corpus, schema_suite(), rows)


ORIGINALS = ("duplicate_of", "near_duplicate_of")
"""The columns of articles that name an article of another document."""


class Referring(NamedTuple):
    """What the articles of one part have to do with those of others."""

    named: list[str]
    """Articles that it names as originals."""
    hashes: NDArray[np.uint64]
    """The first half of the text hash of each article that names none."""


def referring(part: Mapping[str, pa.Table]) -> Referring:
    """See Referring."""
    named = {name for column in ORIGINALS for name in part["articles"][column].drop_null().to_pylist()}
    return Referring(sorted(named), np.array([_half(digest) for digest in _unmarked(part)], np.uint64))


def _unmarked(part: Mapping[str, pa.Table]) -> list[str]:
    """The text hashes of articles that name no original."""
    articles = part["articles"]
    hashes: list[str] = articles["text_sha256"].filter(pc.is_null(articles["duplicate_of"])).to_pylist()
    return hashes


def _half(digest: str) -> int:
    return int(digest[:16], 16)


def there(part: Mapping[str, pa.Table], named: Sequence[str]) -> list[str]:
    """Those of the named articles that the part holds."""
    ids = part["articles"]["article_id"]
    return sorted(ids.filter(pc.is_in(ids, value_set=pa.array(named, pa.string()))).to_pylist())


def hashes_of(part: Mapping[str, pa.Table], halves: Sequence[int]) -> list[str]:
    """The text hashes of articles that name no original, of those that begin so."""
    wanted = frozenset(halves)
    return [digest for digest in _unmarked(part) if _half(digest) in wanted] if wanted else []


def entities_named(part: Mapping[str, pa.Table]) -> list[str]:
    """The ids of entities that rows of a part name."""
    keys = ((table, key) for table in schemas().values() for key in table.foreign_keys if key.parent == "entities")
    named = [part[table.name][key.columns[0]].drop_null().unique().to_pylist() for table, key in keys]
    return sorted(set(chain.from_iterable(named)))


def entities_there(part: Mapping[str, pa.Table]) -> list[str]:
    """The ids of the entities that the part holds: all of a corpus are in its first part."""
    ids: list[str] = part["entities"]["entity_id"].to_pylist()
    return ids


def _entities(corpus: Corpus) -> Iterator[tuple[str, ...]]:
    """For each part the entities that it names and that the corpus holds."""
    there = frozenset(chain.from_iterable(corpus.each(entities_there)))
    for named in corpus.each(entities_named):
        yield tuple(name for name in named if name in there)


def _across(corpus: Corpus) -> Iterator[Across]:
    """For each part; of each article 8 bytes are held, and the ids of all entities while they are compared."""
    parts: list[Referring] = list(corpus.each(referring))
    named = corpus.by_part({name for part in parts for name in part.named})
    originals = {name for found in corpus.each(there, named) for name in found}
    hashes, count = np.unique(
        np.concatenate([np.array([], np.uint64), *(part.hashes for part in parts)]), return_counts=True
    )
    again = hashes[count > 1]
    mine = [sorted(set(part.hashes[np.isin(part.hashes, again)].tolist())) for part in parts]
    found: list[list[str]] = list(corpus.each(hashes_of, mine))
    repeated = {digest for digest, times in Counter(chain.from_iterable(found)).items() if times > 1}
    for part, digests, entities in zip(parts, found, _entities(corpus), strict=True):
        named_here = tuple(name for name in part.named if name in originals)
        yield Across(named_here, tuple(sorted(repeated.intersection(digests))), entities)


def together(results: Sequence[GateResult]) -> GateResult:
    """One gate asked of every part, as if it had been asked of the whole."""
    failed = [result for result in results if not result.passed]
    places = tuple(place._replace(part=part) for part, result in enumerate(results) for place in result.places)
    rows = sum(result.rows for result in results)
    whole = dataclasses.replace(failed[0] if failed else results[0], rows=rows, places=places)
    if len(failed) < 2:
        return whole
    details = {piece for result in failed for piece in result.detail.split("; ")}
    return dataclasses.replace(
        whole,
        failing=sum(result.failing for result in failed),
        keys=tuple(key for result in failed for key in result.keys)[:KEYS_SHOWN],
        documents=tuple(sorted({document for result in failed for document in result.documents})),
        unplaced=sum(result.unplaced for result in failed),
        detail="; ".join(sorted(details))[:500],
        error=next((result.error for result in failed if result.error), None),
    )


def _widespread(gate: GateResult, at_least: int) -> GateResult:
    """A lesser gate that too many rows fail becomes critical; whole-release, so that no document is taken out."""
    for check in schemas()[gate.table].checks if gate.table in TABLES else ():
        too_many = check.widespread is not None and gate.failing > check.widespread * gate.rows
        if check.id == gate.gate and too_many and gate.failing >= at_least:
            detail = f"{gate.failing} of {gate.rows} rows: more than {check.widespread:.0%}"
            gate = dataclasses.replace(gate, documents=(), places=(), unplaced=gate.failing)
            return dataclasses.replace(gate, severity="critical", detail=detail)
    return gate


def rows_asked(corpus: Corpus, suite: Suite, rows: list[dict[str, Any]]) -> list[GateResult]:
    """The same where the corpus is worked on: Great Expectations takes 200 MB, which this process then does without."""
    found: list[GateResult] = corpus.run(ask_rows, [(suite, rows)])[0]
    return found


def ask_rows(suite: Suite, rows: list[dict[str, Any]]) -> list[GateResult]:
    """The gates of rows that are no table of a release, such as its files."""
    return _engine().ask_rows(suite, rows)


@functools.cache
def _engine() -> Engine:
    from flows.validate.engine import Engine

    return Engine()
