"""Traditional to Simplified: where, what, and how it differs from OpenCC."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from flows.chinese import opencc_dictionary
from flows.normalize.script import simplify, to_simplified
from flows.vocabulary import load_vocabulary
from tests.normalize.pages import assert_conserved, page_of

OPENCC = OpenCC("t2s")
PHRASES = sorted(opencc_dictionary("TSPhrases"))
OWN = load_vocabulary("script_phrases")
DIFFERENT = set("".join([*OWN["phrases"], *OWN["characters"], *[kept["character"] for kept in OWN["names"]["kept"]]]))
EXCEPT = DIFFERENT & set("沈乾藉剋氾脩蒐釐坏扞甯祕昇甦谿袷劄箚擡貍遶幷陞衞舖") | set("著「」『』﹁﹂﹃﹄")

pieces = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(sorted(opencc_dictionary("TSCharacters"))),
    st.sampled_from("，。的了 \n-a1我們社會工作"),
)


@given(st.lists(pieces, max_size=30).map("".join))
def test_equals_opencc_but_for_the_stated_differences(text: str) -> None:
    text = "".join(char for char in text if char not in EXCEPT)
    assert simplify(text) == OPENCC.convert(text)


@pytest.mark.parametrize("name", ["TSPhrases", "TSCharacters"])
@pytest.mark.parametrize("between", ["", "，", "社"])
def test_equals_opencc_over_its_whole_dictionary(name: str, between: str) -> None:
    entries = [entry for entry in opencc_dictionary(name) if EXCEPT.isdisjoint(entry)]
    lines = [between.join(entries[n : n + 40]) for n in range(0, len(entries), 40)]
    assert [simplify(line) for line in lines] == [OPENCC.convert(line) for line in lines]


@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=60))
def test_equals_opencc_on_random_characters(text: str) -> None:
    text = "".join(char for char in text if char not in EXCEPT)
    assert simplify(text) == OPENCC.convert(text)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("致力著手社區服務", "致力着手社区服务"),
        ("看著孩子們，接著說", "看着孩子们，接着说"),
        ("隨著名單公布", "随着名单公布"),
        ("成效顯著，意義顯著", "成效显著，意义显著"),
        ("顯著地提高", "显著地提高"),
        ("著名學者的名著與專著", "著名学者的名著与专著"),
        ("接著作出說明", "接着作出说明"),
        ("合著一書，配合著做", "合著一书，配合着做"),
        ("討論著新論著", "讨论着新论著"),
        ("他說「好」，又說『再見』", "他说“好”，又说‘再见’"),
        ("陳昇與盧象昇談昇華", "陈昇与卢象昇谈升华"),
        ("吳祕書保守祕密", "吴秘书保守秘密"),
        ("乾縣的葡萄乾", "乾县的葡萄干"),
        ("沈先生沈默、沈重", "沈先生沉默、沉重"),
    ],
)
def test_words_that_need_a_rule(traditional: str, simplified: str) -> None:
    assert simplify(traditional) == simplified


HANS = "乾县和於潜镇的社工张昇说，著力推进「五社联动」，显著提升服务质量。"
HANT = "乾縣的社會工作者說，著力推進「五社聯動」，顯著提升服務質量。"


def test_simplified_text_stays_as_it_is() -> None:
    page = to_simplified(page_of(HANS))
    assert (page.script, page.text.chars) == ("Hans", HANS)


def test_traditional_text_is_converted_and_aligned() -> None:
    page = to_simplified(page_of(HANT))
    assert (page.script, page.text.chars) == ("Hant", "乾县的社会工作者说，着力推进“五社联动”，显著提升服务质量。")
    assert_conserved(page)


def test_a_mixed_page_is_decided_by_line() -> None:
    page = to_simplified(page_of(f"{HANS}\n{HANT}\n{HANS}"))
    assert page.script == "mixed"
    assert page.text.chars.splitlines()[::2] == [HANS, HANS]
    assert page.text.chars.splitlines()[1].startswith("乾县的社会")


def test_simplified_forms_inside_a_converted_page_do_not_make_it_mixed() -> None:
    text = "志愿服務處負責社會工作，質量并重，納入目標范疇。\n志愿者\n臺灣與廣東兩地學者與會。"
    assert to_simplified(page_of(text)).script == "Hant"


def test_a_name_in_a_simplified_page_is_no_passage() -> None:
    text = "社会工作者为居民服务，张昇获奖。\n張昇\n於潛鎮"
    assert to_simplified(page_of(text)).text.chars == text


def test_ambiguous_characters_are_counted() -> None:
    page = to_simplified(page_of("社會學者乾了這杯，徵了兵，瞭解情況。"))
    assert page.flags == ("ambiguous_script:2",)


def test_text_without_chinese_is_hans() -> None:
    assert to_simplified(page_of("no Chinese")).script == "Hans"
