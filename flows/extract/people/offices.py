"""People whom the form of a sentence introduces: what every such form asks of the names and offices in it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from flows.extract.people.name_ends import name_end
from flows.extract.people.names import looks_whole
from flows.extract.people.titles import Role, ends_in_title, groups, roles
from flows.extract.words.marks import PART_ENDS, QUOTES, behind_last

behind_clause = behind_last(PART_ENDS + QUOTES)
AND = re.compile("[、和与及]")
_POSTS = ("社工", "社会工作者", "督导", "志愿者", "委员", "理事", "监事")


class Introduced(NamedTuple):
    """text[start:end] names a person, to whom `roles` are given."""

    start: int
    end: int
    roles: list[Role]


def names_before(text: str, end: int) -> list[tuple[int, int]]:
    """The names joined by 、 or 和 that make up the clause before `end`; none if anything else stands in it."""
    end -= 2 if text.endswith("同志", 0, end) else 0
    first = behind_clause(text, max(0, end - 80), end)
    if not 2 <= end - first <= 60:
        return []
    cuts = [first, *(joint.end() for joint in AND.finditer(text, first, end)), end + 1]
    spans = [(a, b - 1) for a, b in pairwise(cuts)]
    return spans if all(is_whole(text, *span, rare=len(spans) > 2) for span in spans) else []


def is_whole(text: str, start: int, end: int, rare: bool) -> bool:
    """Whether text[start:end] is one name and no more."""
    if start < end and name_end(text, start, rare=rare, sure=rare) == end:
        return True
    return text[end : end + 1] == "任" and looks_whole(text, start, end)  # 周倩|任秘书长


def post_at(text: str, start: int, end: int) -> list[Role]:
    """The titles that end at text[end]."""
    title = ends_in_title(text, end, start)
    deputy = title > 1 and text[title - 2 : title] in ("人大", "政协")  # 人大代表, 政协委员
    if title < 0 or (not deputy and text[title:end] in groups() and not text.endswith(_POSTS, title, end)):
        return []
    return [role for role in roles(text[start:end], title - start, end - start)[0] if role.title]
