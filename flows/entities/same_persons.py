"""Persons of one name that several articles tell of: one where they share a body, or their county and its city."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from flows.entities.places import city_of, is_county
from flows.entities.same_bodies import Sets
from flows.entities.told import Told
from flows.extract.regions.mentions import IN_CITY, city_in_name, find_regions, lies_in

_SHORT = 2
_MOST_OF_NAME = 200
"""Persons of one name that are compared with each other; of more none, for such a name says nothing."""

_OF_MANY = frozenset(["government", "university"])
"""Kinds of bodies that have more than one person of a short name."""

_OF_FEW = frozenset(["agency", "school", "hospital", "community"])
"""Kinds of bodies beside which a name of three characters is one person's, without a word of whose body it is."""


def same_persons(found: Mapping[str, Told], bodies: Mapping[str, str]) -> dict[str, str]:
    """Ids of persons to the one by which each is known in the corpus, for those that change.

    `bodies` are the same for organizations.
    """
    by_name: dict[str, list[str]] = defaultdict(list)
    for entity, told in found.items():
        if told.kind == "person":
            by_name[told.name].append(entity)
    sets = Sets()
    kinds = {bodies.get(one, one): told.kinds for one, told in found.items() if told.kind == "organization"}
    national = {bodies.get(one, one) for one, told in found.items() if told.kind == "organization" and not told.region}
    for name, persons in sorted(by_name.items()):
        if not 1 < len(persons) <= _MOST_OF_NAME:
            continue
        persons.sort()
        own = {one: {bodies.get(body, body) for body in found[one].bodies} for one in persons}
        beside = {one: {bodies.get(body, body) for body in found[one].beside} - national for one in persons}
        for one, other in combinations(persons, 2):
            near = (own[one] & beside[other]) | (own[other] & beside[one])
            if len(name) <= _SHORT:
                near = {body for body in near if _OF_MANY.isdisjoint(kinds.get(body, ()))}
            else:
                both = beside[one] & beside[other]
                near |= {body for body in both if not _OF_FEW.isdisjoint(kinds.get(body, ()))}
            if own[one] & own[other] or near:
                sets.join(one, other)
        if len(name) > _SHORT:
            _join_by_city(persons, found, sets)
            _join_scholars(persons, found, sets)
    same: dict[str, str] = {}
    for members in sets.members():
        best = max(members, key=lambda one: (bool(found[one].bodies), found[one].region is not None, one))
        same |= {one: best for one in members if one != best}
    return same


def _join_scholars(persons: Sequence[str], found: Mapping[str, Told], sets: Sets) -> None:
    """Joins who is of a university with the one other of the name in its city or province."""
    for one in persons:
        homes = {_home(found[body].name) for body in found[one].bodies if body in found} - {None}
        if found[one].region is not None or len(homes) != 1:
            continue
        home = homes.pop() or ""
        near = {sets.of(other) for other in persons if _lies_near(found[other].region, home)}
        if len(near) == 1:
            sets.join(one, near.pop())


def _home(name: str) -> str | None:
    """The city or province that the name of a university begins with."""
    if not IN_CITY.search(name):
        return None
    province = next((mention.code for mention in find_regions(name[:2]) if mention.level == "province"), None)
    return city_in_name(name) or province


def _lies_near(region: str | None, home: str) -> bool:
    return region is not None and (lies_in(region, home) or lies_in(home, region))


def _join_by_city(persons: Sequence[str], found: Mapping[str, Told], sets: Sets) -> None:
    """Joins those of a city with those of the one county in it where the name is told of, where either is told of
    without a body: two bodies have two persons."""
    cities: dict[str, set[str]] = defaultdict(set)
    for one in persons:
        region = found[one].region
        if region is not None and (city := city_of(region)) is not None:
            cities[city].add(one)
    for members in cities.values():
        counties = {found[one].region for one in members if is_county(found[one].region or "")}
        if len(counties) == 1:
            for one, other in combinations(sorted(members), 2):
                if not (found[one].bodies and found[other].bodies):
                    sets.join(one, other)
