"""The time of a figure: the date that its sentence gives for it."""

from __future__ import annotations

import re
from bisect import bisect_left

from flows.extract.dates.mentions import DateMention
from flows.extract.statistics.carried import OF_EXAM, CarriedTimes
from flows.extract.statistics.nouns import FROM, GROWTH
from flows.extract.statistics.own_dates import AS_OF, COMPARED, LIST_MARK, OTHER_TIME, REPORTED
from flows.extract.words.basis import CARRIED, INFERRED, NOTHING, STATED, Told
from flows.extract.words.indicators import OTHER, lasting
from flows.vocabulary import load_vocabulary as vocabulary
from flows.vocabulary import one_of

_WHOLE_YEAR = re.compile("全年(?![龄无不365]|开放)|全年度|年度内")
_BRACKET = re.compile("（(?:数据|统计)?(?:截至|截止到?)")
_LONGEST_SENTENCE, _LONGEST_PARAGRAPH = 300, 2000  # characters
_OF_IT = re.compile("其中|另外|此外|同时|与此同时|另有|除此之外")
_THEN = re.compile("(?:那时候?|当时|彼时|其时|那一?年)[^。；]*$")
_NOW = re.compile(
    "现在|目前|如今|至今|迄今|[最起当]初|[一二两三四五六七八九十]年前|"
    + "|".join(f"{year}(?<![较比同与由从]..)" for year in ("去年", "今年", "前年", "上年"))
)
_SINCE = frozenset("自从")
_SINCE_BEHIND = re.compile("以来|来，|起(?!底)|开始")
_ALONE = re.compile("(?:[春夏秋冬][天季]|暑期|暑假|寒假)?，")
_FROM_WORDS = ("由", "从", "自")
_GROWN = re.compile(f"(?:{one_of(vocabulary('statistic_words')['growth'])})(?:到|至|为)")
_GROWTH_AHEAD = re.compile(f"(?:{one_of(vocabulary('statistic_words')['growth'])})(?:到|至|为)")
_PLANNED = re.compile("(?<![”》该本此项期])计划")  # no name of one: “青禾”计划
_SURVEYED = re.compile("度?[^，。；：]{0,4}(?:统计|统计数据|调查|統計|調查)|度[^，。；：]{0,8}(?:数据|年报|數據)：")
_PARTS = re.compile("[，；：]")
_REACH_GROWN = 16  # characters between a figure and the word that says it grew
_YEAR_BEFORE = frozenset({"去年", "上年"})
_RIGHT_BEFORE = re.compile("年?[底末]?的?[约近超过逾]*")
_DONE = re.compile("(?:人次|场次|户次|场|次|小时|元|件|例|份|期)$")
_SAME_PART, _THAN_BEFORE = re.compile("同期"), re.compile("[比较](?:上年|去年|上一年)")
_LAST_YEAR = re.compile("[由从](?:上年|上一年)的?$")
_SAME_TIME, _REACH_SAME = re.compile("(?<![年月比较与])同期"), 24
_YEAR_ENDS, _SHORT_LEAD = re.compile("年[底末]$"), re.compile("[^，。；：、\\d]{2,10}")  # 甲县2022年底设据点148处
_EXAM_OF = re.compile("年?度?[^，。；\\d]{0,16}(?:考试|社考)")  # 2022年度社会工作者职业资格考试
_FOR_SO_LONG = re.compile(
    "(?<![前头0-9一二两三四五六七八九十])[一二两三四五六七八九十0-9]+(?:年来|个?(?:年|月)[间内]|个月)"
)
_TOLD_THEN = re.compile("获悉|了解到|介绍|发布|公布|通报|召开|举行|走进|来到|表示|透露|采访")
_JOINTS, _SEVERAL = frozenset("、和与及"), 2
_OPENS = frozenset("，；。\n：")


