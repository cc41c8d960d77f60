"""Do the stretches of a page that score as text hold a story, and not the blurbs of a list?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from flows.strip.edges import is_plain
from flows.strip.judge import Judged
from flows.strip.markup import lists_entries
from flows.strip.shape import CLOSED, ends_with_date

_LISTING = re.compile(r"(?:搜索|检索|查询)结果")
_COUNTED = re.compile(
    r".{0,24}(?:\d(?:\.\d+万)?\s*(?:赞|评论|阅读|浏览|回复|喜欢|收藏|人阅读|人浏览|次浏览|条评论|个回答)"
    r"|(?:阅读|评论|浏览|点击|回复|热度)\s?[(:]?\s?\d).{0,16}"
)
"""The counters of an entry: 212 赞 · 31 评论."""

_ENTRY_RULES = {"related_detail", "related_dated", "meta_date_short", "meta_counter"}


def is_story(judged: Sequence[Judged], bodies: Sequence[tuple[int, int]], titled: bool) -> bool:
    """Do the bodies hold sentences, and not the blurbs of a list?

    A blurb breaks off, and a short line follows it: a name, a time, the next headline. The entries of an index
    end with a time or a link to the rest, one in seven lines or more. A page of headlines has no
    full stop; one is enough if a source line or a repeated headline says that here is a story.
    """
    lines = [one for a, b in bodies for one in judged[a:b] if is_plain(one)]
    stops = sum(one.form.count("。") for one in lines)
    above = judged[max(0, bodies[0][0] - 8) : bodies[0][0]]
    sourced = any(one.kind == "metadata" or one.placed for one in above)
    around = [one for a, b in bodies for one in judged[a:b]]
    if _breaks_off(lines) or _is_index(judged, around, titled) or lists_entries(around):
        return False
    bare = len(around) * 2 >= len(judged)  # nothing much stands around it
    return stops >= 2 or (stops == 1 and (bare or sourced or titled)) or (sourced and titled)


def signs(judged: Sequence[Judged], start: int, end: int, titled: bool) -> dict[str, int]:
    """What a stretch of lines shows of a list, in whole numbers: is it a story by the rules here; how many blurbs break
    off and paragraphs close; what share states the time or the counters of an entry; are they entries by their markup;
    and how many lines above state time or source."""
    around = judged[start:end]
    lines = [one for one in around if is_plain(one)]
    above = judged[max(0, start - 4) : start]
    return {
        "voice": int(end > start and is_story(judged, [(start, end)], titled)),
        "blurbs": min(_blurbs(lines), 30),
        "closing": min(sum(one.prose and _is_closed(one) for one in lines), 30),
        "entries": sum(_is_of_entry(one) for one in around) * 100 // max(1, len(around)),
        "listed": int(lists_entries(around)),
        "sourced": sum(one.kind == "metadata" or bool(one.placed) for one in above),
    }


def _breaks_off(lines: Sequence[Judged]) -> bool:
    return _blurbs(lines) > max(1, sum(one.prose and _is_closed(one) for one in lines))


def _blurbs(lines: Sequence[Judged]) -> int:
    return sum(one.score > 1 and not _is_closed(one) and below.score < 0 for one, below in pairwise(lines))


def _is_index(judged: Sequence[Judged], around: Sequence[Judged], titled: bool) -> bool:
    entries = sum(_is_of_entry(one) for one in around)
    if entries >= 5 and entries * (5 if titled else 7) >= len(around):
        return True
    return _LISTING.search(judged[0].form) is not None and sum(one.rule in _ENTRY_RULES for one in judged) >= 5


def _is_of_entry(one: Judged) -> bool:
    """Does the line state the time or the counters of an entry of a list?"""
    return one.rule in _ENTRY_RULES or _ends_entry(one.form)


@lru_cache(maxsize=1024)
def _ends_entry(form: str) -> bool:
    return ends_with_date(form) or _COUNTED.fullmatch(form) is not None


def _is_closed(one: Judged) -> bool:
    """Does the line end as a sentence does, a footnote's number or a counter behind it aside?"""
    return one.form.rstrip("0123456789 ")[-1:] in CLOSED
