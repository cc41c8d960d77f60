"""Names of peoples that are written without a dot and without a family name."""

from __future__ import annotations

import pytest

from flows.extract.people.find import find_people
from flows.extract.words.reading import Reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("教师格桑梅朵、卓玛央金每周来教画画。", ["格桑梅朵", "卓玛央金"]),
        ("古丽巴合提把面粉捆上雪橇。", ["古丽巴合提"]),
        ("83岁的哈那提老人守在窗边。", ["哈那提"]),
        ("那是独居的库兰奶奶挂的灯。", ["库兰"]),
        ("驻校社工沙马阿依今年26岁。", ["沙马阿依"]),
        ("社工马海木呷入户走访。", ["马海木呷"]),
        ("热孜万古丽在一旁读报。", ["热孜万古丽"]),
        ("马海明说，老人住进了新房。", ["马海明"]),
        ("塔吉克斯坦、阿尔巴尼亚代表团来访。", []),
        ("德吉村通了电，格桑花开满山坡。", []),
        ("达瓦昆沙漠、乌兰察布草原迎来游客。", []),
        ("老挝奶奶做的饭，印尼老人爱吃。", []),
    ],
)
def test_names_are_told_by_what_they_are_made_of(text: str, expected: list[str]) -> None:
    assert [row["name"] for row in find_people(Reading(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二等奖 温馨、柏松林；三等奖 简卓凡、乐思齐。", ["温馨", "柏松林", "简卓凡", "乐思齐"]),
        ("优秀奖：白云社区、高家村、平安里。", []),
        ("记者：印象最深的一次是什么？", []),
        ("像周师姐那样，把课本里的话说出来。", []),
        ("92岁的廖林阿好女士担任志工。", ["廖林阿好"]),
        ("“白菜爸爸”来了。", []),
    ],
)
def test_winners_and_nicknames(text: str, expected: list[str]) -> None:
    assert [row["name"] for row in find_people(Reading(text))] == expected
