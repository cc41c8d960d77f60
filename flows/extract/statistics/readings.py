"""Readings: what a figure counts, as the words before and behind it say: an indicator, or a phrase of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from flows.extract.numbers.quantities import Quantity
from flows.extract.statistics.targets import is_required, is_target
from flows.extract.words.indicators import OTHER, Indicator, indicators_among, not_stock
from flows.extract.words.marks import PART_ENDS, QUOTES, behind_last, context_start
from flows.looks import AtEnd
from flows.vocabulary import load_vocabulary, one_of

_WORDS = load_vocabulary("statistic_words")
_LONGEST_PHRASE, _LEAST_GENERIC = 24, 3
_LEAST_OF = dict.fromkeys(("对", "只", "枚", "宗", "节", "道", "块"), 10)  # a few say nothing of what was done
_ENDS = f"{PART_ENDS},;{QUOTES}"
_CLAUSE, _behind_part = re.compile(f"[{_ENDS}（）]"), behind_last(_ENDS)
_LISTED = re.compile("[、和及与][^，。；、“”]{1,16}$")
_SMALL_CHINESE = frozenset("一二两三四五六七八九十")
_STRONG_UNITS = frozenset(_WORDS["strong_units"])
_GENERIC_UNITS = frozenset(_WORDS["generic_units"])
_HEADING_UNITS = frozenset({"个", "家", "所", "项"})
_HEADS = f"(?:{one_of(_WORDS['person_heads'].split())})"
_PEOPLE_BEHIND = re.compile(
    f"[\u4e00-\u9fff（）0-9]{{0,10}}?{_HEADS}+(?:(?:[、和与及]|以及)[\u4e00-\u9fff]{{0,6}}?{_HEADS}+)*"
)
_ENDS_IN_VERB = re.compile(f"(?:{one_of(_WORDS['list_verbs'].split())})(?:了|过|各类)?$")
_NOUN_BEHIND = re.compile(
    f"(?!{one_of(_WORDS['growth'])})(?![已均全在实覆建投为是达占较比同正开其以并的和及与等共也都，。；])[\u4e00-\u9fff]"
)
_EMPTY, _PLACES = frozenset(_WORDS["empty"].split()), re.compile(_WORDS["places"])
_LACKED = "缺"
_CJK_RUN = re.compile(r"[\u4e00-\u9fff（）]{2,24}")
_EDGE_BEFORE = re.compile(f"^(?:{one_of(_WORDS['edges_before'].split())})+".replace("|在|", "|在(?![校岗职册读])|"))
_EDGE_AFTER = AtEnd("(?:{0})(?:{0})*$".format(one_of(_WORDS["edges_after"].split())))
_VERB_BEHIND = re.compile(one_of(_WORDS["verbs_behind"].split()).replace("|以|", "|以(?![上下内外])|"))
_PEOPLE_UNITS, _PEOPLE = frozenset("人名位户"), frozenset({"人", "名", "位", "户", "人次", "户次"})
_LIST_MARK = re.compile("[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]{1,3}是(?=[^，。]{2})")
_LISTS = frozenset("（(") | _SMALL_CHINESE
_LIST_VERBS = re.compile(f"(?:{one_of(_WORDS['list_verbs'].split())})(?!收入)")
_OPENING, _COMPARED, _OF_BODY = (re.compile(_WORDS[key]) for key in ("opening", "compared", "of_body"))
_CHANGED, _SHARE = re.compile(_COMPARED.pattern + "$"), re.compile("占比?$")
_AGE = re.compile("[0-9]{1,3}周岁$")
_QUOTED_BEHIND, _QUOTED_BEFORE = re.compile("“(?P<noun>[^“”]{2,14})”"), re.compile("“(?P<noun>[^“”]{2,14})”$")
_LARGEST_WORD = 10  # figures up to it in Chinese characters are words as often as counts
_PURCHASED = re.compile(_WORDS["purchased_title"])
_TARGETED_ANYWAY = frozenset({"students_enrolled"})


class Meaning(NamedTuple):
    """What a figure counts, as the words beside it tell: an indicator. text[start:end] are the words that name it; all
    of its words lie from `first` to `last`."""

    indicator: str
    start: int
    end: int
    first: int
    last: int


class Place(NamedTuple):
    """Where the words of a figure may stand: from `low`, the noun before it up to `noun_end`, behind it up to `high`;
    `head` is where the figures of the list that it stands in begin (its own start outside lists)."""

    low: int
    noun_end: int
    high: int
    head: int
    sentence: tuple[int, int]
    title: str = ""


def read_figure(text: str, q: Quantity, place: Place, ids: frozenset[str]) -> Meaning | None:
    """What the figure counts: an indicator of `ids`, else its phrase, None if it states nothing worth a row."""
    if _counts_a_list(text, q, text[place.low : place.noun_end]):
        return None
    reading = _read_indicator(text, q, place, ids) if ids else None
    if reading is None:
        return _read_phrase(text, q, place)
    if reading.indicator == "project_funding" and _PURCHASED.search(place.title):
        return reading._replace(indicator="purchase_of_service_funding")
    if q.kind != "money" and reading.indicator not in _TARGETED_ANYWAY and is_target(text, q, place.sentence[0]):
        return reading._replace(indicator=OTHER)
    return reading


def is_change(text: str, reading: Meaning) -> bool:
    """Whether a reading says by how much something grew or fell, not how much there is."""
    return _COMPARED.fullmatch(text, reading.start, reading.end) is not None


def may_be_phrase(text: str, q: Quantity) -> bool:
    """Whether a figure outside the vocabulary is worth a row by its unit and size."""
    arabic = text[q.start] not in _SMALL_CHINESE
    least = _LEAST_OF.get(q.unit or "", _LEAST_GENERIC - arabic)
    if q.unit not in _STRONG_UNITS and (q.unit not in _GENERIC_UNITS or q.value < least):
        return False
    return q.value > 1 if arabic and q.unit not in _PEOPLE_UNITS else q.value > (0 if arabic else _LARGEST_WORD)


def _read_indicator(text: str, q: Quantity, place: Place, ids: frozenset[str]) -> Meaning | None:
    """The first indicator of the vocabulary whose patterns fit around the figure."""
    among, without_stock = indicators_among(ids, q.unit or "")
    if not among or is_required(text, q, place.sentence[0]):
        return None
    low, noun_end, high, verb = place.low, place.noun_end, place.high, ""
    before, whole, after = text[low:noun_end], text[low : q.start], text[q.end : high]
    if place.head < low:  # 服务老人3万人、儿童2万人: the verb stands before the list
        lead = _CLAUSE.split(text[max(place.sentence[0], place.head - 40) : place.head])[-1]
        verb = "".join(_LIST_VERBS.findall(lead))
        own = before.lstrip("、，和及与")
        before, whole, low = verb + own, verb + own + whole[len(before) :], low + len(before) - len(own) - len(verb)
    # In 社工站4个片区 the figure counts what stands behind it.
    heads_noun = q.unit in _HEADING_UNITS and _NOUN_BEHIND.match(after) is not None

    def heads_people() -> bool:
        """Whether people stand behind a figure of people."""
        return q.unit in _PEOPLE and people_behind(text, q.end, high) > 0

    if len(without_stock) < len(among) and not_stock().search(_near(before, after)):
        among = without_stock
    for indicator in among:
        if found := _fit(indicator, before, whole, after, heads_noun, heads_people):
            b, a = found
            start = context_start(text, place.sentence[0])
            if not indicator.has_needs(text, start, place.sentence[1], place.title):
                continue
            if q.value >= indicator.total and "每" not in _near(before, after):
                continue
            if indicator.stock and _OF_BODY.search(text[place.sentence[0] : q.start]):
                continue
            last = q.end + a.end() if a else q.end
            first = min(q.start, max(place.low, low + b.start())) if b else q.start
            if b and (not a or len(b[0]) > 2):
                start = first + len(text[first : low + b.end()]) - len(text[first : low + b.end()].lstrip("、，；：｜"))
                return Meaning(indicator.id, start, low + b.end(), first, last)
            return Meaning(indicator.id, q.end, last, first, last)
    return None


def _near(before: str, after: str) -> str:
    """The words before and behind a figure in its clause."""
    return f"{before[_behind_part(before) :]}｜{_CLAUSE.split(after, maxsplit=1)[0]}"


def _fit(
    indicator: Indicator, before: str, whole: str, after: str, heads_noun: bool, heads_people: Callable[[], bool]
) -> tuple[re.Match[str] | None, re.Match[str] | None] | None:
    """How the first pattern of an indicator that fits matches `before` (or `whole`, with links) and behind the figure.

    A figure with people behind it (志愿者为68位老人) does not count those before it, unless a verb ends these.
    """
    for pattern in indicator.patterns:
        if heads_noun and pattern.after is None:
            continue
        a = pattern.after.match(after) if pattern.after else None
        if pattern.after and not a:
            continue
        b = None
        if pattern.before:
            b = pattern.before.search(before) or (len(whole) > len(before) and pattern.before.search(whole)) or None
            if not b:
                continue
        verb = b and _ENDS_IN_VERB.search(b[0]) and "，" not in whole[len(before) :]  # 购买服务，32名社工
        if b and not a and not verb and heads_people():
            continue
        return None if indicator.unless and indicator.unless.search(_near(before, after)) else (b, a)
    return None


def _read_phrase(text: str, q: Quantity, place: Place) -> Meaning | None:
    """The phrase of a figure outside the vocabulary; only of those that plainly count or measure something."""
    if not may_be_phrase(text, q):
        return None
    if m := _QUOTED_BEHIND.match(text, q.end):
        return Meaning(OTHER, *m.span("noun"), *m.span("noun"))
    near = text.find("，", place.noun_end, q.start) < 0
    if near and (m := _QUOTED_BEFORE.search(text, max(place.low, place.noun_end - _LONGEST_PHRASE), place.noun_end)):
        return Meaning(OTHER, *m.span("noun"), *m.span("noun"))
    if (m := _CJK_RUN.match(text, q.end, place.high)) and not _NO_NOUN.match(text, q.end):
        if _PLACES.match(text, q.end):
            return None
        verb = _VERB_BEHIND.search(text, m.start() + 1, m.end())
        if q.unit in _PEOPLE and (people := people_behind(text, q.end, m.end())):
            return _phrase(text, m.start(), people)
        if verb and verb.start() - m.start() >= 2:
            return _phrase(text, m.start(), verb.start())
        return _phrase(text, *m.span()) if m.end() - m.start() < _LONGEST_PHRASE else None
    if m := _SHARE.search(text, max(place.low, q.start - 2), q.start) if q.unit == "%" else None:
        return Meaning(OTHER, *m.span(), *m.span())
    if m := _CHANGED.search(text, max(place.low, q.start - _LONGEST_PHRASE), q.start):
        return Meaning(OTHER, *m.span(), *m.span())
    if text[place.noun_end - 1] == _LACKED:
        return Meaning(OTHER, place.noun_end - 1, place.noun_end, place.noun_end - 1, place.noun_end)
    floor = max(place.low, place.noun_end - _LONGEST_PHRASE)
    beside = text[place.low - 1 : place.low] in _PEOPLE_UNITS  # right behind a figure of people
    after_people = people_behind(text, place.low, place.noun_end - 1) if beside else 0
    floor = max(floor, after_people)
    runs = list(_CJK_RUN.finditer(text, floor, place.noun_end))
    if not runs or runs[-1].end() != place.noun_end:
        return None
    # A run that begins where we cut it would be a ragged fragment.
    cut = runs[-1].start() == floor != after_people
    ragged = cut and floor > place.sentence[0] and "\u4e00" <= text[floor - 1] <= "\u9fff"
    return None if ragged and floor > place.low else _phrase(text, *runs[-1].span())


def people_behind(text: str, start: int, stop: int) -> int:
    """Where the people end whom text[start:stop] begins with (困难学生|领到助学金); 0 if it begins with none."""
    m = _PEOPLE_BEHIND.match(text, start, stop)
    if m is None or _VERB_BEHIND.search(text, start + 1, m.end()) or _NO_NOUN.match(text, start):
        return 0
    return m.end()


_NO_NOUN = re.compile(f"{one_of(_WORDS['growth'])}|(?:全部|主要|用于|以上|左右)")


def _phrase(text: str, start: int, end: int) -> Meaning | None:
    """The phrase without function words at its ends, None if nothing of substance is left."""
    if text[start] == "年" and text[start - 1 : start].isdigit():
        start += 1
    if text[start] in _LISTS and (m := _LIST_MARK.match(text, start, end)):
        start = m.end()
    if m := _OPENING.match(text, start, end):
        start = m.end()
    if text.startswith("周岁", start) and (m := _AGE.search(text, max(0, start - 3), start + 2)):
        start = m.start()
    if m := _EDGE_BEFORE.match(text[start:end]):
        start += m.end()
    if m := _EDGE_AFTER.search(text, start, end):
        end = m.start()
    phrase = text[start:end]
    if (
        (len(phrase) < 2 and phrase != _LACKED)
        or phrase in _EMPTY
        or _COMPARED.fullmatch(phrase)
        or phrase.count("（") != phrase.count("）")
    ):
        return None
    return Meaning(OTHER, start, end, start, end)


def _counts_a_list(text: str, q: Quantity, before: str) -> bool:
    """Whether the figure only counts names given before it (甲、乙和丙三家机构)."""
    return text[q.start] in _SMALL_CHINESE and q.value <= 10 and bool(_LISTED.search(before))
