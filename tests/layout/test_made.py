"""Pages made for training: their lines, and what they teach."""

from __future__ import annotations

import random

import numpy as np
import pytest

from flows.strip.judge import judge_lines
from flows.strip.lines import rule_form, split_lines
from flows.strip.rules import rule_book
from tests.layout.built import INDEXES, SHARE, STORIES, built
from tests.layout.drafts import drafts_of, parts_of
from tests.layout.folded import best_likeness, fold, grams
from tests.layout.listings import listings
from tests.layout.pages import Sheet, in_first_post, shares_told, weights
from tests.layout.recombine import recombined
from tests.layout.shapes import shaped
from tests.pages import FOOT, MENU, SOURCE, STORY, TAIL, TITLE, page

LINES = [f"{TITLE}_青禾网", *MENU, TITLE, SOURCE, *STORY, *TAIL, *FOOT]


def sheet(site: str = "example.cn") -> Sheet:
    text = page(*LINES).text
    judged = judge_lines(split_lines(text), rule_form(text.chars), rule_book())
    told = shares_told([fold(one.chars) for one in judged], fold("".join(STORY)))
    return Sheet("page", frozenset([site]), text.chars, judged, told, weights(judged, told, whole=True))


def test_lines_of_the_reference_are_told_and_others_are_not() -> None:
    found = sheet()
    assert [one.chars for one, share in zip(found.judged, found.told, strict=True) if share > 0.5] == STORY
    assert np.isclose(found.weight.sum(), 1.0)


def test_a_line_out_of_order_is_told_once() -> None:
    assert shares_told(["甲乙丙丁戊己庚", "子丑寅卯辰巳午"], "子丑寅卯辰巳午甲乙丙丁戊己庚").tolist() in (
        [1, 0],
        [0, 1],
    )


def test_parts_of_a_page_are_its_lines_in_order() -> None:
    found = sheet()
    parts = parts_of(found)
    assert parts is not None
    assert [line.chars for line in (*parts.before, *parts.story, *parts.behind)] == LINES
    assert parts.title is not None
    assert parts.title.chars == TITLE
    assert [line.chars for line in drafts_of(found)] == LINES


def test_made_pages_are_the_same_from_the_same_seed_and_hold_a_story() -> None:
    parts = [part for site in ("a.cn", "b.cn") if (part := parts_of(sheet(site))) is not None]
    first, again = (recombined(parts, 12, 5, {"a.cn": 0, "b.cn": 1}.__getitem__) for _ in range(2))
    assert [one.text for one in first] == [one.text for one in again]
    for one in first:
        assert one.told.max() >= 0.5
        assert len(one.told) == len(one.judged)
        assert (one.weight[[line.kind is not None for line in one.judged]] == 0).all()


def test_lists_tell_nothing() -> None:
    parts = [part for site in ("a.cn", "b.cn") if (part := parts_of(sheet(site))) is not None]
    for one in listings(parts, 12, 5, {"a.cn": 0, "b.cn": 1}.__getitem__):
        assert not one.story
        assert not one.told.any()


@pytest.mark.parametrize("form", ["text", "html"])
def test_pages_of_invented_sites_are_the_same_from_the_same_seed_and_tell_their_story(form: str) -> None:
    parts = [part for n in range(5) if (part := parts_of(sheet(f"{n}.cn"))) is not None]
    folds = {f"{n}.cn": n % 2 for n in range(5)}
    first, again = (built(parts, 9, 4, folds.__getitem__, form, STORIES) for _ in range(2))
    assert [one.text for one in first] == [one.text for one in again]
    for one in first:
        assert one.told.max() >= 0.5
        assert one.told.min() < 0.5
        assert np.isclose(one.weight.sum(), SHARE)
        assert (one.judged[0].block is not None) == (form == "html")
    for one in built(parts, 9, 4, folds.__getitem__, form, INDEXES):
        assert not one.told.any()
        assert not one.story


def test_replies_of_a_thread_teach_nothing() -> None:
    lines = [TITLE, "老周", *STORY, "支持", "2楼", "阿朵", "1小时前", *[text + "说得好。" for text in STORY], "回复"]
    judged = judge_lines(split_lines(page(*lines).text), rule_form("\n".join(lines)), rule_book())
    told = np.array([float(one.chars in STORY or one.chars.endswith("说得好。")) for one in judged])
    kept = [
        one.chars
        for one, first in zip(
            (one for one, t in zip(judged, told, strict=True) if t), in_first_post(judged, told), strict=True
        )
        if first
    ]
    assert kept == STORY


def test_shapes_are_made_of_a_story_s_words() -> None:
    for seed in range(40):
        name, lines = shaped(random.Random(seed), STORY)
        assert lines, name
        assert all(isinstance(line, str) for line in lines)


def test_the_likeness_of_a_text_to_itself_is_one() -> None:
    text = "".join(STORY)
    assert best_likeness([(TITLE, "", text)], grams(fold(text))) == (1.0, 1.0, 1.0)
    assert best_likeness([(TITLE, "", text)], grams(fold(TITLE + text))) == (1.0, 1.0, 1.0)
