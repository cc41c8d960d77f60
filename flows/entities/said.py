"""What an article says of names: how a body is called in short, and that one was renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from flows.entities.bodies import Body
from flows.entities.canonical import canonical
from flows.entities.naming import abbreviates
from flows.entities.own_names import own_length
from flows.entities.told import Form, Told, told_of
from flows.extract.organizations.single import no_names

_LEVEL = re.compile("[省市区县旗州盟本该]")
_LEAST, _LEAST_OWN = 3, 2
"""Characters of a short form that may stand for the body in other articles, and of its own."""

_RENAMED = re.compile("[^，。；、！？\n]{0,24}?(?:更名|改名|易名|改称|更改名称)(?:为|成)“?")
_FORMERLY = re.compile("”?（(?:原名?|曾用名|前称|原称)(?:为|叫|是)?[“：]?")


def called(alias: str, body: Body, exported: bool = True) -> Told:
    """What an article tells of a body that it calls by an alias; other articles of the city may call it so too, if that
    is to be `exported`."""
    told = told_of(body)
    told.aliases.add(alias)
    short = canonical(alias)
    is_name = exported and len(short) >= _LEAST and not _LEVEL.match(short) and short not in no_names()
    if is_name and (own_length(short) >= _LEAST_OWN or abbreviates(short, body.name)):
        told.forms.add(Form(short, body.region, stated=True, reach="city", called=True))
    return told


def renames(text: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Old and new names of bodies that the text says were renamed (某协会更名为某联合会, 某站（原某中心）).

    `names` are those of the bodies in the article.
    """
    known = {name.removeprefix("原"): name for name in sorted(names, key=lambda name: (len(name), name), reverse=True)}
    if not known or not any(word in text for word in ("更名", "改名", "易名", "改称", "（原", "（曾用名", "（前称")):
        return
    for one in known:
        for found in re.finditer(re.escape(one), text):
            into = _RENAMED.match(text, found.end())
            new = _begins(text, into.end(), known) if into else None
            if new is not None and new != one:
                yield known[one], known[new]
            behind = _FORMERLY.match(text, found.end())
            old = _begins(text, behind.end(), known) if behind else None
            if old is not None and old != one:
                yield known[old], known[one]


def _begins(text: str, start: int, names: Iterable[str]) -> str | None:
    """The longest of the names that begins at a place of the text."""
    return next((name for name in names if text.startswith(name, start)), None)
