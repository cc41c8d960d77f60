"""Rows of two versions of a document paired by what they state: what is the same, what changed, what came and went.

Offsets and ids of articles say nothing here: they move when a word is put in above. What is left after all that is
equal is paired by the columns that say what a row is about, the strictest first, in the order of the page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from flows.document import Row
from flows.schema import load

ABOUT: dict[str, tuple[tuple[str, ...], ...]] = {
    "statistics": (
        ("indicator", "region", "as_of", "unit", "subject", "indicator_text"),
        ("indicator", "region", "as_of", "unit"),
        ("indicator", "as_of", "unit", "value"),
        ("indicator", "region", "unit", "value"),
        ("indicator", "unit", "subject"),
    ),
    "events": (("name", "start_date"), ("name",), ("start_date", "place")),
    "people": (("name",),),
    "organizations": (("name",),),
    "citations": (("title",),),
    "themes": (("theme",),),
    "related": (("title", "date"), ("title",)),
}
"""For each table what its rows are about, the strictest first."""

WHERE = frozenset(
    {"article_id", "document_id", "start", "end", "raw_start", "raw_end", "quote", "event_id", "person_id",
     "organization_id"}
)  # fmt: skip
"""Columns that say where a row stands or joins it to others, and none of what it states."""


class Pair(NamedTuple):
    """A row before and after; None on the side where it is not."""

    old: Row | None
    new: Row | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that state something else; none of a row that came or went."""
        if self.old is None or self.new is None:
            return ()
        return tuple(name for name in self.old if name not in WHERE and self.old[name] != self.new.get(name))


def paired(table: str, old: Sequence[Row], new: Sequence[Row]) -> list[Pair]:
    """The rows that do not state the same, before and after."""
    stating = [name for name in load(table).names if name not in WHERE]
    before, after = _unequal(old, new, stating), _unequal(new, old, stating)
    found: list[Pair] = []
    for about in ABOUT.get(table, ()):
        pairs = list(_by(about, before, after))
        found += [Pair(*pair) for pair in pairs]
        before = _without(before, [one for one, _ in pairs])
        after = _without(after, [other for _, other in pairs])
    return found + [Pair(row, None) for row in before] + [Pair(None, row) for row in after]


def _unequal(rows: Sequence[Row], others: Sequence[Row], stating: Sequence[str]) -> list[Row]:
    """The rows that are not among the others; equal ones cancel out one for one."""
    left = Counter(_key(row, stating) for row in others)
    found = []
    for row in rows:
        key = _key(row, stating)
        if left[key]:
            left[key] -= 1
        else:
            found.append(row)
    return found


def _by(about: Sequence[str], old: Iterable[Row], new: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    waiting: dict[Any, list[Row]] = defaultdict(list)
    for row in old:
        waiting[_key(row, about)].append(row)
    for row in new:
        if mine := waiting.get(_key(row, about)):
            yield mine.pop(0), row


def _key(row: Row, names: Iterable[str]) -> tuple[Any, ...]:
    values = (row.get(name) for name in names)
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def _without(rows: Iterable[Row], gone: Iterable[Row]) -> list[Row]:
    known = {id(row) for row in gone}
    return [row for row in rows if id(row) not in known]
