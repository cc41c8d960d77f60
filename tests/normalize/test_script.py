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
NAMED = [kept["character"] for kept in OWN["names"]["kept"]]
VARIANTS = [pair[0] for pair in OWN["variants"].split()]
EXCEPT = {*OWN["characters"], *VARIANTS, *NAMED, *"著「」『』﹁﹂﹃﹄沈剋氾脩蒐釐坏覆畫么徬"}

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
        ("局長林乾松與督導高汎元到場，社工周文乾說明", "局长林乾松与督导高汎元到场，社工周文乾说明"),
        ("陳徵文學習徵文，應徵者陳鉅源獲鉅款", "陈征文学习征文，应征者陈钜源获巨款"),
        ("何時乾燥，楊桃乾、龍眼乾與李子乾，黃乾坤喝乾了江水", "何时干燥，杨桃干、龙眼干与李子干，黄乾坤喝干了江水"),
        ("覆診前覆核資料，覆蓋全市，反覆答覆", "复诊前复核资料，覆盖全市，反复答复"),
        ("姪兒暱稱阿明，手腳痺痛，坐在枱前搥背", "侄儿昵称阿明，手脚痹痛，坐在台前捶背"),
        ("規畫與計畫、繪畫，策畫畫展", "规划与计划、绘画，策划画展"),
        ("祇是說說，神祇在上", "只是说说，神祇在上"),
        ("藉著活動宣導，慰藉長者，聲名狼藉", "借着活动宣导，慰藉长者，声名狼藉"),
        ("妳家的老么暸解牠", "你家的老幺了解它"),
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


QUOTED = "社會工作者說，專業服務應當為弱勢羣體發聲。"


@pytest.mark.parametrize("marks", ["“”", "「」", "『』"])
def test_a_traditional_quotation_in_a_simplified_paragraph_is_converted(marks: str) -> None:
    text = f"论坛上，乾县来的张昇引用说：{marks[0]}{QUOTED}{marks[1]}与会者表示赞同，认为於潜镇做得很好。"
    page = to_simplified(page_of(f"{HANS}\n{text}"))
    assert simplify(marks[0] + QUOTED + marks[1]) in page.text.chars
    assert "乾县来的张昇引用说" in page.text.chars
    assert page.text.chars.endswith("与会者表示赞同，认为於潜镇做得很好。")
    assert_conserved(page)


def test_a_traditional_sentence_in_a_simplified_paragraph_is_converted() -> None:
    text = f"乾县的社会工作者为居民提供专业服务，受到欢迎。{QUOTED}这些话让张昇深受触动，对於潜镇的发展很有启发。"
    assert to_simplified(page_of(text)).text.chars == text.replace(QUOTED, simplify(QUOTED))


def test_a_simplified_quotation_in_a_traditional_paragraph_stays() -> None:
    quoted = "“乾县的张昇说，於潜镇应当为弱势群体发声。”"
    page = to_simplified(page_of(f"{HANT}社會工作者轉述說：{quoted}各界人士對這樣的觀點表示歡迎，並將繼續關注。"))
    assert quoted in page.text.chars


@pytest.mark.parametrize(
    "text",
    [
        "《說文》和《廣韻》里没有这个字，乾隆年间的《於潜县志》也没有记载。",
        "台湾大学（臺大）的林乾松、王汎森和张徵来访，乾县、於潜镇的社工张昇接待。",
        "他在商店买了祕鲁的葡萄干，覆盖着一层糖，姪子很喜欢。",
    ],
)
def test_names_and_single_characters_in_simplified_text_stay(text: str) -> None:
    assert to_simplified(page_of(f"{HANS}\n{text}")).text.chars == f"{HANS}\n{text}"
