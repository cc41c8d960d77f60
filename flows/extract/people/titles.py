"""Titles: what stands in front of a name and says who it is (区民政局党委书记、局长徐知)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from flows.extract.organizations.candidates import joined
from flows.extract.organizations.edges import left_edge
from flows.extract.organizations.single import is_generic, last_ending, no_names
from flows.extract.people.name_ends import name_end
from flows.extract.people.names import names
from flows.looks import AtEnd
from flows.vocabulary import load_vocabulary, one_of


class Role(NamedTuple):
    """One title, with the organization that stands in front of it, if one does."""

    organization: str | None
    title: str


class _Words(NamedTuple):
    known: frozenset[str]
    kinship: frozenset[str]
    prefix: AtEnd


_DEPARTMENT = re.compile(r"[处科股室办系部组队班站院所]$|中心$|社区$|街道$|项目$")
_LEVEL_BODY = re.compile(
    r"(?:(?:[省市区县州地旗镇乡]|自治区)(?:委|政府|人大|政协|纪委)|党委|党组|党工委|纪委|政法委|党支部|党总支|团委|工会|国家|中央)"
)
_AND = ("和", "与")
_SPEECH_ENDS = "。！？，!?,"
_COMMUNITY = re.compile(r"[\u4e00-\u9fff]{2}(?:社区|街道|[镇乡村园])$")
_BRACKET = re.compile(r"[（(][^（）()]{1,8}[）)]")
_IN_BRACKETS = re.compile(r"[（(]([^（）()\n]{2,40})[）)]")
MOST_SEGMENTS = 6
_LONGEST_MIDDLE = 16  # characters between an organization and a title


@cache
def _words() -> _Words:
    lexicon = load_vocabulary("titles")
    known = [word for key in ("ranks", "groups", "professions") for word in lexicon[key].split()]
    prefixes = [*lexicon["prefixes"].split(), *lexicon["organs"].split()]
    return _Words(
        frozenset(known),
        frozenset(lexicon["kinship"].split()),
        AtEnd(f"(?:(?:{one_of(prefixes)})|(?:副|总)?(?:{one_of(known)})兼(?:任)?)+$"),
    )


@cache
def groups() -> frozenset[str]:
    """The titles that stand more often without a name than with one."""
    return frozenset(load_vocabulary("titles")["groups"].split())


@cache
def ranks() -> frozenset[str]:
    """The titles that seldom stand without a name behind or an organization in front."""
    return frozenset(load_vocabulary("titles")["ranks"].split()) - groups()


@cache
def stand_ins() -> frozenset[str]:
    """Words for an institution that the text names in full elsewhere: 中心, 联合会."""
    return frozenset(load_vocabulary("name_contexts")["stand_ins"].split())


def ends_in_title(text: str, end: int, floor: int = 0) -> int:
    """Where the title begins that ends at text[end]; -1 when none does."""
    known = _words().known
    return next((end - n for n in range(7, 1, -1) if end - n >= floor and text[end - n : end] in known), -1)


def roles(text: str, start: int, end: int) -> tuple[list[Role], int]:
    """The titles that end at text[end], the last of which begins at `start`, and where their phrase begins.

    Segments joined by 、 count while each ends in a title (党委书记、局长); a segment that names its holder does not.
    """
    found: list[Role] = []
    begin = end
    for _ in range(MOST_SEGMENTS):
        begin = _phrase_start(text, start)
        role = _role(text[begin:end], end - start)
        if role:
            found.insert(0, role)
        if begin < 2 or text[begin - 1] != "、":
            break
        end = begin - 1
        start = ends_in_title(text, end)
        if start < 0 or _names_holder(text, start):
            break
    return found, begin


def _phrase_start(text: str, start: int) -> int:
    """Where the phrase begins whose title begins at `start`, across brackets, quotes and joined departments."""
    edge = left_edge(text, start)
    begin = edge.start
    if edge.word in "）)”" and edge.word:
        opening = text.rfind({"）": "（", ")": "(", "”": "“"}[edge.word], max(0, begin - 20), begin)
        spoken = edge.word == "”" and text[begin - 2] in _SPEECH_ENDS  # “……。”中心主任
        if (
            opening > 0
            and start - begin <= 6
            and not spoken
            and (edge.word == "”" or not last_ending(text[begin:start]))
        ):
            return left_edge(text, opening).start
    if edge.word in _AND and (_DEPARTMENT.search(text[begin:start]) or text[start] in "系处科股部"):
        left = left_edge(text, begin - 1).start
        field = text[left + last_ending(text[left : begin - 1]) : begin - 1]
        if _DEPARTMENT.search(field) or (begin - 1 - len(field) > left and is_generic(field)):
            return left
    if edge.quantified and edge.word.endswith("级"):  # 二级调研员
        return begin - len(edge.word)
    ending = last_ending(text[begin:start])
    return joined(text, edge, begin + max(0, ending - 1)) if ending else begin


def _names_holder(text: str, start: int) -> bool:
    """Whether the title at `start` follows a name (陈存根会长, 系主任黄晨熹教授) and so is somebody else's."""
    lexicon = names()
    for begin in (start - 3, start - 2):
        if begin >= 0 and text[begin] in lexicon.common and text[begin : begin + 2] not in lexicon.everyday:
            edge = left_edge(text, start).start
            if begin == edge or ends_in_title(text, begin, edge) >= 0:
                return True
            before = left_edge(text, begin).start
            if begin in (before, before + last_ending(text[before:begin])) and name_end(text, begin) == start:
                return True
    return False


