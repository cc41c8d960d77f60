"""Names of events: the noun phrase that a sentence says was held, and where the parts of that sentence lie."""

from __future__ import annotations

import re
from typing import NamedTuple

from flows.extract.events.circumstances import BOUND, place_visited, strip_circumstances
from flows.extract.events.named import LONGEST_NAME, fits, is_reference, patterns, trim
from flows.extract.words.events import words
from flows.extract.words.marks import behind_part_end

_NUMBERED = re.compile("[”讲营赛班]第[0-9一二三四五六七八九十]+[期讲场次站季]$")
_OF_SERIES = re.compile("第[0-9一二三四五六七八九十]+[届期讲场次季回]$")
_DONE_TO, _OBJECT, _USED = (
    frozenset({"进行", "开展"}),
    re.compile("对|把|将"),
    re.compile("(?:中心|基地|驿站|之家|站|馆|园)”?$"),
)
_COUNTED = re.compile(
    "[^，。；]*(?:(?<![第0-9一二三四五六七八九十百])[0-9一二三四五六七八九十百两多余几]+[个家所座处间批](?!人)|[首末]批|最后一批|全部)(?:[\u4e00-\u9fff]{0,2}(?:乡镇|镇街|街道|街镇|村级?|社区)(?:（[^）]*）)?)?"
)
_LAST_ROLE = re.compile(
    "(?:主办|合办|承办|协办|举办|指导|组织|发起|支持|主管|共建|牵头|资助|赞助|冠名|推行|推出|实施|打造|创办|开发|筹办|参与|为主题|为题)的"
)

_FOR_IT = re.compile("为[^，。；“]{1,16}$")
_HOLDS = frozenset({"举行", "举办", "联合举办", "共同举办"})  # whatever is named in quotes behind these was held
_OPENED = frozenset({"启用", "投入使用"})
_CEREMONY, _OPENING = (
    re.compile("(?:仪式|典礼|礼|大会|[开闭]幕式|启动会|总结会|结项会|发布会)$"),
    re.compile("揭牌|挂牌|启用|落成|开业|成立|授牌"),
)
_ENDS, _LASTING = frozenset({"收官", "结束", "进行", "开展"}), re.compile("(?:行动|计划|工程|项目)$")


class Found(NamedTuple):
    """text[start:end] is the name of an event, held by `verb_text` at `verb`, by the organizers in text[subject].

    `tail` is what the name goes on with elsewhere in the sentence (启动礼 in “夜灯计划”在甲地举行启动礼).
    """

    start: int
    end: int
    verb: int
    place: tuple[int, int] | None
    way: str
    subject: tuple[int, int] | None
    verb_text: str = ""
    tail: str = ""


def event_verbs(masked: str, start: int, end: int) -> list[re.Match[str]]:
    """The verbs of holding in masked[start:end]."""
    return list(patterns()["verb"].finditer(masked, start, end))


def read_name(text: str, masked: str, start: int, verb: re.Match[str], end: int) -> Found | None:
    """The event that a verb in the sentence text[start:end] says was held; None if it names none."""
    left, place, way = strip_circumstances(masked, start, verb.start())
    place = place or place_visited(masked, start, left, verb, end)
    found = None
    if verb[0] in words("object_verbs") and not BOUND.match(masked, verb.end()):
        found = _as_object(text, masked, start, left, verb, end, place, way)
    if found is not None and is_reference(text[found.start : found.end]):
        found = _of_whom(text, masked, start, left, verb, place, way, found) or found
    if found is None and verb[0] in words("subject_verbs"):
        found = _as_subject(text, masked, start, left, verb, place, way)
    return found and found._replace(verb_text=verb[0])


def _of_whom(
    text: str,
    masked: str,
    start: int,
    left: int,
    verb: re.Match[str],
    place: tuple[int, int] | None,
    way: str,
    ceremony: Found,
) -> Found | None:
    """“夜灯计划”举行启动礼, 甲站举行揭牌仪式: a ceremony that is named by what holds it."""
    if not _CEREMONY.search(text, ceremony.start, ceremony.end):
        return None
    whose = _as_subject(text, masked, start, left, verb, place, way)
    if whose is not None and patterns()["weak"].search(masked, whose.start, whose.end):
        whose = whose if masked[whose.start : whose.end].count("“") else None
    if whose is None and _OPENING.search(text, ceremony.start, ceremony.end):
        clause = _clause_start(masked, start, left)
        if _USED.search(text, clause, left):
            whose = Found(clause, left, verb.start(), place, way, None)
    return whose and whose._replace(tail=text[ceremony.start : ceremony.end])


