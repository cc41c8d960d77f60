"""Organizers that a notice or a programme lists, a role a line: 主办单位：甲会 乙会; or the label above the names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from flows.document import Row
from flows.extract.events.roles import ends_as_organization, role_of_verb, split_names
from flows.vocabulary import one_of

MOST_BELOW = 8
"""Lines below a label that may hold its names."""

_DEPARTMENTS = frozenset("系科处室所部")
_SPACE = re.compile(r"(?<=[\u4e00-\u9fff）”])[ \u3000]+(?=[\u4e00-\u9fff“])")
_LIST_MARK = re.compile("^[·•●◆▪-]\\s*|[；。]$")


class Listed(NamedTuple):
    """The names under one label, which stands at text[start]."""

    start: int
    role: str
    names: tuple[str, ...]


@cache
def _label() -> re.Pattern[str]:
    mark = r"(?:[（(]?[0-9一二三四五六七八九十]{1,2}[）).、．]\s*)?"
    return re.compile(
        rf"^{mark}(?P<verb>{one_of(role_of_verb())})(?:单位|方|机构)[ \u3000]*[：:][ \u3000]*(?P<names>[^\n]*)$",
        re.MULTILINE,
    )


def find_role_lines(text: str) -> Iterator[Listed]:
    """What each such line lists, in order."""
    for label in _label().finditer(text):
        names = _names(label["names"]) or list(_below(text, label.end()))
        if names:
            yield Listed(label.start(), role_of_verb()[label["verb"]], tuple(dict.fromkeys(names)))


def _names(line: str) -> list[str]:
    """The bodies that a line lists and nothing else; none of a line that holds other words."""
    names = split_names(_SPACE.sub("、", _LIST_MARK.sub("", line.strip())))
    return names if all(ends_as_organization(name) or name[-1] in _DEPARTMENTS for name in names) else []


def _below(text: str, end: int) -> Iterator[str]:
    """The bodies in the lines below a label that stands alone."""
    for line in text[end + 1 :].split("\n", MOST_BELOW)[:MOST_BELOW]:
        if not (names := _names(line)):
            return
        yield from names


def add_role_lines(rows: Sequence[Row], text: str) -> None:
    """Gives events the organizers that lines of their text list: the last event before a line, else the only one."""
    for listed in find_role_lines(text) if rows else ():
        before = [row for row in rows if row["start"] <= listed.start]
        row = before[-1] if before else rows[0] if len(rows) == 1 else None
        if row is not None and not row[listed.role]:
            row[listed.role] = list(listed.names)
