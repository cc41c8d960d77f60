"""Cues: the words of a text beside which a person's name may stand, all found in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Flag, auto
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.extract.vocabulary import vocabulary


class Side(Flag):
    """Where a name stands that a cue tells of, and what kind of word the cue is."""

    AFTER = auto()
    """A title: the name follows it (局长徐知)."""
    BEFORE = auto()
    """A title or form of address: the name precedes it (陈存根会长)."""
    SAYS = auto()
    """A verb of speech: the name precedes it and opens its clause (徐阳指出)."""


class Cue(NamedTuple):
    """text[start:end] is a cue."""

    start: int
    end: int
    sides: Side


@cache
def _machine() -> tuple[AhoCorasick, list[Side]]:
    titles, contexts = vocabulary("titles"), vocabulary("name_contexts")
    sides: dict[str, Side] = {}
    for side, lists in (
        (Side.AFTER, [titles["ranks"], titles["groups"], titles["professions"]]),
        (Side.BEFORE, [titles["after"], titles["honorifics"]]),
        (Side.SAYS, [contexts["speech"]]),
    ):
        for word in " ".join(lists).split():
            sides[word] = sides.get(word, Side(0)) | side
    for word in sides:  # 副主席 is longer than 主席 and hides it
        sides[word] |= sides.get(word.removeprefix("副"), Side(0)) & Side.AFTER
    return AhoCorasick(list(sides), matchkind=MatchKind.LeftmostLongest), list(sides.values())


def cues(text: str) -> Iterator[Cue]:
    """Every cue, in order, none overlapping, the longest at each place."""
    machine, sides = _machine()
    for pattern, start, end in machine.find_matches_as_indexes(text):
        yield Cue(start, end, sides[pattern])
