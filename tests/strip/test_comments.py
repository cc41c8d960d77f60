"""Comments below a story, and the replies of a thread."""

from flows.document import Line
from flows.read.reader import read_bytes
from flows.strip import strip_boilerplate
from tests.layout.pages import until_strip
from tests.pages import FOOT, MENU, SOURCE, STORY, TITLE, page
from tests.strip.test_strip import kept


def kinds(lines: tuple[Line, ...]) -> dict[str, str | None]:
    return {line.chars: line.kind for line in lines}


def test_what_stands_under_the_head_of_the_comments_is_comments() -> None:
    said = ["风轻云淡", "这样的站点应该多建几个，老人们有地方去了。", "阿朵", "支持"]
    stripped = strip_boilerplate(page(*MENU, TITLE, SOURCE, *STORY, "全部评论（2）", *said, *FOOT))
    assert kept(stripped) == [TITLE, *STORY]
    assert {kinds(stripped.lines)[text] for text in said} == {"comments"}


def test_the_first_post_of_a_thread_is_the_story_and_its_replies_are_comments() -> None:
    replies = ["同感，我们社区也在做。", "请问去哪里报名？"]
    post = "".join(f"<p>{text}</p>" for text in STORY)
    answers = "".join(
        f'<div class="item"><div class="user">阿朵</div><em>{number}楼</em><span>发表于 2024-03-0{number} 10:20</span>'
        f'<div class="message">{text}</div></div>'
        for number, text in enumerate(replies, 2)
    )
    markup = (
        f"<html><head><title>{TITLE} - 社工之家</title></head><body><h1>{TITLE}</h1><div class='item'><div>老周</div>"
        f"<span>发表于 2024-03-01 9:12</span><div class='message'>{post}</div></div>{answers}</body></html>"
    )
    stripped = strip_boilerplate(until_strip(read_bytes(markup.encode(), "thread.html")))
    assert kept(stripped) == [TITLE, *STORY]
    assert {kinds(stripped.lines)[text] for text in replies} == {"comments"}


def test_related_stories_below_the_comments_are_none() -> None:
    stripped = strip_boilerplate(
        page(TITLE, SOURCE, *STORY, "网友评论", "说得好", "相关阅读", "社工考试下月报名", "某镇开展义诊活动")
    )
    found = kinds(stripped.lines)
    assert found["说得好"] == "comments"
    assert found["社工考试下月报名"] == "related_links"


def test_what_people_of_a_house_said_stays_inside_a_story() -> None:
    told = ["1楼 王奶奶：独居多年，腿脚不便，盼着有人陪她去医院。", "2楼 张大爷：子女在外，最想要的是有人来聊聊天。"]
    stripped = strip_boilerplate(page(*MENU, TITLE, SOURCE, STORY[0], *told, *STORY[1:]))
    assert kept(stripped) == [TITLE, STORY[0], *told, *STORY[1:]]


def test_replies_of_a_line_each_behind_a_post_go() -> None:
    replies = ["1楼 爱吃鱼：楼主加油", "2楼 北岸：你们站里几个人？"]
    stripped = strip_boilerplate(page(*MENU, TITLE, SOURCE, *STORY, *replies))
    assert kept(stripped) == [TITLE, *STORY]
