"""Pages made up for tests: a story of our own, and the things that sites put around stories."""

from __future__ import annotations

from flows.clean import clean
from flows.document import Page, RawDocument, Tables
from flows.text import Text

TITLE = "青禾区启动社工进校园行动"
STORY = [
    "3月5日，青禾区社工进校园行动启动仪式在青禾区第二小学举行，来自全区十二所学校的师生代表参加了活动。",
    "青禾区民政局有关负责人表示，社工进校园行动将为学生提供心理支持、课后陪伴和家庭教育指导等服务。",
    "据介绍，行动第一年计划派驻二十名专业社工，每周到校服务不少于两天。学校负责人说，孩子们很期待社工的到来。",
    "下一步，青禾区将总结试点经验，逐步把服务扩大到全区所有中小学，让更多孩子受益。",
]
MENU = ["首页", "新闻", "政务", "服务", "互动", "专题", "登录 | 注册"]
SOURCE = "2024-03-06 09:12:30 来源：青禾日报 责任编辑：林某某"
TAIL = ["上一篇：青禾区召开养老服务工作会", "下一篇：没有了", "相关新闻", "多地推进社工站建设", "社工考试下月报名"]
FOOT = ["关于我们 | 联系我们 | 网站地图", "版权所有：青禾区某某网 未经授权不得转载", "某ICP备00000000号"]


def document(text: str, name: str = "page.txt") -> RawDocument:
    """A raw document with this text."""
    return RawDocument("0" * 16, name, "0" * 64, len(text.encode("utf-8", "replace")), "text/plain", "utf-8", text)


def page(*lines: str) -> Page:
    """A page of these lines, before the first step."""
    raw = document("\n".join(lines))
    return Page(raw, Text.of(raw.text))


def cleaned(*lines: str) -> Tables:
    """All rows of a page of these lines."""
    return clean(document("\n".join(lines)))
