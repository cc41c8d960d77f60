"""Elements of invented sites: each site has ways of its own to name and nest them."""

from __future__ import annotations

import html
import random
from collections.abc import Sequence

_WORDS = {
    "story": (
        "article-content",
        "post-body",
        "TRS_Editor",
        "rich_media_content",
        "entry",
        "detail-text",
        "artical_real",
    ),
    "title": ("article-title", "tit", "headline", "post-title", "h_title"),
    "meta": ("article-info", "info", "time-source", "byline", "post-meta", "author-info"),
    "nav": ("nav", "menu", "channel-list", "header-nav", "topbar"),
    "side": ("sidebar", "right", "aside-box", "col-r", "hot-rank"),
    "related": ("related", "recommend", "more-news", "xgyd", "list-more", "feed"),
    "comments": ("comments", "reply-list", "cmt", "discuss", "post-comments", "tie-area"),
    "foot": ("footer", "copyright", "bottom", "site-info"),
    "item": ("item", "card", "li-box", "media", "entry-item", "summary-item"),
    "tool": ("tools", "share", "opt", "article-bottom", "action-bar"),
    "dialog": ("dialog", "login-box", "mask", "player-controls", "pop"),
    "wrap": ("wrap", "container", "main", "w1200", "content", "left"),
    "post": ("post", "t_f", "floor", "commentpost", "topic-content", "postmessage"),
    "user": ("user", "pls", "author-card", "userinfo", "post-author"),
}
"""What designers call an element, by what it holds."""

_PLAIN = ("box", "cont", "mod", "block", "part", "w", "c", "text", "area", "row")


class Site:
    """The ways of one site: how it names elements and how deep it nests them; `name` is what it is called."""

    def __init__(self, rng: random.Random, name: str) -> None:
        self.rng = rng
        self.name = name
        self._style = rng.choice(["told", "told", "told", "plain", "hashed", "none"])
        self._named: dict[str, str] = {}
        self._landmarks = rng.random() < 0.35
        self._depth = rng.choice([0, 1, 1, 2, 3])

    def words(self, role: str) -> str:
        """The attributes of an element that holds such things, the same on the whole page."""
        if role not in self._named:
            self._named[role] = self._name(role)
        return self._named[role]

    def _name(self, role: str) -> str:
        match self._style:
            case "told":
                told = self.rng.choice(_WORDS.get(role, (role,)))
                return f' class="{told}"' if self.rng.random() < 0.8 else f' id="{told}"'
            case "plain":
                return f' class="{self.rng.choice(_PLAIN)}{self.rng.randint(1, 30)}"'
            case "hashed":
                return f' class="css-{self.rng.randrange(16**6):06x}"'
        return ""

    def box(self, role: str, parts: Sequence[str], tag: str = "div", sub: bool = False) -> str:
        """An element around parts; `sub` gives it a name of its own beside that of the role."""
        if not parts:
            return ""
        words = self.words(f"{role}-{sub}" if sub else role)
        return f"<{tag}{words}>" + "".join(parts) + f"</{tag}>"

    def landmark(self, role: str, parts: Sequence[str]) -> str:
        """An element around parts that the site may call by its sort: nav, header, aside, footer."""
        tags = {"nav": ("nav", "header"), "side": ("aside",), "foot": ("footer",), "story": ("article", "main")}
        tag = self.rng.choice(tags.get(role, ("div",))) if self._landmarks else "div"
        return self.box(role, parts, tag)

    def nested(self, parts: Sequence[str], role: str = "wrap") -> str:
        """Parts in as many elements as the site puts around its columns."""
        body = "".join(parts)
        for number in range(self._depth):
            body = f"<div{self.words(f'{role}-{number}' if number else role)}>{body}</div>"
        return body


def line(text: str, tag: str = "p", words: str = "") -> str:
    """An element with a line of text."""
    return f"<{tag}{words}>{html.escape(text)}</{tag}>"


def link(text: str, tag: str = "") -> str:
    """A line that leads elsewhere, in an element or none."""
    body = f'<a href="/a/{len(text)}.html">{html.escape(text)}</a>'
    return f"<{tag}>{body}</{tag}>" if tag else body


def listed(rng: random.Random, lines: Sequence[str], linked: float = 1.0) -> str:
    """Lines as a list, as rows of a table, or one element each."""
    tag, each = rng.choice([("ul", "li"), ("ul", "li"), ("div", "div"), ("dl", "dd"), ("div", "h3")])
    rows = [link(text, each) if rng.random() < linked else line(text, each) for text in lines]
    return f"<{tag}>" + "".join(rows) + f"</{tag}>"


def page_of(title: str, parts: Sequence[str]) -> str:
    """A whole page."""
    head = f'<head><meta charset="utf-8"><title>{html.escape(title)}</title></head>'
    return f"<!DOCTYPE html><html>{head}<body>" + "".join(parts) + "</body></html>"
