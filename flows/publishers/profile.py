"""What is known of one publisher, as schemas/publishers/<id>.yaml says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from flows.patterns import Rule
from flows.schema import Words


class DatedRule(NamedTuple):
    """A rule, and the first and last day of the pages that it holds for; None is without end."""

    rule: Rule
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date | None) -> bool:
        """Whether it holds for a page of that day. A rule with dates does not hold for a page whose day is unknown."""
        if self.since is None and self.until is None:
            return True
        return day is not None and (self.since or date.min) <= day <= (self.until or date.max)


class Expected(NamedTuple):
    """One article as the fixture must give it; None is not compared, but an empty list of authors is."""

    title: str
    begins: str
    ends: str
    date: date | None = None
    source: str | None = None
    authors: tuple[str, ...] | None = None


class Fixture(NamedTuple):
    """A page of ours in the shape of the site, and what must come out of it."""

    path: Path
    articles: tuple[Expected, ...]
    url: str | None = None
    fetched: date | None = None
    rights: str | None = None
    absent: tuple[str, ...] = ()
    """Words of the site around the story that no article may hold."""


class Limits(NamedTuple):
    """When the publisher's newest pages fit its profile no more. Shares are of 1; see flows/canary/ask.py."""

    newest: int = 50
    """How many of the newest pages are looked at."""
    pages: int = 5
    """With fewer there is no verdict."""
    published: float = 0.8
    """Least share of pages that were published, not rejected or quarantined."""
    title: float = 0.95
    """Least share of articles with a title; date and source likewise."""
    date: float = 0.8
    source: float = 0.0
    named: float = 0.5
    """Least share of pages that do not name another publisher."""
    repeated: float = 0.2
    """Largest share of articles that hold one and the same line."""
    quiet: int = 20
    """A rule of the profile that took nothing on so many pages for which it holds is out of use."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One publisher. `all_of` and `any_of` are cues for pages without an address: letters and digits of its masthead
    or its notice of copyright, Simplified; a page is its own if it holds all of the one and one of the other."""

    id: str
    path: Path
    names: Words
    aliases: tuple[str, ...]
    hosts: tuple[str, ...]
    all_of: tuple[str, ...]
    any_of: tuple[str, ...]
    rights: str
    rights_why: str
    rules: tuple[DatedRule, ...]
    limits: Limits
    fixture: Fixture

    @property
    def name(self) -> str:
        """What `documents.publisher` calls it."""
        return self.names.zh

    def said(self) -> Iterator[str]:
        """Every name that it goes by."""
        yield from (self.names.zh, self.names.en, *self.aliases)

    def rules_on(self, day: date | None) -> tuple[Rule, ...]:
        """Its rules that hold for a page of that day."""
        return tuple(dated.rule for dated in self.rules if dated.holds_on(day))

    @property
    def has_dates(self) -> bool:
        """Whether the day of a page makes a difference."""
        return any(dated.since or dated.until for dated in self.rules)
