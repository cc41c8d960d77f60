"""What readers wrote: the comments below a story, and the replies of a thread, of which the first post is the story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from flows.looks import IfHeld
from flows.strip.judge import Judged

COMMENTS = ("comments", "reader_comment")
"""Kind and rule of what readers wrote."""

_NAMED = re.compile(r"(?<![a-z])(?:comments?|cmts?|repl(?:y|ies)|pinglun|liuyan|huifu)(?![a-z])")
"""Words in class and id names of what readers wrote."""

_OPENS = re.compile(
    r"[\[(·#\s]*(?:(?:网友|读者|用户|全部|所有|最新|热门|热点|精彩|精选|大家)的?)?(?:评论|留言|跟[帖贴]|回复|回帖|热评)"
    r"(?:列表|专?区)?\s*[(:]?\s*\d*\s*(?:条|楼|个)?[)\]:]*"
    r"|(?:共|已有|全部)?\s*\d+\s*(?:条|个|楼|则)(?:评论|留言|回复|回帖|跟[帖贴]).{0,8}"
)
_SURELY = re.compile(r"\D{2,4}(?:评论|留言|跟[帖贴]|回复|回帖|热评).*|.*\d.*")
"""Such a line that no section of a story is called: it says whose they are, or how many."""

_STAMP = IfHeld(
    r"(?:.{0,16}(?:发表于|回复于|评论于|回复了|回应了).{0,30}|.{0,20}?(?:#\s*\d{1,4}|\d{1,4}\s*(?:#|楼)|沙发|板凳|地板)"
    r"(?:\s+.{0,24})?|.{1,16}\s(?:\d{1,2}|几)\s*(?:秒|分钟|小时|天|周|个月|年)前.{0,8})"
)
"""Where on a thread a post stands, or who answered when."""

_ENDS = frozenset({"related_heading", "copyright", "contact", "advertisement"})
_BY_PLACE = frozenset({"after_body", "prose_outside", "blurb_outside", "under_related_heading", "list_after_body"})
_BY_MARKUP = frozenset({"marked_furniture", "link_in_story"})

LONGEST = 80
"""Characters of a line that says whose comments follow, or who wrote one when, at most."""

STAMPS = 2
"""Lines behind a story that say who answered when, from which on it is a thread."""


def take_comments(judged: Sequence[Judged], end: int) -> None:
    """Says what of that behind a story (from line `end` on) which its place alone took readers wrote."""
    stamped = [_is_stamp(one.form) for one in judged[end:]]
    open_, thread = False, sum(stamped) >= STAMPS
    for one, stamp in zip(judged[end:], stamped, strict=True):
        if (thread and stamp) or _opens(one):
            open_ = True
        elif one.kind in _ENDS:
            open_ = False
        if open_ and one.rule in _BY_PLACE:
            one.kind, one.rule = COMMENTS
    for one in judged[:end]:
        if one.rule in _BY_MARKUP and is_named(one):
            one.kind, one.rule = COMMENTS


def before_comments(judged: Sequence[Judged], first: int, end: int) -> int:
    """Where the body that ends before line `end` is cut: at a heading of comments behind its first paragraph."""
    heads = (i for i in range(first + 1, end) if _is_heading(judged[i].form) and _SURELY.match(judged[i].form))
    return next(heads, end)


def is_named(one: Judged) -> bool:
    """Does the markup call the line's element, or the one around it, one of comments?"""
    return one.block is not None and _NAMED.search(one.block.words) is not None


def _opens(one: Judged) -> bool:
    return is_named(one) or _is_heading(one.form)


@lru_cache(maxsize=8192)
def _is_stamp(form: str) -> bool:
    return len(form) <= LONGEST and _STAMP.fullmatch(form) is not None


@lru_cache(maxsize=8192)
def _is_heading(form: str) -> bool:
    return len(form) <= LONGEST and _OPENS.fullmatch(form) is not None
