"""People: names with their titles and organization.

A name counts when a title stands before it (局长徐知), a title or form of address behind it (陈存根会长), a verb of
speech behind it at the beginning of a clause (徐阳指出), or another name beside it in a list. 刘某 is no name, nor is a
family name with a form of address alone (王女士).
"""

from __future__ import annotations

import re
from functools import cache

from flows.document import Row
from flows.extract.organizations.edges import left_edge
from flows.extract.organizations.forms import by_ending, find_aliases
from flows.extract.organizations.mentions import organizations_of
from flows.extract.organizations.single import is_generic, last_ending
from flows.extract.people.double_names import double_end, is_double
from flows.extract.people.introductions import find_introductions, roles_stated
from flows.extract.people.led_names import led_end, whole_end
from flows.extract.people.likely import find_likely
from flows.extract.people.listed import listed_end
from flows.extract.people.minority import find_minority
from flows.extract.people.name_ends import name_end
from flows.extract.people.names import names
from flows.extract.people.person import (
    Person,
    inherited,
    is_place,
    is_pseudonym,
    merge_double,
    merge_longer,
    record,
    row_of,
)
from flows.extract.people.signatures import SIGNERS, is_signature
from flows.extract.people.titles import Role, ends_in_title, groups, ranks, roles, roles_behind
from flows.extract.people.untitled import find_untitled
from flows.extract.words.people import cue_uses
from flows.extract.words.reading import Reading
from flows.extract.words.scan import words_of
from flows.vocabulary import load_vocabulary, unspaced

_JOINED = re.compile(r"、|和|与|及|以及")
_DEPARTMENT = re.compile(r"(?:[\u4e00-\u9fff]{1,8}[系部处科室院所办])?")
_BESIDE = re.compile(r"[ \u3000]+")
_WRITERS = ("记者", "通讯员", "编辑", "实习生")
_AT_PLACE = re.compile(r"(?:[还又也]|在[^，。；：\n]{1,12}[时中上])$")
_BESIDE_MARKS = frozenset("，、和与及")
_DOTTED = re.compile("(?<![\u4e00-\u9fff·])([\u4e00-\u9fff]{2,6}(?:·[\u4e00-\u9fff]{1,6}){1,3})$")
_TAKING_OFFICE = frozenset("担到出调兼现历曾首留")
_OPENS = frozenset("，。；：！？”“\n（ \u3000")
_OPENS_GAP = frozenset(" \u3000：:（(")
_MENTIONS = 5  # of somebody, in which a title is looked for
_GAP = re.compile(r"[ \u3000：:]|[（(][\u4e00-\u9fff、]{1,12}[）)]")


def find_people(reading: Reading) -> list[Row]:
    """One row for each person: name, titles, organization (None when not stated), start and end of the first mention.

    Titles are the role words of every mention, in order; a title of another organization than the first keeps that
    organization in front. A short organization is given in its full form when the article holds it.
    """
    text, organizations = reading.text, organizations_of(reading)
    people: dict[str, Person] = {}
    first, common, dotted = _first_characters(), names().common, "·" in text
    done = 0
    uses = cue_uses()
    for number, start, end in words_of(reading).persons:
        leads, follows, says = uses[number]
        if leads:
            gap = _GAP.match(text, end) if text[end : end + 1] in _OPENS_GAP else None
            if gap and gap.group() in "：:" and text.endswith(_WRITERS[0], 0, end):
                continue  # 记者：印象最深的是什么？
            at = gap.end() if gap else end
            opens = text[at : at + 1]  # 委员会成员甲·乙 is no 会成员甲·乙
            if at >= done and (opens in first or (dotted and opens != "会" and "·" in text[at : at + 8])):
                done = _add_titled(text, people, (start, end), at) or done
        if says:
            _add_speaker(text, people, start)
        if follows and dotted and "·" in text[max(0, start - 6) : start]:
            _add_dotted(text, people, start)
        elif follows:
            for at in (start - length for length in (5, 4, 3, 2) if start >= length):
                if text[at] in common and _add_inverted(text, people, at, (start, end)):
                    break
    for start, end, found in (*find_introductions(text), *find_untitled(reading), *find_minority(text)):
        record(people, text[start:end], start, found)
    known = [(person.start, person.start + len(person.name)) for person in people.values()]
    for start, end, _ in find_likely(text, organizations, known):
        record(people, text[start:end], start, _roles_in_front(text, start))
    merge_double(text, people)
    merge_longer(people)
    for name in [name for name in people if is_pseudonym(text, name) or is_place(text, people[name])]:
        del people[name]
    for person in people.values():
        person.roles += [role for role in _stated(text, person) if role not in person.roles]
    full = by_ending([row["name"] for row in organizations]) | find_aliases(text, organizations)
    return [row_of(text, person, full) for person in sorted(people.values(), key=lambda person: person.start)]


