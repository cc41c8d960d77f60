"""Where a name begins: the words that a name of an organization never holds (`organization_names.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.extract.words.gazetteer import Strength, gazetteer
from flows.extract.words.marks import behind_last
from flows.extract.words.organizations import lexicon
from flows.vocabulary import load_vocabulary, one_of

_ENDING = 2
REACH = 30
"""The longest beginning of a name, in characters before its ending; longer registered names are rare."""

PUNCTUATION = "，。、；：？！“”‘’（）《》〈〉【】「」『』—…～·,.;:?!()<>[]\"'/|\\-+=*#&@%^~_ \t\r\n\u3000■●◆▲★☆○◎□△▼※→"
_QUANTIFIED = re.compile(
    r"(?:第?[近约超逾]?[0-9〇零一二三四五六七八九十百千万两几数多余半首]+(?:余|多)?(?:家|个|所|名|支|座|间|批|类|级|大(?!学|连|同|庆|理)|次|届|场|种|位|条|项|件|处)"
    r"|[0-9]+|[各某该这那](?:个|家|所|类|级|地)?|一些|兄弟|有关|相关|多[家个所]|本(?=[会院校市省区县公局厅社报])|全(?=[市省区县镇乡村校院](?!委|政府)))"
)


_COUNTED = re.compile(
    r"[0-9一二三四五六七八九十百千万两几数多](?<!第.)[0-9一二三四五六七八九十百千万两几数多]*(?:余|多)?(?:家(?!庭)|个(?!人|代|一)|所(?!有)|名(?!人)|位|支(?!部)|座|批|类|间(?![接隔]))"
)


_JOINTS = frozenset("和与及从在由向对")
_PERSON = re.compile("(?:[镇乡县市区局处科站院校会厅部]长|主任|书记|主席|志愿者)[\u4e00-\u9fff]{2,3}$")


class Edge(NamedTuple):
    """Where a name begins: text[start]; `word` is what stands before it, `quantified` whether it names many or none."""

    start: int
    word: str
    quantified: bool


@cache
def _many() -> frozenset[str]:
    return frozenset(load_vocabulary("organization_names")["many"].split())


class _Breaks(NamedTuple):
    """What ends a name to the left: `behind_mark` gives where the part begins behind the last mark that no word holds,
    the automaton finds the words in that part, and `broken` gives how many characters of each end a name: all of a
    word that does, none of one that hides such a word, the first ones of one that may do either (和县, 从江)."""

    behind_mark: Callable[[str], int]
    machine: AhoCorasick
    broken: list[int]
    doubtful: list[bool]


@cache
def _breaks() -> _Breaks:
    names = load_vocabulary("organization_names")
    in_words = set(names["keeps"])  # （集团）
    breaks = [*names["breaks"].split(), *in_words.intersection(PUNCTUATION)]
    holding = re.compile(one_of(names["breaks"].split()))  # 盐都区 holds 都, 和平区 holds 和
    places = [region.name for region in gazetteer().regions.values() if holding.search(region.name)]
    keeps = [word for word in [*names["keeps"].split(), *places] if word not in set(breaks)]
    machine = AhoCorasick([*breaks, *keeps], matchkind=MatchKind.LeftmostLongest)
    marks = behind_last("".join(mark for mark in PUNCTUATION if mark not in in_words))
    first = [word[0] in _JOINTS and len(word) > 1 for word in keeps]
    broken = [len(word) for word in breaks] + [int(one) for one in first]
    return _Breaks(marks, machine, broken, [False] * len(breaks) + first)


def _is_one_word(window: str, first: int, start: int, end: int) -> bool:
    """Whether window[start:end] is the word that it looks like (和县, 从江), not a joint with a name behind it: no
    organization ends in front of it (民政局|和|县文旅局), and no place goes on behind it (从|江西省)."""
    table = gazetteer()
    for name, a, b in table.automaton.find_matches_as_indexes(window[start + 1 : end + 4]):
        if start + 1 + a < end < start + 1 + b and any(s.strength == Strength.CERTAIN for s in table.senses[name]):
            return False
    words = lexicon()
    before = window[max(first, start - 8) : start]
    ends = (j for pattern, _, j in words.machine.find_matches_as_indexes(before) if words.kinds[pattern])
    if any(j == len(before) for j in ends) or before.endswith(("委", "政府", "将", "也", "还", "都")):
        return False
    return _PERSON.search(before) is None


def _names_all(window: str, count: re.Match[str]) -> bool:
    """Whether what looks like a count is a name's own word, right behind a place (雁塔区|万家)."""
    return count.group() in ("万家", "千家", "百家") and window[: count.start()].endswith(
        ("区", "市", "县", "镇", "街道")
    )


def left_edge(text: str, end: int, floor: int = 0) -> Edge:
    """The first place from which text[...:end] can be one name, not before `floor`."""
    a = max(floor, end - REACH, 0)
    window = text[a:end]
    behind_mark, machine, broken, doubtful = _breaks()
    start = behind_mark(window)
    word = window[start - 1 : start] if start else ""
    behind = text[end : end + _ENDING]  # the ending, with which what is kept may go on (推广|中心)
    for pattern, i, j in reversed(machine.find_matches_as_indexes(window[start:] + behind)):
        if start + i >= len(window) or (broken[pattern] and start + j > len(window)):
            continue
        if broken[pattern] and not (doubtful[pattern] and _is_one_word(window, start, start + i, start + j)):
            j = i + broken[pattern]
            start, word = start + j, window[start + i : start + j]
            break
    counts = [one for one in _COUNTED.finditer(window, start) if not _names_all(window, one)]
    if counts:
        return Edge(a + counts[-1].end(), counts[-1].group(), True)
    counted = _QUANTIFIED.match(window, start)
    if counted and counted.end() > start:
        return Edge(a + counted.end(), counted.group(), True)
    return Edge(a + start, word, word in _many())
