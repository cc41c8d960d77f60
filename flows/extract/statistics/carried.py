"""Times that hold on: what sentences before, the title or the page's day say of a figure without a time of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache

from flows.extract.dates.mentions import find_dates
from flows.extract.statistics.frames import Frame, find_frames
from flows.extract.statistics.own_dates import AS_OF, LIST_MARK, OTHER_TIME, REPORTED, OwnDates
from flows.extract.words.indicators import OTHER, lasting
from flows.looks import IfHeld

_YEARLY = re.compile(
    r"(20\d\d)(?!\d)年?度?[^，。]{0,24}?(考试|成绩(?!单)|报告|公报|总结|小结|简报|回顾|年报|情况|综述|数据|成绩单|发展|结果|公示)"
)
_YEAR_BEHIND = re.compile(
    r"(?:报告|公报|年报|总结|小结|简报|统计表?|情况)[（(](20\d\d)年?度?(?:\d{1,2}(?:[—－至-]\d{1,2})?月)?[）)]"
)
_LONGEST_SENTENCE, _LONGEST_PARAGRAPH = 300, 2000  # characters
_LONGEST_HELD = 400  # characters over which the time that opens a paragraph is carried on
_COMPARED_TIME = re.compile("[较比与同](?:去年|上年|前年|上一年|20\\d\\d年[底末]?)")
_COMPARED_YEAR = re.compile(_COMPARED_TIME.pattern + "|[由从](?:上年|上一年|去年)(?:同期)?")
_NOT_REACHED = re.compile("计划(?!”)|将(?!近)|力争|预计|目标|每年|逐年|全年|截[至止]")
_NOT_YET = re.compile("累计|计划(?!”)|将(?!近)|力争|预计|目标|每年|逐年|全年|截[至止]")
_NOW_HAS = re.compile("现有|现已")
_YEAR_END = re.compile("[底末]$")
_PART_OF_YEAR = re.compile(
    "(?:^|[，：；。“\n])(?:(?P<season>上半年|前三季度|第?[一二三四]季度)|年内|年初以来|(?P<end>年底前))"
)
_AT_YEAR_END = IfHeld("(?:^|[，。：；“\n])(?:截[至止]到?|到)?(?:当年)?年[底末](?!前)")
_NEARLY_OVER, _YEAR_ENDS_IN = 11, 12
_SEASON_ENDS = {"上": 6, "前": 9, "一": 3, "二": 6, "三": 9, "四": 12}  # months
_YEAR_END_DAY = "-12-31"
OF_EXAM = frozenset({"exam_candidates", "exam_takers", "exam_passers", "exam_pass_rate", "exam_participation_rate"})
"""The indicators of an examination, which is of one year."""
_SCOPE = re.compile("[全我][省市县区州旗盟]")
_HALF_TOLD = 3  # a page of January tells of the year before
_EXAMINED = frozenset({"考试", "成绩"})


@lru_cache(maxsize=64)
def year_of_report(title: str) -> str | None:
    """The year, or its part, of which a title says that its text reports (2023年工作总结)."""
    yearly = _YEARLY.search(title) or _YEAR_BEHIND.search(title)
    if yearly is None:
        return None
    told = next((mention for mention in find_dates(title) if mention.start == yearly.start(1)), None)
    return told.as_of if told and told.precision == "month" else yearly[1]  # 2024年上半年工作小结


class CarriedTimes(OwnDates):
    """The times that figures of a text take over."""

    @cached_property
    def _frames(self) -> Sequence[Frame]:
        """The times said once above what they hold for."""
        return find_frames(self.text, self.own, self.anchor)

    def _framed(self, sentence: int, start: int, indicator: str) -> str | None:
        """The time of the frame that a figure stands in, if neither its sentence nor its paragraph names another."""
        frame = next((frame for frame in self._frames if frame.start <= sentence and start < frame.end), None)
        if frame is None or self._dated(sentence, start) or self._is_not_yet(sentence, start, indicator):
            return None
        between = _COMPARED_YEAR.sub("", self._between(sentence, start))
        if OTHER_TIME.search(between) or _NOW_HAS.search(self.text, sentence, start):
            return None
        if frame.until and indicator not in lasting() and "累计" not in self.text[sentence:start]:
            return None
        paragraph = max(frame.start, self.text.rfind("\n", 0, sentence))
        named = self.own[bisect_left(self.own_starts, paragraph) : bisect_left(self.own_starts, sentence)]
        others = any(mention.as_of and mention.as_of[:4] != frame.as_of[:4] for mention in named)
        return None if others else frame.as_of

    def is_same_time(self, end: int, start: int) -> bool:
        """Whether text[end:start], from one figure to the next, lies in one paragraph and names no other time."""
        if self._dated(end, start) or "\n" in (between := self._between(end, start)):
            return False
        return OTHER_TIME.search(_COMPARED_YEAR.sub("", between)) is None

    def _then(self, sentence: int) -> str | None:
        """The time that 那时 means: the one named last before it in its paragraph."""
        floor = max(0, self.text.rfind("\n", 0, sentence), sentence - _LONGEST_HELD)
        n = bisect_left(self.own_starts, sentence) - 1
        return self.own[n].as_of if n >= 0 and self.own_starts[n] >= floor else None

    def _this_year(self, sentence: int, start: int) -> str | None:
        """The page's year, or its part, where a clause before a figure begins with one (上半年, 年内, 年底前)."""
        if self.anchor is None or self._dated(sentence, start):
            return None
        told = list(_PART_OF_YEAR.finditer(self.text, max(0, sentence - 1), start))
        if not told:
            return None
        year, between = str(self.anchor.year), self.text[told[-1].end() : start]
        if "，" in between and "将" in between:
            return None
        if self.anchor.month < _HALF_TOLD:  # early in a year only the last quarter of the one before is told
            return f"{self.anchor.year - 1}-12" if (told[-1]["season"] or "").endswith("四季度") else None
        if told[-1]["season"]:
            month = _SEASON_ENDS[told[-1]["season"].lstrip("第")[0]]
            return f"{year}-{month:02}" if month <= self.anchor.month else None
        return year + _YEAR_END_DAY if told[-1]["end"] else year

    def _held(self, start: int, sentence: int, indicator: str) -> str | None:
        """The time of a sentence before that holds on in the paragraph, as long as no other is named.

        截至2024年底 at the head of a sentence holds for how many there are, and what was done up to then (累计); 2024年
        at the head of the paragraph for what is counted in a year, if figures stand behind it.
        """
        floor = max(0, start - _LONGEST_HELD)
        paragraph = self.text.rfind("\n", floor, sentence) + 1
        n = bisect_left(self.own_starts, sentence) - 1
        if n < 0 or self.own_starts[n] < max(floor, paragraph) or self._dated(sentence, start):
            return None
        mention = self.own[n]
        opening = max(floor, self.sentences.start(mention.start))
        lead = self.text[opening : mention.start]
        between = _COMPARED_TIME.sub("", self._between(mention.end, start))
        until = AS_OF.search(lead)
        head = lead[: until.start()] if until else lead
        if not (LIST_MARK.fullmatch(head) or (until and REPORTED.search(head))) or OTHER_TIME.search(between):
            return None
        not_yet = _NOT_REACHED if until else _NOT_YET
        if not_yet.search(self.text, sentence, start) or not any(map(str.isdigit, between)):
            return None
        day = mention.as_of is not None and len(mention.as_of) > len("2024")
        if indicator in lasting():
            return mention.as_of if until or (day and _YEAR_END.search(mention.text)) else None
        if until:
            if not _SCOPE.search(self.text, sentence, start):
                return None
            lasts = indicator != OTHER and "累计" in self.text[sentence:start]
            return mention.as_of if lasts or (mention.as_of or "").endswith(_YEAR_END_DAY) else None
        return mention.as_of if indicator != OTHER and not day and opening == paragraph else None

    def _reported(self, sentence: int, start: int, indicator: str) -> str | None:
        """The year of a yearly report, for what its figures count without a time of their own; that of an examination
        for those who took it."""
        yearly = _YEARLY.search(self.title)
        if yearly and yearly[2] in _EXAMINED and indicator not in OF_EXAM:
            return None
        year = year_of_report(self.title)
        between = _COMPARED_YEAR.sub("", self._between(sentence, start))
        if year is None or self._dated(sentence, start) or OTHER_TIME.search(between):
            return None
        not_of_it = self._is_not_yet(sentence, start, indicator) or _NOW_HAS.search(self.text, sentence, start)
        return None if not_of_it else year

    def _is_not_yet(self, sentence: int, start: int, indicator: str) -> bool:
        """Whether words before a figure say that it is of no year that is reported: planned, yearly, or up to then,
        which how many there are always is."""
        not_yet = _NOT_REACHED if indicator in lasting() else _NOT_YET
        return not_yet.search(self.text, sentence, start) is not None

    def _whole_year(self, sentence: int, place: int) -> str | None:
        """The year that 全年 at a place, or 年底, means: the one that, or whose end, the paragraph names last before,
        else that of the frame, else the title's."""
        floor = max(0, sentence - _LONGEST_PARAGRAPH)
        paragraph = max(floor, self.text.rfind("\n", floor, sentence) + 1)
        for n in range(bisect_left(self.own_starts, place) - 1, -1, -1):
            mention = self.own[n]
            if mention.start < paragraph:
                break
            if mention.last and (mention.last.month, mention.last.day) == (12, 31):
                return str(mention.last.year)
        frame = next((frame for frame in self._frames if frame.start <= sentence < frame.end), None)
        if frame is not None:
            return frame.as_of[:4]
        return (year_of_report(self.title) or "")[: len("2023")] or None

    def _this_whole_year(self) -> str | None:
        """The year that 全年 means where no other is told: that of the page's day, the last one just behind it."""
        if self.anchor is None or _HALF_TOLD <= self.anchor.month < _NEARLY_OVER:
            return None
        return str(self.anchor.year - (self.anchor.month < _HALF_TOLD))

    def _year_end(self, sentence: int, start: int) -> str | None:
        """The last day of the year that 年底 or 年末 at the head of a clause means, if no time is named behind it."""
        found = list(_AT_YEAR_END.finditer(self.text, max(0, sentence - 1), start))
        if not found:
            return None
        told = found[-1]
        if self._dated(told.end(), start) or "；" in self.text[told.end() : start]:
            return None
        year = self._whole_year(sentence, told.start() + 1)
        ahead = self.anchor is not None and year == str(self.anchor.year) and self.anchor.month < _YEAR_ENDS_IN
        return year + _YEAR_END_DAY if year and not ahead else None
