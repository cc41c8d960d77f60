"""Bodies that several articles tell of under different names: joined where their names and regions leave no choice.

Each article gives a body an id by its own name and region. Over a corpus a name without region is that of the one body
of its city (or, for a station or an agency, of its province) whose name says the region; a name by which an article
calls a body in short is that body's in the same city; a body that was renamed is one with what it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from flows.entities.ids import make_id
from flows.entities.places import city_of, is_county, province_of
from flows.entities.told import Form, Told
from flows.extract.regions.mentions import lies_in


class Named(NamedTuple):
    """A body that is named in a form."""

    entity: str
    form: Form


class Sets:
    """Ids that were found to be one."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, one: str) -> str:
        """The id by which a set is known while it grows."""
        while (above := self._above.get(one, one)) != one:
            one = above
        return one

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.of(one), self.of(other)))
        if low != high:
            self._above[high] = low

    def members(self) -> Iterator[list[str]]:
        """The sets of more than one id, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in sorted(self._above):
            found[self.of(one)].append(one)
        return ([root, *found[root]] for root in sorted(found))


def same_bodies(found: Mapping[str, Told]) -> dict[str, str]:
    """Ids of organizations to the one by which each is known in the corpus, for those that change."""
    by_core: dict[str, list[Named]] = defaultdict(list)
    sets, old = Sets(), set[str]()
    for entity, told in sorted(found.items()):
        for form in sorted(told.forms, key=_form_key):
            by_core[form.core].append(Named(entity, form))
        for before in sorted(told.renamed & found.keys() - {entity}):
            sets.join(before, entity)
            old.add(before)
    for core in sorted(by_core):
        _join_of_core(by_core[core], sets)
    same: dict[str, str] = {}
    joined = set[str]()
    for members in sets.members():
        best = max((one for one in members if one not in old), key=lambda one: found[one].rank(), default=members[0])
        joined.update(members)
        same |= dict.fromkeys(members, _id_of(found[best], best))
    for entity, told in found.items():
        if entity not in joined and told.kind == "organization" and not told.stated:
            same[entity] = _id_of(told, entity)
    return {one: other for one, other in same.items() if one != other}


def _form_key(form: Form) -> tuple[str, str, bool, bool]:
    return form.core, form.region or "", form.stated, form.called


def _id_of(told: Told, entity: str) -> str:
    """The id of a body: of one whose name says no region the same, whichever articles tell of it."""
    reach = next((form.reach for form in told.forms if not form.stated and form.core == told.name), "city")
    if told.stated or reach == "city":
        return entity
    return make_id("organization", told.name, province_of(told.region) if reach == "province" else None)


def _join_of_core(named: Sequence[Named], sets: Sets) -> None:
    """Joins what is named in one form."""
    full = [one for one in named if one.form.stated and not one.form.called]
    said = [one for one in named if one.form.called]
    for one in full:
        inner = {
            sets.of(other.entity)
            for other in full
            if one.form.region and other.form.region and _holds(one.form.region, other.form.region)
        }
        if len(inner) == 1:
            sets.join(one.entity, inner.pop())
    left = []
    for one in (one for one in named if not one.form.stated):
        meant = _meant(one, full, sets) or _meant(one, said, sets)
        if meant is not None:
            sets.join(one.entity, meant)
        elif one.form.reach != "city":
            left.append(one)
    _join_wide(left, full, sets)


def _holds(city: str, county: str) -> bool:
    return city != county and is_county(county) and not is_county(city) and city_of(county) == city


def _meant(one: Named, named: Iterable[Named], sets: Sets) -> str | None:
    """The one body whose region holds, or lies in, that of an article which names it without."""
    home, others = one.form.region, list(named)
    for test in (_of_city, _of_province, _of_country):
        near = {sets.of(other.entity) for other in others if test(other.form.region, home)}
        if near:
            return near.pop() if len(near) == 1 else None
    return None


def _of_city(region: str | None, home: str | None) -> bool:
    return home is not None and city_of(region) == city_of(home) is not None


def _of_province(region: str | None, home: str | None) -> bool:
    """Whether a body of a province is meant in its cities, or one of a city in an article about the province."""
    return region is not None and home is not None and (lies_in(region, home) or lies_in(home, region))


def _of_country(region: str | None, _: str | None) -> bool:
    return region is None


def _join_wide(left: Sequence[Named], full: Sequence[Named], sets: Sets) -> None:
    """Joins names without region that one body bears: in the country the one that says its region, or all of them where
    none does; in a province those of it."""
    bodies = sorted({sets.of(one.entity) for one in full})
    first: dict[str, str] = {}
    for one in left:
        if one.form.reach == "country" and len(bodies) < 2:
            sets.join(one.entity, bodies[0] if bodies else first.setdefault("", one.entity))
        elif one.form.reach == "province":
            sets.join(one.entity, first.setdefault(province_of(one.form.region) or "", one.entity))
