from ahocorasick_rs import AhoCorasick
from hypothesis import given
from hypothesis import strategies as st

from flows.extract.words.gazetteer import gazetteer
from flows.extract.words.organizations import lexicon
from flows.extract.words.scan import scan
from flows.extract.words.themes import theme_terms

WORDS = [*theme_terms()[:40], *lexicon().endings[:40], *gazetteer().names[:40], "和", "，", "市", "局"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)


@given(TEXTS)
def test_one_search_finds_what_a_search_of_each_kind_finds(text: str) -> None:
    found = scan(text)
    assert found.regions == gazetteer().automaton.find_matches_as_indexes(text)
    assert found.endings == lexicon().machine.find_matches_as_indexes(text)
    assert found.themes == AhoCorasick(theme_terms()).find_matches_as_indexes(text, overlapping=True)


def test_the_longest_word_hides_those_in_it() -> None:
    found = scan("江苏省南京市鼓楼区").regions
    assert [(start, end) for _, start, end in found] == [(0, 3), (3, 6), (6, 9)]
