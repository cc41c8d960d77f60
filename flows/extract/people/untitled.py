"""People named without a title: by what their clause says of them, by the organization in front, by a list of names.

Such a name must look like one in every character (`names.looks_whole`), since no title vouches for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from flows.extract.organizations.mentions import organizations_of
from flows.extract.people.labelled import find_labelled
from flows.extract.people.led_names import unlike_words
from flows.extract.people.listed import find_listed
from flows.extract.people.name_ends import name_end
from flows.extract.people.names import looks_whole, names
from flows.extract.people.offices import Introduced
from flows.extract.people.titles import Role
from flows.extract.words.organizations import lexicon
from flows.extract.words.people import is_opening
from flows.extract.words.reading import Reading
from flows.extract.words.scan import words_of
from flows.looks import IfHeld
from flows.vocabulary import load_vocabulary, one_of

_OPENS = frozenset("，。；：！？”“\n（ \u3000")
_FROM = ("来自", "毕业于", "就读于", "就职于", "供职于", "任职于", "服务于", "任教于")


def find_untitled(reading: Reading) -> Iterator[Introduced]:
    """Everybody whom a text names so, with the organization in front of the name as a role without a title."""
    text, opening = reading.text, is_opening()
    for number, start, end in words_of(reading).untitled:
        if opening[number]:
            stop = name_end(text, end, rare=False)
            if stop and looks_whole(text, end, stop):
                yield Introduced(end, stop, [])
        elif start >= 3 and (start == 3 or text[start - 4] in _OPENS) and looks_whole(text, start - 3, start):
            yield Introduced(start - 3, start, [])
    for row in organizations_of(reading):
        if row["kind"] == "media":  # 新华社莫斯科
            continue
        at = row["end"]
        if text[at : at + 1] == "的" and text.endswith(_FROM, 0, row["start"]):
            at += 1
        stop = name_end(text, at, rare=False) if text[at : at + 1] in names().common else 0
        if stop and looks_whole(text, at, stop) and not _goes_on(text, stop):
            yield Introduced(at, stop, [Role(row["name"], "")])
    for match in _called().finditer(text):
        stop = name_end(text, match.end(), rare=False)
        if stop and looks_whole(text, match.end(), stop) and not _goes_on(text, stop):
            yield Introduced(match.end(), stop, [])
    for match in _of_a_people().finditer(text):
        if text.endswith(_peoples()[match["sort"]], 0, match.start()) and (stop := unlike_words(text, match.end())):
            yield Introduced(match.end(), stop, [])
    yield from find_listed(text)
    yield from find_labelled(text)


@cache
def _of_a_people() -> re.Pattern[str]:
    """What says, behind the name of a people or a country, that somebody is of it: 彝|族妇女, 印尼|籍渔工."""
    return re.compile(f"(?P<sort>[族籍])(?:{one_of(load_vocabulary('name_contexts')['of_peoples'].split())})")


@cache
def _peoples() -> dict[str, tuple[str, ...]]:
    """The names of peoples and of countries, by what stands behind them."""
    return {"族": tuple(load_vocabulary("name_contexts")["peoples"].split()), "籍": tuple(lexicon().nations)}


@cache
def _called() -> IfHeld:
    """A nickname or an award in quotes behind which a name stands: “慈善之星”丁某某."""
    return IfHeld(
        f"“[^“”\n，。]{{0,12}}(?:{one_of(load_vocabulary('name_contexts')['called'].split())})”(?=[\u4e00-\u9fff])"
    )


def _goes_on(text: str, stop: int) -> bool:
    """Whether what looks like a name is the beginning of a place or an institution."""
    return text.startswith(_institutions(), stop)


@cache
def _institutions() -> tuple[str, ...]:
    return tuple(load_vocabulary("name_contexts")["institutions"].split())
