"""Names of events: the noun phrase that a sentence says was held, and where the parts of that sentence lie."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from flows.extract.events.circumstances import BOUND, place_visited, strip_circumstances
from flows.extract.words.events import words
from flows.extract.words.marks import behind_part_end
from flows.vocabulary import one_of

_QUOTED = re.compile("“[^”\n]{0,80}”|《[^》\n]{0,80}》|（[^）\n]{0,60}）")
_LONGEST_NAME = 70
_NUMBERED = re.compile("”第[0-9一二三四五六七八九十]+[期讲场次]$")
_SHORT_FOR = re.compile("（(?:以下|下同)?[，]?(?:简称|又称)[^（）]*）$")
_LEAD = re.compile(
    "^(?:(?:本报|[^，。；“]{0,6})讯(?:（[^）]*）)?|[了过，、\\s]|（[^）]*）|实施|一场|一次|一期|一个|首场|本年度|名为|[^，。；“]{0,16}(?:平方米|元|亩)的(?=“)|以(?=“)|为期[^，]{1,4}的|由[^，]{2,30}?(?:主办|举办|承办|协办|指导|组织|制作|出品|发起)的|面向[^，。；]{2,20}?(?:的|(?:开展|举办|举行|组织)了?))+"
)
_DONE_TO, _OBJECT, _USED = (
    frozenset({"进行", "开展"}),
    re.compile("对|把|将"),
    re.compile("(?:中心|基地|驿站|之家|站|馆|园)”?$"),
)
_VAGUE = re.compile(
    "一系列|多样|形式丰富|系列|丰富多彩|形式多样|各类|各种|多种|多场|多项|多次|多个|相关|有关|[^“]{0,8}而[^“]{1,4}的"
)
_INNER_VERB = re.compile("是|举行|举办了?|召开|主办|承办|协办|参加|出席")
_KINDS = re.compile(
    "主题|宣传|志愿|服务|慈善|公益|义诊|慰问|捐|培训|教育|联谊|节日|关爱|体验|实践|文艺|文化|民俗|亲子|法律|健康|社工|社会工作"
)
_THEME = re.compile("^(?:(?:以|主题为|题为)?“[^”]*”(?:为主题|为题)的|(?:主题为|题为)“[^”]*”的)")
_COUNTED = re.compile(
    "[^，。；]*(?:(?<![第0-9一二三四五六七八九十百])[0-9一二三四五六七八九十百两多余几]+[个家所座处间批](?!人)|[首末]批|最后一批|全部)(?:[\u4e00-\u9fff]{0,2}(?:乡镇|镇街|街道|街镇|村级?|社区)(?:（[^）]*）)?)?"
)
_LAST_ROLE = re.compile(
    "(?:主办|合办|承办|协办|举办|指导|组织|发起|支持|主管|共建|牵头|资助|赞助|冠名|推行|推出|实施|打造|创办|开发|筹办|参与|为主题|为题)的"
)

_OPENED = frozenset({"启用", "投入使用"})
_COMES, _COUNTED_OFF = frozenset({"迎来", "迎来了"}), re.compile("首[个届次场期]|第[0-9一二三四五六七八九十]+[个届次场期]")
_ENDS, _LASTING = frozenset({"收官", "结束", "进行", "开展"}), re.compile("(?:行动|计划|工程|项目)$")
_BRIEFING = re.compile(".*(?:[0-9]{4}年|季度|例行|第[0-9一二三四五六七八九十]+[场次]|“[^”]+”|系列).*新闻发布会")


class Found(NamedTuple):
    """text[start:end] is the name of an event, held by the verb at `verb`; the subject list ends at `subject_end`."""

    start: int
    end: int
    verb: int
    place: tuple[int, int] | None
    way: str
    subject: tuple[int, int] | None
    verb_text: str = ""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    # 行 is a head (敬老行) but not in 举行; 社会组织 holds no verb 组织.
    heads = one_of(words("heads") - {"行"}) + "|行(?<![举进施执实推银同言品可平现飞]行)(?!动)"
    no_day = "(?<![0-9０-９零一二三四五六七八九十多余几数每今去周].)"
    heads = heads.replace("|年|", f"|年{no_day}|月{no_day}|日{no_day}|", 1)
    verbs = one_of(words("subject_verbs") | words("object_verbs")).replace("组织", "组织(?<!社会组织)")
    return {
        "verb": re.compile(
            f"(?:{verbs})(?<!主持人)(?!的|[、人]|单位|方|机构|仪|式|典礼|大会|会|发布|条件|程序|城市|地|"
            "[一二三四五六七八九十两]+周?年(?!度)|[0-9]{1,3}周年)"
        ),
        "head": re.compile(f"(?:{heads})(?:（[^（）]*）)?$"),
        "object": re.compile(
            f"(?:{heads})(?=$|[，。；：！、（]|上|中(?![国华心央小医学外级青共])|期间|并|及|和|等|的|以来|现场)"
        ),
        "weak": re.compile(f"(?:{one_of(words('weak_heads'))})(?:（[^（）]*）)?$"),
        "body": re.compile(f"(?:{one_of(words('bodies'))})$"),
        "generic": re.compile(f"(?:{one_of(words('generic'))}|{heads})+"),
        "not_held": re.compile(f"(?:{one_of(words('not_held'))})(?:[^，。；]{{0,8}})$"),
        "anaphora": re.compile("(?:本次|此次|这次|本届|该|上述|这一|此项|当天的)"),
    }


def mask(text: str) -> str:
    """The text with what stands in “”, 《》 and （） blotted out, of the same length."""
    return _QUOTED.sub(lambda m: m[0][0] + "■" * (len(m[0]) - 2) + m[0][-1], text)


def event_verbs(masked: str, start: int, end: int) -> list[re.Match[str]]:
    """The verbs of holding in masked[start:end]."""
    return list(_patterns()["verb"].finditer(masked, start, end))


def read_name(text: str, masked: str, start: int, verb: re.Match[str], end: int) -> Found | None:
    """The event that a verb in the sentence text[start:end] says was held; None if it names none."""
    left, place, way = strip_circumstances(masked, start, verb.start())
    place = place or place_visited(masked, start, left, verb, end)
    found = None
    if verb[0] in words("object_verbs") and not BOUND.match(masked, verb.end()):
        found = _as_object(text, masked, start, left, verb, end, place, way)
    if found is None and verb[0] in words("subject_verbs"):
        found = _as_subject(text, masked, start, left, verb, place, way)
    return found and found._replace(verb_text=verb[0])


def head_pattern() -> re.Pattern[str]:
    """What the name of an event ends with."""
    return _patterns()["head"]


def is_reference(name: str) -> bool:
    """Whether a phrase (本次活动, 启动仪式) only means an event named elsewhere."""
    if _patterns()["anaphora"].match(name) or _VAGUE.match(name):
        return True
    return _patterns()["generic"].fullmatch(name) is not None


def is_planned(masked: str, start: int, verb: int) -> bool:
    """Whether the words before a verb say that the event is planned, habitual or a means."""
    clause = _clause_start(masked, start, verb)
    words_before = masked[clause:verb]
    if "将" in words_before and not re.search("将[于在]", words_before):
        return True
    return _patterns()["not_held"].search(words_before) is not None


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
    head = _patterns()["head"].search(masked, max(begin, phrase_end - 12), phrase_end)
    quoted = masked[phrase_end - 1 : phrase_end] == "”" or _NUMBERED.search(masked, begin, phrase_end) is not None
    if not naming and not head and not (quoted and masked[max(begin, phrase_end - 60) : phrase_end].count("“")):
        return None
    if quoted and not naming:
        inner = text[masked.rfind("“", begin, phrase_end) + 1 : masked.rfind("”", begin, phrase_end)]
        if not _patterns()["head"].search(inner) and role == clause:
            return None
    if verb[0] in _ENDS and _LASTING.search(masked, begin, phrase_end):
        return None  # 三年行动收官
    if masked.endswith("计划", begin, phrase_end) and not BOUND.match(masked, verb.end()):
        return None  # 工人计划举行罢工
    name_end = verb.end() if naming and place is None else phrase_end
    if naming and (counted := _COUNTED.match(masked, begin, phrase_end)):
        begin = counted.end()  # 某市最后一批12个|社工站揭牌
    begin, name_end = _trim(text, masked, begin, name_end)
    subject = (clause, role) if role > clause else None
    sure = "举行" if place else verb[0]
    return Found(begin, name_end, verb.start(), place, way, subject) if _fits(text, begin, name_end, sure) else None


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
    heads = [m.end() for m in _patterns()["object"].finditer(masked, verb.end(), min(stop, verb.end() + _LONGEST_NAME))]
    if heads:
        name_end = heads[-1]
    elif masked[stop - 1 : stop] == "”" and _patterns()["head"].search(text[verb.end() : stop - 1]):
        name_end = stop
    else:
        return None
    begin, name_end = _trim(text, masked, verb.end(), name_end)
    if not _fits(text, begin, name_end, verb[0]) or "、" in masked[begin:name_end]:
        return None
    while left > start and masked[left - 1] == "，":  # 甲站联合乙会，在丙地举办
        left -= 1
    clause = _clause_start(masked, start, left)
    return Found(begin, name_end, verb.start(), place, way, (clause, left) if left > clause else None)


def _trim(text: str, masked: str, begin: int, end: int) -> tuple[int, int]:
    """The name without 了, 一场, a theme, and with the part behind the dash when quotes hold slogan——name."""
    if m := _LEAD.match(masked[begin:end]):
        begin += m.end()
    if m := _THEME.match(text[begin:end]):
        # A theme is no part of the name, unless nothing but 宣传活动 would be left.
        begin += m.end() if not is_reference(text[begin + m.end() : end]) else text[begin:end].index("“")
    if m := _SHORT_FOR.search(text[begin:end]):
        end = begin + m.start()
    name = text[begin:end]
    if name.startswith("“") and name.find("”") == len(name) - 1:
        inner = name[1:-1]
        dash = re.search("—+", inner)
        tail = inner[dash.end() :] if dash else ""
        if dash and len(tail) >= 4 and _patterns()["head"].search(tail):
            return begin + 1 + dash.end(), end - 1
    return begin, end


@cache
def _no_events() -> tuple[str, ...]:
    return tuple(words("no_events"))


def _fits(text: str, begin: int, end: int, verb: str) -> bool:
    """Whether text[begin:end] can be the name of an event that this verb holds."""
    name = text[begin:end]
    if _patterns()["body"].search(name) and not name.endswith(tuple(words("no_bodies"))):
        return False
    if verb in _COMES and not _COUNTED_OFF.search(name):
        return False
    if name.endswith("志愿服务") and "“" not in name:
        return False
    if name.endswith(_no_events()) and not _BRIEFING.fullmatch(name):
        return False
    if (
        verb not in words("strong_verbs")
        and verb not in words("naming_verbs")
        and _patterns()["weak"].search(name)
        and "“" not in name
        and not _KINDS.search(name)
    ):
        return False
    if _INNER_VERB.search(name) and _INNER_VERB.search(mask(name)):
        return False
    return (
        3 <= len(name) <= _LONGEST_NAME and name.count("“") == name.count("”") and name.count("《") == name.count("》")
    )
