"""Reading: one article as all its finders read it, so that each thing is looked for in it once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar

Found = TypeVar("Found")
Field = Literal["text", "title", "day", "region"]
FIELDS: tuple[Field, ...] = ("text", "title", "day", "region")

_of = cache(attrgetter)
"""A function that gives the fields named."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's text (paragraphs joined by "\\n"), its title ("" for none), the day that it was published and the
    code of its region, where these are known; and what was found in it so far.

    A finder is a function of a reading. What it needs of another it asks by name (`dates_of(reading)`), and that asks
    `once`: so nobody hands on what was found, and nothing of an article outlives it. `dataclasses.replace` gives the
    article with what is told of it later; what does not depend on that stays found.
    """

    text: str
    title: str = ""
    day: date | None = None
    region: str | None = None
    found: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, find: Callable[[Reading], Found], *needs: Field) -> Found:
        """What a finder finds here, asked at most once; shared between callers, not to be changed. `needs` names the
        fields that it depends on, if not all."""
        key = find, _of(*needs or FIELDS)(self)
        if key not in self.found:
            self.found[key] = find(self)
        found: Found = self.found[key]
        return found
