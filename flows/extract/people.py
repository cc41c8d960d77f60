"""People: names with their titles and organization.

A name counts when a title stands before it (局长徐知), a title or form of address behind it (陈存根会长), a verb of speech
behind it at the beginning of a clause (徐阳指出), or another name beside it in a list. 刘某 is no name, nor is a family name
with a form of address alone (王女士).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from flows.document import Row
from flows.extract.names import name_end, names
from flows.extract.organizations import resolve
from flows.extract.titles import Role, ends_in_title, groups, ranks, roles, title_ends
from flows.extract.vocabulary import one_of, vocabulary


@dataclass
class _Person:
    """What the article says of one name."""

    name: str
    start: int
    roles: list[Role] = field(default_factory=list)


_JOINED = re.compile(r"、|和|与|及|以及")
_BESIDE = re.compile(r"[ \u3000]+")
_WRITERS = ("记者", "通讯员", "编辑", "实习生")
_IN_BRACKETS = re.compile(r"[（(]([^（）()\n]{2,40})[）)]")


_BEFORE_NAME = frozenset("由和与及对向在请是为的位名到了以让把被跟同")
_SINGLE = frozenset("同志 先生 女士 总书记 书记 主席 总理 总统 大使 将军 院士 教授".split())
_MINISTRIES = frozenset("卫生 教育 财政 外交 国防 内政 司法 农业 建设 交通 文化 商务 民政 公安 科技 宣传 组织 统战 后勤 市场 销售 人事 工程".split())


@cache
def _speech() -> re.Pattern[str]:
    """A clause that begins with what may be a name and a verb of speech."""
    surnames = "".join(sorted(names().common))
    verbs = one_of(vocabulary("name_contexts")["speech"].split())
    return re.compile(rf"(?:(?<=[，。；：！？”“\n（])|^)([{surnames}][\u4e00-\u9fff]{{1,3}}?)(?:还|又|在[^，。\n]{{1,12}}[时中上])?(?:{verbs})")


@cache
def _behind() -> re.Pattern[str]:
    """A title or form of address behind a name, and no name behind that."""
    lexicon = vocabulary("titles")
    words = one_of([*lexicon["after"].split(), *lexicon["honorifics"].split()])
    return re.compile(f"({words})(?![长员部])")


@cache
def _inverted() -> re.Pattern[str]:
    """What may be a name with a title behind it."""
    surnames = "".join(sorted(names().common))
    words = one_of([*vocabulary("titles")["after"].split(), *vocabulary("titles")["honorifics"].split()])
    return re.compile(rf"([{surnames}][\u4e00-\u9fff]{{1,2}})({words})(?![长员部])")


def find_people(text: str, organizations: list[Row]) -> list[Row]:
    """One row for each person: name, titles, organization (None when not stated), start and end of the first mention.

    Titles are the role words of every mention, in order; a title of another organization than the first keeps that
    organization in front. A short organization is given in its full form when `organizations` holds it.
    """
    people: dict[str, _Person] = {}
    first = _first_characters()
    done = 0
    for start, end, at in title_ends(text, first):
        if at < done:
            continue
        title = text[start:end]
        stop = name_end(text, at, rare=title not in groups(), foreign=title not in groups(), sure=title in ranks())
        if stop and not _is_longer_word(text, at, stop):
            found, _ = roles(text, start, end)
            done = _add_list(text, people, at, stop, found)
    for match in _speech().finditer(text):
        _add_cued(text, people, match.start(1), match.end(1), [])
    for match in _inverted().finditer(text):
        _add_inverted(text, people, match)
    full = [row["name"] for row in organizations]
    return [_row(text, person, full) for person in sorted(people.values(), key=lambda person: person.start)]


@cache
def _first_characters() -> frozenset[str]:
    """The characters that a name can begin with."""
    lexicon = names()
    whole = {word[0] for word in lexicon.compound | lexicon.japanese}
    return lexicon.common | lexicon.rare | whole | frozenset("".join(vocabulary("surnames")["transliteration"].split()))


def _is_longer_word(text: str, start: int, end: int) -> bool:
    """Whether what looks like a name is the beginning of an institution's (周恩来政府管理学院)."""
    return text.startswith(("政府", "学院", "大学", "医院", "小学", "中学", "公司", "工作室", "社区", "街道", "基金会", "路", "市", "县", "区", "镇", "乡", "村", "省", "州"), end)