def _roles_in_front(text: str, start: int) -> list[Role]:
    """The titles that end where a name begins."""
    title = ends_in_title(text, start)
    return roles(text, title, start)[0] if title >= 0 else []


def _stated(text: str, person: Person) -> list[Role]:
    """The titles that the words behind the first mention state; of somebody without a title, behind the first that
    states some."""
    at, found = person.start, roles_stated(text, person.start + len(person.name))
    for _ in range(_MENTIONS):
        if found or person.roles or (at := text.find(person.name, at + 1)) < 0:
            break
        found = roles_stated(text, at + len(person.name))
    return found


@cache
def _first_characters() -> frozenset[str]:
    """The characters that a name can begin with."""
    lexicon = names()
    whole = {word[0] for word in lexicon.compound | lexicon.japanese}
    return (
        lexicon.common
        | lexicon.rare
        | lexicon.seldom
        | whole
        | frozenset(unspaced(load_vocabulary("surnames")["transliteration"]))
    )


@cache
def _contexts(key: str) -> tuple[str, ...]:
    return tuple(load_vocabulary("name_contexts")[key].split())


def _add_titled(text: str, people: dict[str, Person], title: tuple[int, int], at: int) -> int:
    """Records the name at `at` behind a title, and those of its list; gives where the list ends, 0 for no name."""
    first, last = title
    word = text[first:last].removeprefix("副")
    if word.endswith(_WRITERS[0]) and text[at] == "从":  # 记者从市民政局获悉
        return 0
    alone = word not in groups()
    plain = names().given.issuperset(text[at + 1 : at + 3]) and text[at] in names().plain  # 社工农小燕
    stop = name_end(text, at, rare=alone or plain, foreign=alone, sure=word in ranks())
    stop = double_end(text, at) or whole_end(text, at, led_end(text, at, stop, office=word in ranks()))
    if not stop or text.startswith(_contexts("institutions"), stop):
        return 0
    found, begin = roles(text, first, last)
    if found and found[-1].title.endswith(SIGNERS) and is_signature(text, begin, stop):
        return stop
    if begin and text[begin - 1] == "是" and (other := ends_in_title(text, begin - 1)) >= 0:  # 发起人是退休教师索某
        found = [*(role for role in roles(text, other, begin - 1)[0] if role.title in ranks()), *found]
    if begin and text[begin - 1] == "的" and (owner := _owner(text, begin - 1)):  # 某中心的项目主管
        found = [Role(role.organization or owner, role.title) for role in found]
    bare = text[begin:last] == "、".join(role.title for role in found)
    if bare and begin and text[begin - 1] in _BESIDE_MARKS and not any(role.organization for role in found):
        found = inherited(found, text, begin - 1, people)
    return _add_list(text, people, at, stop, found)


def _owner(text: str, end: int) -> str | None:
    """The one organization whose name ends at text[end]."""
    start = left_edge(text, end).start
    phrase = text[start:end]
    return phrase if len(phrase) > 4 and last_ending(phrase) == len(phrase) and not is_generic(phrase) else None


