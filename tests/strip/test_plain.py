"""The second view of a page, and what its distance from the layout says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flows.clean import STEPS, to_rows
from flows.document import Page
from flows.strip import strip_boilerplate
from flows.strip.judge import Judged, judge_lines
from flows.strip.lines import rule_form, split_lines
from flows.strip.model import Weighed
from flows.strip.plain import plain_lines
from flows.strip.rules import rule_book
from flows.suspicion.score import needs_a_look
from flows.text import Text
from tests.pages import document

MENU = ["首页", "新闻", "公告", "专题", "互动"]
STORY = [
    "青禾社工站服务独居老人",
    "3月2日，青禾社工站的社工走进白石社区，看望了三十位独居老人，为他们送去了生活用品。",
    "老人们说，青禾社工站的社工每次来都会陪他们聊天，独居的日子因此多了许多温暖，大家都盼着下一次见面。",
    "社工站负责人林小满表示，今后每个月都会安排社工上门，帮助老人解决生活中遇到的各种困难。",
]
FOOT = ["相关链接", "云溪社区开展普法宣传", "松岗社工站招募志愿者", "版权所有：青禾网"]
PAGE = [*MENU, *STORY, *FOOT]


def judged_of(lines: Sequence[str]) -> list[Judged]:
    text = "\n".join(lines)
    return judge_lines(split_lines(Text.of(text), ()), rule_form(text), rule_book())


def cleaned(lines: Sequence[str], story: Sequence[str], is_story: bool = True) -> Page:
    """The page as it comes out where the trees are sure that `story`, and nothing else, is one."""

    def weigh(judged: Sequence[Judged], form: str, stated: str | None) -> Weighed:
        odds = np.array([4000 if one.chars in story else -4000 for one in judged], dtype=np.int32)
        return Weighed(odds, 5000 if is_story else -5000, 95 if is_story else 5)

    page = Page(raw := document("\n".join(lines)), Text.of(raw.text))
    for step in STEPS:
        page = strip_boilerplate(page, weigh=weigh) if step is strip_boilerplate else step(page)
    return page


def test_the_story_of_a_plain_page_is_seen() -> None:
    held = plain_lines(judged := judged_of(PAGE), None)
    assert [one.chars for one, is_held in zip(judged, held, strict=True) if is_held] == STORY[1:]


def test_a_page_of_headlines_holds_no_story_in_either_view() -> None:
    assert not any(plain_lines(judged_of([*MENU, *FOOT, "松岗社区端午包粽子", "白石街道慰问老人"]), None))


def test_two_views_that_agree_say_nothing() -> None:
    page = cleaned(PAGE, STORY)
    assert page.doubt is not None
    assert page.doubt.view == 0
    assert page.doubt.verdict < 0.05


def test_a_notice_that_the_trees_take_for_the_story_parts_the_views() -> None:
    notices = [
        "本栏目欢迎读者来信，讲讲身边的社工故事，来信一经采用，我们会寄去一份小礼物。",
        "来信请寄云溪路一号，信封上注明栏目名称。",
    ]
    page = cleaned([*MENU, *STORY, *FOOT[:3], *notices], notices)
    assert page.doubt is not None
    assert page.doubt.view > 0.3
    row = to_rows(page)["documents"][0]
    assert any(code.startswith("views_differ:") for code in row["suspicions"])


def test_a_story_that_the_trees_refuse_needs_a_look() -> None:
    story = [line for line in STORY if "。" in line]
    links = [
        f"{place}社工站{what}"
        for place in ("云溪", "松岗", "白石")
        for what in ("开展普法宣传活动", "招募暑期志愿者", "走访困难家庭", "总结全年工作")
    ]
    page = cleaned(["欢迎", *story, "相关链接", *links], [], is_story=False)
    assert page.reason
    row = to_rows(page)["documents"][0]
    assert "rejected_by_one:100" in row["suspicions"]
    assert needs_a_look(row["suspicion"])


@given(st.lists(st.sampled_from([*PAGE, "分享到：微信 微博", "2024-03-19 09:30", "责任编辑：李四"]), max_size=25))
def test_what_a_rule_takes_is_never_held(lines: list[str]) -> None:
    judged = judged_of(lines)
    held = plain_lines(judged, None) if judged else []
    assert len(held) == len(judged)
    assert not any(is_held and one.kind is not None for one, is_held in zip(judged, held, strict=True))
