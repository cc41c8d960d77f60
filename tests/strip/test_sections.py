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
    assert (rules(stripped)["时间：2024-04-02 15:30"] or "").startswith("meta_")


def test_the_name_of_a_column_is_not_the_title_of_the_page() -> None:
    stripped = strip_boilerplate(page("各地动态", TITLE, *STORY))
    assert rules(stripped)["各地动态"] == "before_title"


def test_an_official_document_under_the_name_of_its_authority() -> None:
    title = "青禾市民政局关于印发《青禾市社工站管理办法》的通知"
    body = [
        *("各区民政局：", f"{STORY[0]}现印发给你们，请认真贯彻执行。", "特此通知。", "青禾市民政局", "2023年6月15日"),
        *("青禾市社工站管理办法", "第一条 为了规范社工站的管理，制定本办法。", "第二条 本办法自2023年7月1日起施行。"),
    ]
    stripped = strip_boilerplate(page("青禾市民政局", "青民发〔2023〕8号", title, *body))
    assert kept(stripped) == [title, *body]
    assert rules(stripped)["青民发〔2023〕8号"] == "meta_document_number"


def test_comments_under_the_related_stories_are_no_links() -> None:
    stripped = strip_boilerplate(
        page(TITLE, SOURCE, *STORY, "相关阅读", "社工考试下月报名", "评论 (12)", "网友甲：说得好")
    )
    assert rules(stripped)["社工考试下月报名"] == "under_related_heading"
    assert rules(stripped)["网友甲：说得好"] == "reader_comment"


def test_a_table_of_figures_between_paragraphs_is_the_story_s() -> None:
    rows = ["镇街\t社工站（个）\t持证社工（人）", "青禾镇\t11\t412", "云山镇\t23\t367", "东河镇\t18\t205"]
    body = [STORY[0], "部分镇街数据表", *rows, STORY[1]]
    assert kept(strip_boilerplate(page(*MENU, TITLE, SOURCE, *body, *TAIL, *FOOT))) == [TITLE, *body]


def test_rows_without_figures_behind_a_story_are_none_of_it() -> None:
    links = ["关于我们\t联系我们\t网站地图", "在线投稿\t广告服务\t法律声明", "手机版\t客户端\t公众号"]
    assert kept(strip_boilerplate(page(TITLE, SOURCE, *STORY, *links, *FOOT))) == [TITLE, *STORY]
