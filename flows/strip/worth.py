"""Do the stretches of a page that score as text hold a story, and not the blurbs of a list?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

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

LONGEST_COUNT = 80
"""Characters of such a line, at most; what stands around a counter is 40 of them."""

DETAIL = "related_detail"
_ENTRY_RULES = {DETAIL, "related_dated", "meta_date_short", "meta_counter"}


class _Shown(NamedTuple):
    """What lines show of a list: the plain ones, how many blurbs break off, paragraphs close and lines state the time
    or the counters of an entry or lead to the rest of one, and whether they are entries by their markup."""

    plain: Sequence[Judged]
    blurbs: int
    closing: int
    entries: int
    details: int
    listed: bool


def _look_at(around: Sequence[Judged], span: Sequence[Judged]) -> _Shown:
    plain = [one for one in around if is_plain(one)]
    closing = sum(one.prose and _is_closed(one) for one in plain)
    entries, details = sum(map(_is_of_entry, around)), sum(one.rule == DETAIL for one in span)
    return _Shown(plain, _blurbs(plain), closing, entries, details, lists_entries(around))


def is_story(judged: Sequence[Judged], bodies: Sequence[tuple[int, int]], titled: bool) -> bool:
    """Do the bodies hold sentences, and not the blurbs of a list?

    A blurb breaks off, and a short line follows it: a name, a time, the next headline. The entries of an index
    end with a time or a link to the rest, one in seven lines or more. A page of headlines has no
    full stop; one is enough if a source line or a repeated headline says that here is a story.
    """
    around = [one for a, b in bodies for one in judged[a:b]]
    return _tells(judged, bodies[0][0], len(around), _look_at(around, _span(judged, bodies)), titled)


def is_listing(judged: Sequence[Judged], bodies: Sequence[tuple[int, int]], titled: bool) -> bool:
    """Are the bodies the entries of a list, by their blurbs, their times and counters or their markup?"""
    around = [one for a, b in bodies for one in judged[a:b]]
    return _lists(judged, len(around), _look_at(around, _span(judged, bodies)), titled)


def _span(judged: Sequence[Judged], bodies: Sequence[tuple[int, int]]) -> Sequence[Judged]:
    """The lines from the first of the bodies to the one behind the last."""
    return judged[bodies[0][0] : bodies[-1][1] + 1]


def _tells(judged: Sequence[Judged], start: int, lines: int, shown: _Shown, titled: bool) -> bool:
    """Do so many lines, of which the first is line `start`, tell a story?"""
    if _lists(judged, lines, shown, titled):
        return False
    stops = sum(one.form.count("。") for one in shown.plain)
    above = judged[max(0, start - 8) : start]
    sourced = any(one.kind == "metadata" or one.placed for one in above)
    bare = lines * 2 >= len(judged)  # nothing much stands around it
    return stops >= 2 or (stops == 1 and (bare or sourced or titled)) or (sourced and titled)


def _lists(judged: Sequence[Judged], lines: int, shown: _Shown, titled: bool) -> bool:
    if shown.listed or shown.blurbs > max(1, shown.closing):
        return True
    if shown.details >= 3 and shown.details * 4 >= lines:
        return True
    if shown.entries >= 5 and shown.entries * (5 if titled else 7) >= lines:
        return True
    return _LISTING.search(judged[0].form) is not None and sum(one.rule in _ENTRY_RULES for one in judged) >= 5


def signs(judged: Sequence[Judged], start: int, end: int, titled: bool) -> dict[str, int]:
    """What a stretch of lines shows of a list, in whole numbers: is it a story by the rules here; how many blurbs break
    off and paragraphs close; what share states the time or the counters of an entry; are they entries by their markup;
    and how many lines above state time or source."""
    shown = _look_at(judged[start:end], judged[start : end + 1])
    above = judged[max(0, start - 4) : start]
    return {
        "voice": int(end > start and _tells(judged, start, end - start, shown, titled)),
        "blurbs": min(shown.blurbs, 30),
        "closing": min(shown.closing, 30),
        "entries": shown.entries * 100 // max(1, end - start),
        "listed": int(shown.listed),
        "sourced": sum(one.kind == "metadata" or bool(one.placed) for one in above),
    }


def _blurbs(lines: Sequence[Judged]) -> int:
    return sum(one.score > 1 and not _is_closed(one) and below.score < 0 for one, below in pairwise(lines))


def _is_of_entry(one: Judged) -> bool:
    """Does the line state the time or the counters of an entry of a list?"""
    if one.rule in _ENTRY_RULES or ends_with_date(one.form):
        return True
    return len(one.form) <= LONGEST_COUNT and _COUNTED.fullmatch(one.form) is not None


def _is_closed(one: Judged) -> bool:
    """Does the line end as a sentence does, a footnote's number or a counter behind it aside?"""
    return one.form.rstrip("0123456789 ")[-1:] in CLOSED
