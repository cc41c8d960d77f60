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
from flows.entities.places import around_all, city_of, province_of
from flows.entities.told import Form, Told


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
        root = one
        while (above := self._above.get(root, root)) != root:
            root = above
        while one != root:  # so that no chain is walked twice
            self._above[one], one = root, self._above[one]
        return root

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
        for before in sorted(one for one in told.renamed if one in found and one != entity):
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


class Bearers:
    """Those that bear one name and say their region, by where they are: what a name without region may mean."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._at: dict[str | None, list[str]] = defaultdict(list)
        self._in: dict[str, list[str]] = defaultdict(list)
        self._of_city: dict[str, list[str]] = defaultdict(list)
        for entity, form in named:
            self._at[form.region].append(entity)
            for code in around_all(form.region):
                self._in[code].append(entity)
            if (city := city_of(form.region)) is not None:
                self._of_city[city].append(entity)

    def of_counties(self, city: str) -> list[str]:
        """Those that say a county of a city."""
        return [one for one in self._in[city] if one not in self._at[city]] if city_of(city) == city else []

    def meant(self, home: str | None, sets: Sets) -> str | None:
        """The one that a name means in an article about a region: of its city, else of its province, else of the
        country; None where that leaves a choice."""
        wider = [one for code in around_all(home) for one in self._at[code]]
        for near in (self._of_city[city_of(home) or ""], [*wider, *self._in[home or ""]], self._at[None]):
            found = {sets.of(one) for one in near}
            if found:
                return found.pop() if len(found) == 1 else None
        return None


def _join_of_core(named: Sequence[Named], sets: Sets) -> None:
    """Joins what is named in one form."""
    full = [one for one in named if one.form.stated and not one.form.called]
    bearers, called = Bearers(full), Bearers(one for one in named if one.form.called)
    for entity, form in full:
        inner = {sets.of(one) for one in bearers.of_counties(form.region)} if form.region else set()
        if len(inner) == 1:
            sets.join(entity, inner.pop())
    left = []
    for one in (one for one in named if not one.form.stated):
        meant = bearers.meant(one.form.region, sets) or called.meant(one.form.region, sets)
        if meant is not None:
            sets.join(one.entity, meant)
        elif one.form.reach != "city":
            left.append(one)
    _join_wide(left, full, sets)


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
