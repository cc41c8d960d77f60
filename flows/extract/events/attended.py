"""Events that a sentence names in passing: what was heard at one (从甲局召开的通气会上获悉), or who came to it
(参加了由甲厅主办的…仪式)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.events.circumstances import strip_circumstances
from flows.extract.events.named import fits, head_pattern, trim
from flows.extract.events.names import Found, is_planned
from flows.looks import IfHeld

_HEARD = "(?:获悉|了解到|得知|看到|听到|见到)"
_HELD = "(?:主办|举办|召开|举行|承办|组织召开|组织举办)"
_AND_HELPED = "(?:、[^，。；：、]{2,30}?(?:承办|协办|赞助|支持|冠名|资助|指导))*"
_THERE = IfHeld(
    rf"从(?P<before>[^，。；：]{{2,60}}?)(?:联合|共同)?(?P<verb>{_HELD})的(?P<name>[^，。；：]{{3,60}}?)上{_HEARD}"
)
_CAME = IfHeld(
    rf"(?:参加|出席|参与)(?:了)?(?P<by>由)?(?P<before>[^，。；：]{{2,60}}?)(?:联合|共同)?(?P<verb>{_HELD}){_AND_HELPED}的(?P<name>[^，。；：]{{4,60}})(?=[，。；]|$)"
)
_CAME_TO = re.compile("(?:参加|出席|参与)了?(?P<name>[^，。；：、]{4,50})(?=[，。；])")
_THIS_IS = re.compile(
    "(?:这|此次活动|本次活动)是(?P<by>[^，。；：“]{2,24}?)(?:策划|组织|举办|主办|开展|推出)的(?P<name>[^，。；：]{4,40})(?=[，。])"
)
_AT = re.compile(
    "在(?P<name>[^，。；：、]{5,40}(?:仪式|典礼|大会|年会|论坛|研讨会|推进会|座谈会|现场会|培训班|分享会|总结会))上(?=，)"
)
_OWN_NAME = re.compile("[“第首届]|[0-9]{4}年")
_DAY = re.compile("^(?:昨天|昨日|今天|今日|日前|近日|近期|[^，。]{0,6}[日天午晚])(?=.{3})")


def read_come_to(text: str, masked: str, start: int, end: int) -> Iterator[Found]:
    """The events with a name of their own that text[start:end] says somebody came to (23名骑手参加“小哥议事会”); they
    are events of the text only where a day says when."""
    for m in _CAME_TO.finditer(masked, start, end):
        begin, last = m.span("name")
        name = text[begin:last]
        if (
            _OWN_NAME.search(name)
            and head_pattern().search(name.rstrip("”》"))
            and not is_planned(masked, start, m.start())
        ):
            begin, last = trim(text, masked, begin, last)
            if fits(text, begin, last, "参加"):
                yield Found(begin, last, m.start(), None, "", None)
    for m in _AT.finditer(masked, start, end):
        begin, last = trim(text, masked, *m.span("name"))
        if not is_planned(masked, start, m.start()) and fits(text, begin, last, "举行"):
            yield Found(begin, last, m.start(), None, "", None)


def read_this_is(text: str, masked: str, start: int, end: int) -> Iterator[Found]:
    """The events that text[start:end] gives what was told before its name by: 这是甲站策划的“云上团圆”拜年活动."""
    for m in _THIS_IS.finditer(masked, start, end):
        begin, last = trim(text, masked, *m.span("name"))
        if head_pattern().search(text[begin:last].rstrip("”》")) and fits(text, begin, last, "开展"):
            yield Found(begin, last, m.start("name"), None, "", m.span("by"))


def read_attended(text: str, masked: str, start: int, end: int) -> Iterator[Found]:
    """The events that text[start:end], one sentence, names as heard or come to; the subject is who held them."""
    for pattern in (_THERE, _CAME):
        for m in pattern.finditer(masked, start, end):
            begin, last = m.span("name")
            if not head_pattern().search(text[begin:last].rstrip("”》")):
                continue
            low, high = m.span("before")
            if day := _DAY.match(masked[low:high]):
                low += day.end()
            left, place, way = strip_circumstances(masked, low, high)
            yield Found(begin, last, m.start("verb"), place, way, (low, left) if left > low else None)
