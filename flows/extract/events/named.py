"""What a name of an event looks like: how it ends, what stands around it, what only means one named elsewhere."""

from __future__ import annotations

import re
from functools import cache

from flows.extract.words.events import words
from flows.vocabulary import one_of

_QUOTED = re.compile("“[^”\n]{0,80}”|《[^》\n]{0,80}》|（[^）\n]{0,60}）")
LONGEST_NAME = 70
"""Characters."""
_SHORT_FOR = re.compile("（(?:以下|下同)?[，]?(?:简称|又称)[^（）]*）$")
_LEAD = re.compile(
    "^(?:(?:本报|[^，。；“]{0,6})讯(?:（[^）]*）)?|[了过，、\\s]|（[^）]*）|实施|一场|一次|一期|一个|别开生面的|特别的|特殊的|热闹的|温馨的|隆重的|盛大的|精彩的|生动的|首场|本年度|名为|[^，。；“]{0,16}(?:平方米|元|亩)的(?=“)|以(?=“)|[^，。；“]{3,30}(?:中心|协会|学会|基金会|联合会|[局站院社所]|公司)的(?=“)|为期[^，]{1,4}的|由[^，]{2,30}?(?:主办|举办|承办|协办|指导|组织|制作|出品|发起)的|面向[^，。；]{2,20}?(?:的|(?:开展|举办|举行|组织)了?))+"
)
_VAGUE = re.compile(
    "[0-9一二三四五六七八九十百]+(?:余|多)?[场次个期项](?!月)|一系列|多样|形式丰富|系列|丰富多彩|形式多样|各类|各种|多种|多场|多项|多次|多个|相关|有关|[^“]{0,8}而[^“]{1,4}的"
)
_INNER_VERB = re.compile("是|举行|举办了?|召开|主办|承办|协办|参加|出席")
_OF_KIND = re.compile(
    "(?:主题|专题)?(?:公益|志愿服务|文艺|慰问|捐赠|捐书|表彰|颁奖|座谈|研讨|联谊|主题党日|培训|家长|议事|义诊|游园)..?"
)
_SESSION = re.compile("[次届](?:常务|扩大)?(?:理事会|监事会|委员会|常委会)$")
_KINDS = re.compile(
    "主题|宣传|志愿|服务|慈善|公益|义诊|慰问|捐|培训|教育|联谊|节日|关爱|体验|实践|文艺|文化|民俗|亲子|法律|健康|社工|社会工作"
)
_THEME = re.compile("^(?:(?:以|主题为|题为)?“[^”]*”(?:为主题|为题)的|(?:主题为|题为)“[^”]*”的)")
_COMES, _COUNTED_OFF = (
    frozenset({"迎来", "迎来了"}),
    re.compile("首[个届次场期]|第[0-9一二三四五六七八九十]+[个届次场期]"),
)
_BRIEFING = re.compile(".*(?:[0-9]{4}年|季度|例行|第[0-9一二三四五六七八九十]+[场次]|“[^”]+”|系列).*新闻发布会")


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns that are made of `event_words.yaml`, by name."""
    # 行 is a head (敬老行) but not in 举行; 社会组织 holds no verb 组织.
    no_day = "(?<![0-9０-９零一二三四五六七八九十多余几数每今去周].)"
    heads = one_of(words("heads") - {"行", "年", "月", "日"})
    heads += f"|[年月日]{no_day}|行(?<![举进施执实推银同言品可平现飞]行)(?!动)"
    verbs = one_of(words("subject_verbs") | words("object_verbs")).replace("组织", "组织(?<!社会组织)")
    return {
        "verb": re.compile(
            f"(?:{verbs})(?<!主持人)(?!的|[、人]|单位|方|机构|仪|式|典礼|大会|会|礼|日|发布|条件|程序|城市|地|"
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


def head_pattern() -> re.Pattern[str]:
    """What the name of an event ends with."""
    return patterns()["head"]


def is_reference(name: str) -> bool:
    """Whether a phrase (本次活动, 启动仪式) only means an event named elsewhere."""
    if patterns()["anaphora"].match(name) or _VAGUE.match(name):
        return True
    return patterns()["generic"].fullmatch(name) is not None


def only_head(name: str) -> bool:
    """Whether a phrase says nothing of what it was (活动, 本次会议, 启动仪式, 系列活动)."""
    return patterns()["anaphora"].match(name) is not None or not _OF_KIND.match(name)


def trim(text: str, masked: str, begin: int, end: int) -> tuple[int, int]:
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
        if dash and len(tail) >= 4 and patterns()["head"].search(tail):
            return begin + 1 + dash.end(), end - 1
    return begin, end


@cache
def _no_events() -> tuple[str, ...]:
    return tuple(words("no_events"))


def fits(text: str, begin: int, end: int, verb: str) -> bool:
    """Whether text[begin:end] can be the name of an event that this verb holds."""
    name = text[begin:end]
    of_body = patterns()["body"].search(name) and not _SESSION.search(name)  # 三届二次理事会 is a meeting
    if of_body and not name.endswith(tuple(words("no_bodies"))):
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
        and patterns()["weak"].search(name)
        and "“" not in name
        and not _KINDS.search(name)
    ):
        return False
    if _INNER_VERB.search(name) and _INNER_VERB.search(mask(name)):
        return False
    return (
        3 <= len(name) <= LONGEST_NAME and name.count("“") == name.count("”") and name.count("《") == name.count("》")
    )
