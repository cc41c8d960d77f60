"""Whether two rows of events are of one: their days and regions do not differ, and their names are alike."""

from __future__ import annotations

from difflib import SequenceMatcher

from flows.document import Row
from flows.extract.regions import lies_in

_SAME = 0.7


def same_event(known: Row, row: Row) -> bool:
    """Whether a row is of the event of one that is known."""
    if known["start_date"] and row["start_date"] and known["start_date"] != row["start_date"]:
        return False
    if known["region"] and row["region"] and not nested(known["region"], row["region"]):
        return False
    a, b = known["name"], row["name"]
    return a in b or b in a or _alike(a, b)


def nested(a: str, b: str) -> bool:
    """Whether one region lies in the other."""
    return lies_in(a, b) or lies_in(b, a)


def _alike(a: str, b: str) -> bool:
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.quick_ratio() >= _SAME and matcher.ratio() >= _SAME
