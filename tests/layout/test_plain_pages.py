"""A page of a headline, what states its time or source, and sentences holds one story, whole, in any form."""

from __future__ import annotations

import html

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean import clean
from flows.read.reader import read_bytes

TITLES = (
    "云溪镇社工站开展学雷锋志愿服务活动",
    "社工来了，村里热闹了",
    "白石县：小站点撬动大民生",
    "关于开展2024年社工宣传周活动的通知",
    "今天，我们一起过节！",
)
STATED = (
    "2024-03-06",
    "2024年3月6日 星期三",
    "发布时间：2024/3/6 浏览：35",
    "来源：白石县民政局 2024-03-06 09:00:00",
    "作者：林某某  2024.03.06",
)
WRITERS = ("", "本报记者 林某", "通讯员 周某某 林某")
PARAGRAPHS = (
    "3月5日上午，云溪镇社工站在文化广场举办学雷锋志愿服务活动，120余名志愿者参加。",
    "活动设置了义诊、理发、法律咨询等八个摊位，社工为前来的老人逐一登记需求。",
    "“在家门口就能剪头发，方便多了。”78岁的村民周大爷说。",
    "据了解，该站成立两年来共开展活动86场，服务居民4300人次。",
    "近年来，白石县把社会工作站建设作为基层治理的抓手，引入专业机构，配备驻站社工，链接慈善资源，为困难群众提供服务。",
)


def article_of(content: str, name: str) -> tuple[str | None, str]:
    (article,) = clean(read_bytes(content.encode(), name))["articles"]
    return article["title"], article["text"]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(TITLES),
    st.sampled_from(STATED),
    st.sampled_from(WRITERS),
    st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=5, unique=True),
    st.sampled_from(("lines", "blank", "p", "br")),
)
def test_a_plain_page_is_a_story(title: str, stated: str, writer: str, told: list[str], form: str) -> None:
    above = [line for line in (stated, writer) if line]
    if form in ("lines", "blank"):
        found = article_of(("\n" if form == "lines" else "\n\n").join([title, *above, *told]), "page.txt")
    else:
        body = "<br>".join(told) if form == "br" else "".join(f"<p>{html.escape(line)}</p>" for line in told)
        head = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
        found = article_of(f"{head}<div>{' '.join(above)}</div><div>{body}</div></body></html>", "page.html")
    assert found[0] == title
    assert all(line.rstrip("。") in found[1] for line in told)
