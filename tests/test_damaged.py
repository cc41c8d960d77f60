"""Damage that stays shows on the article, and not in its facts."""

from __future__ import annotations

import pytest

from flows.document import Tables
from flows.flags import flags_of
from tests.pages import FOOT, STORY, TITLE, cleaned

NAMED = "青禾区民政局局长林小满说，全区共有持证社工120名。青禾区社工协会会长王大可说，今年还会有更多人报考。"


def names(tables: Tables) -> set[str]:
    return {row["name"] for row in tables["people"]}


def test_facts_in_sound_text_stay() -> None:
    tables = cleaned(TITLE, *STORY, NAMED)
    assert names(tables) >= {"林小满", "王大可"}
    assert tables["articles"][0]["flags"] == []


@pytest.mark.parametrize("lost", "\ufffd\ue0aa")
def test_a_fact_that_damage_touches_is_withheld_and_the_others_stay(lost: str) -> None:
    cited = "依据《青禾区社工服务办法》和《青禾区志愿服务办法》，今年的工作已经开始。"
    damaged = cited.replace("社工服务", f"社{lost}服务")
    tables = cleaned(TITLE, *STORY, NAMED, damaged)
    (article,) = tables["articles"]
    place = "\n".join([TITLE, *STORY, NAMED, damaged]).index(lost)
    code = "lost_character" if lost == "\ufffd" else "private_use"
    assert article["flags"] == flags_of([f"{code}@{place}", "withheld:citations:1"])
    assert [row["title"] for row in tables["citations"]] == ["青禾区志愿服务办法"]
    assert names(tables) == names(cleaned(TITLE, *STORY, NAMED, cited))


def test_damage_outside_of_a_story_is_the_pages_alone() -> None:
    tables = cleaned("首页 \ue0aa", TITLE, *STORY, NAMED, *FOOT)
    assert tables["documents"][0]["flags"] == [{"code": "private_use", "details": "1"}]
    assert tables["articles"][0]["flags"] == []


def test_of_two_stories_only_the_damaged_one_is_flagged() -> None:
    second = ["白石镇社工站揭牌 为居民提供专业服务", "近日，白石镇社工站揭牌，四名社工入\ufffd，为居民提供服务。"]
    tables = cleaned(TITLE, *STORY, "（据青禾日报）", "", *second, "（白石镇供稿）")
    flags = [[flag["code"] for flag in row["flags"]] for row in tables["articles"]]
    assert flags == [[], ["lost_character"]]


def test_many_places_are_counted() -> None:
    (article,) = cleaned(TITLE, *STORY, "社工\ufffd，" * 5000 + "很好。")["articles"]
    assert {"code": "lost_character", "details": "more:4980"} in article["flags"]
