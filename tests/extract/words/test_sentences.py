"""Sentences: one definition of where they end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.words.sentences import Sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("社工来了。老人笑了！", ["社工来了。", "老人笑了！"]),
        ("他说：“好。”大家都笑。", ["他说：“好。”", "大家都笑。"]),
        ("标题\n\n第一段", ["标题\n\n", "第一段"]),
        ("真的吗？！真的", ["真的吗？！", "真的"]),
        ("（全文完。）", ["（全文完。）"]),
    ],
)
def test_a_sentence_ends_behind_its_mark_and_what_closes_with_it(text: str, sentences: list[str]) -> None:
    of = Sentences(text)
    found = dict.fromkeys(text[slice(*of.around(place))] for place in range(len(text)))
    assert list(found) == sentences


@given(st.text("甲乙。！？”）\n", min_size=1, max_size=30))
def test_the_sentences_of_a_text_are_the_whole_of_it(text: str) -> None:
    of = Sentences(text)
    spans = sorted({of.around(place) for place in range(len(text))})
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(of.are_one(start, end - 1) and of.start(end - 1) == start for start, end in spans)
