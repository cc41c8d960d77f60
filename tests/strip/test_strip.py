"""What is kept of a page and what is not."""

import datetime as dt

from flows.clean import clean
from flows.document import Page
from flows.strip import strip_boilerplate
from flows.strip.shape import is_menu
from tests.pages import FOOT, MENU, SOURCE, STORY, TAIL, TITLE, document, page


def kept(stripped: Page) -> list[str]:
    return [line.chars for line in stripped.lines if line.kind is None]


def rules(stripped: Page) -> dict[str, str | None]:
    return {line.chars: line.rule for line in stripped.lines}


def test_a_news_page_keeps_title_and_story() -> None:
    stripped = strip_boilerplate(page(f"{TITLE}_青禾网", *MENU, TITLE, SOURCE, *STORY, *TAIL, *FOOT))
    assert kept(stripped) == [TITLE, *STORY]


def test_a_page_without_boilerplate_comes_out_whole() -> None:
    assert kept(strip_boilerplate(page(TITLE, *STORY))) == [TITLE, *STORY]


def test_whom_a_letter_is_for_is_no_headline() -> None:
    stripped = strip_boilerplate(page("各县（市、区）民政局，各社会工作服务机构：", *STORY))
    assert kept(stripped) == ["各县（市、区）民政局，各社会工作服务机构：", *STORY]
    assert [line.role for line in stripped.lines] == [None] * 5


def test_headings_and_short_paragraphs_inside_a_story_stay() -> None:
    story = [STORY[0], "一、服务进课堂", STORY[1], "二、陪伴到家中", STORY[2], "“谢谢社工姐姐！”", STORY[3]]
    assert kept(strip_boilerplate(page(*MENU, TITLE, SOURCE, *story, *TAIL))) == [TITLE, *story]


def test_a_story_in_short_lines_stays_between_source_and_end_mark() -> None:
    verse = ["春天来了", "社工站的灯亮了", "孩子们放学后", "来这里读书、画画", "也来这里说说心事"]
    story = [STORY[0], *verse, STORY[1]]
    assert kept(strip_boilerplate(page(f"{TITLE}-青禾网", TITLE, SOURCE, *story, *TAIL))) == [TITLE, *story]


def test_every_removed_line_names_a_rule() -> None:
    stripped = strip_boilerplate(page(f"{TITLE}_青禾网", *MENU, TITLE, SOURCE, *STORY, *TAIL, *FOOT))
    assert all((line.kind is None) == (line.rule is None) for line in stripped.lines)
    found = rules(stripped)
    assert found[f"{TITLE}_青禾网"] == "page_title"
    assert found[SOURCE] == "meta_time_first"
    assert found["上一篇：青禾区召开养老服务工作会"] == "nav_prev_next"
    assert found["相关新闻"] == "related_heading"
    assert found["多地推进社工站建设"] == "under_related_heading"


def test_a_column_in_front_of_a_longer_headline_is_no_headline() -> None:
    for title in ("民生观察｜村口的调解茶摊", "社工圆桌派⑦丨如何走出“职业倦怠”"):
        line = strip_boilerplate(page(title, *STORY)).lines[0]
        assert (line.role, line.cuts) == ("title", ())


def test_the_site_s_name_is_cut_off_a_title_that_is_not_repeated() -> None:
    line = strip_boilerplate(page(f"{TITLE} - 青禾网", *STORY)).lines[0]
    assert (line.role, [cut.rule for cut in line.cuts]) == ("title", ["site_suffix"])


def test_the_site_s_name_is_cut_off_in_front_of_a_title() -> None:
    line = strip_boilerplate(page(f"青禾民政·[中国]官方网站|{TITLE}", "发布时间：2024-03-06", *STORY)).lines[0]
    assert [line.chars[cut.start - line.start : cut.end - line.start] for cut in line.cuts] == [
        "青禾民政·[中国]官方网站|"
    ]
    parts = "社工网|志愿网"
    assert not strip_boilerplate(page(parts, TITLE, "2024-03-06", *STORY)).lines[0].cuts


def test_a_list_of_headlines_is_no_article() -> None:
    headlines = [f"第{n}批社工站名单公布 引发各界关注" for n in "一二三四五六七八九十"]
    stripped = strip_boilerplate(page(*MENU, *headlines, *FOOT))
    assert stripped.reason is not None
    assert stripped.reason.startswith("no_article: ")
    assert kept(stripped) == []


def test_a_source_line_inside_the_story_is_text() -> None:
    line = "2023年5月12日，社工站在社区广场举办了防灾减灾宣传活动，发放资料三百余份。"
    assert line in kept(strip_boilerplate(page(TITLE, *STORY[:2], line, *STORY[2:])))


def test_the_headline_with_a_file_name_behind_it_is_a_caption() -> None:
    stripped = strip_boilerplate(page(TITLE, SOURCE, STORY[0], f"{TITLE}_图1", *STORY[1:]))
    assert rules(stripped)[f"{TITLE}_图1"] == "title_as_caption"


def test_a_paragraph_that_stands_twice_is_kept_once() -> None:
    stripped = strip_boilerplate(page(TITLE, *STORY[:2], STORY[0], *STORY[2:]))
    assert [line.rule for line in stripped.lines if line.chars == STORY[0]] == [None, "repeated_line"]


def test_a_copyright_statement_takes_its_paragraphs_along() -> None:
    statement = [
        "青禾网版权与免责声明",
        "1、凡本网注明来源的作品，版权均属本网。",
        "2、转载请注明出处，违者将追究法律责任。",
    ]
    stripped = strip_boilerplate(page(TITLE, *STORY, *statement))
    assert kept(stripped) == [TITLE, *STORY]
    assert {line.kind for line in stripped.lines[-3:]} == {"copyright"}


