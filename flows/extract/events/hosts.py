"""Organizers that an event names by a word alone (基金会), in the full form that the article gives them."""

from __future__ import annotations

from collections.abc import Sequence

from flows.document import Row
from flows.extract.events.roles import ROLES
from flows.extract.organizations.mentions import find_mentions, organizations_of
from flows.extract.people.titles import stand_ins
from flows.extract.words.reading import Reading


def name_in_full(events: Sequence[Row], reading: Reading) -> None:
    """Puts the one organization of the article, or else of its title, that a bare 基金会 or 协会 among the organizers
    can mean in its place; a word that several could be meant by stays."""
    organizations = [row["name"] for row in organizations_of(reading)]
    for event in events:
        for role in ROLES:
            if stand_ins().isdisjoint(event[role]):
                continue
            names = [_full(name, organizations, reading.title) for name in event[role]]
            event[role] = list(dict.fromkeys(names))


def _full(name: str, organizations: Sequence[str], title: str) -> str:
    if name not in stand_ins():
        return name
    told = {other for other in organizations if other.endswith(name)} or {
        mention.name for mention in find_mentions(title) if mention.name.endswith(name)
    }
    return told.pop() if len(told) == 1 else name
