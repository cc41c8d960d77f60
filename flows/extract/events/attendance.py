"""Attendance: which figures say how many took part, and in which of the events named so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, takewhile

from flows.document import Row
from flows.extract.numbers.quantities import Quantity
from flows.extract.words.events import words
from flows.vocabulary import one_of

_UNITS = frozenset({"人", "名", "位", "人次"})
_LARGEST = 1_000_000
_REMEMBERED = 40  # events among which the one meant is looked for
_NEAR = 1500  # characters from an event to a sentence that means it without naming it
_PARAGRAPHS = 4  # from the only event of a text to a sentence that means it
_REFERENCE = re.compile(
    "本次|此次|本届|该|这次|活动|会议|大会|培训|论坛|仪式|研讨|比赛|大赛|讲座|开班|现场|年会|典礼|启动礼|开幕礼|颁奖礼|晚会|市集|沙龙"
)
_ATTENDED = re.compile("(?:参加|出席|参会|与会|参训|参赛|到场|同台竞技|观看)(?:了[^，。；]{0,10})?(?=[，。！；]|$)")
_BESIDE = re.compile("[^，。；、\n共]{0,8}(?:、|和|与|及|以及)[^，。；、\n共]{0,6}")
_LONGEST_BESIDE = 16  # characters that it may take
_AND_MORE = re.compile("[人员者师生工长表部导任众民家][、和及与](?:近|约|超|逾)?$")
_HEAD = 2
_FROM, _GROUP = re.compile("来自[^，。；]{2,24}的共?$"), 10  # 来自各地的58名师生, not 来自甲省的3名专家
_ONLINE = re.compile("在线|线上|云端|直播|网络")
_OF_WHAT = re.compile("(?:参加|出席|观看|收看|参与|见证)了?([^，。；“”]{2,12})(?=[，。；])")
_NAMED = re.compile("(?:本次|此次|本届|该|这次)([^，。；]{2,6})")


def people_counts(quantities: Iterable[Quantity]) -> list[Quantity]:
    """The quantities that count people."""
    return [q for q in quantities if q.unit in _UNITS and q.kind == "cardinal"]


def attendances(text: str, quantities: Sequence[Quantity], start: int, end: int) -> list[Quantity]:
    """Those of the quantities, all in text[start:end], that say how many took part in something; those who only
    watched from elsewhere come last."""
    onsite, online = list[Quantity](), list[Quantity]()
    after, attending, counted = _attending()
    for place, q in enumerate(quantities):
        if not 2 <= q.value < _LARGEST:
            continue
        before = text[max(start, q.start - 30) : q.start]
        told = after.match(text, q.end, end) or attending.search(before) or counted.search(before)
        if (told or (q.value >= _GROUP and _FROM.search(before))) and not _is_part(text, quantities, place):
            (
                online if _ONLINE.search(text, max(start, text.rfind("，", start, q.start)), q.end + 8) else onsite
            ).append(q)
    return onsite + online


def _is_part(text: str, quantities: Sequence[Quantity], place: int) -> bool:
    """Whether the figure at a place counts only some of those who came (40名老人和15名志愿者参加)."""
    q = quantities[place]
    if _AND_MORE.search(text, max(0, q.start - 4), q.start):
        return True  # 机构负责人、46名主管参加
    behind = takewhile(
        lambda other: other.start - q.end <= _LONGEST_BESIDE, (quantities[n] for n in range(place + 1, len(quantities)))
    )
    before = takewhile(
        lambda other: q.start - other.end <= _LONGEST_BESIDE, (quantities[n] for n in range(place - 1, -1, -1))
    )
    pairs = chain(((other, q) for other in before), ((q, other) for other in behind))
    return any(_BESIDE.fullmatch(text, a.end, b.start) for a, b in pairs)


def meant_row(text: str, rows: Sequence[Row], q: Quantity, start: int, end: int) -> Row | None:
    """The event that the sentence text[start:end] means: the last with the head that it names behind the figure,
    else the last one told of in the same paragraph or the one before."""
    sentence = text[start:end]
    if not rows or not (_REFERENCE.search(sentence) or _ATTENDED.search(sentence)):
        return None
    last = rows[-1]
    if (seen := _OF_WHAT.search(text, q.end, end)) and (
        named := [row for row in rows if row["name"].endswith(seen[1][-_HEAD:])]
    ):
        return named[-1]
    if m := _NAMED.search(text, q.end, end):
        return next((row for row in reversed(rows[-_REMEMBERED:]) if m[1][:2] in row["name"][-8:]), last)
    steps = 1 if len(rows) > 1 else _PARAGRAPHS
    near = start - last["start"] <= _NEAR and text.count("\n", last["start"], start) <= steps
    return last if near else None


@cache
def _attending() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands behind the number of those who took part, and what before it: a verb, or other words. Each of these
    two begins with words, so that `re` skips to their first characters."""
    attend, others = one_of(words("attend")), one_of(words("not_attend"))
    after = re.compile(
        f"(?:[^，。；\n]{{0,24}}?)(?:{attend}|接受[^，。；\n]{{0,10}}培训|来自|听(?=[^，。；\n]{{0,14}}[讲说]))(?:了)?(?!{others})"
    )
    total = "(?:共有?|等|达到?|超过?|约|近|计|为|总计|合计|逾)*$"
    attending = f"(?:{attend})(?:了)?(?:本次|此次|活动|会议|培训|的)*(?:人员|人数|学员|嘉宾|代表|观众)?{total}"
    counted = (
        "(?:一行|现场来了|(?:现场|线下)(?:听众|观众|人数|师生)|实到(?:会员|代表|人员)?|组织(?:了)?[^，。；]{2,24}(?=共|等)|吸引(?:了)?[^，。；]{0,16}"
        f"|共培训(?:了)?[^，。；]{{0,8}}|各界(?:来宾|人士|嘉宾|代表)){total}"
    )
    return after, re.compile(attending), re.compile(counted)
