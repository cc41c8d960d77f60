"""What is told of one entity, in one article or in many: added up in one process, it grows with the entities."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from flows.entities.bodies import Body
from flows.entities.places import common_region

MOST_BESIDE = 24
"""Bodies that are remembered of those that stand beside a person, the lowest ids: the same however a corpus is cut."""


class Form(NamedTuple):
    """A way in which a body is named, without its region: what may stand for it in other articles."""

    core: str
    region: str | None
    stated: bool
    """See `flows.entities.bodies.Body`."""
    reach: str
    called: bool
    """Whether the body is called so where its own article says it, or written in full."""


@dataclass(slots=True)
class Told:
    """What is told of one entity."""

    kind: str
    name: str
    region: str | None
    stated: bool = True
    """Whether the name says the region."""
    parent: str | None = None
    aliases: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    forms: set[Form] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)
    """Ids of bodies that were renamed to this one."""
    bodies: Counter[str] = field(default_factory=Counter)
    """Of a person, the ids of their organizations."""
    beside: set[str] = field(default_factory=set)
    """Of a person, ids of bodies in the same articles."""
    articles: int = 0
    first: str | None = None
    last: str | None = None

    def __iadd__(self, other: Told) -> Told:
        """Adds what is told elsewhere, in other articles, of the same entity."""
        self.aliases |= other.aliases | {self.name, other.name}
        best = max(self, other, key=Told.rank)
        region = best.region if best.stated else common_region(self.region, other.region)
        self.name, self.region, self.stated = best.name, region, best.stated
        self.aliases.discard(self.name)
        self.kinds.update(other.kinds)
        self.forms |= other.forms
        self.renamed |= other.renamed
        self.bodies.update(other.bodies)
        self.beside = set(sorted(self.beside | other.beside)[:MOST_BESIDE])
        self.parent = min(filter(None, (self.parent, other.parent)), default=None)
        self.articles += other.articles
        self.first = min(filter(None, (self.first, other.first)), default=None)
        self.last = max(filter(None, (self.last, other.last)), default=None)
        return self

    def rank(self) -> tuple[bool, int, str, str]:
        """By which the best of several names is chosen: one that says its region, the longest."""
        return self.stated, len(self.name), self.name, self.region or ""


def told_of(body: Body, kind: str | None = None) -> Told:
    """What the name of a body tells of it."""
    placed = body.stated or body.reach != "country"
    told = Told("organization", body.name, body.region if placed else None, body.stated, body.parent)
    if body.core is not None:
        told.forms.add(Form(body.core, body.region, body.stated, body.reach, called=False))
    if kind or body.kind:
        told.kinds[kind or body.kind or ""] += 1
    return told
