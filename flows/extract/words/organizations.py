"""The words by which names of organizations are told: `organization_suffixes.yaml` and `organization_names.yaml`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.vocabulary import load_vocabulary, one_of


class Lexicon(NamedTuple):
    """The endings, as a list and as an automaton, the kind of each ("" for what hides one), and the YAML's lists."""

    endings: tuple[str, ...]
    machine: AhoCorasick
    kinds: list[str]
    fixed: frozenset[str]
    not_names: frozenset[str]
    generic: re.Pattern[str]
    beginnings: tuple[str, ...]
    offices: tuple[str, ...]
    nations: frozenset[str]
    leaders: re.Pattern[str]
    ordinary: re.Pattern[str]
    in_foundations: re.Pattern[str]
    led_only: frozenset[str]
    brand: frozenset[str]
    wide: tuple[str, ...]
    goes_on: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    suffixes, names = load_vocabulary("organization_suffixes"), load_vocabulary("organization_names")
    kind_of = {word: kind for kind, words in suffixes.items() for word in words.split()}
    fixed = {word: kind for kind, words in names["fixed"].items() for word in words.split()}
    kind_of.update(fixed)
    endings = (*kind_of, *names["not_endings"].split())
    return Lexicon(
        endings,
        AhoCorasick(endings, matchkind=MatchKind.LeftmostLongest),
        [*kind_of.values(), *[""] * len(names["not_endings"].split())],
        frozenset(fixed),
        frozenset(names["not_names"].split()),
        re.compile(one_of(names["generic"].split())),
        tuple(names["beginnings"].split()),
        tuple(names["offices"].split()),
        frozenset(names["nations"].split()),
        re.compile(one_of([*fixed, *names["nations"].split()])),
        re.compile(one_of(names["ordinary"].split())),
        re.compile(one_of(names["in_foundations"].split())),
        frozenset(names["led_only"].split()),
        frozenset(names["brand"].split()),
        tuple(names["wide"].split()),
        names["goes_on"],
    )


def organization_endings() -> tuple[str, ...]:
    """The endings of names, and the words that hide one."""
    return lexicon().endings


_BEFORE_NAME = re.compile("(?:[长员任记师席授事]|督导|社工)[\u4e00-\u9fff]$")


def is_no_ending(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] only looks like an ending: a part of a word (副|局), the name of somebody with a title
    (副局长蓝海军)."""
    if text[start - 1 : start] == "副" or (
        text[end : end + 1] and text[end] in lexicon().goes_on.get(text[end - 1], "")
    ):
        return True
    return text[start:end] == "海军" and _BEFORE_NAME.search(text, max(0, start - 4), start) is not None


_SEVERAL = re.compile(
    "[两二三四五六七八九十0-9][省市县区州地镇](?!路|街)"
    "|[省市县区旗]乡镇(?:社工站|社会工作)"
    "|[两三四五六]级(?:政府|党委|法院|人大|机关|联动|社工|民政|工会|妇联|团委)"
)


def is_of_several(name: str) -> bool:
    """Whether what looks like a name is of several places' offices (安徽三省民政厅)."""
    return _SEVERAL.search(name) is not None
