"""Damage and repair: what a mirror site did to a page is undone, or flagged."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.chinese import opencc_dictionary, to_traditional
from flows.normalize.damage import repair_damage
from flows.normalize.gbk import expectation
from tests.normalize.mirror import damage
from tests.normalize.pages import assert_conserved, page_of

TEXT = to_traditional(
    "为进一步发挥社会工作专业优势，县民政局近日举办乡镇社工站负责人培训班，来自各乡镇的社工参加了学习。\n"
    "会议指出，要建设一支专业队伍，强化督导机制，统筹社区资源，帮助困难群众解决实际问题。\n"
    "据了解，该县已建成十二个社工站，联系服务对象三千余人，居民对服务表示满意。\n"
    "项目负责人介绍，团队将围绕养老、助残、儿童关爱等领域，开展个案、小组和社区活动。\n"
    "当地党委政府勇担职责，与志愿者协会签订协议，为农村留守儿童补贴学费，实现应补尽补。\n"
)
FORMS = {new[0] for old, new in opencc_dictionary("STCharacters").items() if new[0] != old}
CHARACTERS = sorted(form for form in FORMS if expectation(form) >= 2 and form.encode("gbk", "ignore"))
SENTENCES = TEXT.splitlines(keepends=True)

texts = st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=12).map("".join)
lists = st.one_of(
    st.lists(st.sampled_from(sorted(set(TEXT) & set(CHARACTERS))), min_size=3, max_size=60, unique=True),
    st.lists(st.sampled_from(CHARACTERS), min_size=200, max_size=1500, unique=True),
)


@settings(max_examples=60)
@given(texts, lists)
def test_repair_gives_the_text_back_or_a_flag(text: str, listed: list[str]) -> None:
    page = repair_damage(page_of(damage(text, listed)))
    assert_conserved(page)
    if page.text.chars == text or page.text.chars == page.raw.text:
        return
    assert any(flag.startswith("unrepaired_damage") for flag in page.flags)
    for kind, a, b, x, y in SequenceMatcher(None, text, page.text.chars, autojunk=False).get_opcodes():
        assert (
            kind == "equal"
            or "?" in page.text.chars[x:y]
            or not text[a:b].strip()
            or "?" in page.text.chars[x - 1 : y + 1]
        )


def test_all_of_a_mirrors_list_is_repaired() -> None:
    page = repair_damage(page_of(damage(TEXT, sorted(set(TEXT) & set(CHARACTERS)))))
    right = sum(
        block.size for block in SequenceMatcher(None, TEXT, page.text.chars, autojunk=False).get_matching_blocks()
    )
    assert right >= 0.99 * len(TEXT)


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("當(dāng)?shù)攸h委開(kāi)展社會(huì)工作", "當地黨委開展社會工作"),
        ("社工勇?lián)\ue311殬I(yè)責(zé)任，專(zhuān)業(yè)服務(wù)", "社工勇擔職業責任，專業服務"),
        ("機(jī)構(gòu)導(dǎo)航 標(biāo)題導(dǎo)航", "機構導航 標題導航"),
        ("當(dāng)\ufffd(shù)攸h委開(kāi)展社會(huì)工作", "當地黨委開展社會工作"),
    ],
)
def test_known_breaks(damaged: str, clean: str) -> None:
    page = repair_damage(page_of(damaged))
    assert page.text.chars == clean
    assert_conserved(page)


@pytest.mark.parametrize(
    "text",
    [
        "甪(lù)直古鎮舉辦社會工作宣傳活動，甪直居民參與。",
        "「銀行」的「行」讀(háng)，「行(xíng)走」的行不同；行(háng)業讀音見詞典。",
        "床(chuáng)前(qián)明(míng)月(yuè)光(guāng)，疑(yí)是(shì)地(dì)上(shàng)霜(shuāng)。",
        "甪(lù)直镇举办社会工作宣传活动，亳(bó)州、歙(shè)县参加。",
        "協會(huì)議舉行，會議由協會主辦，與會者認為會議很好。",
        "全程五(km)公里，成績(good)。",
    ],
)
def test_a_gloss_stays(text: str) -> None:
    page = repair_damage(page_of(text))
    assert page.text.chars == text
    assert page.flags == ()


def test_removals_name_their_kind() -> None:
    page = repair_damage(page_of("當(dāng)?shù)攸h委開(kāi)展社會(huì)工作"))
    kinds = {page.raw.text[r.raw_start : r.raw_end]: r.kind for r in page.removals}
    assert kinds == {
        "(dāng)": "annotation",
        "shù)": "annotation",
        "h": "repair",
        "(kāi)": "annotation",
        "(huì)": "annotation",
    }
