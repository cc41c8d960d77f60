"""Which stretches of likely lines are story."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from flows.read.reader import read_bytes
from flows.strip import strip_boilerplate
from flows.strip.bodies import find_bodies, without_others
from flows.strip.judge import judge_lines
from flows.strip.lines import rule_form, split_lines
from flows.strip.rules import rule_book
from tests.layout.pages import until_strip
from tests.pages import SOURCE, STORY, TITLE, page
from tests.strip.test_strip import kept

LINKS = [
    f"{place}社工站{what}" for place in ("云溪", "松岗", "白石") for what in ("招募志愿者", "走访困难家庭", "总结工作")
]
BLURB = "另一个社工站上个月也开了门，居民可以来喝茶、看书，也可以请社工帮忙写信。"


def bodies_of(lines: Sequence[str], odds: Sequence[int]) -> list[tuple[int, int]]:
    judged = judge_lines(split_lines(page(*lines).text), rule_form("\n".join(lines)), rule_book())
    return find_bodies(judged, np.array(odds, dtype=np.int32))


def test_a_doubtful_paragraph_far_from_the_story_is_none_of_it() -> None:
    lines = [*STORY, *LINKS, BLURB]
    odds = [4000] * len(STORY) + [-5000] * len(LINKS) + [300]
    assert bodies_of(lines, odds) == [(0, len(STORY))]


def test_a_likely_one_is_and_so_is_a_doubtful_one_near_it() -> None:
    lines = [*STORY, *LINKS, BLURB]
    odds = [4000] * len(STORY) + [-5000] * len(LINKS) + [3500]
    assert bodies_of(lines, odds)[-1] == (len(lines) - 1, len(lines))
    near = [*STORY, *LINKS[:3], BLURB]
    odds = [4000] * len(STORY) + [-5000] * 3 + [300]
    assert bodies_of(near, odds)[-1] == (len(near) - 1, len(near))


def test_a_last_paragraph_in_an_element_of_its_own_belongs_to_those_of_its_sort() -> None:
    items = [f"{number}、{text}" for number, text in zip("一二三", ("听取报告", "讨论方案", "推选代表"), strict=True)]
    last = "因故不能参加的代表，请于3月14日前向所在社区请假，并可书面提交意见。"
    rows = "".join(f"<div>{text}</div>" for text in (STORY[0], *items, last))
    markup = f"<html><body><h1>{TITLE}</h1><p>{SOURCE}</p><div class='nr'>{rows}</div></body></html>"
    assert last in kept(strip_boilerplate(until_strip(read_bytes(markup.encode(), "page.html"))))


def test_another_story_behind_what_announces_others_is_none_of_the_page() -> None:
    lines = [f"{TITLE} - 青禾网", TITLE, SOURCE, STORY[0], "相关阅读", *LINKS[:8], *STORY[1:]]
    judged = judge_lines(split_lines(page(*lines).text), rule_form("\n".join(lines)), rule_book())
    far = len(lines) - len(STORY[1:])
    assert without_others(judged, [(3, 4), (far, len(lines))], 1) == [(3, 4)]
    parted = [*lines[:4], *LINKS, *STORY[1:]]
    judged = judge_lines(split_lines(page(*parted).text), rule_form("\n".join(parted)), rule_book())
    far = len(parted) - len(STORY[1:])
    assert without_others(judged, [(3, 4), (far, len(parted))], 1) == [(3, 4), (far, len(parted))]


def test_several_doubtful_rows_do_not_part_a_story() -> None:
    rows = [f"成人票{number}0元" for number in range(1, 6)]
    lines = [*STORY[:2], *rows, *STORY[2:]]
    between = [4000, 4000, *([-1000] * 5), *([4000] * len(STORY[2:]))]
    assert bodies_of(lines, between) == [(0, len(lines))]
    assert len(bodies_of(lines, [odds if odds > 0 else -2000 for odds in between])) == 2
