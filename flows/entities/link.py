"""The ids of what one article tells of, and who did what for each of its events (table event_roles)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from flows.document import Row
from flows.entities.bodies import Body, identify
from flows.entities.events import event_id
from flows.entities.naming import Naming
from flows.entities.persons import person_anchor, person_id
from flows.extract.events.roles import ROLES
from flows.extract.organizations.mentions import find_mentions

Tables = Mapping[str, list[Row]]

_BEGINS = re.compile("(?:[0-9]+[年月日]底?|今年|去年|全年|目前|现在|近年来|近日|截至|其中|，)*")
_NOT_ALONE = frozenset("等、和与及组")
_ENDS_SENTENCE = "。；！？\n"


def link(tables: Tables, text: str, place: str | None) -> dict[str, list[Row]]:
    """The rows of an article's facts with their ids, and the rows of event_roles, all without article_id.

    `text` is the article's, `place` the code of the region that it is about.
    """
    naming = Naming(tables["organizations"], text, place)
    organizations = [row | {"organization_id": _id(naming.body(row["name"]))} for row in tables["organizations"]]
    events = [
        row | {"event_id": event_id(row["name"], row["start_date"], row["region"] or place, text, row["start"])}
        for row in tables["events"]
    ]
    known = {row["organization_id"] for row in organizations}
    return {
        **tables,
        "statistics": [_figure(row, known, naming, text) for row in tables.get("statistics", ())],
        "organizations": organizations,
        "people": [_person(row, naming) for row in tables["people"]],
        "events": events,
        "event_roles": list(_roles(events, naming, text)),
    }


def _id(body: Body | None) -> str | None:
    return body.entity_id if body else None


def _person(row: Row, naming: Naming) -> Row:
    body = naming.body(row["organization"])
    anchor = person_anchor(row["name"], row["titles"], body, naming.place)
    return row | {"person_id": person_id(row["name"], anchor), "organization_id": _id(body)}


def _figure(row: Row, known: Container[str | None], naming: Naming, text: str) -> Row:
    """A row of statistics with the body that it is of: the one that its sentence names, and begins with, if the article
    has it."""
    if row["subject"] != "body":
        return row
    start = max(text.rfind(mark, 0, row["start"]) for mark in _ENDS_SENTENCE) + 1
    sentence = text[start : row["end"]]
    found = list(find_mentions(sentence))
    if len(found) != 1 or not _BEGINS.fullmatch(sentence, 0, found[0].start):
        return row
    if sentence[found[0].end : found[0].end + 1] in _NOT_ALONE:
        return row
    entity = _id(naming.body(found[0].name))
    return row | {"organization_id": entity if entity in known else None}


def _roles(events: Sequence[Row], naming: Naming, text: str) -> Iterator[Row]:
    """One row an event, role and organization; the span is the mention of the organization that is nearest to the
    event's name, or that of the name where the organization is not written so."""
    seen: set[tuple[str, str, str]] = set()
    for event in events:
        for role in ROLES:
            for name in event[role]:
                key = (event["event_id"], role, name)
                if key in seen:
                    continue
                seen.add(key)
                start, end = _nearest(text, name, event)
                body = naming.body(name) or _elsewhere(name, naming, event["region"])
                yield {
                    "event_id": event["event_id"],
                    "role": role,
                    "organization": name,
                    "organization_id": _id(body),
                    "start": start,
                    "end": end,
                }


def _elsewhere(name: str, naming: Naming, region: str | None) -> Body | None:
    """The body that a name means where the event is, in an article that is of no region."""
    return identify(name, naming.kinds.get(name), region) if naming.place is None else None


def _nearest(text: str, name: str, event: Row) -> tuple[int, int]:
    before, behind = text.rfind(name, 0, event["end"]), text.find(name, event["start"])
    found = [at for at in (before, behind) if at >= 0]
    if not found:
        return event["start"], event["end"]
    start = min(found, key=lambda at: (abs(at - event["start"]), at))
    return start, start + len(name)
