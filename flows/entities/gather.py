"""What one part of a corpus says of its entities, events and figures, small enough to be added up in one process."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from flows.entities.bodies import Body, identify
from flows.entities.persons import person_anchor
from flows.entities.places import place_of_names

Part = Mapping[str, pa.Table]


@dataclass(slots=True)
class Told:
    """What is told of one entity."""

    kind: str
    name: str
    region: str | None
    parent: str | None = None
    aliases: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    """Of a person, the ids of their organizations."""
    articles: int = 0
    first: str | None = None
    last: str | None = None

    def __iadd__(self, other: Told) -> Told:
        """Adds what is told elsewhere, in other articles, of the same entity."""
        self.aliases |= other.aliases | {self.name, other.name}
        self.name = max(self.name, other.name, key=lambda name: (len(name), name))
        self.aliases.discard(self.name)
        self.kinds.update(other.kinds)
        self.bodies.update(other.bodies)
        self.parent = self.parent or other.parent
        self.articles += other.articles
        self.first = min(filter(None, (self.first, other.first)), default=None)
        self.last = max(filter(None, (self.last, other.last)), default=None)
        return self


_OF_ARTICLE = ("article_id", "region", "source", "publisher", "published_date")


class Article(NamedTuple):
    """What the ids of an article's facts rest on."""

    place: str | None
    """See `flows.entities.places.place_of_names`."""
    day: str | None


def entities_told(part: Part) -> dict[str, Told]:
    """Of each entity that the part names what it tells."""
    articles = {
        name: Article(place_of_names(region, source, publisher), day.isoformat() if day else None)
        for name, region, source, publisher, day in _rows(part["articles"], *_OF_ARTICLE)
    }
    found: dict[str, Told] = {}
    seen: dict[str, set[str]] = defaultdict(set)
    for name, told in _bodies(part, articles):
        _add(found, seen, told[0], told[1], name, articles[name].day)
    for name, told in _issuers(part, articles):
        _add(found, seen, told[0], told[1], name, articles[name].day)
    for name, told in _people(part, articles):
        _add(found, seen, told[0], told[1], name, articles[name].day)
    return found


def _add(
    found: dict[str, Told], seen: dict[str, set[str]], entity: str, told: Told, article: str, day: str | None
) -> None:
    if article not in seen[entity]:
        seen[entity].add(article)
        told.articles, told.first, told.last = 1, day, day
    if entity in found:
        found[entity] += told
    else:
        found[entity] = told


def _bodies(part: Part, articles: Mapping[str, Article]) -> Iterator[tuple[str, tuple[str, Told]]]:
    """Article and what it tells of an organization, for each row that names one by its id."""
    kinds: dict[tuple[str, str], str | None] = {}
    for article, name, kind, entity in _rows(part["organizations"], "article_id", "name", "kind", "organization_id"):
        kinds[article, name] = kind
        if entity is not None:
            yield from _body(article, name, kind, entity, articles[article].place)
    for table, column in (("people", "organization"), ("event_roles", "organization")):
        for article, name, entity in _rows(part[table], "article_id", column, "organization_id"):
            if entity is not None and name is not None:
                yield from _body(article, name, kinds.get((article, name)), entity, articles[article].place)


def _issuers(part: Part, articles: Mapping[str, Article]) -> Iterator[tuple[str, tuple[str, Told]]]:
    """The same for those who issued what an article cites."""
    for article, issuers in _rows(part["citations"], "article_id", "issuer"):
        for name in (issuers or "").split("、"):
            body = identify(name, None, articles[article].place) if name else None
            if body is not None:
                yield from _body(article, name, None, body.entity_id, articles[article].place)


def _body(
    article: str, name: str, kind: str | None, entity: str, place: str | None
) -> Iterator[tuple[str, tuple[str, Told]]]:
    body = identify(name, kind, place)
    if body is None or body.entity_id != entity:  # of rows that other code made
        body = Body(name, None, kind)
    told = Told("organization", body.name, body.region, parent=body.parent)
    if name != body.name:
        told.aliases.add(name)
    if kind or body.kind:
        told.kinds[kind or body.kind or ""] += 1
    yield article, (entity, told)


def _people(part: Part, articles: Mapping[str, Article]) -> Iterator[tuple[str, tuple[str, Told]]]:
    """Article and what it tells of a person, for each row with an id."""
    columns = ("article_id", "name", "titles", "organization", "person_id", "organization_id")
    for article, name, titles, organization, entity, body_id in _rows(part["people"], *columns):
        if entity is None:
            continue
        place = articles[article].place
        body = identify(organization, None, place) if organization else None
        anchor = person_anchor(name, titles, body, place)
        told = Told("person", name, anchor if anchor and anchor.isdigit() else None)
        if body_id is not None:
            told.bodies[body_id] += 1
        yield article, (entity, told)


class DatedEvent(NamedTuple):
    """An event with a day, as one article tells of it."""

    event_id: str
    name: str
    day: str
    region: str | None
    hosts: tuple[str, ...]


def events_told(part: Part) -> list[DatedEvent]:
    """The events of a part that have a day."""
    columns = ("event_id", "name", "start_date", "region", "hosted_by")
    return [
        DatedEvent(entity, name, day.isoformat(), region, tuple(hosts or ()))
        for entity, name, day, region, hosts in _rows(part["events"], *columns)
        if entity is not None and day is not None
    ]


def _rows(table: pa.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[column].to_pylist() for column in columns), strict=True)


def iso(day: str | None) -> date | None:
    """A day written as ISO 8601."""
    return date.fromisoformat(day) if day else None
