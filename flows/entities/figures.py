"""Figures: what all articles say of an indicator, in a region, at a time, as one row.

Only statistics that may be summed count (`subject` region or national). The value is the one of the
best basis and, of equals, of the newest source; reprints of an article are no further source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import starmap
from typing import NamedTuple
from zlib import crc32

import pyarrow as pa

from flows.document import Row

COUNTRY = "100000"
"""The code that stands for the whole country."""

UNKNOWN = "unknown"
"""Stands for a time that no article states."""

BASES = ("clause", "list", "sentence", "paragraph", "article", "national")
TIMES = ("stated", "carried", "inferred")
NEAR = 0.05
"""How far two sources may differ, as a share of the greater, and be near."""

MOST_HELD = 200_000
"""Statements that are held at a time, of some 400 bytes each."""

_KEY = ("indicator", "region", "as_of", "unit")


class Statement(NamedTuple):
    """One value of a figure, as one article states it. The order is that of how good it is, the best last."""

    basis: int
    time: int
    exact: bool
    day: str
    article: str
    value: float
    qualifier: str | None
    source: str | None
    reprint: bool


Stated = dict[tuple[str, str, str, str], list[Statement]]
"""The statements of each figure, by indicator, region, time and unit."""


def figures_told(part: Mapping[str, pa.Table]) -> Stated:
    """The figures that a part states."""
    publishers = dict(zip(*(part["documents"][name].to_pylist() for name in ("document_id", "publisher")), strict=True))
    articles = {row["article_id"]: row for row in _articles(part["articles"])}
    found: Stated = defaultdict(list)
    for row in part["statistics"].select(_COLUMNS).to_pylist():
        if not _counts(row):
            continue
        article = articles[row["article_id"]]
        national = row["subject"] == "national"
        basis = "national" if national else row["region_basis"]
        key = (row["indicator"], COUNTRY if national else row["region"], row["as_of"] or UNKNOWN, row["unit"])
        found[key].append(
            Statement(
                -BASES.index(basis) if basis in BASES else -len(BASES),
                -TIMES.index(row["as_of_basis"]) if row["as_of_basis"] in TIMES else -len(TIMES),
                row["qualifier"] == "exact",
                article["published_date"].isoformat() if article["published_date"] else "",
                row["article_id"],
                row["value"],
                row["qualifier"],
                article["source"] or publishers.get(row["article_id"][:16]),
                article["duplicate_of"] is not None or article["near_duplicate_of"] is not None,
            )
        )
    return dict(found)


_COLUMNS = ["article_id", "indicator", "value", "unit", "qualifier", "subject", "region", "region_basis", "as_of",
            "as_of_basis"]  # fmt: skip


def _articles(table: pa.Table) -> list[Row]:
    columns = ["article_id", "published_date", "source", "duplicate_of", "near_duplicate_of"]
    rows: list[Row] = table.select(columns).to_pylist()
    return rows


def _counts(row: Row) -> bool:
    placed = row["subject"] == "national" or (row["subject"] == "region" and row["region"] and row["region_basis"])
    known = row["indicator"] not in (None, "other") and row["value"] is not None
    return bool(placed and known and row["unit"])


def as_rows(parts: Callable[[], Iterable[Stated]]) -> Iterator[Row]:
    """The rows of the table, in any order, of what all parts state; `parts` gives them as often as it is asked.

    More than MOST_HELD statements are added up in rounds, each of some of the figures.
    """
    count = sum(len(statements) for part in parts() for statements in part.values())
    rounds = -(-count // MOST_HELD)
    for number in range(rounds):
        everything: Stated = defaultdict(list)
        for part in parts():
            for key, statements in part.items():
                if rounds == 1 or crc32(repr(key).encode()) % rounds == number:
                    everything[key] += statements
        yield from starmap(_row, sorted(everything.items()))


def _row(key: tuple[str, str, str, str], statements: list[Statement]) -> Row:
    best = max(statements)
    own = [one for one in statements if not one.reprint] or statements
    values = [one.value for one in own]
    return dict(zip(_KEY, key, strict=True)) | {
        "value": best.value,
        "low": min(values),
        "high": max(values),
        "qualifier": best.qualifier,
        "agreement": "undated" if key[2] == UNKNOWN else _agreement(values, len({one.article for one in own})),
        "sources": sorted({one.source for one in own if one.source}),
        "article_ids": sorted({one.article for one in statements}),
        "basis": BASES[-best.basis] if -best.basis < len(BASES) else "article",
    }


def _agreement(values: list[float], articles: int) -> str:
    low, high = min(values), max(values)
    if low == high:
        return "agreed" if articles > 1 else "single"
    return "near" if high - low <= NEAR * abs(high) else "conflict"