def test_headlines_that_point_to_other_pages_are_teasers() -> None:
    lines = ["社工站建到", "家门口 05版", "", TITLE, "——各地推进专业服务见闻", "■ 本报记者 林某", "", *STORY]
    stripped = strip_boilerplate(page(*lines))
    assert [line.kind for line in stripped.lines[:2]] == ["teaser", "teaser"]
    assert [line.role for line in stripped.lines[2:4]] == ["title", "subtitle"]
    assert stripped.lines[4].kind == "credit"


def test_a_list_that_a_colon_announces_belongs_to_the_story() -> None:
    names = [f"{n}、青禾区第{n}社工站" for n in range(1, 9)]
    story = [*STORY, "入选名单如下：", *names]
    assert kept(strip_boilerplate(page(*MENU, TITLE, SOURCE, *story, *TAIL, *FOOT))) == [TITLE, *story]


def test_the_closing_lines_of_a_notice_belong_to_it() -> None:
    closing = ["附件：1.申请表", "2.汇总表", "联系人：林某，联系电话：12345", "青禾区民政局", "2024年3月6日"]
    lines = [*MENU, TITLE, SOURCE, *STORY, *closing, "【打印本页】 【关闭窗口】", *TAIL, *FOOT]
    assert kept(strip_boilerplate(page(*lines))) == [TITLE, *STORY, *closing]


def test_a_single_paragraph_under_a_headline_is_a_story() -> None:
    assert kept(strip_boilerplate(page(TITLE, STORY[0]))) == [TITLE, STORY[0]]


def test_an_announcement_of_labels_and_values_is_a_story() -> None:
    lines = [
        "社工站招募志愿者",
        "活动时间：5月18日14:00",
        "活动地点：青禾区文化中心",
        "主办单位：青禾区民政局",
        "招募人数：20人",
    ]
    assert kept(strip_boilerplate(page(*lines))) == lines


def test_a_list_of_people_in_an_official_document_stays() -> None:
    names = ["组　长：林某某　区长", "副组长：周某某　副区长", "成　员：吴某某　区民政局局长"]
    document = [
        "青禾区政府关于成立社会工作领导小组的通知",
        "各镇人民政府：",
        "经研究，决定成立领导小组。组成人员如下：",
        *names,
    ]
    assert kept(strip_boilerplate(page(*document))) == document


def test_the_name_that_signs_a_notice_is_not_its_headline() -> None:
    body = [
        "因工作需要，青禾区阳光社工服务中心面向社会招聘社工八名，有关事项公告如下：",
        "一、岗位",
        "一线社工六名",
        STORY[1],
    ]
    lines = ["青禾区阳光社工服务中心招聘公告", SOURCE, *body, "青禾区阳光社工服务中心", "2024年6月3日"]
    assert kept(strip_boilerplate(page(*lines, "热门推荐", "社工考试攻略"))) == [lines[0], *body, *lines[-2:]]


def test_a_figurative_headline_stands_above_the_one_that_says_what_happened() -> None:
    figurative = "青禾：社工把“陪伴”送到学生身边"
    stripped = strip_boilerplate(page("首页 | 新闻 | 社工", figurative, TITLE, SOURCE, *STORY))
    assert {line.role: line.chars for line in stripped.lines if line.role} == {"title": figurative, "subtitle": TITLE}
    named = strip_boilerplate(page("首页 | 新闻 | 社工", "青禾区社会工作网", TITLE, SOURCE, *STORY))
    assert {line.role: line.chars for line in named.lines if line.role} == {"title": TITLE}


def test_a_menu_a_kicker_and_an_opening_are_no_headlines() -> None:
    source = "青禾网 2024-03-05 20:16"
    for above, below in (
        ("青禾网 资讯 社区 街道 专题", ""),
        ("青禾市慈善会 网站首页 关于我们 慈善动态 项目 信息公开", ""),
        ("第15个国际社工日——", ""),
        ("", "以下是青禾区民政局局长在颁奖典礼的致辞："),
    ):
        tables = clean(document("\n".join(line for line in (above, TITLE, source, below, *STORY) if line)))
        assert [row["title"] for row in tables["articles"]] == [TITLE]
        assert tables["articles"][0]["published_date"] == dt.date(2024, 3, 5)


def test_a_headline_of_four_parts_of_one_length_is_no_menu() -> None:
    assert not is_menu("党建引领 多元共治 协商议事 居民自治")
    assert is_menu("首页 机构概况 新闻中心 志愿服务")


def test_the_line_over_a_post_in_a_forum_is_metadata() -> None:
    post = "沙棘果    发表于 2020-10-22 21:36:14 只看该作者 回帖奖励 倒序浏览"
    tables = clean(document("\n".join([TITLE, post, "楼主 电梯直达", *STORY])))
    assert tables["articles"][0]["published_date"] == dt.date(2020, 10, 22)
    assert tables["articles"][0]["text"] == "\n".join(STORY)


def test_a_table_of_a_cell_a_line_stays_whole() -> None:
    rows = [["地区", "持证社工（人）", "社工站（个）", "社工机构（家）"]]
    rows += [[f"{name}区", str(907 + 13 * n), str(9 + n), str(15 + n)] for n, name in enumerate("青禾白石云溪松岗")]
    table = [cell for row in rows for cell in row]
    above, below = [*STORY[:2], "表1  各区社会工作基本情况"], STORY[2:]
    stripped = strip_boilerplate(page("首页", "数据发布", TITLE, SOURCE, *above, *table, *below, "上一篇：别的事"))
    assert kept(stripped) == [TITLE, *above, *table, *below]