class FigureTimes(CarriedTimes):
    """The dates of a text, asked for the one that holds for a figure."""

    def as_of(self, start: int, end: int, quote: int, sentence: int, indicator: str = OTHER) -> Told:
        """When the figure text[start:end] held, and what that rests on.

        As `_behind` or `_stated`; else 全年 is the year told last in the paragraph, or that of a yearly report, and
        what 其中 begins is of the time of the sentence before; else as `_held`.
        """
        if (behind := self._behind(end)) is not None:
            return _of(behind)
        old = self.is_old(start, end)
        if old and (told := self._before_growth(sentence, start)) is not None:
            return told
        if (stated := self._stated(start, end, quote, sentence, indicator)).value is not None:
            return stated
        if old:
            return NOTHING
        whole = _WHOLE_YEAR.search(self.text, sentence, start)
        if whole and not self._dated(whole.end(), start):
            told = Told.on(self._whole_year(sentence, start), CARRIED)
            return told if told.value else Told.on(self._this_whole_year(), INFERRED)
        if (year_end := self._year_end(sentence, start)) is not None:
            return Told(year_end, CARRIED)
        if _OF_IT.match(self.text, sentence) and self.text[sentence - 1 : sentence] == "。":
            before = max(sentence - _LONGEST_SENTENCE, self.sentences.start(sentence - 1))
            of_it = NOTHING if self._dated(sentence, start) else self._stated(sentence, sentence, sentence, before)
            if of_it.value is not None:
                return Told(of_it.value, of_it.basis if of_it.basis == INFERRED else CARRIED)
        if _THEN.search(self.text, sentence, start) and not self._dated(sentence, start):
            return Told.on(self._then(sentence), CARRIED)
        if (part := self._this_year(sentence, start)) is not None:
            return Told(part, INFERRED)
        held = self._held(start, sentence, indicator) or self._of_growth(sentence, start)
        held = held or self._framed(sentence, start, indicator)
        return Told.on(held or self._reported(sentence, start, indicator), CARRIED)

    def _before_growth(self, sentence: int, start: int) -> Told | None:
        """The time of an old value without a date of its own: that of the one before it in its sentence (由2022年的
        12家增至18家，床位由162张增至171张), else none; None where its own words, or a range of years, tell it."""
        if _LAST_YEAR.search(self.text, max(sentence, start - _REACH_GROWN), start):
            year = self._whole_year(sentence, start)
            return Told.on(str(int(year) - 1) if year else None, CARRIED)  # 由上年的22.4%
        grown_from = max(self.text.rfind(word, sentence, start) for word in _FROM_WORDS)
        named = self.dates[bisect_left(self.starts, sentence) : bisect_left(self.starts, start)]
        if any(m.start >= grown_from or (m.first and m.last and m.first.year < m.last.year) for m in named):
            return None
        compared = [mention for mention in named if self._is_compared(mention)]
        if compared and _SAME_PART.match(self.text, compared[-1].end):
            return NOTHING  # 较去年同期: of a part of that year
        if compared:
            return Told.on(compared[-1].as_of, CARRIED)
        own = named[-1].as_of if named and named[-1].precision == "year" else None
        before = own and _THAN_BEFORE.search(self.text, named[-1].end, start)
        return Told(str(int(own) - 1), INFERRED) if own and before else NOTHING

    def exam_year(self, sentence: int, start: int) -> Told:
        """The year of the examination that its paragraph names before a figure, if no other time is named since
        (2024年度社会工作者职业资格考试开考。合肥考区报名21350人)."""
        paragraph = self.text.rfind("\n", 0, sentence) + 1
        for n in range(bisect_left(self.own_starts, start) - 1, -1, -1):
            mention = self.own[n]
            if mention.start < paragraph:
                break
            if mention.precision != "year":
                return NOTHING
            if _EXAM_OF.match(self.text, mention.end):
                return Told.on(mention.as_of, CARRIED) if self.is_same_time(mention.end, start) else NOTHING
        return NOTHING

    def of_list(self, each: int, members: int, nth: int, sentence: int) -> Told:
        """The time of figure `nth` of a list behind 分别 at `each`: 2021年、2022年分别建成34个、115个."""
        last = first = bisect_left(self.own_starts, each) - 1
        if first >= 0 and self.own[first].start >= sentence and (years := _years_of(self.own[first], members)):
            return Told(years[nth], STATED)  # 2016年至2020年…依次是312人、…
        while first > 0 and self.text[self.own[first - 1].end : self.own[first].start] in _JOINTS:
            first -= 1
        if first < 0 or last - first + 1 != members or self.own[first].start < sentence or members < _SEVERAL:
            return NOTHING
        return _of(self.own[first + nth])

    def _of_growth(self, sentence: int, start: int) -> str | None:
        """The year of what something grew or fell to, without a time of its own: the one that its paragraph told last
        at the head of a sentence, if not before the year that it grew from."""
        if GROWTH.search(self.text, max(sentence, start - _REACH_GROWN), start) is None:
            return None
        n = bisect_left(self.own_starts, start) - 1
        if n < 0 or self.own_starts[n] < self.text.rfind("\n", 0, sentence) or self.own[n].precision != "year":
            return None
        told, from_years = self.own[n], self.dates[bisect_left(self.starts, sentence) : bisect_left(self.starts, start)]
        lead = self.text[max(self.text.rfind(mark, 0, told.start) for mark in "。\n") + 1 : told.start]
        between = _THAN_BEFORE.sub("", self._between(told.end, start))
        if not (LIST_MARK.fullmatch(lead) or REPORTED.search(lead)) or OTHER_TIME.search(between):
            return None
        later = all((mention.as_of or "") <= (told.as_of or "") for mention in from_years)
        return told.as_of if later else None

    def at_same_time(self, sentence: int, start: int) -> bool:
        """Whether 同期 before a figure says that it is of the time told last (大连市同期由39家增至84家)."""
        return _SAME_TIME.search(self.text, max(sentence, start - _REACH_SAME), start) is not None

    def is_old(self, start: int, end: int) -> bool:
        """Whether a figure is what something grew or fell from (由87宗增至132宗), of a time before."""
        grown = _GROWN.search(self.text, end, end + _REACH_GROWN)
        return grown is not None and FROM.search(self.text, max(0, start - _REACH_GROWN), start) is not None

    def _behind(self, end: int) -> DateMention | None:
        """The time in brackets behind a figure: 320人（截至2022年底）."""
        bracket = _BRACKET.match(self.text, end)
        n = bisect_left(self.starts, bracket.end()) if bracket else len(self.starts)
        return self.dates[n] if bracket and n < len(self.starts) and self.starts[n] == bracket.end() else None

    def _stated(self, start: int, end: int, quote: int, sentence: int, indicator: str = OTHER) -> Told:
        """When the figure text[start:end] held: stated in its quote, else the 截至 or the leading date of its sentence.

        A year it is compared with (较2021年) or counted from (2018年以来) is not its own.
        """
        for n in range(bisect_left(self.starts, start) - 1, -1, -1):
            mention = self.dates[n]
            if mention.start < sentence:
                return NOTHING
            between, lead = self.text[mention.end : start], self.text[sentence : mention.start]
            if mention.precision == "day" and _TOLD_THEN.search(between) and not AS_OF.search(lead[-8:]):
                return NOTHING  # the day of the news, not of what it tells
            if _NOW.search(between) or (_FOR_SO_LONG.search(between) and not AS_OF.search(lead[-8:])):
                return NOTHING
            last_before = lead[-1:]
            if last_before in ("由", "从") and _GROWN.search(between):  # 从2020年的68人增至312人
                if mention.text in _YEAR_BEFORE and mention.last and "，" not in between:
                    return Told(str(mention.last.year + 1), INFERRED)
                continue
            if last_before in COMPARED and _RIGHT_BEFORE.fullmatch(between):
                return _of(mention)  # 比2018年的29人
            since = (last_before in _SINCE and "以来" in between) or _SINCE_BEHIND.match(between)
            if (
                (since and not mention.text.startswith("今年"))
                or last_before in COMPARED
                or _PLANNED.search(between, 4)
            ):
                continue
            first, last = mention.first, mention.last
            if first and last and first.year != last.year and _GROWTH_AHEAD.match(self.text, end):
                return Told(str(first.year), STATED)
            if (
                mention.start >= quote
                or LIST_MARK.fullmatch(lead)
                or AS_OF.search(lead[-8:])
                or REPORTED.search(lead)
                or _runs_on(lead, between)
                or self._goes_on(mention, start, end, indicator)
                or (indicator in lasting() and _YEAR_ENDS.search(mention.text) and _SHORT_LEAD.fullmatch(lead))
                or (indicator in OF_EXAM and _EXAM_OF.match(self.text, mention.end))
            ):
                return NOTHING if self._spans_years(mention, start) else _of(mention)
        return NOTHING

    def _spans_years(self, mention: DateMention, start: int) -> bool:
        """Whether a date is of several years, of which a figure is no one's (2021年至2023年投入1260万元), unless
        something grew to it in them."""
        several = (
            mention.precision == "year" and mention.first and mention.last and mention.first.year != mention.last.year
        )
        return bool(several) and GROWTH.search(self.text, max(mention.end, start - _REACH_GROWN), start) is None

    def _goes_on(self, mention: DateMention, start: int, end: int, indicator: str) -> bool:
        """Whether the time of a clause holds for what the next ones say was done: it is a clause of its own
        (…，今年夏天，其中10个站…，服务儿童260人次), or a figure stands with it (去年出勤130人次，时长52小时)."""
        if indicator in lasting() or (indicator == OTHER and not _DONE.search(self.text, start, end)):
            return False
        between = self._between(mention.end, start)
        if "；" in between or "每" in between or OTHER_TIME.search(between):
            return False
        alone = _ALONE.match(between) and self.text[mention.start - 1 : mention.start] in _OPENS
        return bool(alone) or any(map(str.isdigit, between.split("，", 1)[0]))


def _runs_on(lead: str, between: str) -> bool:
    """Whether a time holds for a figure further on: what was counted then is told (2022年度数据：), it opens a part of
    the sentence that goes on (；2022年…), or the list of figures does (2022年服务老人80人次、儿童60人次)."""
    if _SURVEYED.match(between):
        return True
    if lead.rstrip("而但则").endswith("；"):
        return "；" not in between
    return any(map(str.isdigit, between)) and not _PARTS.search(between)


def _years_of(mention: DateMention, count: int) -> list[str]:
    """The years of a range of so many; none for another date."""
    if mention.precision != "year" or mention.first is None or mention.last is None:
        return []
    years = [str(year) for year in range(mention.first.year, mention.last.year + 1)]
    return years if len(years) == count > 1 else []


def _of(mention: DateMention) -> Told:
    return Told.on(mention.as_of, INFERRED if mention.inferred else STATED)
