"""Dates of a text as figures see them: which are their own, and which are only compared with."""

from __future__ import annotations

import re
from bisect import bisect_left

from flows.extract.dates.mentions import DateMention, dates_of
from flows.extract.words.reading import Reading
from flows.extract.words.sentences import sentences_of

COMPARED = frozenset("较比与同")
_TIMES_AS_MANY = re.compile(r"(?:年[底末]?)?的?[\d.一二三四五六七八九十百两]+[多余]?倍")
AS_OF = re.compile("(?:截至|截止到?|截止至|(?<![降升增减跌涨高低少大展加])[到至])(?:今年|去年)?$")
REPORTED = re.compile(
    "(?:获悉|了解到?|介绍|统计|数据|资料|白皮书|报告|公报|消息|披露|发布|公布|指出|显示|据悉|表示|通报|说|其中)[，：“]{1,2}$|^[^，。]{0,20}讯\\s?$"
)
LIST_MARK = re.compile(
    "(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.、])?\\s*"
)
OTHER_TIME = re.compile(
    "现在|目前|至此|如今|至今|迄今|当前|今年|去年|前年|往年|往届|上年|明年|当年|次年|同年|近年|历年|多年|年来|以来|近日|日前|[昨今当]日|[本上当]月"
    "|[0-9]月|[0-9]日|[0-9]年|[一二两三四五六七八九十几多]年(?:过去|后|间|里|内|时间)|期间|下一步|[上下]半年|[一二三四]季度|学年|财年|年度的?拨款"
)


class OwnDates:
    """The dates of a text, those apart that figures are only compared with."""

    def __init__(self, reading: Reading) -> None:
        self.text, self.title, self.anchor = reading.text, reading.title, reading.day
        self.sentences = sentences_of(reading)
        self.dates = [mention for mention in dates_of(reading) if mention.last is not None]
        self.starts = [mention.start for mention in self.dates]
        self.own = [mention for mention in self.dates if not self._is_compared(mention)]
        self.own_starts = [mention.start for mention in self.own]

    def _is_compared(self, mention: DateMention) -> bool:
        """Whether a date is only what figures are compared with: 较2021年, 由2021年的12家, 2016年的1.86倍."""
        before, behind = self.text[mention.start - 1 : mention.start], self.text[mention.end : mention.end + 1]
        if before in COMPARED or (before in ("由", "从") and behind == "的"):
            return bool(before)
        return _TIMES_AS_MANY.match(self.text, mention.end) is not None

    def _between(self, start: int, end: int) -> str:
        """text[start:end] without the dates that figures are only compared with."""
        words, done = [], start
        for mention in self.dates[bisect_left(self.starts, start) : bisect_left(self.starts, end)]:
            if self._is_compared(mention):
                words.append(self.text[done : mention.start])
                done = max(done, mention.end)
        return "".join([*words, self.text[done:end]])

    def _dated(self, sentence: int, start: int) -> bool:
        """Whether a date is named in text[sentence:start], other than one that figures are only compared with."""
        return bisect_left(self.own_starts, start) > bisect_left(self.own_starts, sentence)
