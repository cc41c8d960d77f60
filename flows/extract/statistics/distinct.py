"""Figures told again: one row for each, unless what they say of time, licence or period differs."""

from __future__ import annotations

from collections.abc import Iterable

from flows.document import Row
from flows.extract.words.indicators import OTHER

_SAME = ("indicator", "value", "region", "unit")
_MAY_DIFFER = ("as_of", "licence", "period", "part_of")


def distinct(rows: Iterable[Row]) -> list[Row]:
    """The rows in order, each figure at its first mention; a part whose whole is not among them names none."""
    known: dict[tuple[object, ...], list[Row]] = {}
    kept: list[Row] = []
    for row in rows:
        text = row["indicator_text"] if row["indicator"] == OTHER else None
        same = known.setdefault((*(row[key] for key in _SAME), text), [])
        if not any(_may_be_one(other, row) for other in same):
            same.append(row)
            kept.append(row)
    keys = {f"{row['start']}-{row['end']}" for row in kept}
    return [row if row["part_of"] in keys else row | {"part_of": None} for row in kept]


def _may_be_one(row: Row, other: Row) -> bool:
    """Whether nothing that both rows say differs."""
    return all(row[key] == other[key] or None in (row[key], other[key]) for key in _MAY_DIFFER)
