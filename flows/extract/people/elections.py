"""Those who are elected or appointed to an office, and those who leave one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from flows.extract.people.offices import AND, Introduced, behind_clause, is_whole, names_before, post_at
from flows.extract.people.titles import Role, ends_in_title
from flows.heads import headed

_CHOSEN = "(?:选举|任命|推选|聘请?|推举|增补)?[选聘]?为"
_ELECTED = re.compile(
    rf"(?:当选为?|出任|担任|兼任|连任|被{_CHOSEN}|获{_CHOSEN}|受{_CHOSEN}|任(?<![主责信委历专胜卸离连]任)(?![务何意由]))"
    r"(?P<post>[^，。；：、\n“”《》]{2,30})"
)
_MADE = re.compile("为(?=(?P<post>[^，。；：、\n“”《》]{1,12}[长席事书任员导记])(?:[，。；]|$))")  # 李某、周某为副会长
_POST_GOES_ON = re.compile(r"、(?P<post>[^，。；：、\n《》]{2,30})")
_APPOINTED = headed(
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
_LONGEST_LIST, _MOST_POSTS = 160, 8
_LIST_JOINT = re.compile("、")


def find_elected(text: str) -> Iterator[Introduced]:
    """Names in front of 当选, 担任 and the like, if the whole clause before the verb is names; and those who are
    appointed to or leave an office (任命张某为局长, 免去李某的局长职务)."""
    for match in _ELECTED.finditer(text):
        spans = names_before(text, match.start()) or _titled_before(text, match.start())
        if spans and (found := _posts(text, *match.span("post"))):
            yield from (Introduced(start, end, found) for start, end in spans)
    for match in (*_MADE.finditer(text), *_LEAVES.finditer(text)):
        if (spans := names_before(text, match.start())) and (found := _posts(text, *match.span("post"))):
            yield from (Introduced(start, end, found) for start, end in spans)
    at = 0
    while chosen := _APPOINTED.search(text, at):
        name, post = next(pair for pair in _OFFICES if chosen[pair[0]])
        given = _given_office(text, chosen.span(name), chosen.span(post))
        at = chosen.end() if given else chosen.start() + 1
        while given:
            yield from given
            more = _APPOINTED_TOO.match(text, at)
            given = _given_office(text, more.span("name"), more.span("post")) if more else []
            at = more.end() if more and given else at


def _given_office(text: str, names: tuple[int, int], post: tuple[int, int]) -> list[Introduced]:
    """Those whom text[names] lists, if it lists names alone, with the office that text[post] names."""
    first, last = names
    cuts = [first, *(joint.end() for joint in AND.finditer(text, first, last)), last + 1]
    spans = [(a, b - 1) for a, b in pairwise(cuts)]
    if not all(is_whole(text, *span, rare=True) for span in spans):
        spans = [(first, last)] if is_whole(text, first, last, rare=True) else []
    found = _posts(text, *post) if spans else []
    return [Introduced(start, end, found) for start, end in spans if found]


def is_next(text: str, at: int) -> bool:
    """Whether at text[at] another person and the office given to them follow (李某任站长|、周某任干事)."""
    more = _APPOINTED_TOO.match(text, at)
    return more is not None and is_whole(text, *more.span("name"), rare=True)


def _posts(text: str, start: int, end: int) -> list[Role]:
    """The titles that end at text[end], and those that follow behind 、 (任某部副部长、某委副书记)."""
    found = post_at(text, start, end)
    while 0 < len(found) < _MOST_POSTS and (more := _POST_GOES_ON.match(text, end)):
        if is_next(text, end):
            break
        further = post_at(text, *more.span("post"))
        if not further:
            break
        found, end = [*found, *further], more.end()
    return found


def _titled_before(text: str, end: int) -> list[tuple[int, int]]:
    """The names, each behind a title or alone, that the clause before `end` lists: 某会会长李某、某站站长王某|当选…"""
    first = behind_clause(text, max(0, end - _LONGEST_LIST), end)
    if not first and end > _LONGEST_LIST:
        return []
    cuts = [first, *(joint.end() for joint in _LIST_JOINT.finditer(text, first, end)), end + 1]
    spans: list[tuple[int, int]] = []
    for a, b in pairwise(cuts):
        starts = [b - 1 - n for n in (3, 4, 2) if b - 1 - n >= a]
        named = (
            s for s in starts if (s == a or ends_in_title(text, s, a) >= 0) and is_whole(text, s, b - 1, rare=False)
        )
        if (start := next(named, None)) is None:
            return []
        spans.append((start, b - 1))
    return spans
