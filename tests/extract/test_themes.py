from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.themes import find_themes, themes_of
from flows.extract.topic import find_topic, is_on_topic
from flows.extract.words.reading import Reading
from flows.extract.words.themes import alternatives
from flows.vocabulary import load_vocabulary

THEMES = load_vocabulary("themes")["themes"]


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme["id"])
def test_examples_earn_their_theme(theme: dict[str, Any]) -> None:
    for example in theme["examples"]:
        assert theme["id"] in themes_of(find_themes(Reading(f"近日，{example}。", example)))


def test_one_passing_mention_earns_nothing() -> None:
    assert find_themes(Reading("她说，助人自助。\n她曾捐赠过一本书。", "社工的一天")) == []


def test_title_earns_what_the_text_mentions_once() -> None:
    text = "她很忙。\n捐赠的书到了。"
    assert find_themes(Reading(text, "爱心捐赠")) == [{"theme": "charity", "start": 5, "end": 7}]
    assert find_themes(Reading("她很忙。", "爱心捐赠")) == []


def test_three_mentions_earn_a_theme() -> None:
    assert themes_of(find_themes(Reading("她来了。\n培训、培训、培训。", "见闻"))) == ["training"]


def test_longest_term_is_the_evidence() -> None:
    text = "乡镇社会工作服务站揭牌。"
    rows = [row for row in find_themes(Reading(text)) if row["theme"] == "social_work_stations"]
    assert [text[row["start"] : row["end"]] for row in rows] == ["社会工作服务站"]


def test_braces_hold_alternatives() -> None:
    assert list(alternatives("社{工,会工作}{,服务}站")) == ["社工站", "社工服务站", "社会工作站", "社会工作服务站"]


@given(st.text(st.sampled_from("五社联动禁毒戒社工站志愿服务者培训班，。\n"), max_size=60))
def test_spans_are_sorted_and_hold_text(text: str) -> None:
    rows = find_themes(Reading(text))
    assert rows == sorted(rows, key=lambda row: (row["theme"], row["start"]))
    assert all(0 <= row["start"] < row["end"] <= len(text) for row in rows)


def test_what_is_on_topic_tells_where_its_text_says_so() -> None:
    text = "县里建起社工站。\n站里的社工走村入户。"
    rows = find_topic(Reading(text))
    assert [(row["theme"], text[row["start"] : row["end"]]) for row in rows] == [
        ("social_work", "社工站"),
        ("social_work", "社工"),
    ]
    assert find_topic(Reading("路修好了。\n一名社工路过。")) == []
    assert is_on_topic(Reading("路修好了。", "社工的一天"))
    assert find_topic(Reading("路修好了。", "社工的一天")) == []
