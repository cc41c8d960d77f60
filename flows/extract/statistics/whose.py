"""Whose a figure is: all there are in a place, or one body's, an event's, an aim, for each of something, a share."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from flows.extract.numbers.quantities import Quantity
from flows.extract.organizations.mentions import find_mentions, mentions_of
from flows.extract.regions.surroundings import surroundings
from flows.extract.statistics.carried import OF_EXAM
from flows.extract.statistics.readings import Meaning
from flows.extract.words.basis import ARTICLE, CLAUSE, LIST, NOTHING, Told
from flows.extract.words.indicators import OTHER, indicators
from flows.extract.words.marks import behind_clause_end
from flows.extract.words.reading import Reading
from flows.extract.words.scan import title_words
from flows.heads import headed
from flows.looks import IfHeld
from flows.vocabulary import load_vocabulary

REGION, BODY, EVENT, PART, AIM, EACH, NATIONAL = "region", "body", "event", "part", "aim", "each", "national"

SUMMED = frozenset({REGION, NATIONAL})
"""Whose figures may be summed."""

_WORDS = load_vocabulary("subjects")
EACH_INDICATORS = frozenset(_WORDS["each_indicators"])
_RATES = frozenset(_WORDS["rates"])
_PERSONS = "人"
EXAMINED = frozenset({"exam_passers", "exam_candidates", "exam_takers"})
_BUDGET = "procurement_budget"
_PAY, _AVERAGED = "average_monthly_pay", re.compile(_WORDS["averaged"])
_ANNOUNCED, _ANNOUNCED_NOW = re.compile(_WORDS["announced"]), re.compile(_WORDS["announced_now"])
_STANDS, _GRADE = re.compile(_WORDS["stands"]), re.compile(_WORDS["grade"])
_OWN_INDICATORS = frozenset(_WORDS["own_indicators"])
_EACH, _PART = re.compile(_WORDS["each"]), re.compile(_WORDS["part"])
_AIM, _SCOPE, _BODY, _EVENT = (headed(_WORDS[key]) for key in ("aim", "scope", "body", "event"))
_EACH_BEHIND, _AIM_BEHIND, _EVENT_BEHIND, _BODY_BEHIND = (
    re.compile(_WORDS[key]) for key in ("each_behind", "aim_behind", "event_behind", "body_behind")
)
_EVENT_GIVEN, _FOR_LONG, _OWN_TITLE = (re.compile(_WORDS[key]) for key in ("event_given", "for_long", "own_title"))
_BODY_ITSELF, _SENDS = re.compile(_WORDS["body_itself"]), re.compile(_WORDS["sends"])
_OLD = re.compile("[比较](?:[^，。；]{0,2}年[底末初]?|20\\d\\d年[底末初]?)的$")  # 比2021年底的280人
_TOWN_ENDS, _COUNTIES = frozenset("镇乡"), frozenset("市县区旗")
_HAS_THERE, _TOLD_AT = re.compile(_WORDS["has_there"]), re.compile(_WORDS["told_at"])
_REACH_OLD = 16
_STATION = IfHeld(_WORDS["station"])
_BESIDE, _ATTENDED = re.compile(_WORDS["beside"]), re.compile(_WORDS["attended"])
_CAME_FROM = re.compile(_WORDS["came_from"])
_SENT = frozenset({"people_trained"})
_NATIONAL, _TOWN_OF, _SPEECH = (re.compile(_WORDS[key]) for key in ("national", "town", "speech"))
_TOWN = IfHeld(_WORDS["town_opens"] + _WORDS["town"])
_AUTHORITY, _GENERIC, _OBJECT = (re.compile(_WORDS[key]) for key in ("authority", "generic", "object"))
_COUNTED = re.compile(
    "(?!一家)(?:总?数量?|共计?|达到?|增?至|增加到|为|已|有|约|近|超过?|[分别计依次]|居前|靠前|领先|[最较]多|列前[三五十]|，(?=分别|依次|为))*[（\\d一二两三四五六七八九十百]"
)
_OF_REGIONS = frozenset({"party"})
"""Kinds of organizations that speak and act for their region, whatever they are called."""
_TAIWAN = "710000"  # whose texts mean it by 全国
_JOINTS = frozenset("、和与及")
_DONE_THERE = frozenset("在于向为、")
_KIND_OF = re.compile(
    "[省市县区州旗镇]社(?:会)?工(?:作)?(?:服务)?站$|下拨|拨付|安排|投入|补助|建成|新建|打造|设立"
)  # all of a county: 长葛市社工站
_GIVEN = "given"  # to a body, or at an event
_REACH = 120  # characters of a paragraph over which an owner holds on


class Owner(NamedTuple):
    """A place of the text that says whose the figures behind it are: a region's, the whole country's, one body's
    or a town's."""

    start: int
    end: int
    whose: str


