"""What a region or a time rests on, so that a consumer can keep only what is stated."""

from __future__ import annotations

from typing import NamedTuple

CLAUSE, LIST, SENTENCE, PARAGRAPH, ARTICLE = "clause", "list", "sentence", "paragraph", "article"
"""What the region of a figure rests on, the nearest first: `statistics.region_basis`."""

STATED, CARRIED, INFERRED = "stated", "carried", "inferred"
"""What the time of a figure rests on: its own words, words before that hold on, or a day that was worked out (去年,
3月) from the page's own: `statistics.as_of_basis`."""


class Told(NamedTuple):
    """A value and what it rests on: one of the above; both are null together."""

    value: str | None
    basis: str | None = None

    @classmethod
    def on(cls, value: str | None, basis: str) -> Told:
        """The value on that basis; nothing is told by null."""
        return cls(value, basis if value is not None else None)


NOTHING = Told(None)
