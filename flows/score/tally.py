"""What was right, wrong, missing and made up, by field."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import NamedTuple


@dataclass(slots=True)
class Count:
    """One field's answers. A null where there was an answer is `missing` (an abstention), an answer where there was
    none is `extra`, another answer is `wrong`; both null is `empty`."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    extra: int = 0
    empty: int = 0

    @property
    def precision(self) -> float | None:
        """The share of the given answers that are right; None where none was given."""
        return _share(self.right, self.right + self.wrong + self.extra)

    @property
    def recall(self) -> float | None:
        """The share of the answers of the gold that were found; None where it holds none."""
        return _share(self.right, self.right + self.wrong + self.missing)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where nothing was asked and nothing given."""
        return _share(2 * self.right, 2 * self.right + 2 * self.wrong + self.missing + self.extra)

    @property
    def agreement(self) -> float | None:
        """The share of all places where field and gold say the same, null included."""
        return _share(self.right + self.empty, self.n)

    @property
    def n(self) -> int:
        """Places that were compared."""
        return self.right + self.wrong + self.missing + self.extra + self.empty

    def add(self, other: Count) -> None:
        """Adds the answers of another count to this one."""
        for field in fields(Count):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))


class Miss(NamedTuple):
    """An answer that is not right: on which page, in which field, how, and in words."""

    page: str
    field: str
    outcome: str
    note: str


class Tally:
    """Counts by field, and the misses. One page at a time adds to it."""

    def __init__(self) -> None:
        self.counts: dict[str, Count] = defaultdict(Count)
        self.misses: list[Miss] = []
        self.page = ""

    def add(self, field: str, count: Count, note: str = "") -> None:
        """Adds answers; what is not right is told with the note."""
        self.counts[field].add(count)
        for outcome in ("wrong", "missing", "extra"):
            if getattr(count, outcome):
                self.misses.append(Miss(self.page, field, outcome, note))

    def value(self, field: str, got: object, want: object, same: bool, note: str = "") -> bool:
        """Adds one answer, None for null; gives whether it agrees."""
        if want is None:
            outcome = "empty" if got is None else "extra"
        else:
            outcome = "right" if same else "missing" if got is None else "wrong"
        self.add(field, Count(**{outcome: 1}), f"{got!r} for {want!r}{note and ': ' + note}")
        return outcome in ("right", "empty")

    def sets(self, field: str, got: set[str], want: set[str]) -> set[str]:
        """Adds the members of two sets; gives those in both."""
        both = got & want
        self.add(field, Count(right=len(both)))
        for name in sorted(want - got):
            self.add(field, Count(missing=1), name)
        for name in sorted(got - want):
            self.add(field, Count(extra=1), name)
        return both

    def merge(self, other: Tally) -> None:
        """Adds all that another tally holds."""
        for field, count in other.counts.items():
            self.counts[field].add(count)
        self.misses += other.misses


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