def _add_list(text: str, people: dict[str, _Person], start: int, end: int, found: list[Role]) -> int:
    """Records a name and those joined to it that share its titles; gives where the list ends."""
    while True:
        _record(people, text[start:end], start, [*found, *_roles_behind(text, end)])
        joint = _JOINED.match(text, end) or (_BESIDE.match(text, end) if found and found[-1].title.endswith(_WRITERS) else None)
        if not joint:
            return end
        after = name_end(text, joint.end(), rare=text[end] == "、")
        if not after or _is_longer_word(text, joint.end(), after):
            return end
        start, end = joint.end(), after


def _roles_behind(text: str, end: int) -> list[Role]:
    """Titles directly behind a name (黄晨熹教授) or in brackets behind it."""
    match = _behind().match(text, end)
    if match:
        return [Role(None, match.group(1))] if match.group(1) in _titles_behind() else []
    bracket = _IN_BRACKETS.match(text, end)
    if bracket:
        stop = bracket.end(1)
        start = ends_in_title(text, stop, bracket.start(1))
        if start >= 0:
            return roles(text, start, stop)[0]
    return []


@cache
def _titles_behind() -> frozenset[str]:
    return frozenset(vocabulary("titles")["after"].split())


def _add_cued(text: str, people: dict[str, _Person], start: int, end: int, found: list[Role]) -> None:
    if name_end(text, start, rare=False) == end and text[start : start + 2] not in names().everyday:
        _record(people, text[start:end], start, found)


def _add_inverted(text: str, people: dict[str, _Person], match: re.Match[str]) -> None:
    """A name with a title behind it counts when it begins where a word can begin."""
    start, end = match.span(1)
    name = match.group(1)
    if name[:2] in names().everyday or name[-1] in "副总大小老" or name_end(text, start, rare=False) != end:
        return
    if text[end - 2 : end] in _MINISTRIES and match.group(2).startswith(("部", "副部")):
        return
    if not (_begins_word(text, start) or (len(name) == 3 and match.group(2) in _SINGLE and names().given.issuperset(name[1:]))):
        return
    _record(people, name, start, _roles_behind(text, end))


def _begins_word(text: str, start: int) -> bool:
    """Whether a mark, a function word or a title stands in front of text[start]."""
    before = text[start - 1 : start]
    return not "\u4e00" <= before <= "\u9fff" or before in _BEFORE_NAME or ends_in_title(text, start) >= 0


def _record(people: dict[str, _Person], name: str, start: int, found: list[Role]) -> None:
    person = people.setdefault(name, _Person(name, start))
    person.start = min(person.start, start)
    person.roles += [role for role in found if role not in person.roles]


def _row(text: str, person: _Person, full: list[str]) -> Row:
    """The row of one person; the first organization is the person's, later ones stay with their titles."""
    own: str | None = None
    titles: list[str] = []
    for organization, title in person.roles:
        if own is None:
            own = organization
        phrase = title if organization is None or _same(organization, own, full) or organization + title not in text else organization + title
        if phrase not in titles:
            titles.append(phrase)
    start = text.find(person.name)
    return {
        "name": person.name,
        "titles": titles,
        "organization": resolve(own, full) if own else None,
        "start": start,
        "end": start + len(person.name),
    }


def _same(one: str, other: str | None, full: list[str]) -> bool:
    """Whether two mentions are of one organization."""
    return other is not None and (one == other or resolve(one, full) == resolve(other, full))
