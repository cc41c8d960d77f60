"""Sums of figures by indicator and region, before and after, with their difference.

Only figures that may be summed count, those of a region or of the whole country; each once, however many articles tell
it; none of an article that repeats another, nor of a page that a later version supersedes. Figures of several years add
up too: what is compared is two releases, and a sum is no statement about a region.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.compare.sentences import plain, shown, what
from flows.corpus import Arrow, Corpus, owners
from flows.document import Row

SUMMED = ("region", "national")
"""The subjects whose figures may be summed (`statistics.subject`)."""

COLUMNS = ("indicator", "region", "subject", "unit", "as_of", "value")

Figure = tuple[Any, ...]


def totals(before: Corpus, after: Corpus) -> list[Row]:
    """The sums that are not as they were: indicator, region, subject, unit, figures and sum before and after, the
    difference, and a sentence."""
    old, new = (_sums(corpus) for corpus in (before, after))
    rows = []
    for key in sorted(old.keys() | new.keys(), key=lambda key: tuple(str(part or "") for part in key)):
        if old.get(key) != new.get(key):
            rows.append(_row(key, old.get(key, (0, 0.0)), new.get(key, (0, 0.0))))
    return sorted(rows, key=lambda row: -abs(row["difference"]))


def _row(key: Figure, old: tuple[int, float], new: tuple[int, float]) -> Row:
    indicator, region, subject, unit = key
    about = {"indicator": indicator, "region": region, "subject": subject, "unit": unit}
    difference = new[1] - old[1]
    sums = {"figures_before": old[0], "figures_after": new[0], "before": plain(old[1]), "after": plain(new[1])}
    sign = "+" if difference > 0 else ""
    text = f"{what('statistics', about)}: {shown(old[1])} → {shown(new[1])} {unit or ''}".rstrip()
    return {**about, **sums, "difference": plain(difference), "text": f"{text} ({sign}{shown(difference)})"}


def _sums(corpus: Corpus) -> dict[Figure, tuple[int, float]]:
    """Figures and their sum by indicator, region, subject and unit."""
    later = {name for found in corpus.each(superseded_in) for name in found}
    distinct = {figure for found in corpus.each(figures_in, corpus.by_part(later)) for figure in found}
    found: dict[Figure, list[float]] = defaultdict(list)
    for *key, _, value in distinct:
        found[tuple(key)].append(value)
    return {key: (len(values), float(sum(sorted(values)))) for key, values in found.items()}


def superseded_in(part: Arrow) -> list[str]:
    """The documents that those of a part supersede."""
    documents = part["documents"]
    return (
        sorted(set(documents["supersedes"].drop_null().to_pylist())) if "supersedes" in documents.schema.names else []
    )


def figures_in(part: Arrow, later: Collection[str] | None = None) -> list[Figure]:
    """The different figures of a part that may be summed."""
    statistics, articles = part["statistics"], part["articles"]
    if not set(COLUMNS) <= set(statistics.schema.names):
        return []
    copies = articles["article_id"].filter(pc.is_valid(articles["duplicate_of"]))
    wanted = pc.and_not(
        pc.is_in(statistics["subject"], value_set=pa.array(SUMMED, pa.string())),
        pc.or_(
            pc.is_in(statistics["article_id"], value_set=copies.combine_chunks()),
            pc.is_in(owners(statistics), value_set=pa.array(sorted(later or ()), pa.string())),
        ),
    )
    named = pc.and_(pc.is_valid(statistics["indicator"]), pc.not_equal(statistics["indicator"], "other"))
    placed = pc.or_(pc.is_valid(statistics["region"]), pc.equal(statistics["subject"], "national"))
    mine = statistics.filter(pc.and_(wanted, pc.and_(named, placed))).select(COLUMNS)
    return sorted(set(_rows(mine)), key=repr)


def _rows(table: pa.Table) -> Iterable[Figure]:
    return zip(*(table[name].to_pylist() for name in COLUMNS), strict=True)
