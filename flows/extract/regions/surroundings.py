"""What surrounds a place in a text: the region that holds there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from flows.extract.regions.asides import ASIDE, SCOPE, find_territory, is_aside, is_cited, is_titled
from flows.extract.regions.levels import county_in, enclosing, is_county_city, widen
from flows.extract.regions.mentions import RegionMention, lies_in
from flows.extract.regions.named import Named
from flows.extract.words.basis import ARTICLE, CLAUSE, NOTHING, PARAGRAPH, SENTENCE, Told
from flows.extract.words.marks import behind_clause_end
from flows.extract.words.reading import Reading
from flows.extract.words.sentences import sentences_of
from flows.heads import headed

# Patterns that look through whole texts begin with a character or a set: `re` then skips to it.
_HEADING = re.compile(r"^【([^【】\n]{2,20})】$|^([^\n，。；：]{2,12})[：:]?$", re.MULTILINE)
_SCOPE_REACH, _LONGEST_PARAGRAPH = 200, 2000  # characters
_COUNTY = frozenset("区县旗")
_BEYOND = headed("全[国球美]|[我各外]国|世界|国内|中央财政|民政部|美国|欧洲|日本|英国|全境")
_ACTS_IN = re.compile("(?:先后|率先|分别)?在$")
_ACTION = re.compile("[^，。；：\n]{0,6}?(?:实施|开展|建|设|推|试点|启动)")
_WITH_FIGURE = re.compile("[^，。；\n]{0,20}\\d")
_HEAD_OF_REPORT = re.compile(r"[ \u3000：:]+(?=[\u4e00-\u9fff\d])|讯|】")


class Surroundings(Named):
    """The regions that an article's text names outside “” and 《》, asked for the one that holds at a place;
    `region_code` is the whole text's."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.region_code = reading.region
        self._sentences = sentences_of(reading)

    @cached_property
    def is_titled(self) -> bool:
        """Whether the title names a region."""
        return is_titled(self.reading)

    @cached_property
    def _headings(self) -> list[tuple[int, str]]:
        return [
            (m.end(), code)
            for m in _HEADING.finditer(self.text)
            if (code := self.region_named(*(m.span(1) if m[1] else m.span(2))))
        ]

    def region_at(self, place: int) -> Told:
        """The region that holds at a place: named before it in its sentence, else its section's, else the text's.

        全省, 全市 and 全县 widen it to the level they name, and are what it rests on; 全国 is no region.
        """
        start = self._sentences.start(place)
        part = self._part(start, place)
        first, end = (bisect_right(self._mention_starts, edge - 1) for edge in (part, place))
        while first < end and is_cited(self.text, start, self.mentions[first]):
            first += 1
        named = self.mentions[first:end]
        joint = self._joint(first) if named else []
        base, basis = self._stated_base(named, joint, place) or self._region_before(start, place)
        territory = find_territory(self.text, max(start, place - _SCOPE_REACH), place)
        if territory and not any(mention.start >= territory[0] for mention in named):
            return Told(territory[1], CLAUSE if self._same_clause(territory[0], place) else SENTENCE)
        scopes = list(SCOPE.finditer(self.text, max(start, place - _SCOPE_REACH), place))
        if not scopes:
            return Told.on(base, basis or ARTICLE)
        scope, basis = scopes[-1][0][-1], CLAUSE if self._same_clause(scopes[-1].end(), place) else SENTENCE
        leads = bool(named) and scopes[-1].start() < named[0].start  # 全市…，其中海安市
        if scope != "国" and (base is None or leads):
            base = self.section_region(place)
        if scope == "国" and (base or self.region_code or "").startswith("71"):
            return Told("710000", basis)  # where a Taiwanese text says 全国
        if scope in _COUNTY and base and (near := county_in(base, [*named, self.region_code])):
            return Told.on(near, basis)
        own = self.region_code
        if scope == "市" and own and base and is_county_city(own) and lies_in(own, base):
            return Told(own, basis)
        return Told.on(widen(base, scope), basis)

    def _part(self, sentence: int, place: int) -> int:
        """Where the part of a sentence begins that a place lies in: behind a ； if a region is named there for itself
        (甲市…；乙市因注销，由17家降至14家), else the sentence."""
        part = self.text.rfind("；", sentence, place) + 1
        n = bisect_left(self._mention_starts, part) if part else len(self.mentions)
        own = n < len(self.mentions) and self._mention_starts[n] < place and not self._is_aside(n)
        return part if own else sentence

    def _same_clause(self, start: int, place: int) -> bool:
        """Whether no clause ends in text[start:place]."""
        return not behind_clause_end(self.text, start, place)

    def _stated_base(self, named: Sequence[RegionMention], joint: Sequence[RegionMention], place: int) -> Told | None:
        """The region that the sentence names before a place, None if it names none."""
        if self._are_several(joint):
            return NOTHING
        if (code := self._base(named)) is None:
            return None
        return Told(code, CLAUSE if self._same_clause(named[0].end, place) else SENTENCE)

    def _of_section(self, place: int) -> Told:
        """The region of the heading that a place stands under, else the text's own."""
        code = self.section_region(place)
        return Told.on(code, PARAGRAPH if bisect_right(self._headings, (place, "~")) else ARTICLE)

    def holds_until(self, start: int, code: str, place: int) -> bool:
        """Whether a region that a clause begins with holds on to a place in its sentence (…；乙县建站12个，服务300人):
        no other is named between, and no scope."""
        if place - start > _SCOPE_REACH:
            return False
        between = bisect_right(self._mention_starts, start) == bisect_right(self._mention_starts, place - 1)
        return between and self._sentences.are_one(start, place) and not SCOPE.search(self.text, start, place)

    def _base(self, named: Sequence[RegionMention]) -> str | None:
        """The first region of a sentence, unless it only belongs to somebody who is listed, came or was visited.

        At the head of a short report (江苏南京 3月21日，建邺区…) it gives way to the regions in it that follow.
        """
        if not named or ASIDE.search(self.text, max(0, named[0].start - 4), named[0].start):
            return None
        if self.text[named[0].start - 1 : named[0].start] not in "\n。" and self.is_in_name(named[0].start):
            return None
        base = named[0].code
        if len(named) > 1 and lies_in(named[1].code, base) and self._acts_in(named[0], named[1]):
            return named[1].code
        if _HEAD_OF_REPORT.match(self.text, named[0].end):
            for mention in named[1:]:
                if not lies_in(mention.code, base):
                    break
                base = mention.code
        return base

    def _acts_in(self, who: RegionMention, where: RegionMention) -> bool:
        """Whether a region acts in a part of it (甲省在乙州实施…)."""
        between = _ACTS_IN.fullmatch(self.text, who.end, where.start)
        return between is not None and _ACTION.match(self.text, where.end) is not None

    def _region_before(self, sentence: int, place: int) -> Told:
        """The region that holds where a sentence names none: that of its paragraph so far (甲区民政局…。共服务300人),
        if it lies in that of the section, or this is not known; else the section's."""
        section = self._of_section(place)
        if _BEYOND.search(self.text, max(sentence, place - _SCOPE_REACH), place):
            return section
        floor = max(0, sentence - _LONGEST_PARAGRAPH)
        paragraph = max(floor, self.text.rfind("\n", floor, sentence) + 1)
        first, end = bisect_left(self._mention_starts, paragraph), bisect_left(self._mention_starts, sentence)
        told = [self.mentions[n] for n in range(first, end) if not self._is_aside(n)]
        behind = told[-1].end if told else paragraph
        if scopes := [m for m in SCOPE.finditer(self.text, behind, sentence) if _WITH_FIGURE.match(self.text, m.end())]:
            wider = widen(section.value, scopes[-1][0][-1])  # 全省建成站2069个。…比上年增加…
            return Told(wider, PARAGRAPH) if wider and wider != section.value else section
        named = enclosing(told) if len(told) > 1 else told[0].code if told else None
        return Told(named, PARAGRAPH) if named and (section.value is None or lies_in(named, section.value)) else section

    def _is_aside(self, n: int) -> bool:
        """Whether region n, or the first of those joined to it, only stands beside."""
        while n and self._are_joined(n - 1):
            n -= 1
        return is_aside(self.text, self.mentions[n])

    def section_region(self, place: int) -> str | None:
        """The region of the heading that a place stands under (【浙江省嘉兴市】), else the text's own."""
        return self._headings[n - 1][1] if (n := bisect_right(self._headings, (place, "~"))) else self.region_code


def surroundings(reading: Reading) -> Surroundings:
    """What surrounds the places of an article's text."""
    return reading.once(Surroundings, "title", "region")
