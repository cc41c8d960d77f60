"""People whom the form of a sentence or a line introduces, with the titles that it gives them.

Elections (沈某、朱某当选副会长), rosters (a line of name and office), short lives (张某，女，……现任某站站长),
statements of what somebody is (张某是某站的一名社工), and names told as names (我叫林某).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from flows.extract.organizations.single import last_ending
from flows.extract.people.elections import find_elected, is_next
from flows.extract.people.name_ends import name_end
from flows.extract.people.names import looks_whole, names
from flows.extract.people.offices import Introduced, is_whole, names_before, post_at
from flows.extract.people.titles import Role, ends_in_title, roles
from flows.looks import IfHeld
from flows.vocabulary import load_vocabulary

_AND_OTHERS = re.compile("等(?:党和国家领导人|(?:领导)?同志|领导|人|专家|学者|嘉宾|老师|教授)")
_AND_MORE = re.compile("等(?:[0-9一二两三四五六七八九十百]+|多|数)余?[名位人]")
_WHO_IS = IfHeld("(?:^|[。！？；，”“\n])(?P<name>[\u4e00-\u9fff]{2,4})(?=是[^，。；：\n“”《》]{2,50}[，。；])")
_ATTENDING = re.compile("(?:陪同|参加|出席)了?(?:会见|会谈|会议|活动|调研|考察|座谈会?|仪式|检查|走访|慰问)?[。，]")
_ROSTER = re.compile(
    r"^(?:[0-9]{1,3}[.、．\t 　]+|[\u4e00-\u9fff 　]{2,8}[:：][ 　]*)?(?P<name>[\u4e00-\u9fff·]{2,16})[ 　\t]+"
    r"(?:[男女][ 　，\t]+)?(?P<post>[^\n。，]{2,60})$",
    re.MULTILINE,
)
_SPACED = re.compile("[ \t\u3000](?<=[\u4e00-\u9fff·].)")  # in every line of a roster; a cheap look
_LIVES = re.compile("[\u4e00-\u9fff]{2,6}(?:街道|[镇乡])[\u4e00-\u9fff]{2,6}(?:社区|村)")
_LEAST_LISTED = 3
_LONGEST_PLAIN = 4  # characters of a name without a dot
_APPOSED = re.compile("[。！？；”“\n](?P<name>[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})?)，")
_CLAUSES = re.compile("[^，。；：\n“”《》]{1,40}(?=[，。])")
_LIFE = IfHeld("，[男女](?=[，、。])")
_CALLED = IfHeld(r"[我他她名]叫(?=[\u4e00-\u9fff])")
_IS = re.compile(
    r"(?P<aside>(?:，[^，。；\n]{1,12}){0,6}?)(?P<verb>，?(?:现任|现为|现是|担任)|是|系)(?P<post>[^，。；：\n“”《》]{2,50})"
)
_ONE_OF = re.compile("的(?=[一首现]|[^的]{0,3}$)")
_TOLD = re.compile("[男女]|[\u4e00-\u9fff]{1,3}族|中共党员|[0-9]{4}年(?:[0-9]{1,2}月)?[出]?生|[\u4e00-\u9fff]{2,8}人")
_WHOSE = re.compile("[她他我你们]|的")


def find_introductions(text: str) -> Iterator[Introduced]:
    """Everybody whom a text introduces so, form by form; names may come more than once."""
    yield from _apposed(text)
    yield from find_elected(text)
    for match in _AND_OTHERS.finditer(text):
        spans = names_before(text, match.start())
        if len(spans) > 2:
            yield from (Introduced(start, end, []) for start, end in spans)
    for match in _AND_MORE.finditer(text):
        spans = names_before(text, match.start())
        yield from (Introduced(a, b, []) for a, b in spans if all(looks_whole(text, *span) for span in spans))
    yield from _who_is(text)
    for match in _ATTENDING.finditer(text):
        yield from (Introduced(start, end, []) for start, end in names_before(text, match.start()))
    roster = list(_ROSTER.finditer(text)) if _SPACED.search(text) else []
    for match in roster:
        found = post_at(text, match.start("post"), match.end("post"))
        if found and is_whole(text, *match.span("name"), rare=True):
            yield Introduced(*match.span("name"), found)
    yield from _listed(text, roster)
    for match in _LIFE.finditer(text):
        for start, end in names_before(text, match.start()):
            yield Introduced(start, end, [])
    for match in _CALLED.finditer(text):
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
        (at for at, c in enumerate(post) if c == "、" and is_next(text, match.start("post") + at)), len(post)
    )
    return post_at(text, match.start("post"), end)


def _listed(text: str, roster: Sequence[re.Match[str]]) -> Iterator[Introduced]:
    """Those of a list of names and organizations or communities, line by line (丁一　某区某街道社工站, 丁一　某镇某村),
    of three lines or more."""
    group: list[Introduced] = []
    end = -1
    for match in roster:
        place = match["post"].rstrip().rpartition("\t")[2]
        lives = _LIVES.fullmatch(place) is not None
        if (
            not (lives or (place[-1:] in _last_characters() and last_ending(place) == len(place)))
            or not _may_be_name(match["name"], rare=lives)
            or not is_whole(text, *match.span("name"), rare=True)
        ):
            continue
        if match.start() != end + 1:
            yield from group if len(group) >= _LEAST_LISTED else ()
            group = []
        group.append(Introduced(*match.span("name"), [] if lives else [Role(place, "")]))
        end = match.end()
    yield from group if len(group) >= _LEAST_LISTED else ()


@cache
def _last_characters() -> frozenset[str]:
    """The characters that names of organizations end with."""
    suffixes = load_vocabulary("organization_suffixes")
    return frozenset(word[-1] for words in suffixes.values() for word in words.split())


def _may_be_name(word: str, rare: bool = False) -> bool:
    """Whether a word has a dot, or the length and the first character of a name; a cheap look."""
    lexicon = names()
    families = lexicon.common | lexicon.rare | lexicon.seldom if rare else lexicon.common
    return "·" in word or (len(word) <= _LONGEST_PLAIN and (word[0] in families or word[:2] in names().compound))


def _apposed(text: str) -> Iterator[Introduced]:
    """Names that open a sentence, with what they are in the next clauses: 王敏，某大学副教授，某中心督导，…"""
    for match in _APPOSED.finditer("\n" + text):
        start, at = match.start("name") - 1, match.end() - 1
        if not _may_be_name(match["name"]) or not is_whole(text, start, at - 1, rare=False):
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


def _who_is(text: str) -> Iterator[Introduced]:
    """Names that open a clause which says what they are: 张明华是某市第一批持证社工."""
    for match in _WHO_IS.finditer(text):
        start, end = match.span("name")
        if looks_whole(text, start, end) and (found := roles_stated(text, end)):
            yield Introduced(start, end, found)
