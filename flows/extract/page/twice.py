"""The name of a site that heads its page and stands again where names of sites do: 某地民政 > 通知公告, and at the
foot 关注“某地民政”. Two places say what the form of a name alone cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.looks import IfHeld

_NAME = "[\u4e00-\u9fff][\u4e00-\u9fffA-Za-z0-9]{1,11}"
_MENU = re.compile(rf"^(?P<name>{_NAME})(?:网站)?(?:首页)?\s*(?:>{{1,2}}|›|»|→|[|｜丨]|\s[-–—]\s)\s*\S")
_TITLE = IfHeld(rf"\S{{4}}.*?(?:\s[-–—]\s|[_|｜])(?P<name>{_NAME})\s*$")
_ALONE = re.compile(rf"^[《]?(?P<name>{_NAME})[》]?$")
_SPACED = re.compile(r"(?:[\u4e00-\u9fff][ \u3000]+){2,9}[\u4e00-\u9fff]")
_CLIENT = re.compile(r"^(?!下载|打开|使用|进入)(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,10})(?:新闻)?客户端$")
_ISSUE = re.compile(
    r"^(?:(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s*)?(?:(?:19|20)\d\d年)?第\s?\d+\s?期(?:\s?[（(]总第?\s?\d+\s?期[）)])?$"
)
_PLACE = re.compile(r"[（(][\u4e00-\u9fff]{2,6}[）)]$")
_IN_NOTICE = re.compile(rf"《(?P<name>{_NAME})》\s*(?:编辑部|报?社)?\s*版权所有")
_FOLLOWED = re.compile(rf"关注\s*[“\"「](?P<name>{_NAME})[”\"」](?:官方)?微信(?:公众号)?")
_AGAIN_BEFORE = (
    "(?:来源|稿源|出处|来自|发布人|发布者|发布单位|发布机构|信息提供|主办(?:单位)?|©|(?i:copyright)|版权所有|版权归"
    r"|关注|下载|打开|原创)[\s:：©“\"「《]*(?:19|20)?[\d\s-]*"
)
_AGAIN_BEHIND = (
    r"[》”\"」]?\s*(?:版权|原创|客户端|微信|公众号|官方|编辑部|出品|[\u4e00-\u9fff]\s?ICP|多云|晴|登录|20\d\d[-年/])"
)
_NO_NAME = re.compile(
    "首页|首頁|位置|关注|微博|微信|分享|下载|点击|选择|详情|转[为到成繁载]|热搜|推荐|相关|评论|信息|资讯$(?<![\u4e00-\u9fff]{6})|要闻|新闻$(?<![\u4e00-\u9fff]{2}新闻)|频道|通知|公告|专题|关于|正文|登录|打印|关闭|日期|星期|欢迎|[您你我]|^(?:本|该|各|全)|局$|厅$|委$|简报$"
)
_HEAD_LINES = 3


def sites_told_twice(page: str) -> Iterator[str]:
    """The names that head a page (its menu, the way to it, the end of its title, alone) and stand again elsewhere."""
    lines = [line.strip() for line in page.strip().split("\n") if line.strip()]
    head = lines[:_HEAD_LINES]
    for n, line in enumerate(head):
        for pattern in (_MENU, _TITLE, _ALONE):
            found = pattern.search(line)
            if found and not _NO_NAME.search(found["name"]) and _stands_again(found["name"], lines, n):
                yield found["name"]


def periodicals(page: str) -> Iterator[str]:
    """The names above the number of an issue (某某通讯, 2021年第2期), in a masthead set with spaces, in 《》 before
    版权所有, of an app (某某客户端)."""
    lines = [line.strip() for line in page.strip().split("\n", 8)[:8] if line.strip()]
    for n, line in enumerate(lines[:_HEAD_LINES]):
        if _SPACED.fullmatch(line) and line[-1] in "报刊闻讯":
            yield re.sub(r"[ \u3000]", "", line)
        if n + 1 < len(lines) and _ISSUE.match(lines[n + 1]) and (name := _ALONE.match(_PLACE.sub("", line))):
            yield name["name"]
        if client := _CLIENT.match(line):
            yield client["name"]
    if notice := _IN_NOTICE.search(page):
        yield notice["name"]


def followed(page: str) -> Iterator[str]:
    """The account that a page asks to follow: 关注“某地民政”微信公众号."""
    yield from (m["name"] for m in _FOLLOWED.finditer(page[-2000:]))


def _stands_again(name: str, lines: Sequence[str], head: int) -> bool:
    """Whether a name of line `head` stands in another line where names of sites do."""
    others = [line for n, line in enumerate(lines) if n != head and name in line]
    if not others:  # a pattern of its own costs more than all else on a short page
        return False
    place = re.compile(
        f"{_AGAIN_BEFORE}{re.escape(name)}|^{re.escape(name)}{_AGAIN_BEHIND}|{re.escape(name)}(?:》?版权|客户端|公众号)"
    )
    return any(place.search(line) is not None for line in others)
