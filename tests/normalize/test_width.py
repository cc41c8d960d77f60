"""Half and full width."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.normalize.width import fold, fold_width
from tests.normalize.pages import assert_conserved, page_of

UNCHANGED = [
    "1,000人和17:45:53",
    "比分3:5",
    "http://example.org/a?b=1,2;c:d",
    "This is an English line, with (one) word: 社工.",
    "f(x)=1, y=2",
    "Hello, world!",
    "他说：“好！！”",
    "温度12.5℃",
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_stays(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("2023年,3人;好吗?好!", "2023年，3人；好吗？好！"),
        ("乡镇(街道)社工站", "乡镇（街道）社工站"),
        ("世界卫生组织(WHO)发布", "世界卫生组织（WHO）发布"),
        ("来源:新华社 时间:10:30", "来源：新华社 时间：10:30"),
        ("ＡＢＣ１２３％", "ABC123%"),
        ("网址:http://example.org/路径?id=1", "网址：http://example.org/路径?id=1"),
        ("⼈⺠", "人民"),
        ("父⺟、⺩会⻑、⻣干、⺁矿、⻗天、⺬范，5⽉6⽇", "父母、王会长、骨干、厂矿、雨天、示范，5月6日"),
        ("⾧者、⾨诊、⾺上，⻫心、⻭科", "长者、门诊、马上，齐心、齿科"),
        ("𠮷,好", "𠮷，好"),
        ("“你好”,他说", "“你好”，他说"),
        ("东区社工站12(8个已验收)个，编号A12(7)，", "东区社工站12（8个已验收）个，编号A12（7），"),
        ("30(15男15女)人", "30（15男15女）人"),
        ("共有3(含2(新))处", "共有3（含2（新））处"),
        ("（全称(CSW)）与(WHO）", "（全称（CSW））与（WHO）"),
        ("1)社区(甲\nABC)", "1）社区（甲\nABC）"),
    ],
)
def test_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("社工，，服务。。", "社工，服务。"),
        ("好！！真的？？", "好！！真的？？"),
        ("等等...还有。。。", "等等...还有。。。"),
        ("版本1...2", "版本1...2"),
    ],
)
def test_doubled_marks_and_dots(raw: str, clean: str) -> None:
    page = fold_width(page_of(raw))
    assert page.text.chars == clean
    assert_conserved(page)


@given(st.text(st.sampled_from("社工a1,:;?!().。， \n（）ＡＢ１…𠮷=/\udc80"), max_size=60))
def test_fold_keeps_length_and_is_idempotent(text: str) -> None:
    once = fold(text)
    assert len(once) == len(text)
    assert fold(once) == once


@given(st.text(st.sampled_from("社工a1,:;?!().。，、 \n·"), max_size=60))
def test_page_conserves(text: str) -> None:
    assert_conserved(fold_width(page_of(text)))


def pairs(text: str) -> list[tuple[str, str]]:
    """The two brackets of each pair."""
    above: list[str] = []
    found = []
    for char in text:
        if char in "(（":
            above.append(char)
        elif char in ")）" and above:
            found.append((above.pop(), char))
    return found


@given(st.text(st.sampled_from("社工a1,:!()(）（ \n"), max_size=40))
def test_width_never_unbalances_a_pair(text: str) -> None:
    assert all(pair in [("(", ")"), ("（", "）")] for pair in pairs(fold(text)))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("2020年11月2日 , 东岭大学发布 。", "2020年11月2日，东岭大学发布。"),
        ("增长率为20.96% , 与去年相比 , 2019年 ; 更高", "增长率为20.96%，与去年相比，2019年；更高"),
        ("来源 : 青禾日报  时间 : 10:20", "来源：青禾日报  时间：10:20"),
        ("他说 ： “好 ！ ”", "他说：“好！”"),
        ("比分 3 : 5 , 12 , 30", "比分 3 : 5 , 12 , 30"),
        ("Social work , he said : fine", "Social work , he said : fine"),
        ("社工, 志愿者", "社工， 志愿者"),
        (" ，社工", " ，社工"),
    ],
)
def test_blanks_around_marks(raw: str, clean: str) -> None:
    page = fold_width(page_of(raw))
    assert page.text.chars == clean
    assert_conserved(page)


def test_commas_that_a_mirror_strewed_go() -> None:
    page = fold_width(page_of("青禾市部署工作,,会议要求,。建站7个,,青禾,、白石,，、云溪,三县发言,。,?有三本,；好"))
    assert page.text.chars == "青禾市部署工作，会议要求。建站7个，青禾、白石、云溪，三县发言。，？有三本；好"
    assert page.flags == (f"unrepaired_damage@{page.raw.text.index('?') - 1}",)
    assert_conserved(page)


@pytest.mark.parametrize("text", ["会议要求，。建成社工站。", "一，、二，、三，、四", "好，？他说，。他问，！"])
def test_a_slip_is_not_a_mirrors_work(text: str) -> None:
    page = fold_width(page_of(text))
    assert (page.text.chars, page.flags) == (text, ())


def test_on_a_mirrors_page_one_misplaced_comma_is_enough() -> None:
    assert fold_width(page_of("会议要求，。").flag("pinyin_damage:8")).text.chars == "会议要求。"


def test_no_radical_is_left_but_the_one_that_is_no_character() -> None:
    named = "".join(chr(code) for code in range(0x2E80, 0x2FD6) if unicodedata.name(chr(code), ""))
    folded = fold(named)
    assert len(named) == len(folded) == 329
    assert [char for char in folded if "\u2e80" <= char <= "\u2fd5"] == ["⺀"]
    assert fold_width(page_of(named)).text.chars == folded
