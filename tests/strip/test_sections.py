"""Numbered sections and labels of notices, announcements and account posts."""

from flows.strip import strip_boilerplate
from tests.pages import FOOT, MENU, STORY, TAIL, TITLE, page
from tests.strip.test_strip import kept, rules

SOURCE = "发布时间：2024-04-02 15:30    信息来源：区民政局    浏览次数：128 次"
NOTICE = "青禾区民政局社工站运营项目竞争性磋商公告"


def test_sections_go_on_behind_the_last_paragraph() -> None:
    body = [
        *("一、项目情况", STORY[0], "二、报名", "时间：2024年4月3日至4月10日", "地点：青禾区政务大厅"),
        *("三、联系方式", "联系人：王女士", "地址：青禾区人民路88号"),
    ]
    stripped = strip_boilerplate(page(*MENU, NOTICE, SOURCE, *body, *TAIL, *FOOT))
    assert kept(stripped) == [NOTICE, *body]


def test_numbers_that_do_not_go_on_are_no_sections_of_the_story() -> None:
    body = ["一、项目情况", STORY[0], "二、报名", STORY[1]]
    stripped = strip_boilerplate(page(NOTICE, SOURCE, *body, "上一篇：没有了", "三、热门文章", "某某专题", *FOOT))
    assert kept(stripped) == [NOTICE, *body]


def test_numbers_alone_on_their_lines_head_sections() -> None:
    body = ["01", "活动现场", STORY[0], "02", "服务成效", STORY[1], "03", "未来计划", STORY[2]]
    stripped = strip_boilerplate(page(TITLE, "青禾社工 2024-03-20 18:30", *body, "END", "阅读原文"))
    assert kept(stripped) == [TITLE, *body]


def test_the_pages_of_a_list_are_no_sections() -> None:
    stripped = strip_boilerplate(page(TITLE, SOURCE, *STORY, "1", "2", "3", "下一页", *FOOT))
    assert kept(stripped) == [TITLE, *STORY]


def test_a_bare_time_is_the_page_s_above_the_story_and_the_event_s_inside() -> None:
    body = [STORY[0], "时间：2024年5月1日上午", "地点：青禾区文化广场", STORY[1]]
    stripped = strip_boilerplate(page(TITLE, "时间：2024-04-02 15:30", *body, *TAIL))
    assert kept(stripped) == [TITLE, *body]
    assert rules(stripped)["时间：2024-04-02 15:30"].startswith("meta_")


def test_the_name_of_a_column_is_not_the_title_of_the_page() -> None:
    stripped = strip_boilerplate(page("各地动态", TITLE, *STORY))
    assert rules(stripped)["各地动态"] == "before_title"
