"""Announcements without prose."""

import pytest

from flows.strip import strip_boilerplate
from flows.strip.forms import are_rows
from flows.strip.judge import Judged, judge_lines
from flows.strip.lines import rule_form, split_lines
from flows.strip.rules import rule_book
from tests.pages import FOOT, MENU, TAIL, page
from tests.strip.test_strip import kept

RESULT = "青禾市社工站运营项目成交结果公告"
FIELDS = [
    *("一、项目编号：QH2024-018", "二、项目名称：青禾市社工站运营项目", "三、成交信息", "供应商名称：青禾阳光社工中心"),
    *(
        "成交金额：1,968,000.00元",
        "四、公告期限",
        "自本公告发布之日起1个工作日。",
        "采购人：青禾市民政局",
        "2024年4月20日",
    ),
]
ROSTER = "2023年度社会工作者考试青禾考区合格人员名单"
ROWS = [
    "序号 姓名 级别",
    *(f"{n} 王{name} 社会工作师" for n, name in enumerate("一二三四五六", 1)),
    "青禾市民政局",
    "2023年9月1日",
]


def judged_of(lines: list[str]) -> list[Judged]:
    return judge_lines(split_lines(page(*lines).text), rule_form("\n".join(lines)), rule_book())


@pytest.mark.parametrize(("title", "body"), [(RESULT, FIELDS), (ROSTER, ROWS)])
def test_a_form_is_an_article(title: str, body: list[str]) -> None:
    assert kept(strip_boilerplate(page(title, *body))) == [title, *body]
    assert kept(strip_boilerplate(page(*MENU, title, *body, *TAIL, *FOOT))) == [title, *body]


@pytest.mark.parametrize(
    "lines",
    [
        ["最新通知公告", *(f"{n}. 关于开展第{n}期培训的通知" for n in range(1, 9))],
        ["通知公告", *(f"关于开展第{n}期培训的通知 2024-03-0{n}" for n in range(1, 9))],
        [*MENU, "公示公告", "更多", "关于社工站项目的公示", "关于招聘社工的公告", "关于考试报名的通知"],
    ],
)
def test_a_list_of_announcements_is_none(lines: list[str]) -> None:
    assert strip_boilerplate(page(*lines, *FOOT)).reason is not None


@pytest.mark.parametrize(
    "lines",
    [
        ["3月16日（星期六）", "08:30—09:00  签到", "09:00—10:30  讨论", "地点：青禾图书馆", "下午 参观社工站"],
        ["市级热线 12345", "青禾区 0731-28580000", "白石区 0731-28420000", "云溪县 0731-22360000"],
        ["一等奖", "桥上的家", "二等奖（2名）", "一个人的村庄", "听见花开", "优秀组织奖"],
        ["陈小琴 青禾区社工站", "方国庆 白石县社工站", "何 梅 云溪镇社会福利院", "黎明 青禾市社工协会"],
        ["李先生 200元", "无名氏 50元", "青禾机械公司 10000元", "合计 10250元"],
    ],
)
def test_rows_of_announcements_are_known_by_their_shape(lines: list[str]) -> None:
    assert are_rows(judged_of(lines))


@pytest.mark.parametrize(
    "lines",
    [
        ["云溪镇社工站揭牌", "青禾举办社工督导培训班", "社工站里过端午", "医务社工在病房"],
        ["关于开展培训的通知 2024-03-01", "关于报名的通知 2024-03-02", "关于考试的通知 2024-03-03"],
        ["今年中级难度怎么样 阿朵 23 1802 2023-06-18 09:12", "求推荐教材 小林 5 320 2023-06-17 22:01", "发帖"],
    ],
)
def test_headlines_and_entries_are_no_rows(lines: list[str]) -> None:
    assert not are_rows(judged_of(lines))
