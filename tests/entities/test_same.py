"""Entities of several articles that are one, and the laws that hold of joining them."""

from __future__ import annotations

import random
from functools import cache

import pyarrow as pa

from flows.arrow_rows import concat, to_arrow
from flows.corpus import Corpus
from flows.document import Tables
from flows.entities.bodies import identify
from flows.entities.same_bodies import same_bodies
from flows.entities.same_persons import same_persons
from flows.entities.told import Told, told_of
from flows.entities.whole import with_whole
from flows.schema import OF_CORPUS, TABLES
from tests.entities.corpus import page
from tests.entities.labelled import pages_of, text_of
from tests.entities.test_whole import cut

KEPT = 0.995
JOINED = (*OF_CORPUS, "organizations", "people", "event_roles", "events")


def told(*names: tuple[str, str | None]) -> dict[str, Told]:
    """Entities by names, each in an article about a region."""
    found: dict[str, Told] = {}
    for name, place in names:
        body = identify(name, None, place)
        assert body is not None
        if body.entity_id in found:
            found[body.entity_id] += told_of(body)
        else:
            found[body.entity_id] = told_of(body)
    return found


def count(*names: tuple[str, str | None]) -> int:
    """How many bodies these names are."""
    found = told(*names)
    same = same_bodies(found)
    return len({same.get(one, one) for one in found})


def test_a_name_without_region_is_that_of_its_city() -> None:
    full, other = ("苏州市姑苏区暖邻社会工作服务中心", None), ("洛阳市暖邻社会工作服务中心", None)
    assert count(full, ("暖邻社会工作服务中心", "320500")) == 1
    assert count(full, other, ("暖邻社会工作服务中心", "410300")) == 2
    assert count(full, ("暖邻社会工作服务中心", "410300")) == 2


def test_a_station_without_county_is_that_of_the_one_county_of_the_city() -> None:
    there = ("南京市鼓楼区湖南路街道社工站", None)
    assert count(there, ("湖南路街道社工站", "320100")) == 1
    assert count(there, ("湖南路街道社工站", "410300")) == 2
    assert count(("武都区城关镇社工站", None), ("宕昌县城关镇社工站", None), ("城关镇社工站", "621200")) == 3


def test_a_foundation_is_one_in_the_country_unless_two_bear_its_name() -> None:
    open_, here, there = ("明川公益基金会", "510100"), ("四川省明川公益基金会", None), ("江苏明川公益基金会", None)
    assert count(open_, ("明川公益基金会", "320500"), ("明川公益基金会", None)) == 1
    assert count(here, ("四川明川公益基金会", None), open_) == 1
    assert count(here, there, open_) == 2
    assert count(here, there, ("明川公益基金会", "410300")) == 3


def person(entity: str, name: str, region: str | None, *bodies: str, beside: tuple[str, ...] = ()) -> tuple[str, Told]:
    made = Told("person", name, region)
    made.bodies.update(bodies)
    made.beside = set(beside)
    return entity, made


def test_persons_are_one_by_what_they_share() -> None:
    bodies = told(("苏州市民政局", None), ("苏州市暖邻社会工作服务中心", None))
    bureau, agency = bodies
    found = bodies | dict([
        person("p-1", "沈佳音", "320500", bureau), person("p-2", "沈佳音", "320508"),
        person("p-3", "沈佳音", "410300"), person("p-4", "沈佳音", "440300", beside=(agency,)),
        person("p-5", "沈佳音", "320508", agency),
    ])  # fmt: skip
    same = same_persons(found, {})
    assert same.get("p-4", "p-4") == same.get("p-5", "p-5")  # an article beside the agency, and one of the agency
    assert "p-3" not in same  # of another city


def test_two_bodies_have_two_persons_of_one_name() -> None:
    bodies = told(("苏州市民政局", None), ("太仓市民政局", None))
    city, county = bodies
    found = bodies | dict([person("p-1", "顾明远", "320500", city), person("p-2", "顾明远", "320585", county)])
    assert same_persons(found, {}) == {}


@cache
def cleaned() -> tuple[Tables, ...]:
    pages = [one for name in ("labelled", "further") for one in pages_of(name)]
    return tuple(page(f"{number:03d}.txt", text_of(one)) for number, one in enumerate(pages))


def arrow(without: frozenset[int] = frozenset()) -> dict[str, pa.Table]:
    made = [one for number, one in enumerate(cleaned()) if number not in without]
    rows: Tables = {name: [row for one in made for row in one.get(name, ())] for name in TABLES}
    return concat([{name: to_arrow(name, found) for name, found in rows.items()}])


def test_joins_are_the_same_however_the_corpus_is_cut_and_when_made_again() -> None:
    whole = with_whole(Corpus.of(arrow()))
    parts, again = with_whole(cut(arrow(), 5)), with_whole(whole)
    assert all(whole[name].equals(parts[name]) for name in JOINED)
    assert all(whole[name].equals(again[name]) for name in JOINED)


def test_an_article_counts_once_for_an_entity_that_it_names_twice() -> None:
    text = "苏州市暖邻协会更名为苏州市暖邻联合会\n\n经批准，苏州市暖邻协会更名为苏州市暖邻联合会，会员单位共三十家。\n"
    made = page("a.txt", text)
    rows = with_whole(Corpus.of({name: to_arrow(name, made.get(name, [])) for name in TABLES}))["entities"].to_pylist()
    assert [(row["name"], row["article_count"]) for row in rows] == [("苏州市暖邻联合会", 1)]


def test_ids_stand_when_a_twentieth_of_the_pages_go() -> None:
    before = with_whole(Corpus.of(arrow()))["entities"]
    old = set(before["entity_id"].to_pylist())
    told_still = kept = 0
    for seed in range(3):
        gone = random.Random(seed).sample(range(len(cleaned())), len(cleaned()) // 20)
        after = with_whole(Corpus.of(arrow(frozenset(gone))), before)
        new, changes = set(after["entities"]["entity_id"].to_pylist()), after["entity_changes"].to_pylist()
        assert {row["old_id"] for row in changes} == old - new
        unnamed = {row["old_id"] for row in changes if row["outcome"] == "gone"}
        told_still, kept = told_still + len(old - unnamed), kept + len(old & new)
    assert kept / told_still >= KEPT
