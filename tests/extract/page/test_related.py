from datetime import date
from typing import Any

import pytest

from flows.clean import clean
from flows.document import RawDocument
from flows.extract.page.related import Link, kind_of, read_related
from flows.vocabulary import load_vocabulary


def read(line: str) -> dict[str, object]:
    (row,) = read_related([Link(3, 3 + len(line), line)])
    return row


@pytest.mark.parametrize(
    ("line", "title", "day"),
    [
        (
            "- 江南区社工证补贴通知：最高可申领10000元2025-09-22",
            "江南区社工证补贴通知：最高可申领10000元",
            date(2025, 9, 22),
        ),
        ("· [2023-01-05] 社工证补贴发放", "社工证补贴发放", date(2023, 1, 5)),
        ("3、社工招聘公告 (2024/3/1)", "社工招聘公告", date(2024, 3, 1)),
        ("社工节开幕 2023年3月1日 10:20", "社工节开幕", date(2023, 3, 1)),
        ("2025年社工考试真题及答案", "2025年社工考试真题及答案", None),
        ("‧社工节开幕 03-17", "社工节开幕", None),
        ("社工考试成绩(2025-13-40)", "社工考试成绩(2025-13-40)", None),
    ],
)
def test_title_and_date(line: str, title: str, day: date | None) -> None:
    row = read(line)
    assert (row["title"], row["date"]) == (title, day)


@pytest.mark.parametrize(
    ("title", "amount", "currency"),
    [
        ("最高可申领3000元/人", 3000, "CNY"),
        ("某市奖励1.1万元", 11000, "CNY"),
        ("奖励500元至2,000元", 2000, "CNY"),
        ("资助5万港元", 50000, "HKD"),
        ("社工证书奖励通知", None, None),
        ("某区社工站项目补贴三万元", 30000, "CNY"),
        ("某地募集善款两万余元", 20000, "CNY"),
        ("新台币三万元起，长者津贴发放", 30000, "TWD"),
        ("最高限价¥30000的社工站项目公告", 30000, "CNY"),
        ("总价 4599 元起的社工书籍", 4599, "CNY"),
        ("阳光基金募集善款8318.21万元", 83182100, "CNY"),
        ("一元公益行动走进社区校园", None, None),
        ("7人民币跨境业务仍需完善规则", None, None),
        ("长者餐券低至$100任选四件", None, None),
        ("2025年元旦放假", None, None),
    ],
)
def test_amount(title: str, amount: float | None, currency: str | None) -> None:
    row = read(title)
    assert (row["amount"], row["currency"]) == (amount, currency)


def test_region_and_places() -> None:
    row = read("江苏南通通州区社工证补贴通知2025-09-18")
    assert (row["region"], row["raw_start"], row["raw_end"]) == ("320612", 3, 27)


def test_links_are_read_each_for_itself() -> None:
    lines = [
        "某区社工证补贴通知",
        "更多",
        "江苏南通通州区招聘社工公告",
        "某区社工证补贴通知",
        "山东某地社工补贴",
        "招聘社工的第一天",
    ]
    alone = [read_related([Link(0, 1, line)]) for line in lines]
    assert read_related([Link(0, 1, line) for line in lines]) == [row for rows in alone for row in rows]


def test_a_link_that_comes_again_says_the_same_of_another_place() -> None:
    line = "江苏南通通州区招聘社工公告"
    first, second = read_related([Link(0, 13, line)]), read_related([Link(40, 53, line)])
    assert [{**row, "raw_start": 40, "raw_end": 53} for row in first] == second != []


def test_lines_without_a_title_are_no_link() -> None:
    assert read_related([Link(0, 2, "更多"), Link(3, 13, "2023-01-01")]) == []


@pytest.mark.parametrize("kind", load_vocabulary("related_kinds"), ids=lambda kind: kind["id"])
def test_kinds_take_their_examples(kind: dict[str, Any]) -> None:
    assert set(map(kind_of, kind["examples"])) == {kind["id"]}


@pytest.mark.parametrize(
    "line",
    ["facebook", "赞", "点个“在看”支持一下", "喜欢就点个赞吧！", "新闻中心", "中国科学技术协会", "某某[江北省网友]"],
)
def test_buttons_columns_and_sites_are_no_headlines(line: str) -> None:
    assert read_related([Link(0, len(line), line)]) == []


def test_links_beside_and_under_headings() -> None:
    lines = [
        "某县社工站开放",
        "近日，某县社工站开放，二十名社工到岗，当天接待居民三十余人，居民表示欢迎，社工站将长期开展服务。",
        "社工们介绍，今后每周都会走访独居老人，为他们送去关怀和帮助，也会把困境儿童的需求一一登记下来。",
        "上一篇",
        "上一篇：某县养老院迎新春 下一篇：没有了",
        "往期回顾",
        "社工走进山村学校送温暖",
        "本站所载信息仅供参考",
    ]
    raw = RawDocument("0" * 16, "p.txt", None, None, "text/plain", "utf-8", "\n".join(lines))
    titles = [row["title"] for row in clean(raw)["related"]]
    assert "某县养老院迎新春" in titles
    assert not any("没有了" in title or "仅供参考" in title for title in titles)


def test_a_month_and_day_is_of_the_page_s_year() -> None:
    links = [Link(0, 20, "盐池黄花菜进入采摘尾声 08-28"), Link(20, 40, "高速平利段因雾临时管制 12-30")]
    assert [row["date"] for row in read_related(links, date(2024, 9, 6))] == [date(2024, 8, 28), date(2023, 12, 30)]
    assert [row["date"] for row in read_related(links)] == [None, None]
