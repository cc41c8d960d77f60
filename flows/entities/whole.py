"""The tables of the whole corpus: entities and their changes, figures, and the code books.

Each part is asked what it tells (flows/entities/gather.py), where its rows are and not again of rows that an earlier
run asked it of; what is added up in one process grows with the entities, not with the rows.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from flows.arrow_files import table_in, write_arrow
from flows.arrow_rows import in_order, to_arrow
from flows.books import code_rows, region_rows
from flows.checksums import appearing, mapped
from flows.corpus import Arrow, Corpus, Edited
from flows.document import Row
from flows.entities.changes import entity_changes
from flows.entities.figures import as_rows, figures_told
from flows.entities.gather import days_and_cities, entities_told, events_told, iso
from flows.entities.repeats import repeats_told
from flows.entities.same_bodies import same_bodies
from flows.entities.same_events import find_same
from flows.entities.same_persons import same_persons
from flows.entities.told import Told
from flows.held import Numbers, number_of, numbers_of
from flows.schema import OF_CORPUS, load

ROWS_AT_ONCE = 10_000
Tables = Mapping[str, pa.Table]
Entities = Mapping[str, Told]

Same = Mapping[str, str]
"""Ids to the one by which each is known in the corpus."""


def with_whole(corpus: Corpus, before: pa.Table | None = None, keep: Path | None = None) -> Corpus:
    """The corpus with the tables of the whole of it, and with one id for each event that several articles tell of.

    Args:
        corpus: in which each row has the ids that its article gives (`flows.entities.link`).
        before: the entities of the release before, if there is one.
        keep: a folder for the tables, so that other processes read them there; without it they go along in memory.
    """
    found, named = _all_told(corpus)
    same = _same_events(corpus) | _same_entities(found)
    by_part = _by_part(corpus, same, named)
    pairs = zip(corpus.sources(), by_part, strict=True)
    sources = [Edited(source, partial(_with_same, mine)) if mine else source for source, mine in pairs]
    tables = whole_tables(corpus, before, _joined(corpus, found, same, by_part))
    reader = _kept(tables, keep) if keep is not None else partial(tables.__getitem__)
    if sources:
        sources[0] = Edited(sources[0], partial(_with_tables, reader))
    return Corpus(sources, corpus.work)


def whole_tables(corpus: Corpus, before: pa.Table | None, found: Entities | None = None) -> dict[str, pa.Table]:
    """The tables themselves, in order; `found` are the entities of the corpus, asked for where they are not given."""
    if found is None:
        told, named = _all_told(corpus)
        same = _same_entities(told)
        found = _joined(corpus, told, same, _by_part(corpus, same, named))
    rows: dict[str, Iterable[Row]] = {
        "figures": as_rows(lambda: corpus.each(figures_told)),
        "regions": region_rows(),
        "codes": code_rows(),
    }
    tables = {name: _table(name, made) for name, made in rows.items()}
    tables["entities"] = _entities(found)
    changes = [] if before is None else list(entity_changes(before, tables["entities"]))
    tables["entity_changes"] = in_order("entity_changes", to_arrow("entity_changes", changes))
    return tables


def _all_told(corpus: Corpus) -> tuple[dict[str, Told], list[Numbers]]:
    """What all articles tell of each entity, by the ids that each article gives; and their numbers, by part."""
    found, named = dict[str, Told](), list[Numbers]()
    for told in corpus.each(entities_told):
        named.append(numbers_of(told))
        for entity, one in told.items():
            if entity in found:
                found[entity] += one
            else:
                found[entity] = one
    return found, named


def _same_events(corpus: Corpus) -> dict[str, str]:
    """Ids of events to the one by which each is known, for those that change. Of an event that shares its day and city
    with no other, eight bytes are held."""
    parts: list[Numbers] = list(corpus.each(days_and_cities))
    every, count = np.unique(np.concatenate([np.array([], np.uint64), *parts]), return_counts=True)
    again = every[count > 1]
    mine = [sorted(set(part[np.isin(part, again)].tolist())) for part in parts]
    return find_same(event for events in corpus.each(events_told, mine) for event in events)


def _by_part(corpus: Corpus, same: Same, named: Iterable[Numbers]) -> list[dict[str, str]]:
    """Of what is the same as something else what each part names, `named` being the numbers of its entities: a part is
    worked on with no more than that."""
    names = {number_of(one): one for one in same}
    mine = (
        {*entities.tolist(), *events.tolist()} for entities, events in zip(named, corpus.each(events_in), strict=True)
    )
    return [{names[one]: same[names[one]] for one in sorted(names.keys() & numbers)} for numbers in mine]


def events_in(part: Arrow) -> Numbers:
    """The numbers of the events of a part."""
    return numbers_of(part["events"]["event_id"].drop_null().unique().to_pylist())


def _same_entities(found: Entities) -> dict[str, str]:
    """Ids of entities to the one by which each is known in the corpus, for those that change."""
    bodies = same_bodies(found)
    return bodies | same_persons(found, bodies)


def _joined(corpus: Corpus, found: Entities, same: Same, by_part: Sequence[Same]) -> dict[str, Told]:
    """The entities with those that are the same made one; `found` is used up. `by_part` is what each part names of
    `same`."""
    if not same:
        return dict(found)
    joined: dict[str, Told] = {}
    for entity in sorted(found):
        one, known = found[entity], same.get(entity, entity)
        one.bodies = Counter({same.get(body, body): count for body, count in sorted(one.bodies.items())})
        if known in joined:
            joined[known] += one
        else:
            joined[known] = one
    for surplus in corpus.each(repeats_told, by_part):
        for entity, count in surplus.items():
            joined[entity].articles -= count
    return joined


def _entities(found: Entities) -> pa.Table:
    names = {one.name: entity for entity, one in sorted(found.items()) if one.kind == "organization"}
    return _table("entities", (_row(entity, one, names, found) for entity, one in found.items()))


def _table(name: str, rows: Iterable[Row]) -> pa.Table:
    """Rows as a table in order; only some of them are Python objects at a time."""
    rest, made = iter(rows), [to_arrow(name, [])]
    while some := list(islice(rest, ROWS_AT_ONCE)):
        made.append(to_arrow(name, some))
    return in_order(name, pa.concat_tables(made))


def _row(entity: str, one: Told, names: Mapping[str, str], found: Mapping[str, Told]) -> Row:
    parent = names.get(one.parent) if one.parent else None
    if one.bodies:
        ranked = sorted(one.bodies.items(), key=lambda body: (-body[1], body[0]))
        parent = next((body for body, _ in ranked if body in found), None)
    kinds = sorted(one.kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    return {
        "entity_id": entity,
        "kind": one.kind,
        "name": one.name,
        "aliases": sorted(one.aliases),
        "organization_kind": kinds[0][0] or None if kinds else None,
        "region": one.region,
        "parent": parent if parent != entity else None,
        "article_count": one.articles,
        "first_date": iso(one.first),
        "last_date": iso(one.last),
    }


Reader = Callable[[str], pa.Table]
"""Gives a table of the whole corpus by its name."""


def _kept(tables: Tables, keep: Path) -> Reader:
    """Writes the tables into a folder named after what they hold, and gives what reads them there."""
    digest = hashlib.blake2b(digest_size=16)
    for name in OF_CORPUS:
        digest.update(_bytes_of(tables[name]))
    folder = keep / f"whole-{digest.hexdigest()}"
    if not folder.is_dir():
        with appearing(folder) as staging:
            for name in OF_CORPUS:
                write_arrow(tables[name], staging / f"{name}.arrow")
    return partial(read_kept, str(folder))


def _bytes_of(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return bytes(sink.getvalue())


def read_kept(folder: str, name: str) -> pa.Table:
    """A table of the whole corpus from its folder; its checksum is compared first.

    Raises:
        DamagedError: it is not what was written.
    """
    return table_in(mapped(Path(folder) / f"{name}.arrow"))


def _with_tables(read: Reader, part: Arrow, name: str) -> pa.Table:
    """One table of the first part, of the whole corpus where it is one of these (an edit of a corpus)."""
    return read(name) if name in OF_CORPUS else part[name]


_IDS = {
    "events": ("event_id",),
    "event_roles": ("event_id", "organization_id"),
    "organizations": ("organization_id",),
    "people": ("organization_id", "person_id"),
    "statistics": ("organization_id",),
}
"""Columns of tables that hold ids of what may be the same as something else."""


def _with_same(same: Same, part: Arrow, name: str) -> pa.Table:
    """One table of a part in which what is the same has one id (an edit of a corpus)."""
    table = part[name]
    for column in _IDS.get(name, ()):
        place = table.schema.get_field_index(column)
        ids = [same.get(one, one) for one in table[column].to_pylist()]
        table = table.set_column(place, table.schema.field(place), pa.array(ids, pa.string()))
    if "event_id" not in _IDS.get(name, ()):
        return table
    return _each_once(in_order(name, table)) if name == "event_roles" else table


def _each_once(roles: pa.Table) -> pa.Table:
    """The roles without those that an article tells twice of what is one event now."""
    keys = list(zip(*(roles[name].to_pylist() for name in load("event_roles").primary_key), strict=True))
    first = [number for number, key in enumerate(keys) if not number or key != keys[number - 1]]
    return roles.take(first) if len(first) < len(keys) else roles
