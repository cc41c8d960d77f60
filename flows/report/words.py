"""The words of the report for the values of the data, in Chinese and English."""

from __future__ import annotations

from flows.report.markup import Markup, join, words
from flows.schema import load

KINDS = {
    "navigation": ("导航", "navigation"),
    "teaser": ("预告", "teaser"),
    "metadata": ("元数据行", "metadata line"),
    "dateline": ("电头", "dateline"),
    "credit": ("署名", "credit"),
    "caption": ("图片说明", "caption"),
    "copyright": ("版权声明", "copyright notice"),
    "related_heading": ("相关栏标题", "heading of related links"),
    "related_links": ("相关链接", "related links"),
    "site_summary": ("网站简介", "site summary"),
    "site_prompt": ("网站提示", "site prompt"),
    "share": ("分享", "share buttons"),
    "advertisement": ("广告", "advertisement"),
    "repeated": ("重复", "repeated"),
    "contact": ("联系方式", "contact"),
    "page_furniture": ("版面元素", "page furniture"),
    "other": ("其他", "other"),
    "annotation": ("注音", "annotation"),
    "repair": ("修复", "repair"),
    "whitespace": ("空白", "white space"),
    "control": ("控制字符", "control character"),
    "page_break": ("换页", "page break"),
    "personal": ("个人数据", "personal data"),
}
STATUSES = {
    "published": ("已发布", "published"),
    "duplicate": ("重复", "duplicate"),
    "quarantined": ("隔离", "quarantined"),
    "rejected": ("拒绝", "rejected"),
}
SEVERITIES = {"critical": ("严重", "critical"), "warning": ("警告", "warning"), "info": ("提示", "info")}
CAUSES = {
    "page": ("页面", "the page"),
    "correction": ("更正", "a correction"),
    "exception": ("例外", "an exception"),
    "rule": ("规则", "a rule"),
    "vocabulary": ("词表", "a vocabulary"),
    "code": ("代码", "the code"),
    "unexplained": ("原因不明", "unexplained"),
}
CHANGES = {
    "replaced": ("替换", "replaced"),
    "added": ("新增", "added"),
    "removed": ("消失", "gone"),
    "changed": ("修改", "changed"),
}
FACTS = ("people", "organizations", "events", "statistics", "citations", "themes")
"""Tables whose rows point into an article's text, in the order of their marks."""


def kind(name: str | None) -> Markup:
    """A kind of removal, as a person reads it."""
    return words(*KINDS.get(name or "", (name or "–", name or "–")))


def status(name: str) -> Markup:
    """What became of a document."""
    return words(*STATUSES.get(name, (name, name)))


def cause(name: str) -> Markup:
    """Why a row changed."""
    return words(*CAUSES[name])


def change(name: str) -> Markup:
    """What became of a document between two releases."""
    return words(*CHANGES[name])


def severity(name: str) -> Markup:
    """How much a gate weighs."""
    return words(*SEVERITIES[name])


def table_name(name: str) -> Markup:
    """A table's title."""
    title = load(name).title
    return words(title.zh, title.en)


def column_name(table: str, name: str) -> Markup:
    """A column's title, and the name it has in the files."""
    title = load(table).column(name).title
    return join([words(title.zh, title.en)])
