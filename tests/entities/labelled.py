"""Articles whose names were labelled by hand with what they mean, and the ids that a corpus of them gives these names.

A page is made as one that is read: a title, a line with its source, the text. A name is looked up as the article's rows
have it (in Simplified script, without quotes): among its bodies and persons, else among the aliases of its entities,
else as the end of a longer name of which it is the short form.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import pyarrow as pa

from flows.arrow_rows import concat, to_arrow
from flows.chinese import opencc_dictionary
from flows.corpus import Corpus
from flows.document import Row, Tables
from flows.entities.whole import with_whole
from flows.schema import TABLES
from flows.state import PROJECT
from flows.yaml_files import read_yaml
from tests.entities.corpus import page

_QUOTES = str.maketrans("", "", "“”《》")


class Labelled(NamedTuple):
    """A name in an article: what it means, the id that it has in the corpus, and whether the article has it at all."""

    page: int
    name: str
    means: str
    entity: str | None
    found: bool


def pages_of(name: str) -> list[Row]:
    return list(read_yaml(PROJECT / "tests" / "entities" / f"{name}.yaml"))


def text_of(one: Row) -> str:
    source = f"来源：{one['publisher']}\n" if "publisher" in one else ""
    return f"{one['title']}\n{source}\n{one['text']}\n"


def tables_of(pages: list[Row]) -> dict[str, pa.Table]:
    """The tables of a corpus of these pages, with those of the whole of it."""
    made = [page(f"{number:03d}.txt", text_of(one)) for number, one in enumerate(pages)]
    rows: Tables = {name: [row for one in made for row in one.get(name, ())] for name in TABLES}
    corpus = with_whole(Corpus.of(concat([{name: to_arrow(name, found) for name, found in rows.items()}])))
    return {name: corpus[name] for name in TABLES}


def plain(name: str) -> str:
    forms = opencc_dictionary("TSCharacters")
    return "".join(forms.get(letter, (letter,))[0] for letter in name).translate(_QUOTES)


def mentions_of(name: str) -> list[Labelled]:
    """Each labelled name of a set, in order."""
    pages = pages_of(name)
    tables = tables_of(pages)
    paths = {row["document_id"]: int(row["path"][:3]) for row in tables["documents"].to_pylist()}
    aliases = {row["entity_id"]: [row["name"], *row["aliases"]] for row in tables["entities"].to_pylist()}
    ids: list[dict[str, str | None]] = [{} for _ in pages]
    for table, column, key in (
        ("organizations", "name", "organization_id"),
        ("people", "organization", "organization_id"),
        ("event_roles", "organization", "organization_id"),
        ("people", "name", "person_id"),
    ):
        for row in tables[table].to_pylist():
            if row[column] is not None:
                of_page = ids[paths[row["article_id"][:16]]]
                of_page[plain(row[column])] = of_page.get(plain(row[column])) or row[key]
    found = []
    for number, one in enumerate(pages):
        for written, means in one["means"].items():
            entity, is_there = look_up(plain(written), ids[number], aliases)
            found.append(Labelled(number, written, means, entity, is_there))
    return found


def look_up(name: str, ids: dict[str, str | None], aliases: dict[str, list[str]]) -> tuple[str | None, bool]:
    """The id of a name in an article, and whether its rows or its entities have the name."""
    if name in ids:
        return ids[name], True
    called = sorted({one for one in ids.values() if one and name in map(plain, aliases[one])})
    if len(called) == 1:
        return called[0], True
    longer = [full for full in ids if full.endswith(name)]
    return (ids[min(longer, key=len)], True) if longer else (None, False)


def agreement(found: list[Labelled]) -> tuple[float, float]:
    """Pairwise precision and recall: of the pairs of names that have one id those that mean one, and of the pairs that
    mean one those that have one id."""
    right = said = meant = 0
    for one, other in combinations(found, 2):
        same, together = one.means == other.means, one.entity is not None and one.entity == other.entity
        right, said, meant = right + (same and together), said + together, meant + same
    return right / said, right / meant
