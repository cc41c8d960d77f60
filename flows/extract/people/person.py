"""One person of an article: what its mentions say, put together to a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from flows.document import Row
from flows.extract.organizations.forms import resolve
from flows.extract.people.double_names import is_double
from flows.extract.people.titles import Role, stand_ins

_HEAD_OF_DEPARTMENT = re.compile(
    "[\u4e00-\u9fff]{2,}(?:[处科股室部](?:副?[处科股部]?长|副?主任|科员|干部)|办公室副?主任|中心副?主任)$"
)


@dataclass
class Person:
    """What the article says of one name."""

    name: str
    start: int
    roles: list[Role] = field(default_factory=list)


def inherited(found: list[Role], text: str, end: int, people: dict[str, Person]) -> list[Role]:
    """The roles at the organization of the person whose name ends at `end`, if they belong to it:
    a department's head (…局长宋某，社会工作处处长胡某), or the same rank (…局长宋某、副局长胡某)."""
    beside = next((people[text[end - n : end]] for n in (3, 2, 4) if text[end - n : end] in people), None)
    own = beside.roles[0] if beside and beside.roles else None
    if own is None or own.organization is None:
        return found
    rank = found[-1].title.removeprefix("副")
    same = any(role.title.endswith(rank) for role in beside.roles) if beside else False
    if not same and not _HEAD_OF_DEPARTMENT.search(found[-1].title):
        return found
    return [Role(own.organization, role.title) for role in found]


def record(people: dict[str, Person], name: str, start: int, found: list[Role]) -> None:
    person = people.setdefault(name, Person(name, start))
    person.start = min(person.start, start)
    person.roles += [role for role in found if role not in person.roles]


def merge_double(text: str, people: dict[str, Person]) -> None:
    """Takes out names that only end another one of two family names (陈林阿满, 林阿满)."""
    for name in [name for name in people if is_double(name) and name[1:] in people]:
        if text.count(name) == text.count(name[1:]):
            del people[name[1:]]


def merge_longer(people: dict[str, Person]) -> None:
    """Takes out names that are another one's with a character of the word in front (赞|成李强, 学|习习近平)."""
    for name in [name for name in people if name[1:] in people and len(name) > 2]:
        longer = people.pop(name)
        for role in longer.roles:
            record(people, name[1:], longer.start + 1, [role])
        people[name[1:]].start = min(people[name[1:]].start, longer.start + 1)


def is_pseudonym(text: str, name: str) -> bool:
    """Whether the text says that it calls somebody so who is called otherwise: 林秀（化名）."""
    return "化名" in text and re.search(f"{re.escape(name)}[（(](?:均?为?化名|系化名)", text) is not None


def is_place(text: str, person: Person) -> bool:
    """Whether the text calls a place so that nothing gives a title to: 石井坡 beside 石井坡街道."""
    return not person.roles and any(person.name + kind in text for kind in ("街道", "镇", "社区", "小区"))


def row_of(text: str, person: Person, known: dict[str, list[str]]) -> Row:
    """The row of one person; the first organization is the person's, later ones stay with their titles."""
    own: str | None = None
    titles: list[str] = []
    for organization, title in (_placed(role, known) for role in person.roles):
        organization = _without_verb(organization, known)
        own = own or organization
        whole = f"{organization or ''}{title}"
        phrase = title if organization is None or _same(organization, own, known) or whole not in text else whole
        if title and phrase not in titles:
            titles.append(phrase)
    start = text.find(person.name)
    return {
        "name": person.name,
        "titles": titles,
        "organization": resolve(own, known) if own else None,
        "start": start,
        "end": start + len(person.name),
    }


def _placed(role: Role, known: dict[str, list[str]]) -> Role:
    """The role at the one organization of the text that a bare 联合会 or 中心 in front of its title stands for."""
    if role.organization not in stand_ins():
        return role
    full = {name for names in known.values() for name in names if name.endswith(role.organization or "")}
    return Role(full.pop() if len(full) == 1 else None, role.title)


def _without_verb(organization: str | None, known: dict[str, list[str]]) -> str | None:
    """The organization without the word in front that is no part of its name (请|某区人民医院)."""
    if organization is None:
        return None
    shorter = (organization[n:] for n in (1, 2, 3))
    named = (name for name in shorter if len(name) > 3 and name in known.get(name[-2:], ()))
    return next(named, organization) if organization not in known.get(organization[-2:], ()) else organization


def _same(one: str, other: str | None, known: dict[str, list[str]]) -> bool:
    """Whether two mentions are of one organization."""
    return other is not None and (one == other or resolve(one, known) == resolve(other, known))