@lru_cache(maxsize=4096)
def _role(phrase: str, length: int) -> Role | None:
    """The organization and the title of a phrase that ends in a title word of `length` characters."""
    if phrase[len(phrase) - length :] in _words().kinship:
        return None
    phrase, ending, core = _parted(phrase, length)
    head, title = phrase[:ending], phrase[ending:]
    level = _LEVEL_BODY.search(head)
    organ = head[level.start() :] if level and level.end() == len(head) else ""  # 某县|县委
    bare = organ == head or (head in no_names() and head not in stand_ins())
    if organ and title == "常委":
        return Role(None if bare else head, organ + title)
    if "兼" in head:
        return _of_two(head, title)
    if not head and _COMMUNITY.search(phrase[:core]):
        return Role(phrase[:core], phrase[core:])
    if bare:
        return Role(None, head + _modified(phrase[len(head) : core]) + phrase[core:])
    if organ.endswith("委") and title.endswith("书记"):
        return Role(head, organ + title)  # 某县县委|县委副书记
    middle = phrase[ending : max(core, ending)]
    return Role(head, middle + phrase[core:] if len(middle) <= _LONGEST_MIDDLE else phrase[core:])


def _parted(phrase: str, length: int) -> tuple[str, int, int]:
    """A phrase without what an organization is called in brackets, where its organization ends, and where the title
    word of `length` characters begins, with what is attached to it in front (副, 兼任)."""
    core = len(phrase) - length
    attached = _words().prefix.search(phrase, 0, core)
    core = attached.start() if attached else core
    ending = last_ending(phrase[:core])
    if ending < core and not attached and phrase[core] != "委":
        beyond = last_ending(phrase[: core + 1])
        ending = beyond if beyond > max(core, 2) else ending  # 外交部|长
    if phrase[ending : ending + 1] in ("）", ")") and (opening := phrase.rfind("（", 0, ending)) > 0:
        phrase = phrase[:opening] + phrase[ending + 1 :]  # 某基金会（某某基金会）秘书长
        core = len(phrase) - length
        ending = last_ending(phrase[:core])
    if ending and (bracket := _BRACKET.match(phrase, ending)):
        ending = bracket.end()
    return phrase, ending, core


def _of_two(head: str, title: str) -> Role:
    """The role of a phrase whose part in front of the title holds 兼, and so a title of its own: 某站站长兼某室主任."""
    first, _, second = head.rpartition("兼")
    place = ends_in_title(first, len(first))
    other = _role(first, len(first) - place) if place >= 0 else None
    return Role(other.organization if other else None, f"{other.title if other else first}兼{second}{title}")


def _modified(words: str) -> str:
    """The words before a title that belong to it: a department or a place of work."""
    return words if len(words) <= 10 and _DEPARTMENT.search(words) else ""


def roles_behind(text: str, end: int) -> list[Role]:
    """Titles directly behind a name (黄晨熹教授) or in brackets behind it."""
    for length in (4, 3, 2):
        word = text[end : end + length]
        if word in _titles_behind() and text[end + length : end + length + 1] not in "长员部":
            return [Role(None, word)]
    bracket = _IN_BRACKETS.match(text, end)
    if bracket:
        stop = bracket.end(1)
        if (start := ends_in_title(text, stop, bracket.start(1))) >= 0:
            return roles(text, start, stop)[0]
    return []


@cache
def _titles_behind() -> frozenset[str]:
    return frozenset(load_vocabulary("titles")["after"].split())
