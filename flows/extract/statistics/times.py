"""The time of a figure: the date that its sentence gives for it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from flows.extract.dates.mentions import DateMention
from flows.extract.words.basis import CARRIED, INFERRED, NOTHING, STATED, Told
from flows.extract.words.indicators import OTHER, lasting
from flows.vocabulary import load_vocabulary as vocabulary
from flows.vocabulary import one_of

_AS_OF = re.compile("(?:截至|截止到?|截止至|到|至)(?:今年|去年)?$")
_WHOLE_YEAR = re.compile("全年(?!龄)|全年度|年度内")
_YEARLY = re.compile(
    r"(20\d\d)(?!\d)年?度?[^，。]{0,24}(?:报告|公报|总结|回顾|年报|情况|综述|数据|成绩单|发展|结果|公示|考试|成绩)"
)
_BRACKET = re.compile("（(?:数据|统计)?(?:截至|截止到?)")
_LONGEST_SENTENCE, _LONGEST_PARAGRAPH = 300, 2000  # characters
_LONGEST_HELD = 400  # characters over which the time that opens a paragraph is carried on
_OF_IT = re.compile("其中")
_NOW = re.compile(
    "现在|目前|如今|至今|迄今|[最起当]初|[一二两三四五六七八九十]年前|"
    + "|".join(f"{year}(?<![较比同与]..)" for year in ("去年", "今年", "前年", "上年"))
)
_COMPARED, _SINCE = frozenset("较比与同"), frozenset("自从")
_COMPARED_TIME = re.compile("[较比与同](?:去年|上年|前年|上一年|20\\d\\d年[底末]?)")
_SINCE_BEHIND = re.compile("以来|来，|起(?!底)|开始")
_REPORTED = re.compile("(?:获悉|了解|介绍|统计|显示|据悉|表示|通报|说|其中)[，：“]{1,2}$|^[^，。]{0,20}讯\\s?$")
_LIST_MARK = re.compile(
    "(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.、])?\\s*"
)
_GROWN = re.compile(f"(?:{one_of(vocabulary('statistic_words')['growth'])})(?:到|至|为)")
_GROWTH_AHEAD = re.compile(f"(?:{one_of(vocabulary('statistic_words')['growth'])})(?:到|至|为)")
_OTHER_TIME = re.compile(
    "现在|目前|如今|至今|迄今|当前|今年|去年|前年|上年|明年|当年|次年|同年|近年|历年|多年|年来|以来|近日|日前|[昨今当]日|[本上当]月"
    "|[0-9]月|[0-9]日|[0-9]年|期间|下一步|[上下]半年|[一二三四]季度"
)
_PLANNED = re.compile("(?<![”》该本此项期])计划")  # no name of one: “青禾”计划
_NOT_YET = re.compile("累计|计划|将(?!近)|力争|预计|目标|每年|逐年|全年|截[至止]")
_YEAR_END = re.compile("[底末]$")
_SURVEYED = re.compile("度?[^，。；：]{0,4}(?:统计|统计数据|调查|統計|調查)|度[^，。；：]{0,8}(?:数据|年报|數據)：")
_PARTS = re.compile("[，；：]")
_PART_OF_YEAR = re.compile("(?:上半年|前三季度|[一二三]季度|年内|年初以来)")
_HALF_TOLD = 3  # a page of January tells of the year before
_SENTENCE_ENDS = "。！？\n"


class FigureTimes:
    """The dates of a text, asked for the one that holds for a figure."""

    def __init__(self, text: str, dates: Sequence[DateMention], title: str = "", anchor: date | None = None) -> None:
        self.text, self.title, self.anchor = text, title, anchor
        self.dates = [mention for mention in dates if mention.last is not None]
        self.starts = [mention.start for mention in self.dates]

    def as_of(self, start: int, end: int, quote: int, sentence: int, indicator: str = OTHER) -> Told:
        """When the figure text[start:end] held, and what that rests on.

        As `_behind` or `_stated`; else 全年 is the year told last in the paragraph, or that of a yearly report, and
        what 其中 begins is of the time of the sentence before; else as `_held`.
        """
        if (behind := self._behind(end)) is not None:
            return _of(behind)
        if (stated := self._stated(start, end, quote, sentence)).value is not None:
            return stated
        if _WHOLE_YEAR.search(self.text, sentence, start) and not self._dated(sentence, start):
            return Told.on(self._whole_year(sentence), CARRIED)
        if _OF_IT.match(self.text, sentence) and self.text[sentence - 1 : sentence] == "。":
            floor = max(0, sentence - _LONGEST_SENTENCE)
            before = max(floor, *(self.text.rfind(mark, floor, sentence - 1) + 1 for mark in "\n。"))
            of_it = NOTHING if self._dated(sentence, start) else self._stated(sentence, sentence, sentence, before)
            if of_it.value is not None:
                return Told(of_it.value, of_it.basis if of_it.basis == INFERRED else CARRIED)
        if (year := self._this_year(sentence, start)) is not None:
            return Told(year, INFERRED)
        held = None if indicator == OTHER else self._held(start, sentence, indicator in lasting())
        return Told.on(held or self._reported(sentence, start), CARRIED)

    def _behind(self, end: int) -> DateMention | None:
        """The time in brackets behind a figure: 320人（截至2022年底）."""
        bracket = _BRACKET.match(self.text, end)
        n = bisect_left(self.starts, bracket.end()) if bracket else len(self.starts)
        return self.dates[n] if bracket and n < len(self.starts) and self.starts[n] == bracket.end() else None

    def _this_year(self, sentence: int, start: int) -> str | None:
        """The page's year, where the sentence begins with a part of it (上半年, 年内)."""
        early = self.anchor is None or self.anchor.month < _HALF_TOLD
        told = None if early or self._dated(sentence, start) else _PART_OF_YEAR.match(self.text, sentence, start)
        return str(self.anchor.year) if self.anchor and told else None

    def _dated(self, sentence: int, start: int) -> bool:
        """Whether a date is named in text[sentence:start]."""
        return bisect_left(self.starts, start) > bisect_left(self.starts, sentence)

    def _held(self, start: int, sentence: int, lasts: bool) -> str | None:
        """The time of a sentence before that holds on in the paragraph, as long as no other is named.

        截至2024年底 at the head of a sentence holds for how many there are (`lasts`), 2024年 at the head of the
        paragraph for what is counted in a year, if figures stand behind it.
        """
        floor = max(0, start - _LONGEST_HELD)
        paragraph = self.text.rfind("\n", floor, sentence) + 1
        n = self._last_own(sentence, max(floor, paragraph))
        if n is None or self._dated(sentence, start):
            return None
        mention = self.dates[n]
        opening = max(floor, *(self.text.rfind(mark, floor, mention.start) + 1 for mark in _SENTENCE_ENDS))
        lead = self.text[opening : mention.start]
        between = _COMPARED_TIME.sub("", self.text[mention.end : start])
        until = _AS_OF.search(lead)
        head = lead[: until.start()] if until else lead
        if not (_LIST_MARK.fullmatch(head) or (until and _REPORTED.search(head))) or _OTHER_TIME.search(between):
            return None
        if _NOT_YET.search(self.text, sentence, start) or not any(map(str.isdigit, between)):
            return None
        day = mention.as_of is not None and len(mention.as_of) > len("2024")
        if lasts:
            return mention.as_of if until or (day and _YEAR_END.search(mention.text)) else None
        return mention.as_of if not until and not day and opening == paragraph else None

    def _last_own(self, place: int, floor: int) -> int | None:
        """The last date of text[floor:place] that figures may be of, and are not only compared with (较2021年)."""
        for n in range(bisect_left(self.starts, place) - 1, -1, -1):
            if self.starts[n] < floor:
                return None
            if self.text[self.starts[n] - 1 : self.starts[n]] not in _COMPARED:
                return n
        return None

    def _reported(self, sentence: int, start: int) -> str | None:
        """The year of a yearly report, for what its figures count without a time of their own."""
        yearly = _YEARLY.search(self.title)
        if yearly is None or self._dated(sentence, start) or _OTHER_TIME.search(self.text, sentence, start):
            return None
        return None if _NOT_YET.search(self.text, sentence, start) else yearly[1]

    def _whole_year(self, sentence: int) -> str | None:
        """The year that 全年 means: the one that, or whose end, the paragraph names last, else the title's."""
        floor = max(0, sentence - _LONGEST_PARAGRAPH)
        paragraph = max(floor, self.text.rfind("\n", floor, sentence) + 1)
        for n in range(bisect_left(self.starts, sentence) - 1, -1, -1):
            mention = self.dates[n]
            if mention.start < paragraph:
                break
            if mention.last and (mention.last.month, mention.last.day) == (12, 31):
                return str(mention.last.year)
        yearly = _YEARLY.search(self.title)
        return yearly[1] if yearly else None

    def _stated(self, start: int, end: int, quote: int, sentence: int) -> Told:
        """When the figure text[start:end] held: stated in its quote, else the 截至 or the leading date of its sentence.

        A year it is compared with (较2021年) or counted from (2018年以来) is not its own.
        """
        for n in range(bisect_left(self.starts, start) - 1, -1, -1):
            mention = self.dates[n]
            if mention.start < sentence:
                return NOTHING
            between, lead = self.text[mention.end : start], self.text[sentence : mention.start]
            if _NOW.search(between):
                return NOTHING
            last_before = lead[-1:]
            if last_before in ("由", "从") and _GROWN.search(between):
                continue  # 从2020年的68人增至312人
            since = (last_before in _SINCE and "以来" in between) or _SINCE_BEHIND.match(between)
            if (
                (since and not mention.text.startswith("今年"))
                or last_before in _COMPARED
                or _PLANNED.search(between, 4)
            ):
                continue
            first, last = mention.first, mention.last
            if first and last and first.year != last.year and _GROWTH_AHEAD.match(self.text, end):
                return Told(str(first.year), STATED)
            if (
                mention.start >= quote
                or _LIST_MARK.fullmatch(lead)
                or _AS_OF.search(lead[-8:])
                or _REPORTED.search(lead)
                or _runs_on(lead, between)
            ):
                return _of(mention)
        return NOTHING


def _runs_on(lead: str, between: str) -> bool:
    """Whether a time holds for a figure further on: what was counted then is told (2022年度数据：), it opens a part of
    the sentence that goes on (；2022年…), or the list of figures does (2022年服务老人80人次、儿童60人次)."""
    if _SURVEYED.match(between):
        return True
    if lead.endswith("；"):
        return "；" not in between
    return any(map(str.isdigit, between)) and not _PARTS.search(between)


def _of(mention: DateMention) -> Told:
    return Told.on(mention.as_of, INFERRED if mention.inferred else STATED)