def is_planned(masked: str, start: int, verb: int) -> bool:
    """Whether the words before a verb say that the event is planned, habitual or a means."""
    clause = _clause_start(masked, start, verb)
    words_before = masked[clause:verb]
    if "将" in words_before and not re.search("将[于在]", words_before):
        return True
    return patterns()["not_held"].search(words_before) is not None


def _clause_start(masked: str, start: int, end: int) -> int:
    """Where the clause begins that ends at `end`, not before `start`."""
    return behind_part_end(masked, start, end) or start


def _as_subject(
    text: str, masked: str, start: int, left: int, verb: re.Match[str], place: tuple[int, int] | None, way: str
) -> Found | None:
    """甲活动在乙地举行: the name stands before the verb."""
    phrase_end = left
    while phrase_end > start and masked[phrase_end - 1] in "，、 ":
        phrase_end -= 1
    clause = _clause_start(masked, start, phrase_end)
    if verb[0] in _DONE_TO and _OBJECT.search(masked, clause, phrase_end):
        return None  # 县民政局对购买的项目进行评估
    if verb[0] in _OPENED and not _USED.search(text, clause, phrase_end):
        return None
    role = max((m.end() for m in _LAST_ROLE.finditer(masked, clause, phrase_end)), default=clause)
    begin = role
    naming = verb[0] in words("naming_verbs")
    head = patterns()["head"].search(masked, max(begin, phrase_end - 12), phrase_end)
    quoted = masked[phrase_end - 1 : phrase_end] == "”" or _NUMBERED.search(masked, begin, phrase_end) is not None
    if not naming and not head and not (quoted and masked[max(begin, phrase_end - 60) : phrase_end].count("“")):
        return None
    if quoted and not naming and not _NUMBERED.search(masked, begin, phrase_end):
        inner = text[masked.rfind("“", begin, phrase_end) + 1 : masked.rfind("”", begin, phrase_end)]
        series = _OF_SERIES.search(masked, begin, max(begin, masked.rfind("“", begin, phrase_end)))  # 第七期“圆桌派”
        if not patterns()["head"].search(inner) and role == clause and not series:
            return None
    if verb[0] in _ENDS and _LASTING.search(masked, begin, phrase_end):
        return None  # 三年行动收官
    if masked.endswith("计划", begin, phrase_end) and not BOUND.match(masked, verb.end()):
        return None  # 工人计划举行罢工
    if naming and _FOR_IT.search(masked, begin, phrase_end):
        return None  # 两位局长共同为超市揭牌
    name_end = verb.end() if naming and place is None else phrase_end
    if naming and (counted := _COUNTED.match(masked, begin, phrase_end)):
        begin = counted.end()  # 某市最后一批12个|社工站揭牌
    begin, name_end = trim(text, masked, begin, name_end)
    subject = (clause, role) if role > clause else None
    sure = "举行" if place else verb[0]
    return Found(begin, name_end, verb.start(), place, way, subject) if fits(text, begin, name_end, sure) else None


def _as_object(
    text: str,
    masked: str,
    start: int,
    left: int,
    verb: re.Match[str],
    end: int,
    place: tuple[int, int] | None,
    way: str,
) -> Found | None:
    """甲局举办乙活动: the name stands behind the verb."""
    bound = BOUND.search(masked, verb.end(), end)
    stop = bound.start() if bound else end
    heads = [m.end() for m in patterns()["object"].finditer(masked, verb.end(), min(stop, verb.end() + LONGEST_NAME))]
    if heads:
        name_end = heads[-1]
    elif masked[stop - 1 : stop] == "”" and (
        verb[0] in _HOLDS or patterns()["head"].search(text[verb.end() : stop - 1])
    ):
        name_end = stop
    else:
        return None
    begin, name_end = trim(text, masked, verb.end(), name_end)
    if not fits(text, begin, name_end, verb[0]) or "、" in masked[begin:name_end]:
        return None
    while left > start and masked[left - 1] == "，":  # 甲站联合乙会，在丙地举办
        left -= 1
    clause = _clause_start(masked, start, left)
    return Found(begin, name_end, verb.start(), place, way, (clause, left) if left > clause else None)