def _add_list(text: str, people: dict[str, Person], start: int, end: int, found: list[Role]) -> int:
    """Records a name and those joined to it that share its titles; gives where the list ends."""
    writers = bool(found) and found[-1].title.endswith(_WRITERS)
    while True:
        record(people, text[start:end], start, [*found, *roles_behind(text, end)])
        joint = _JOINED.match(text, end) or (_BESIDE.match(text, end) if writers else None)
        if not joint:
            return end
        at = joint.end()
        after = double_end(text, at) or name_end(text, at, rare=text[end] == "、") or listed_end(text, at)
        if not after or text.startswith(_contexts("institutions"), after) or not _goes_with(text, at, after):
            return end
        start, end = at, after


def _goes_with(text: str, start: int, end: int) -> bool:
    """Whether a name may be one of a list: with a seldom family name, only before a mark or the next name."""
    return text[start] in names().common or text[end : end + 1] in "、，。；和与及等（夫"


def _add_speaker(text: str, people: dict[str, Person], verb: int) -> None:
    """Records a name that opens the clause of the verb of speech at `verb`."""
    if text[verb - 1 : verb] in "还又也时中上":
        gap = _AT_PLACE.search(text, max(0, verb - 16), verb)
        verb = gap.start() if gap else verb
    elif text[verb - 1 : verb] in "）)":
        verb = max(text.rfind("（", max(0, verb - 40), verb), text.rfind("(", max(0, verb - 40), verb))
    common = names().common
    for start in range(max(0, verb - 5), verb - 1):
        if text[start] not in common or (start and text[start - 1] not in _OPENS):
            continue
        if (double_end(text, start) or name_end(text, start, rare=False)) == verb:
            record(people, text[start:verb], start, roles_behind(text, verb))


def _add_inverted(text: str, people: dict[str, Person], start: int, cue: tuple[int, int]) -> bool:
    """Records a name in front of a title or form of address, if it begins where a word can begin."""
    first, last = cue
    name, word = text[start:first], text[first:last]
    given = name[-2] == "阿" or names().given.issuperset(name[-2:])
    married = is_double(name) and word in _contexts("formal")
    if (
        name_end(text, start + married, rare=False) != first
        or (len(name) > 4 and not married)
        or text[last : last + 1] in ("长", "员", "部")
    ):
        return False
    if text.startswith(_contexts("institutions"), last) and not text.startswith("团队", last):  # 戴高乐将军广场
        return False
    if (name[-1] == "任" and len(name) > 2) or (text[start - 1 : start] + text[last : last + 1] == "“”"):
        return False  # 周倩|任秘书长, “白菜爸爸”
    if name[0] == "任" and text[start - 1 : start] in _TAKING_OFFICE:
        return False
    if name[-2:] in _contexts("offices") and word.startswith(("部", "副部")):
        return False
    phrase = text[left_edge(text, start).start : start]
    ending = last_ending(phrase)
    found = roles_behind(text, first)
    if ending and _DEPARTMENT.fullmatch(phrase, ending):
        found = [Role(phrase[:ending], role.title) for role in found]
    elif not (_begins_word(text, start) or (len(name) == 3 and given and word in _contexts("formal"))):
        return False
    record(people, name, start, found)
    return True


def _add_dotted(text: str, people: dict[str, Person], end: int) -> None:
    """Records a name with dots in front of a title, if a mark stands before it (，买买提·依明副局长)."""
    if match := _DOTTED.search(text, max(0, end - 20), end):
        record(people, match[1], match.start(1), roles_behind(text, end))


def _begins_word(text: str, start: int) -> bool:
    """Whether a mark, a function word or a title stands in front of text[start]."""
    before = text[start - 1 : start]
    return not "\u4e00" <= before <= "\u9fff" or before in _contexts("before")[0] or ends_in_title(text, start) >= 0
