"""The bodies that the names of one article mean: a short form is resolved by the full ones that stand in the article.

A short form stands for a full name where the text says so (以下简称), where it is the brand of an agency with 社工
behind it (榕荫社工), the name of a part without that of its body (医务社工专委会), or an abbreviation of one full name
alone (中社联, 省社协, 市一医院).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from flows.document import Row
from flows.entities.bodies import Body, identify
from flows.entities.canonical import canonical
from flows.entities.own_names import own_length, without_region
from flows.entities.places import around, is_county
from flows.entities.short_forms import short_forms
from flows.extract.organizations.forms import find_aliases
from flows.extract.organizations.single import last_ending

_LEVELS = frozenset("省市区县州旗盟")
_LONGEST_SHORT, _LEAST_SHORT = 6, 2
"""Characters of an abbreviation, at most and behind its level at least."""

_IN_TOWN = re.compile("[镇乡](?![镇村江])")
_OF_COUNTY = re.compile("^(?P<level>[县市])府(?=[^前机大])")
_TOWN = re.compile("[\u4e00-\u9fff]{2,5}?[镇乡](?=[\u4e00-\u9fff]{2})")
_DEPARTMENT = re.compile("(?:学院|系|教研室|研究院)$")
_TAIL = 3
"""Characters of a full name in which its abbreviation must end (社联 of 社会工作联合会)."""


class Naming:
    """What the names of an article's bodies mean."""

    def __init__(self, rows: Iterable[Row], text: str, place: str | None) -> None:
        """`rows` are those of organizations (`name`, `kind`, `end`), `text` is the article's and `place` its region."""
        found = list(rows)
        self.place = place
        self.kinds: dict[str, str | None] = {row["name"]: row["kind"] for row in found}
        known = {name: identify(name, kind, place) for name, kind in self.kinds.items()}
        self._county = _only_county(known.values(), place)
        self._full: dict[str, Body] = {name: body for name, body in known.items() if body is not None}
        self._ids = {body.entity_id for name, body in self._full.items() if name[0] not in _LEVELS}
        self._town = _only_town(self._full)
        self.called: dict[str, Body] = {}
        for alias, names in find_aliases(text, found).items():
            if names[0] in self._full and alias not in self._full:
                self.called[alias] = self._full[names[0]]
        for alias, body in short_forms(self._full, text):
            self.called.setdefault(alias, body)

    def body(self, name: str | None, kind: str | None = None) -> Body | None:
        """The body that a name in the article means; None where that is not certain."""
        if not name:
            return None
        if name in self.called:
            return self.called[name]
        kind = self.kinds.get(name, kind)
        found = identify(name, kind, self.place)
        if found is None and self._county is not None:
            found = identify(name, kind, self._county)
        if found is None:
            return self._of_article(name) or self._in_full(name)
        if not found.stated or (name[0] in _LEVELS and found.entity_id not in self._ids):
            return self._in_full(name) or found
        return found

    def _of_article(self, name: str) -> Body | None:
        """What a name that begins with a level means in an article whose region does not say which: the body of
        the one town that it names, or its one full name that ends so."""
        short = _OF_COUNTY.sub(r"\g<level>", canonical(name))
        if self._town and _IN_TOWN.match(short):
            return identify(f"{self._town}{short[1:]}", self.kinds.get(name), self.place or self._county)
        if short[0] not in _LEVELS:
            return None
        found = {body.entity_id: body for body in self._full.values() if body.name.endswith(short)}
        return next(iter(found.values())) if len(found) == 1 else None

    def _in_full(self, name: str) -> Body | None:
        """The one body of the article whose full name a short one is a part or an abbreviation of."""
        short = canonical(name)
        if _DEPARTMENT.search(short) and own_length(short) == 0:
            return self._of_university(short)
        found = {
            body.entity_id: body
            for full, body in self._full.items()
            if full != name and (_is_part(short, canonical(full)) or self._shortens(short, body))
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _of_university(self, department: str) -> Body | None:
        """A department without a name of its own, of the one university that the article names (该院|社会工作学院)."""
        found = {body.name for body in self._full.values() if body.kind == "university" and body.parent is None}
        return identify(f"{found.pop()}{department}", "university", self.place) if len(found) == 1 else None

    def _shortens(self, short: str, body: Body) -> bool:
        """Whether a name abbreviates that of a body: by its characters in order, and its level by the region."""
        if len(short) > _LONGEST_SHORT:
            return False
        if short[0] in _LEVELS:
            region = around(self.place, short[0]) if self.place else None
            rest = without_region(body.name, body.region).removeprefix("第")
            return region is not None and region == body.region and abbreviates(short[1:], rest)
        rest = without_region(body.name, body.region)  # 梁平社工站 is that of 梁平区, not of a street in it
        return len(short) > _LEAST_SHORT and abbreviates(short, rest)


def abbreviates(short: str, full: str) -> bool:
    """Whether a short form is made of characters of a full name in order, from its first on and into its last word."""
    if not _LEAST_SHORT <= len(short) < len(full) or short[0] != full[0] or full.startswith(short):
        return False
    at = -1
    for letter in short:
        at = full.find(letter, at + 1)
        if at < 0:
            return False
    return full.rfind(short[-1]) >= len(full) - _TAIL and at >= 0


@lru_cache(maxsize=8192)
def _is_part(short: str, full: str) -> bool:
    """Whether a full name is that of a body with the short one behind it (某联合会|医务社会工作专业委员会)."""
    before = len(full) - len(short)
    return before > _LEAST_SHORT and full.endswith(short) and last_ending(full[:before]) == before


def _only_county(bodies: Iterable[Body | None], place: str | None) -> str | None:
    """The one county that names of bodies in an article say, where the article is not about one."""
    if place is not None and is_county(place):
        return None
    found = {body.region for body in bodies if body and body.region and body.stated and is_county(body.region)}
    return found.pop() if len(found) == 1 else None


def _only_town(names: Iterable[str]) -> str | None:
    """The one town that names of bodies in an article say (雷山县|西江镇|社工站)."""
    found = {match[0] for name in names if (match := _TOWN.match(without_region(name)))}
    return found.pop() if len(found) == 1 else None
