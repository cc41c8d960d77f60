"""Text one byte off behind a "?！"."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.chinese import to_traditional
from flows.clean import clean
from flows.normalize.damage import repair_damage
from tests.normalize.mirror import take_apart
from tests.normalize.pages import assert_conserved, page_of
from tests.pages import document

MIRRORED = "團(tuán)隊(duì)開(kāi)展鄉(xiāng)鎮(zhèn)活動(dòng)，團(tuán)隊(duì)隨(suí)後離(lí)開(kāi)。\n"
"""A line of a page that a mirror annotated."""

RESTORED = [
    "“社工是連接政府和行業的橋梁。”鄭州市長張某說，社工很重要。",
    "“養老難怎麼辦？”市民說。“要靠大家幫忙才行。”業界這樣說。",
    "某市民政局局長說。“十四五”期間發展很快。",
    "他說：“社工，是一門技術。”\n第二天，他去了銀行。",
    "《方案》指出,要加強建設。《方案》指出A類要加強投入.",
]


@pytest.mark.parametrize("text", RESTORED)
def test_where_one_answer_exists_the_text_is_as_it_was(text: str) -> None:
    page = repair_damage(page_of(MIRRORED + take_apart(text)))
    assert "?！" in page.raw.text
    assert page.text.chars.splitlines()[1:] == text.splitlines()
    assert not any(flag.startswith("unrepaired_damage") for flag in page.flags)
    assert_conserved(page)


def test_an_annotation_ends_a_run() -> None:
    text = "“社工,是一門技術。”鎮長說。"
    shown = take_apart(text.replace("鎮", "鎮(zhen)")).replace("?zhen", "?zhèn")
    assert "?zhèn)" in shown
    page = repair_damage(page_of(MIRRORED + shown))
    assert page.text.chars.splitlines()[1] == text
    assert_conserved(page)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("“社工是專業的工作，也是職業?！苯？,在某市東街道", "“社工是專業的工作，也是職業。”?,在某市東街道"),
        (take_apart("“蛟龍入海”創下了紀錄"), "“蛟龍入?”創下了紀錄"),
        (take_apart("來到上海、北京兩地"), "來到上?、北京兩地"),
        (take_apart("雙方以慶祝《條約》"), "雙方以慶?《條約》"),
    ],
)
def test_where_none_does_a_question_mark_stays_and_a_flag(shown: str, text: str) -> None:
    page = repair_damage(page_of(MIRRORED + shown))
    line = page.text.chars.splitlines()[1]
    assert line.startswith(text[:-4])
    place = len(MIRRORED) + shown.index("?！")
    flags = [int(flag.partition("@")[2]) for flag in page.flags if flag.startswith("unrepaired_damage@")]
    assert place <= min(flags) <= place + 4
    assert_conserved(page)


def test_a_long_run_is_known_on_a_page_without_other_damage() -> None:
    text = "“社工是连接政府和行业的桥梁。”郑州市民政局Abc说"
    assert repair_damage(page_of(take_apart(text))).text.chars == text
    short = "“社工,是一门科学技术。”業界"
    assert repair_damage(page_of(take_apart(short))).text.chars != short
    assert repair_damage(page_of(take_apart(f"{text}\n{short}"))).text.chars == f"{text}\n{short}"


@pytest.mark.parametrize("damaged", ["", MIRRORED])
@pytest.mark.parametrize(
    "text",
    [
        "“真的吗？！”他说，“本来以为要很久。”",
        "“真的嗎？！本來以為要很久”，他說。",
        "你看?！這就是我們的社工站！",
        "怎么回事?!好了?!",
        "怎么办？！",
    ],
)
def test_surprise_is_no_damage(text: str, damaged: str) -> None:
    page = repair_damage(page_of(damaged + text))
    assert page.text.chars.endswith(text)
    assert not any(flag.startswith("unrepaired") for flag in page.flags)


def test_a_restored_quotation_glues_no_paragraphs() -> None:
    first = "“社工是一種專業而科學的職業?！苯？,在某市東街道,社工站的社工們向廣大居民普及社工知識,傳遞社工精神。"
    second = "第二天起是該市社會工作集中宣傳期。各社工站紛紛通過辦講座等形式,提高百姓的知曉度。"
    (article,) = clean(document(f"某市開展社工宣傳\n\n{MIRRORED}\n{first}\n\n{second}"))["articles"]
    assert len(article["text"].split("\n")) == 3


SENTENCES = to_traditional(
    "“社工是连接政府和行业的桥梁。”郑州市长说。\n他说：“要帮助困难群众。”业内人士认为很好。\n"
    "会议通过了方案。《方案》要求抓好落实。\n“十四五”期间，服务不断扩大。“这很难得。”居民说。\n"
    "大家说，社工来了真好！“谢谢你们。”孩子们说。\n"
).splitlines(keepends=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8).map("".join))
def test_what_comes_back_is_the_text_or_a_question_mark(text: str) -> None:
    page = repair_damage(page_of(MIRRORED + take_apart(text)))
    assert_conserved(page)
    found = page.text.chars.partition("\n")[2]
    for kind, *_, start, end in SequenceMatcher(None, text, found, autojunk=False).get_opcodes():
        assert kind == "equal" or "?" in found[max(0, start - 1) : end + 1]