class Owners:
    """Who the figures of a text may belong to, in order of place."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text, self.around = reading, reading.text, surroundings(reading)

    @cached_property
    def _owners(self) -> list[Owner]:
        return sorted(self._found())

    @cached_property
    def _starts(self) -> list[int]:
        return [owner.start for owner in self._owners]

    def _found(self) -> Iterator[Owner]:
        text = self.text
        bodies = mentions_of(self.reading)
        inside = [(mention.start, mention.end) for mention in bodies]
        with_it = -1  # where the last one ends that is only acted with (联合甲、乙)
        for mention in bodies:
            if _OBJECT.search(text, max(0, mention.start - 4), mention.start) or (
                mention.start == with_it + 1 and text[with_it] in _JOINTS
            ):
                with_it = mention.end
            elif text.startswith("伍", mention.end) or _KIND_OF.search(mention.name):
                continue  # 志愿服务队|伍480支
            elif not self._is_only_named(mention.start, mention.end) and not _GENERIC.search(mention.name):
                speaks = mention.kind in _OF_REGIONS or _AUTHORITY.search(mention.name)
                yield Owner(mention.start, mention.end, REGION if speaks else BODY)
        for m in _BODY.finditer(text):
            itself = _BODY_ITSELF.search(m[0]) is not None
            if not self._is_only_named(*m.span(), counted=not itself):
                yield Owner(*m.span(), BODY)
        yield from (Owner(*m.span(), BODY) for m in (*_TOWN.finditer(text), *_STATION.finditer(text)))
        yield from (Owner(*m.span(), REGION) for m in _SCOPE.finditer(text))
        yield from (Owner(*m.span(), EVENT) for m in _EVENT.finditer(text) if not _TOLD_AT.match(text, m.end()))
        yield from (Owner(*m.span(), _GIVEN) for m in _EVENT_GIVEN.finditer(text))
        yield from (Owner(*m.span(), NATIONAL) for m in _NATIONAL.finditer(text))
        for region in self.around.mentions:
            if text[region.end - 1] in _COUNTIES and (town := _TOWN_OF.match(text, region.end)):
                yield Owner(*town.span(), BODY)  # 兴义市向阳社区
            elif text[region.end : region.end + 1] in _TOWN_ENDS and text[region.end - 1] not in _COUNTIES:
                yield Owner(region.start, region.end + 1, BODY)  # 琼结镇
                continue
            only_there = self._unnamed == BODY and (
                text[region.start - 1 : region.start] in _DONE_THERE or not _HAS_THERE.match(text, region.end)
            )
            if not only_there and not any(start <= region.start < end for start, end in inside):
                yield Owner(region.start, region.end, REGION)

    def _is_only_named(self, start: int, end: int, counted: bool = True) -> bool:
        """Whether a body named in text[start:end] has none of the figures there: it speaks, is counted or visited."""
        behind = _SPEECH.match(self.text, end) or (counted and _COUNTED.match(self.text, end)) or None
        return behind is not None or _OBJECT.search(self.text, max(0, start - 4), start) is not None

    def subject(self, q: Quantity, reading: Meaning, sentence: int) -> str:
        """Whose a figure is: what its own clause says, else who was named last before it in its paragraph."""
        text = self.text
        clause = behind_clause_end(text, sentence, q.start) or sentence
        before = text[clause : q.start]
        rate = reading.indicator in _RATES or (reading.indicator == _PAY and _AVERAGED.search(before) is not None)
        if not rate and (
            reading.indicator in EACH_INDICATORS or _EACH.search(before) or _EACH_BEHIND.match(text, q.end)
        ):
            return EACH
        if q.kind == "share":
            return PART  # a difference, in 个百分点
        if _AIM.search(before) or _AIM_BEHIND.match(text, q.end) or self._is_announced(q, sentence):
            return AIM
        if _BODY_BEHIND.match(text, q.end):
            return BODY
        if _EVENT_BEHIND.match(text, q.end) and not (reading.indicator in _SENT and _SENDS.search(before)):
            return EVENT
        if q.kind != "money" and (
            _CAME_FROM.search(before) or (_BESIDE.search(before) and _ATTENDED.match(text, q.end))
        ):
            return EVENT
        owner = self._owner(q.start, sentence)
        if owner == EVENT and reading.indicator not in OF_EXAM:
            return EVENT
        if owner == EVENT:
            owner = None
        if owner == BODY:
            return AIM if self._unnamed == AIM else BODY
        old = reading.indicator != OTHER and q.kind != "percent" and is_old_value(text, q, clause)
        if not (rate or old) and _PART.search(before) and not self.around.region_in(clause, q.start):
            return PART
        if reading.indicator in EXAMINED and self._is_of_grade(
            max(sentence, text.rfind("；", sentence, q.start)), q.start
        ):
            return PART
        unnamed = self._unnamed
        return owner or (REGION if unnamed == NATIONAL and reading.indicator == OTHER else unnamed)

    def _is_of_grade(self, start: int, end: int) -> bool:
        """Whether a part of a sentence, up to a figure of an examination, speaks of one grade alone."""
        return len({m[0][:2] for m in _GRADE.finditer(self.text, start, end)}) == 1

    def _is_announced(self, q: Quantity, sentence: int) -> bool:
        """Whether a figure is one of those that the title announces (招聘公告), in a plan (实施方案) one that is the
        least, and its sentence does not say how things stand."""
        title = self.around.title
        if not _ANNOUNCED.search(title) or _STANDS.search(self.text, sentence, q.start):
            return False
        return q.qualifier == "at_least" or _ANNOUNCED_NOW.search(title) is not None

    @cached_property
    def _unnamed(self) -> str:
        """Whose figures are that nobody is said to have: the body's that the title begins with, or an aim."""
        title = self.around.title
        if _ANNOUNCED.search(title):
            return AIM
        if _OWN_TITLE.search(title):
            return BODY
        if self.around.region_code is None and _NATIONAL.search(title):
            return NATIONAL
        first = next(iter(find_mentions(title, title_words(self.reading).endings)), None)
        own = (
            first is not None and first.start == 0 and first.kind not in _OF_REGIONS and not _KIND_OF.search(first.name)
        )
        return BODY if own and first and not _AUTHORITY.search(first.name) else REGION

    def _owner(self, place: int, sentence: int) -> str | None:
        """Who was named last before a figure, in its paragraph and not too far off; an event in its sentence only."""
        floor, there = max(place - _REACH, self.text.rfind("\n", 0, place)), False
        for n in range(bisect_right(self._starts, place - 1) - 1, -1, -1):
            owner = self._owners[n]
            if owner.start < floor:
                break
            if owner.whose == _GIVEN:
                if owner.start < sentence or self._unnamed == BODY or _FOR_LONG.search(self.text, sentence, place):
                    continue
                return EVENT
            if owner.end <= place and (owner.whose != EVENT or owner.start >= sentence):
                if owner.whose != REGION or self.text[owner.start - 1 : owner.start] not in _DONE_THERE:
                    return owner.whose if owner.whose != BODY or not there or owner.start >= sentence else REGION
                there = True  # 本中心…在甲市运营社工站28个
        return REGION if there else None


