"""Articles with the same text, or nearly the same, point at the first of them; next year's notice points at nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import random

import pytest

from flows.document import Row
from flows.duplicates import COMPARED, Copy, find_duplicates, mark, sign
from flows.likeness import Figures, figures_of, near
from flows.publish import to_arrow
from tests.pages import STORY

TEXT = "\n".join(STORY)
CUT = TEXT.replace("据介绍，", "").replace("3月5日，", "近日，")


def marked(*articles: tuple[str, str] | tuple[str, str, dt.date]) -> dict[str, tuple[str | None, str | None]]:
    rows: list[Row] = [
        {
            "article_id": name,
            "text": text,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "published_date": day[0] if day else None,
            "duplicate_of": "?",
            "flags": [],
        }
        for name, text, *day in articles
    ]
    table, texts = to_arrow("articles", rows), {name: text for name, text, *_ in articles}
    found = mark(table, find_duplicates([sign(table)], texts.__getitem__)).to_pylist()
    assert all((row["similarity"] is None) == (row["near_duplicate_of"] is None) for row in found)
    return {row["article_id"]: (row["duplicate_of"], row["near_duplicate_of"]) for row in found}


def test_later_articles_name_the_first_one() -> None:
    found = marked(("1-01", "甲"), ("2-01", "乙"), ("2-02", "甲"), ("3-01", "甲"))
    assert [found[name][0] for name in sorted(found)] == [None, None, "1-01", "1-01"]


def test_the_first_is_the_one_published_first() -> None:
    found = marked(("1-01", TEXT, dt.date(2024, 3, 2)), ("2-01", TEXT, dt.date(2024, 3, 1)), ("3-01", TEXT))
    assert {name: original for name, (original, _) in found.items()} == {"1-01": "2-01", "2-01": None, "3-01": "2-01"}


def test_a_reprint_is_nearly_the_same_and_no_duplicate() -> None:
    assert marked(("1-01", TEXT), ("2-01", CUT))["2-01"] == (None, "1-01")


def test_a_copy_of_a_reprint_is_its_duplicate_and_nearly_the_same_as_the_first() -> None:
    found = marked(("1-01", TEXT), ("2-01", CUT), ("3-01", CUT), ("4-01", TEXT))
    assert found == {"1-01": (None, None), "2-01": (None, "1-01"), "3-01": ("2-01", "1-01"), "4-01": ("1-01", None)}


def test_another_story_of_the_same_words_is_no_copy() -> None:
    other = "\n".join(
        reversed(TEXT.replace("青禾", "白石").replace("学校", "社区").replace("学生", "老人").split("，"))
    )
    assert marked(("1-01", TEXT), ("2-01", other))["2-01"] == (None, None)


def test_texts_of_a_line_must_be_equal() -> None:
    assert marked(("1-01", STORY[3]), ("2-01", STORY[3][:-2] + "处。"))["2-01"] == (None, None)


def test_the_order_of_the_articles_changes_nothing() -> None:
    words = ["首批", "第一年", "今年", "本年度", "试点期间", "头一年", "一年内", "年内"]
    articles = [(f"{n}-01", TEXT.replace("第一年", word)) for n, word in enumerate(words, 1)]
    shuffled = random.Random(1).sample(articles, len(articles))
    assert marked(*articles) == marked(*shuffled)
    assert sum(original is None for _, original in marked(*articles).values()) == 1


def test_a_table_without_articles_stays_one() -> None:
    assert marked() == {}


SHORT = (
    "白石县第一家残疾人社工服务点9月3日在柳河街道开门，为辖区两百余名残疾人提供康复指导、就业介绍和心理支持。"
    "服务点由白石县社工协会管理，有专职社工四名。柳河街道办事处主任称，街道已腾出三间房屋供服务点使用。"
)

REPRINTS = {
    "the day left out": SHORT.replace("9月3日", "日前"),
    "the month left out": SHORT.replace("9月3日", "3日"),
    "figures in digits": SHORT.replace("四名", "4名").replace("三间", "3间"),
    "a clause left out": SHORT.replace("柳河街道办事处主任称，", ""),
    "another verb": SHORT.replace("开门", "启用").replace("提供", "送上"),
    "one of many figures corrected": SHORT.replace("三间", "两间"),
}


@pytest.mark.parametrize("why", REPRINTS)
def test_a_short_story_in_two_papers_is_nearly_the_same(why: str) -> None:
    assert len(SHORT) < 115
    assert marked(("1-01", SHORT), ("2-01", REPRINTS[why]))["2-01"] == (None, "1-01")


NOTICE = """根据市社会工作协会安排，白石市{year}年度社会工作者继续教育报名工作即将开始，现将有关事项通知如下。
一、报名时间。{from_}至{to}，逾期不再受理。每人每年应当完成继续教育不少于{hours}学时。
二、报名条件。凡在本市行政区域内从事社会工作服务、取得社会工作者职业水平证书的人员，均可报名参加。
三、报名方式。登录市社会工作协会网站，如实填写个人信息，上传证书照片，缴纳费用后打印听课证。
四、上课时间。{course}，具体教室以听课证为准，请提前十五分钟到场，凭听课证和身份证入场。
五、其他事项。学员应当遵守课堂纪律，缺课三次以上的不予登记学时。咨询请拨打12345热线。"""
LAST = {"year": "2022", "from_": "4月6日", "to": "4月15日", "hours": "20", "course": "6月11日至12日"}

NEXT = {
    "year and days": {"year": "2023", "from_": "4月8日", "to": "4月17日", "course": "6月17日至18日"},
    "the year alone": {"year": "2023"},
    "the year in numerals": {"year": "二〇二三", "course": "6月17日至18日"},
    "days alone": {"from_": "4月8日", "to": "4月17日", "course": "6月17日至18日"},
    "days of other months": {"from_": "9月6日", "to": "9月15日", "course": "11月11日至12日"},
}


@pytest.mark.parametrize("what", NEXT)
def test_the_notice_of_another_year_is_no_copy(what: str) -> None:
    found = marked(("1-01", NOTICE.format(**LAST)), ("2-01", NOTICE.format(**LAST | NEXT[what])))
    assert found["2-01"] == (None, None)


BULLETIN = (
    "第{issue}期服务简报：本{span}全区社工站共走访老人{old}人次，开展小组活动{groups}场，链接物资{goods}件，"
    "转介个案{cases}个。各站点按照服务计划开展探访、陪伴和政策宣传，居民反映良好。下{span}将继续做好日常服务。"
)


def test_bulletins_of_one_form_are_no_copies() -> None:
    first = BULLETIN.format(issue="三", span="周", old=310, groups=12, goods=205, cases=9)
    for other in (
        BULLETIN.format(issue="四", span="周", old=310, groups=12, goods=205, cases=9),
        BULLETIN.format(issue="三", span="周", old=287, groups=15, goods=198, cases=7),
    ):
        assert marked(("1-01", first), ("2-01", other))["2-01"] == (None, None)


def test_a_text_just_long_enough_is_compared_with_short_and_long_ones() -> None:
    story = (
        "".join(STORY)
        + "活动得到了家长的支持，不少家长报名参加志愿服务，和社工一起陪孩子们读书、下棋、做手工、学唱歌。"
    )
    for length in (180, 199):
        for more in (20, 40):
            assert near(story[:length], story[: length + more]) is not None
            found = marked(("1-01", story[: length + more]), ("2-01", story[:length]))
            assert found["2-01"] == (None, "1-01")


def test_figures_are_read_in_digits_and_numerals() -> None:
    assert figures_of("2024-05-06，第十二届，二〇二三年三月，6月10日至11日，1,200名、十二所、一批") == Figures(
        frozenset({2024, 2023}),
        frozenset({(5, 6), (3, None), (6, 10), (None, 11)}),
        frozenset({("届", 12)}),
        frozenset({("名", 1200), ("所", 12)}),
    )


def test_notices_of_one_form_are_compared_with_few_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each names another place and other people: alike, and no copies."""
    compared = []
    monkeypatch.setattr("flows.duplicates.near", lambda one, other: compared.append(one))
    names = random.Random(2).sample(range(0x4E00, 0x9FA0), 800)
    articles = [
        (
            f"{n:016x}-01",
            SHORT.replace("白石", chr(a) + chr(b)).replace("柳河", chr(b) + chr(a)).replace("社工", chr(a)),
        )
        for n, (a, b) in enumerate(zip(names[::2], names[1::2], strict=True))
    ]
    assert not any(near for _, near in marked(*articles).values())
    assert 100 < len(compared) <= COMPARED * len(articles)


def test_a_copy_says_how_alike_it_is() -> None:
    texts = {"1-01": TEXT, "2-01": CUT}
    rows = [
        {"article_id": name, "text": text, "text_sha256": hashlib.sha256(text.encode()).hexdigest()}
        for name, text in texts.items()
    ]
    (copy,) = find_duplicates([sign(to_arrow("articles", rows))], texts.__getitem__).values()
    assert copy == Copy("2-01", None, "1-01", copy.similarity)
    assert 0.8 <= (copy.similarity or 0) < 1
