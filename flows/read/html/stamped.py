"""The day of a page that its markup states outside of meta tags: `<time datetime>` beside the headline, and the script
of a WeChat story, whose visible date only a browser fills in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_ELSEWHERE = "nav *, aside *, footer *, li *"
"""Where the times of other stories, and of comments, stand."""

_CHANGED, _PUBLISHED = re.compile("updated|modified", re.I), re.compile("publi", re.I)

_STORY = "#js_content, #js_article, #activity-name, #js_share_content_page, #js_image_content"
_NICKNAME = "#js_name, .profile_nickname"
_DAYS = ("ct", "oriCreateTime", "ori_create_time", "createTime", "create_time", "publish_time")
"""The names under which the script of a WeChat story has its day, in seconds since 1970 or as shown, the best first."""

_DAY_OF = [
    (name, re.compile(rf"(?<![\w$]){name}[\"']?\s*[:=]\s*(?:\w+\(\s*)?[\"'](1\d{{9}}|20\d\d-\d\d-\d\d[ \d:]*)[\"']"))
    for name in _DAYS
]
_ACCOUNT = re.compile(r"(?<![\w$])nick_?name[\"']?\s*[:=]\s*(?:\w+\(\s*)?[\"']([^\"'<>\\]{2,40})[\"']")


def time_element(tree: LexborHTMLParser) -> str | None:
    """The value of the `<time>` elements of the story: of the one below the only headline, or one that all of them
    share. Those of lists, comments and side columns count as little as that of a later change."""
    days: list[str] = []
    below: list[str] = []
    headlines = 0
    for node in tree.css("h1, time[datetime]"):
        if node.tag == "h1":
            headlines += 1
        elif (value := _published(node)) is not None:
            days.append(value)
            below += [value] if headlines else []
    if len(set(days)) == 1:
        return days[0]
    return below[0] if below and headlines == 1 else None


def _published(node: LexborNode) -> str | None:
    attributes = node.attributes
    words = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
    changed = _CHANGED.search(words) is not None and _PUBLISHED.search(words) is None
    return None if changed or node.css_matches(_ELSEWHERE) else attributes["datetime"]


def read_account(tree: LexborHTMLParser) -> tuple[str | None, str | None]:
    """Day and account of a WeChat story; None for each that its script does not say, and on all other pages."""
    if tree.css_first(_STORY) is None:
        return None, None
    scripts = [text for node in tree.tags("script") if (text := node.text()) and not node.attributes.get("src")]
    day = next(_days(scripts), None)
    shown = tree.css_first(_NICKNAME)
    named = (match for script in scripts if "nick" in script for match in _ACCOUNT.finditer(script))
    account = shown.text().strip() if shown is not None else next((match[1] for match in named), None)
    return day, account or None


def _days(scripts: list[str]) -> Iterator[str]:
    """The days that scripts state, those with a time first."""
    found = [
        match[1]
        for name, pattern in _DAY_OF
        for script in scripts
        if name in script
        for match in pattern.finditer(script)
    ]
    yield from sorted(found, key=lambda value: "-" in value and ":" not in value)
