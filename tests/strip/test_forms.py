"""Announcements without prose."""

import pytest

from flows.strip import strip_boilerplate
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
