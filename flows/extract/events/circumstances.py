"""Circumstances: where, when and by which medium an event was held, as they stand before its verb."""

from __future__ import annotations

import re
from functools import cache

from flows.extract.words.events import cities, words
from flows.looks import AtEnd
from flows.vocabulary import one_of

_LONGEST_PLACE, _LONGEST_CIRCUMSTANCE = 32, 100
BOUND = re.compile("[，。；：！？\n]")
_WAY = AtEnd("(?:，)?(?:以|采取|采用|通过|按照)(?P<way>[^，。；]{2,20}?)(?:的)?(?:方式|形式)(?:，)?$")
_MEDIUM = AtEnd("通过(?P<way>(?:腾讯会议|钉钉|[Zz][Oo]{2}[Mm]|视频|网络|线上|云端|直播|微信)[^，。；]{0,8})$")
_HELPED = AtEnd("，?在[^，。；]{2,24}(?:支持|指导|帮助|推动|见证|领导|关心|陪同)下，?$")
_ON_DAY = AtEnd("将?(?:于|定于|在)[^，。；：于在]{1,18}(?:[日号天午晚]|[周星]期?[一二三四五六日]|期间)(?:（■+）)?$")
_DAY_BEHIND = AtEnd(
    "(?:(?:(?:[0-9]{3,4}年)?[0-9]{1,2}月)?(?:[0-9]{1,2}[、和及])?[0-9]{1,2}日|[今昨]（■{1,2}）日|(?:今天|今日|昨天|昨日|[上本这]?(?:周|星期)[一二三四五六日天])(?:（■{2,6}）)?|当天|当日|近日|日前)"
    "(?:[上下]午|晚上?)?$"
)
_NOT_PLACE = re.compile("[上下中里]$|之际|期间|时$|方面|过程|基础|背景|前夕|前提|日$|月$|年$|的$|来临|后$|内$|范围")
_HERE = re.compile(  # as good as nothing
    "这里|那里|此|此地|当地|[我本全该这][省市县区州旗镇乡村校院](?:里|内)?|[镇村县乡街路院校家园山店站厂][上里中]"
)
_WHEN = re.compile("(?:之际|期间|时|来临|前夕)$")
_FOR_WHOM = re.compile("(?<=..)[为向对][^，。；]{2,10}$")  # 在大厅为来宾举行
_PLACE_ENDS_NOT_HERE = re.compile("线上|线下|各地|全国各地|同步|全国.*(?:省|市|区|地).*")
_VISITED = re.compile(
    "(?:走进|来到|前往|深入|奔赴|[赴到](?=[^，。；]{0,8}[省市县区州镇乡村校馆园社]))(?P<place>[^，。；、（）“”]{3,24})，?$"
)
_VISITED_BEHIND = re.compile("[^，。；、（）“”]{3,24}(?=[，。；])")


@cache
def _adverbs() -> AtEnd:
    """The adverbs that a text ends with."""
    adverbs = one_of(words("adverbs")).replace("组织", "组织(?<!社会组织)")
    return AtEnd(f"(?:{adverbs})(?:{adverbs})*$")


def strip_circumstances(masked: str, start: int, end: int) -> tuple[int, tuple[int, int] | None, str]:
    """Where the words before a verb end without adverbs, 在…, 以…方式; and these: place, way."""
    place, way = None, ""
    start = max(start, end - _LONGEST_CIRCUMSTANCE)
    adverbs = _adverbs()
    for _ in range(3):
        before = end
        if m := adverbs.search(masked, start, end):
            way += m[0]
            end = m.start()
        if m := _WAY.search(masked, start, end):
            way += m["way"]
            end = m.start()
        if masked.find("通过", start, end) >= 0 and (m := _MEDIUM.search(masked, start, end)):
            way += "线上" + m["way"]
            end = m.start()
        if m := _HELPED.search(masked, start, end):
            end = m.start()
        for pattern in (_ON_DAY, _DAY_BEHIND):
            if m := pattern.search(masked, start, end):
                end = m.start()
        if place is None:
            end, place = _strip_place(masked, start, end)
        if end == before:
            break
    return end, place, way


def _strip_place(masked: str, start: int, end: int) -> tuple[int, tuple[int, int] | None]:
    """Where the words go on before 在甲地, and the place; 在这里 is none."""
    for word in ("在", "假", "于"):
        at = masked.rfind(word, max(start, end - _LONGEST_PLACE - 1), end)
        phrase = masked[at + 1 : end]
        if at < 0 or (word == "假" and masked[at - 1 : at] in {"寒", "暑", "放", "节"}):
            continue
        if _HERE.fullmatch(phrase) or (_WHEN.search(phrase) and not BOUND.search(phrase)):
            end = at
        elif (len(phrase) >= 2 or phrase in cities()) and not BOUND.search(phrase) and not _NOT_PLACE.search(phrase):
            if not _PLACE_ENDS_NOT_HERE.fullmatch(phrase):
                return at, (at + 1, at + 1 + len(_FOR_WHOM.sub("", phrase)))
            end = at
    return end, None


def place_visited(masked: str, start: int, left: int, verb: re.Match[str], end: int) -> tuple[int, int] | None:
    """The place that those who held an event went to: 走进甲校，开展…, or 活动走进甲校."""
    if m := _VISITED.search(masked, max(start, left - _LONGEST_PLACE), left):
        return m.span("place")
    if verb[0] == "走进" and (m := _VISITED_BEHIND.match(masked, verb.end(), end)):
        return m.span()
    return None
