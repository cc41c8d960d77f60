"""What one part of a corpus says of its entities, events and figures, small enough to be added up in one process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from flows.document import Row
from flows.entities.bodies import Body
from flows.entities.naming import Naming
from flows.entities.persons import person_anchor
from flows.entities.places import city_of, place_of_names
from flows.entities.said import called, renames
from flows.entities.told import MOST_BESIDE, Told, told_of
from flows.extract.organizations.mentions import find_mentions
from flows.held import Numbers, number_of

Part = Mapping[str, pa.Table]


COLUMNS_OF_IDS = (
    ("organizations", "organization_id"),
    ("people", "organization_id"),
    ("people", "person_id"),
    ("event_roles", "organization_id"),
)
"""Tables and columns whose ids are told of an article."""

_OF_ARTICLE = ("article_id", "region", "source", "publisher", "published_date", "title", "text")
_EVERYWHERE = frozenset(["media", "party", "military"])
"""Kinds that stand in articles about anybody, and say nothing of who is meant."""


@dataclass(frozen=True, slots=True)
class Article:
    """What the ids of an article's facts rest on."""

    naming: Naming
    title: str
    text: str
    day: str | None


Said = tuple[str, str, Told]
"""An article, the id of an entity, and what the article tells of it."""


def entities_told(part: Part) -> dict[str, Told]:
    """Of each entity that the part names what it tells."""
    articles = _articles(part)
    found: dict[str, Told] = {}
    seen: dict[str, set[str]] = defaultdict(set)
    for article, entity, told in chain(_bodies(part, articles), _issuers(part, articles), _people(part, articles)):
        if article not in seen[entity]:
            seen[entity].add(article)
            told.articles, told.first, told.last = 1, articles[article].day, articles[article].day
        if entity in found:
            found[entity] += told
        else:
            found[entity] = told
    return found


def _articles(part: Part, among: Container[str] | None = None) -> dict[str, Article]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for article, name, kind, end in rows_of(part["organizations"], "article_id", "name", "kind", "end"):
        rows[article].append({"name": name, "kind": kind, "end": end})
    return {
        name: Article(
            Naming(rows[name], f"{text}\n{title or ''}", place_of_names(region, source, publisher)),
            title or "",
            text,
            day.isoformat() if day else None,
        )
        for name, region, source, publisher, day, title, text in rows_of(part["articles"], *_OF_ARTICLE)
        if among is None or name in among
    }


def _bodies(part: Part, articles: Mapping[str, Article]) -> Iterator[Said]:
    """What the rows that name an organization by its id tell of it, and what its article says of its names."""
    ids: dict[str, dict[str, str]] = defaultdict(dict)
    for table, column in (("organizations", "name"), ("people", "organization"), ("event_roles", "organization")):
        for article, name, entity in rows_of(part[table], "article_id", column, "organization_id"):
            if entity is not None and name is not None:
                ids[article].setdefault(name, entity)
                yield _body(article, name, entity, articles[article].naming)
    for article, names in ids.items():
        naming = articles[article].naming
        by_id = {body.entity_id: names[name] for name in names if (body := naming.body(name))}
        titled = {name: naming.body(name) for _, _, name, *_ in find_mentions(articles[article].title)}
        for alias, body in chain(naming.called.items(), titled.items()):
            if body is not None and body.entity_id in by_id:
                yield article, by_id[body.entity_id], called(alias, body, exported=alias in naming.called)
        for old, new in renames(articles[article].text, names):
            told = told_of(naming.body(new) or Body(new, None, None))
            told.renamed.add(names[old])
            yield article, names[new], told


def _issuers(part: Part, articles: Mapping[str, Article]) -> Iterator[Said]:
    """The same for those who issued what an article cites."""
    for article, issuers in rows_of(part["citations"], "article_id", "issuer"):
        for name in (issuers or "").split("、") if article in articles else ():
            body = articles[article].naming.body(name)
            if body is not None:
                yield _body(article, name, body.entity_id, articles[article].naming)


def _body(article: str, name: str, entity: str, naming: Naming) -> Said:
    body = naming.body(name) or Body(name, None, naming.kinds.get(name))
    told = told_of(body, naming.kinds.get(name))
    if name != body.name:
        told.aliases.add(name)
    return article, entity, told


def _people(part: Part, articles: Mapping[str, Article]) -> Iterator[Said]:
    """What each row of a person with an id tells of them."""
    beside: dict[str, set[str]] = defaultdict(set)
    for article, kind, entity in rows_of(part["organizations"], "article_id", "kind", "organization_id"):
        if entity is not None and kind not in _EVERYWHERE:
            beside[article].add(entity)
    columns = ("article_id", "name", "titles", "organization", "person_id", "organization_id")
    for article, name, titles, organization, entity, body_id in rows_of(part["people"], *columns):
        if entity is None:
            continue
        naming = articles[article].naming
        anchor = person_anchor(name, titles, naming.body(organization), naming.place)
        told = Told("person", name, anchor if anchor and anchor.isdigit() else None)
        if body_id is not None:
            told.bodies[body_id] += 1
        told.beside = set(sorted(beside[article])[:MOST_BESIDE])
        yield article, entity, told


class DatedEvent(NamedTuple):
    """An event with a day, as one article tells of it."""

    event_id: str
    name: str
    day: str
    region: str | None
    hosts: tuple[str, ...]


def events_told(part: Part, among: Sequence[int] = ()) -> list[DatedEvent]:
    """The events of a part whose day and city are among these."""
    columns, wanted = ("event_id", "name", "start_date", "region", "hosted_by"), frozenset(among)
    return [
        DatedEvent(entity, name, day.isoformat(), region, tuple(hosts or ()))
        for entity, name, day, region, hosts in (rows_of(part["events"], *columns) if wanted else ())
        if entity is not None and day is not None and _day_and_city(day, region) in wanted
    ]


def days_and_cities(part: Part) -> Numbers:
    """A hash of day and city for each event of a part that has both, once for each id: only events that share both
    can be the same."""
    rows = set(rows_of(part["events"], "event_id", "start_date", "region"))
    hashes = (_day_and_city(day, region) for entity, day, region in rows if entity is not None and day is not None)
    return np.array(sorted(one for one in hashes if one is not None), np.uint64)


def _day_and_city(day: date, region: str | None) -> int | None:
    city = city_of(region) or region
    return None if city is None else number_of(f"{day.isoformat()} {city}")


def issuers_told(part: Part, among: Container[str]) -> Iterator[tuple[str, str]]:
    """Articles, of those in question, and the ids of those who issued what they cite."""
    if part["citations"].num_rows == part["citations"]["issuer"].null_count:
        return
    articles = _articles(part, among)
    for article, entity, _ in _issuers(part, articles):
        yield article, entity


def rows_of(table: pa.Table, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[column].to_pylist() for column in columns), strict=True)


def iso(day: str | None) -> date | None:
    """A day written as ISO 8601."""
    return date.fromisoformat(day) if day else None
