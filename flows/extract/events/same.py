"""Whether two rows of events are of one: their days and regions do not differ, and their names are alike."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from flows.document import Row
from flows.extract.regions.mentions import lies_in

_SAME = 0.7


def find_same(rows: Iterable[Row], row: Row) -> Row | None:
    """The first of the rows known that is of the same event as a row; None when none is."""
    day, region, name = row["start_date"], row["region"], row["name"]
    for known in rows:
        if day and (other_day := known["start_date"]) and other_day != day:
            continue
        if region and (other := known["region"]) and not nested(other, region):
            continue
        if (called := known["name"]) in name or name in called or _alike(called, name):
            return known
    return None


def nested(a: str, b: str) -> bool:
    """Whether one region lies in the other."""
    return lies_in(a, b) or lies_in(b, a)


def _alike(a: str, b: str) -> bool:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.quick_ratio() >= _SAME and matcher.ratio() >= _SAME
