"""A reading: what its finders ask for is found once, and what is told of the article later does not spoil it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from flows.extract.dates.mentions import dates_of
from flows.extract.events.find import find_events
from flows.extract.numbers.counts import counts_of
from flows.extract.organizations.mentions import mentions_of, organizations_of
from flows.extract.people.find import find_people
from flows.extract.regions.mentions import titled_mentions
from flows.extract.regions.surroundings import surroundings
from flows.extract.statistics.find import find_statistics
from flows.extract.words.reading import Reading
from flows.extract.words.scan import title_words, words_of

TEXT = (
    "3月5日，海安市民政局在市文化馆举办社工周启动仪式，120人参加。局长徐知说，全市持证社工1200人，去年新增80人。\n"
    "如东县慈善会会长陈存根介绍，到明年底社工站将增至26个。"
)


def region_in_the_end(reading: Reading) -> Any:
    return surroundings(reading).region_at(len(TEXT) - 5)


FINDERS = [
    *(words_of, title_words, counts_of, dates_of, mentions_of, organizations_of, titled_mentions),
    *(find_people, find_events, find_statistics, region_in_the_end),
]


def test_a_finder_is_asked_once() -> None:
    asked: list[str] = []

    def find(reading: Reading) -> int:
        asked.append(reading.text)
        return len(reading.text)

    reading = Reading("甲乙")
    assert [reading.once(find), reading.once(find), Reading("丙").once(find)] == [2, 2, 1]
    assert asked == ["甲乙", "丙"]


def test_what_depends_on_a_field_is_asked_again_where_it_changes() -> None:
    def find(reading: Reading) -> date | None:
        return reading.day

    reading = Reading("甲")
    assert reading.once(find) is None
    assert replace(reading, day=date(2024, 3, 5)).once(find) == date(2024, 3, 5)
    assert replace(reading, day=date(2024, 3, 5)).once(find, "text") == date(2024, 3, 5)
    assert reading.once(find, "text") == date(2024, 3, 5)  # it was told to depend on the text alone


@pytest.mark.parametrize("find", FINDERS)
@pytest.mark.parametrize(
    "told", [{"day": date(2021, 4, 6)}, {"region": "320600"}, {"title": "如东县社工站", "region": "320623"}]
)
def test_what_is_told_later_changes_what_depends_on_it(find: Callable[[Reading], Any], told: dict[str, Any]) -> None:
    reading = Reading(TEXT, "南通社工周启动")
    for other in FINDERS:
        other(reading)
    assert find(replace(reading, **told)) == find(Reading(TEXT, **{"title": reading.title, **told}))
