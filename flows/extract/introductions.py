"""People whom the form of a sentence or a line introduces, with the titles that it gives them.

Elections (沈某、朱某当选副会长), rosters (a line of name and office), short lives (张某，女，……现任某站站长),
statements of what somebody is (张某是某站的一名社工), and names told as names (我叫林某).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from flows.extract.marks import behind_last
from flows.extract.names import looks_whole, name_end, names
from flows.extract.organizations import last_ending
from flows.extract.titles import Role, ends_in_title, groups, roles
from flows.vocabulary import load_vocabulary


class Introduced(NamedTuple):
    """text[start:end] names a person, to whom `roles` are given."""

    start: int
    end: int
    roles: list[Role]


_CHOSEN = "(?:选举|任命|推选|聘请?|推举|增补)?[选聘]?为"
_ELECTED = re.compile(
    rf"(?:当选为?|出任|担任|兼任|被{_CHOSEN}|获{_CHOSEN}|受{_CHOSEN}|任(?<![主责信委历专胜卸离]任)(?![务何意由]))"
    r"(?P<post>[^，。；：、\n“”《》]{2,30})"
)
_MADE = re.compile("为(?=(?P<post>[^，。；：、\n“”《》]{1,12}[长席事书任员导记])(?:[，。；]|$))")  # 李某、周某为副会长
_POST_GOES_ON = re.compile(r"、(?P<post>[^，。；：、\n《》]{2,30})")
_APPOINTED = re.compile(
    r"(?:任命|聘任|聘请|续聘|特聘|推选|推举|选举|增补|任用|提名|由)[:：]?(?P<name>[\u4e00-\u9fff·、]{2,40}?)"
    r"(?:同志|先生|女士|教授|博士|老师|律师)?(?:为|担任|出任|兼任|任)(?P<post>[^，。；：、\n“”《》]{2,30})"
    r"|免去[:：]?(?P<left>[\u4e00-\u9fff·]{2,8}?)(?:同志的?|的)(?P<office>[^，。；：、\n“”《》]{2,30}?)(?:等?职务)?(?=[，。；、\n]|$)"
)
_APPOINTED_TOO = re.compile(  # 选举李某为会长|、周某为秘书长
    r"[、，；]?(?:以及|和|并)?(?:选举|推选|聘任|聘请|任命|由)?(?P<name>[\u4e00-\u9fff·]{2,8}?(?:、[\u4e00-\u9fff·]{2,8}?){0,9})"
    r"(?:同志|先生|女士|教授|博士|老师|律师)?(?:当选为?|为|担任|出任|兼任|任)(?P<post>[^，。；：、\n“”《》]{2,30})"
)
_LEAVES = re.compile(
    r"(?:不再|辞去)(?:担任|兼任)?(?P<post>[^，。；：、\n“”《》]{2,30}?)(?:一?职务?)?(?=[，。；、\n]|$)"
)
_OFFICES = (("name", "post"), ("left", "office"))
_AND_OTHERS = re.compile("等(?:党和国家领导人|(?:领导)?同志|领导|人|专家|学者|嘉宾|老师|教授)")
_AND_MORE = re.compile("等(?:[0-9一二两三四五六七八九十百]+|多|数)余?[名位人]")
_WHO_IS = re.compile("(?:^|[。！？；，”“\n])(?P<name>[\u4e00-\u9fff]{2,4})(?=是[^，。；：\n“”《》]{2,50}[，。；])")
_ATTENDING = re.compile("(?:陪同|参加|出席)了?(?:会见|会谈|会议|活动|调研|考察|座谈会?|仪式|检查|走访|慰问)?[。，]")
_LONGEST_LIST = 160
_LIST_JOINT = re.compile("、")
_behind_clause = behind_last("，。；：！？“”\n")
_AND = re.compile("[、和与及]")
_ROSTER = re.compile(
    r"^(?:[0-9]{1,3}[.、．\t 　]+|[\u4e00-\u9fff 　]{2,8}[:：][ 　]*)?(?P<name>[\u4e00-\u9fff·]{2,16})[ 　\t]+"
    r"(?:[男女][ 　，\t]+)?(?P<post>[^\n。，]{2,60})$",
    re.MULTILINE,
)
_SPACED = re.compile("[ \t\u3000](?<=[\u4e00-\u9fff·].)")  # in every line of a roster; a cheap look
_LEAST_LISTED = 3
_LONGEST_PLAIN = 4  # characters of a name without a dot
_APPOSED = re.compile("[。！？；”“\n](?P<name>[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})?)，")
_CLAUSES = re.compile("[^，。；：\n“”《》]{1,40}(?=[，。])")
_LIFE = re.compile("，[男女](?=[，、。])")
_CALLED = re.compile(r"[我他她名]叫(?=[\u4e00-\u9fff])")
_IS = re.compile(
    r"(?P<aside>(?:，[^，。；\n]{1,12}){0,6}?)(?P<verb>，?(?:现任|现为|现是|担任)|是|系)(?P<post>[^，。；：\n“”《》]{2,50})"
)
_ONE_OF = re.compile("的(?=[一首现]|[^的]{0,3}$)")
_TOLD = re.compile("[男女]|[\u4e00-\u9fff]{1,3}族|中共党员|[0-9]{4}年(?:[0-9]{1,2}月)?[出]?生|[\u4e00-\u9fff]{2,8}人")
_POSTS = ("社工", "社会工作者", "督导", "志愿者", "委员", "理事", "监事")
_WHOSE = re.compile("[她他我你们]|的")


def find_introductions(text: str) -> Iterator[Introduced]:
    """Everybody whom a text introduces so, form by form; names may come more than once."""
    yield from _apposed(text)
    yield from _elected(text)
    for match in _AND_OTHERS.finditer(text):
        spans = _names_before(text, match.start())
        if len(spans) > 2:
            yield from (Introduced(start, end, []) for start, end in spans)
    for match in _AND_MORE.finditer(text):
        spans = _names_before(text, match.start())
        yield from (Introduced(a, b, []) for a, b in spans if all(looks_whole(text, *span) for span in spans))
    yield from _who_is(text)
    for match in _ATTENDING.finditer(text):
        yield from (Introduced(start, end, []) for start, end in _names_before(text, match.start()))
    roster = list(_ROSTER.finditer(text)) if _SPACED.search(text) else []
    for match in roster:
        found = _post(text, match.start("post"), match.end("post"))
        if found and _is_whole(text, *match.span("name"), rare=True):
            yield Introduced(*match.span("name"), found)
    yield from _listed(text, roster)
    for match in _LIFE.finditer(text) if "，男" in text or "，女" in text else ():
        for start, end in _names_before(text, match.start()):
            yield Introduced(start, end, [])
    for match in _CALLED.finditer(text) if "叫" in text else ():
        if end := name_end(text, match.end(), rare=False):
            yield Introduced(match.end(), end, [])


def roles_stated(text: str, end: int) -> list[Role]:
    """The titles that the words behind a name state: 是某站的一名社工, ，女，现任某站站长."""
    match = _IS.match(text, end)
    if not match or (match["aside"] and len(match["verb"]) < 2):
        return []
    post = match["post"]
    if match["verb"] in "是系" and _WHOSE.search(_ONE_OF.sub("", post)):
        return []  # 是他的老师
    end = match.start("post") + next(
        (at for at, c in enumerate(post) if c == "、" and _is_next(text, match.start("post") + at)), len(post)
    )
    return _post(text, match.start("post"), end)


def _listed(text: str, roster: Sequence[re.Match[str]]) -> Iterator[Introduced]:
    """Those of a list of names and organizations, line by line (丁一　某区某街道社工站), of three lines or more."""
    group: list[Introduced] = []
    end = -1
    for match in roster:
        place = match["post"].rstrip().rpartition("\t")[2]
        if (
            place[-1:] not in _last_characters()
            or not _may_be_name(match["name"])
            or not _is_whole(text, *match.span("name"), rare=True)
            or last_ending(place) != len(place)
        ):
            continue
        if match.start() != end + 1:
            yield from group if len(group) >= _LEAST_LISTED else ()
            group = []
        group.append(Introduced(*match.span("name"), [Role(place, "")]))
        end = match.end()
    yield from group if len(group) >= _LEAST_LISTED else ()


@cache
def _last_characters() -> frozenset[str]:
    """The characters that names of organizations end with."""
    suffixes = load_vocabulary("organization_suffixes")
    return frozenset(word[-1] for words in suffixes.values() for word in words.split())


def _may_be_name(word: str) -> bool:
    """Whether a word has a dot, or the length and the first character of a name; a cheap look."""
    return "·" in word or (len(word) <= _LONGEST_PLAIN and (word[0] in names().common or word[:2] in names().compound))


def _apposed(text: str) -> Iterator[Introduced]:
    """Names that open a sentence, with what they are in the next clauses: 王敏，某大学副教授，某中心督导，…"""
    for match in _APPOSED.finditer("\n" + text):
        start, at = match.start("name") - 1, match.end() - 1
        if not _may_be_name(match["name"]) or not _is_whole(text, start, at - 1, rare=False):
            continue
        found: list[Role] = []
        while clause := _CLAUSES.match(text, at):
            if not _TOLD.fullmatch(clause[0]):
                if not (held := _whole_post(text, *clause.span())):
                    break
                found += held
            at = clause.end() + 1
        if any(role.organization for role in found):
            yield Introduced(start, start + len(match["name"]), found)


def _whole_post(text: str, start: int, end: int) -> list[Role]:
    """The titles that a clause consists of; none if it says anything else."""
    title = ends_in_title(text, end, start)
    if title < 0:
        return []
    found, begin = roles(text, title, end)
    return [role for role in found if role.title] if begin <= start + 1 else []


def _elected(text: str) -> Iterator[Introduced]:
    """Names in front of 当选, 担任 and the like, if the whole clause before the verb is names; and those who are
    appointed to or leave an office (任命张某为局长, 免去李某的局长职务)."""
    for match in _ELECTED.finditer(text):
        spans = _names_before(text, match.start()) or _titled_before(text, match.start())
        if spans and (found := _posts(text, *match.span("post"))):
            yield from (Introduced(start, end, found) for start, end in spans)
    for match in (*_MADE.finditer(text), *_LEAVES.finditer(text)):
        if (spans := _names_before(text, match.start())) and (found := _posts(text, *match.span("post"))):
            yield from (Introduced(start, end, found) for start, end in spans)
    for match in _APPOINTED.finditer(text):
        name, post = next(pair for pair in _OFFICES if match[pair[0]])
        yield from _given_office(text, match.span(name), match.span(post))
        at = match.end()
        while more := _APPOINTED_TOO.match(text, at):
            yield from _given_office(text, more.span("name"), more.span("post"))
            at = more.end()


def _given_office(text: str, names: tuple[int, int], post: tuple[int, int]) -> Iterator[Introduced]:
    """Those whom text[names] lists, if it lists names alone, with the office that text[post] names."""
    first, last = names
    cuts = [first, *(joint.end() for joint in _AND.finditer(text, first, last)), last + 1]
    spans = [(a, b - 1) for a, b in pairwise(cuts)]
    if not all(_is_whole(text, *span, rare=True) for span in spans):
        spans = [(first, last)] if _is_whole(text, first, last, rare=True) else []
    if spans and (found := _posts(text, *post)):
        yield from (Introduced(start, end, found) for start, end in spans)


def _is_next(text: str, at: int) -> bool:
    """Whether at text[at] another person and the office given to them follow (李某任站长|、周某任干事)."""
    more = _APPOINTED_TOO.match(text, at)
    return more is not None and _is_whole(text, *more.span("name"), rare=True)


def _posts(text: str, start: int, end: int) -> list[Role]:
    """The titles that end at text[end], and those that follow behind 、 (任某部副部长、某委副书记)."""
    found = _post(text, start, end)
    while found and (more := _POST_GOES_ON.match(text, end)):
        if _is_next(text, end):
            break
        further = _post(text, *more.span("post"))
        if not further:
            break
        found, end = [*found, *further], more.end()
    return found


def _who_is(text: str) -> Iterator[Introduced]:
    """Names that open a clause which says what they are: 张明华是某市第一批持证社工."""
    for match in _WHO_IS.finditer(text):
        start, end = match.span("name")
        if looks_whole(text, start, end) and (found := roles_stated(text, end)):
            yield Introduced(start, end, found)


def _names_before(text: str, end: int) -> list[tuple[int, int]]:
    """The names joined by 、 or 和 that make up the clause before `end`; none if anything else stands in it."""
    end -= 2 if text.endswith("同志", 0, end) else 0
    first = _behind_clause(text, max(0, end - 80), end)
    if not 2 <= end - first <= 60:
        return []
    cuts = [first, *(joint.end() for joint in _AND.finditer(text, first, end)), end + 1]
    spans = [(a, b - 1) for a, b in pairwise(cuts)]
    return spans if all(_is_whole(text, *span, rare=len(spans) > 2) for span in spans) else []


def _titled_before(text: str, end: int) -> list[tuple[int, int]]:
    """The names, each behind a title or alone, that the clause before `end` lists: 某会会长李某、某站站长王某|当选…"""
    first = _behind_clause(text, max(0, end - _LONGEST_LIST), end)
    if not first and end > _LONGEST_LIST:
        return []
    cuts = [first, *(joint.end() for joint in _LIST_JOINT.finditer(text, first, end)), end + 1]
    spans: list[tuple[int, int]] = []
    for a, b in pairwise(cuts):
        starts = [b - 1 - n for n in (3, 4, 2) if b - 1 - n >= a]
        named = (
            s for s in starts if (s == a or ends_in_title(text, s, a) >= 0) and _is_whole(text, s, b - 1, rare=False)
        )
        if (start := next(named, None)) is None:
            return []
        spans.append((start, b - 1))
    return spans


def _is_whole(text: str, start: int, end: int, rare: bool) -> bool:
    """Whether text[start:end] is one name and no more."""
    if start < end and name_end(text, start, rare=rare, sure=rare) == end:
        return True
    return text[end : end + 1] == "任" and looks_whole(text, start, end)  # 周倩|任秘书长


def _post(text: str, start: int, end: int) -> list[Role]:
    """The titles that end at text[end]."""
    title = ends_in_title(text, end, start)
    deputy = title > 1 and text[title - 2 : title] in ("人大", "政协")  # 人大代表, 政协委员
    if title < 0 or (not deputy and text[title:end] in groups() and not text.endswith(_POSTS, title, end)):
        return []
    return [role for role in roles(text[start:end], title - start, end - start)[0] if role.title]