def is_old_value(text: str, q: Quantity, start: int) -> bool:
    """Whether a figure of a clause that begins at `start` is only what another is compared with (比2021年底的280人)."""
    return text[q.start - 1] == "的" and _OLD.search(text, max(start, q.start - _REACH_OLD), q.start) is not None


def held_by(subject: str, region: Told, indicator: str, titled: bool) -> Told:
    """The region of a figure: of one body's or an event's, only one that its own clause names; of an aim, never that of
    the article; the whole country has none. That of an article whose title names none (a portrait, a day in a village)
    is told of indicators alone: what else such a text counts is rarely all there is."""
    if subject == NATIONAL:
        return region if region.value == _TAIWAN else NOTHING
    if subject in (BODY, EVENT):
        return region if region.basis in (CLAUSE, LIST) else NOTHING
    if region.basis != ARTICLE:
        return region
    if indicator == _BUDGET:
        return region  # of who buys
    return NOTHING if subject == AIM or (indicator == OTHER and not titled) else region


def counted_by(subject: str, indicator: str) -> str:
    """The indicator of a figure. What is aimed at is none; nor is how many stations or workers an event saw, nor how
    many agencies, stations or beds one body has to do with, since those are told of places; but some are of a plan by
    themselves."""
    known = indicators().get(indicator)
    if known is None or indicator in _OWN_INDICATORS:
        return indicator
    of_places = known.stock and (subject == EVENT or (subject == BODY and _PERSONS not in known.units))
    return OTHER if subject == AIM or of_places else indicator
