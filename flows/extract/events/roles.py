"""Who guided, hosted, organized and co-organized an event, as a sentence says it."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from flows.extract.organizations.mentions import mentions_of
from flows.extract.regions.mentions import find_regions
from flows.extract.words.reading import Reading
from flows.grammar import load_grammar
from flows.looks import AtEnd
from flows.spans import Span, View
from flows.vocabulary import load_vocabulary, one_of

ROLES = ("guided_by", "hosted_by", "organized_by", "co_organized_by")
_LONGEST_NAME = 40
_AND = frozenset({"以及", "和", "与", "及", "暨", "联合", "携手", "会同", "协同", "联手"})
_WITH = frozenset({"联合", "携手", "会同", "协同", "联手"})
_JOINT = re.compile(
    "(、|以及|和|与|及|暨|，|(?<=..)(?:联合(?!会|国|体|党|工会|社|总会|主办|举办|承办|开展)|携手|会同|协同|联手))"
)
_LEAD = re.compile(
    "^(?:[，、：；\\s]|记者[^，。；]{0,4}?从|从(?!化|江)|得到了?|获得了?|以及|及|和|与|并|由|受|来自|在|同时|其中|[^，。；、]{2,20}委托(?=.{4})|日前|近日|当天|当日|今天|昨天|[上下]午|联合|共同|(?:本次|此次|该|本届)?(?:活动|会议|培训|论坛|大会|研讨会|比赛|大赛)由?)+"
)
_TAIL = AtEnd(
    "(?:等?(?:多|[一二三四五六七八九十两\\d]+)(?:余)?(?:家|个)?(?:单位|部门|机构|组织|媒体)(?:共同|联合)?|等(?:单位|部门|机构|组织)?(?:共同|联合)?|共同|联合|轮流|牵头|负责|作为|单位|的|提供|大力|鼎力|倾力|特别|[，、和及与]+)+$"
)
_LEVEL = re.compile("[省市区县州镇]")
_NO_NAME = re.compile(
    "[，。；：？！]|[两三四五六七八九十][省市县区州地]|[了着过]$|参加|出席|表示|介绍|开展|推动|另行|待定|详见"
)
_OTHER_PART = AtEnd(
    "(?:资助|立项|承接|运营|赞助|冠名|策划|出资|捐赠|执行|监督|购买|配合)$"
)  # a part that has no column
_ALIAS = AtEnd("（(?:以下)?(?:简称)?[“”\u4e00-\u9fffA-Za-z]{2,8}）$")  # 某某联会（联会）
_BRACKETED = re.compile("（[^（）]*）")


@cache
def _endings() -> dict[str, tuple[str, ...]]:
    """How names of organizations end, by the last character: the list that `organizations` reads, and shorter ones
    that do in a list."""
    words = set(load_vocabulary("event_words")["organizer_endings"].split())
    words.update(*(kind.split() for kind in load_vocabulary("organization_suffixes").values()))
    return {last: tuple(word for word in words if word[-1] == last) for last in {word[-1] for word in words}}


def ends_as_organization(name: str) -> bool:
    """Whether a name ends as names of organizations do."""
    name = (_BRACKETED.sub("", name) if "（" in name else name).rstrip("”》")
    return name.endswith(_endings().get(name[-1:], ()))


@lru_cache(maxsize=1024)
def names_region(name: str) -> bool:
    """Whether a name is a region's in full (闵行区), which can hold an event as its government does."""
    return name[-1] in "省市区县旗州" and [m[:2] for m in find_regions(name)] == [(0, len(name))]


def split_names(text: str) -> list[str]:
    """The names of a list: 甲局、乙会和丙中心.

    和, 与 and 及 part names only behind the ending of one, so that 住房和城乡建设局 stays whole.
    """
    names = [""]
    for part in _JOINT.split(text):
        if part in {"、", "，"}:
            names.append("")
        elif part in _AND:
            if part in _WITH or ends_as_organization(names[-1]):
                names.append("")
            else:
                names[-1] += part
        else:
            names[-1] += part
    for n, name in enumerate(names[:-1]):  # 市、区民政局 are two offices
        if _LEVEL.fullmatch(name.strip("由")) and _LEVEL.match(names[n + 1]):
            names[n] = name.strip("由") + names[n + 1][1:]
    return [name for raw in names if (name := _clean(raw))]


def _clean(name: str) -> str:
    name = _LEAD.sub("", name.strip())
    name = name[: tail.start()] if (tail := _TAIL.search(name)) else name
    name = name[: alias.start()] if (alias := _ALIAS.search(name)) else name
    return name if 2 <= len(name) <= _LONGEST_NAME and not _NO_NAME.search(name) else ""


@cache
def role_of_verb() -> dict[str, str]:
    """The role that a verb gives: 主办 hosted_by."""
    return {verb: role for role, verbs in load_vocabulary("event_words")["roles"].items() for verb in verbs.split()}


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(one_of(role_of_verb()))


def has_roles(text: str) -> bool:
    """Whether a text may name an organizer; a cheap look."""
    return _verbs().search(text) is not None


def role_view(reading: Reading, start: int, end: int) -> View:
    """A sentence with its organizations and the verbs of roles."""
    roles = role_of_verb()
    bodies = [one for one in mentions_of(reading) if start <= one.start and one.end <= end]
    spans = [Span(one.start, one.end, "organization") for one in bodies]
    spans += [Span(*one.span(), "role", roles[one[0]]) for one in _verbs().finditer(reading.text, start, end)]
    return load_grammar("organizer_roles").view(reading.text, spans, start, end)


def find_roles(reading: Reading, start: int, end: int) -> dict[str, list[str]]:
    """The organizers by role that text[start:end] names, in one sentence: 由甲指导、乙主办、丙和丁协办."""
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    for one in load_grammar("organizer_roles").in_turn(role_view(reading, start, end)):
        role = next(span.value for span in one.spans(0) if span.kind == "role")
        names = split_names(reading.text[slice(*one.evidence("who"))])
        found[role] += [name for name in names if name not in found[role] and not _OTHER_PART.search(name)]
    return found
