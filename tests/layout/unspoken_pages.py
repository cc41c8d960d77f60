"""Pages without sentences around which invented sites stand, in both forms: as text and as markup."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

SITE = "株洲社工网"
MENU = ("首页", "机构概况", "新闻中心", "政策法规", "通知公告", "社工人才", "互动交流", "联系我们")
FOOT = ("主办：株洲市社会工作协会", "地址：长江南路18号 邮编：412000", "湘ICP备12000000号", "技术支持：蓝海科技")
RELATED = (
    "相关阅读",
    "社工督导培训班开班",
    "省厅来我市调研社工站工作",
    "我市表彰优秀社工二十名",
    "乡镇社工站建设三年行动收官",
)
STATED = "发布时间：2023-10-08 来源：株洲市社工协会 浏览次数：213"
POSTED = (SITE, "2023-10-08 17:30", "发表于湖南")
PROMPTS = ("长按二维码关注我们", "喜欢此内容的人还喜欢")


class Told(NamedTuple):
    """What stands on a page under its headline; a list's lines are links."""

    name: str
    title: str
    lines: tuple[str, ...]
    is_list: bool


def told() -> list[Told]:
    """The pages of unspoken.yaml."""
    found = yaml.safe_load(Path(__file__).with_name("unspoken.yaml").read_text(encoding="utf-8"))
    return [
        Told(name, one["title"], tuple(one["lines"].strip().split("\n")), kind == "lists")
        for kind, pages in found.items()
        for name, one in pages.items()
    ]


def pages(one: Told) -> Iterator[tuple[str, str, str]]:
    """The page as each sort of site shows it: name of the sort, text, markup."""
    body = _links("ul", one.lines) if one.is_list else "".join(_line("p", line) for line in one.lines if line)
    if not one.is_list:
        yield "bare", "\n".join([one.title, *one.lines]), _page(one.title, _line("h1", one.title) + body)
        head = _line("h1", one.title, "rich_media_title") + _box("rich_media_meta_list", _lines("span", POSTED))
        markup = _box("img-content", head + _box("rich_media_content", body)) + _box("tool", _lines("p", PROMPTS))
        yield "account", "\n".join([one.title, *POSTED, "", *one.lines, "", *PROMPTS]), _page(one.title, markup)
    stated = [] if one.is_list else [STATED]
    for related in ((), RELATED):
        path = "当前位置：首页 > " + (one.title if one.is_list else "新闻中心 > 正文")
        title = f"{one.title} - {SITE}"
        text = "\n".join([title, *MENU, path, one.title, *stated, *one.lines, *related, *FOOT])
        main = _line("h2", one.title) + _lines("div", stated) + _box("con", body)
        more = _box("list", _line("h3", related[0]) + _links("ul", related[1:])) if related else ""
        foot = _box("bottom", _lines("p", FOOT))
        yield "portal", text, _page(title, _links("ul", MENU) + _line("div", path) + _box("main", main) + more + foot)


def _line(tag: str, text: str, words: str = "") -> str:
    return f"<{tag}{f' class={chr(34)}{words}{chr(34)}' if words else ''}>{html.escape(text)}</{tag}>"


def _lines(tag: str, texts: tuple[str, ...] | list[str]) -> str:
    return "".join(_line(tag, text) for text in texts)


def _links(tag: str, texts: tuple[str, ...]) -> str:
    return (
        f"<{tag}>"
        + "".join(f'<li><a href="/a/{n}">{html.escape(text)}</a></li>' for n, text in enumerate(texts))
        + f"</{tag}>"
    )


def _box(words: str, body: str) -> str:
    return f'<div class="{words}">{body}</div>'


def _page(title: str, body: str) -> str:
    return f"<html><head><title>{html.escape(title)}</title></head><body>{body}</body></html>"
