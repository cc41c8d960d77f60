"""Times said once above what they hold for: 现将2023年主要工作通报如下：, the head of a section, a yearly opening.

A frame holds for all figures behind it that name no time of their own, up to the next frame; that of a heading up to
the next heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from flows.extract.dates.mentions import DateMention
from flows.extract.statistics.own_dates import AS_OF, LIST_MARK
from flows.vocabulary import load_vocabulary

_WORDS = load_vocabulary("statistic_words")
_TOLD, _ANNOUNCED, _AHEAD = (re.compile(_WORDS[key]) for key in ("frame_told", "frame_announced", "frame_ahead"))
_ANSWERED = re.compile("(?:如下|下述|以下)[^。；\n]{0,6}[：:。\n]")
_REACH_ANSWERED = 80  # characters from the end of a frame's sentence to 如下
_LONGEST_HEADING, _LONGEST_OPENING = 30, 120
_SENTENCE_ENDS = "。！？\n"
_HEADING = re.compile("^[^\n。；，：！？]{2,30}$", re.MULTILINE)
_MARK = re.compile("([一二三四五六七八九十]{1,3}、)|([（(][一二三四五六七八九十]{1,3}[）)])|([0-9]{1,2}[.、．])")
_OF_ALL = re.compile("[全我][省市县区州盟旗]|[我本][会院校站局中]|各级|民政系统|(?:联合|基金|慈善|协)会")
_COMMA = re.compile("度?[，,]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?[万亿余多]*[人名位个家户次场元%％]")


class Frame(NamedTuple):
    """A time that holds from `start` to `end`: `until`, for how many there are then (截至), else for what is counted
    in that year."""

    start: int
    end: int
    as_of: str
    until: bool


def find_frames(text: str, dates: Sequence[DateMention], anchor: date | None) -> list[Frame]:
    """The frames of a text in order; `dates` are those that figures are not only compared with."""
    frames: list[Frame] = []
    found = sorted(_found(text, dates, anchor))
    for n, frame in enumerate(found):
        last = found[n + 1].start if n + 1 < len(found) else len(text)
        frames.append(frame._replace(end=min(frame.end, last)))
    return frames


def _found(text: str, dates: Sequence[DateMention], anchor: date | None) -> Iterator[Frame]:
    for mention in dates:
        if mention.as_of is None or mention.inferred or (anchor and mention.first and mention.first > anchor):
            continue
        start = max(text.rfind(mark, 0, mention.start) for mark in _SENTENCE_ENDS) + 1
        ends = [end for mark in _SENTENCE_ENDS if (end := text.find(mark, mention.end)) >= 0]
        end = min(ends, default=len(text))
        until = AS_OF.search(text, max(start, mention.start - 4), mention.start) is not None
        if mention.precision != "year" and not until:
            continue
        line = text.rfind("\n", 0, mention.start) + 1
        if _AHEAD.search(text, mention.end, end):
            continue
        if text[end : end + 1] in ("\n", "") and line == start:
            if end - start <= _LONGEST_HEADING and _TOLD.search(text, mention.end, end):
                yield Frame(end, _next_heading(text, end, text[start:end]), mention.as_of, until)
        elif (reach := _reach_of_announced(text, start, mention, end)) or (
            not until and _is_opening(text, start, mention, end)
        ):
            yield Frame(end, reach or len(text), mention.as_of, until)


def _reach_of_announced(text: str, start: int, mention: DateMention, end: int) -> int:
    """How far the time of a sentence holds that says that what follows tells of it: to the end of its paragraph
    (公布2023年…数据。数据显示，…), and of the text where it says so (现将2023年…通报如下：); 0 for another sentence."""
    if _FIGURE.search(text, mention.end, end):
        return 0
    if _ANSWERED.search(text, mention.end, min(len(text), end + 1)):
        return len(text)
    paragraph = text.find("\n", end)
    answered = _ANSWERED.search(text, end, paragraph + 1 if paragraph >= 0 else len(text))
    if _ANNOUNCED.search(text, start, mention.start) and _TOLD.search(text, mention.end, end):
        return len(text) if answered or paragraph < 0 else paragraph
    near = answered is not None and answered.start() < end + _REACH_ANSWERED
    return len(text) if near and _COMMA.match(text, mention.end) else 0


def _is_opening(text: str, start: int, mention: DateMention, end: int) -> bool:
    """Whether the first paragraph of a text is one sentence that begins with its year, speaks of all of a place or of
    one body, and tells no figure: 2020年，全省民政系统…。"""
    lead = LIST_MARK.fullmatch(text, start, mention.start)
    if lead is None or not _COMMA.match(text, mention.end) or _FIGURE.search(text, mention.end, end):
        return False
    first = len(text[:start].strip()) == 0
    whole = _OF_ALL.search(text, mention.end, end) is not None
    return first and whole and text[end : end + 2].endswith("\n") and end - start <= _LONGEST_OPENING


def _next_heading(text: str, start: int, heading: str) -> int:
    """Where the next heading of the level of `heading` stands, which ends at `start`; else the end of the text."""
    level = _level(heading)
    for m in _HEADING.finditer(text, start + 1):
        if _level(m[0]) == level:
            return m.start()
    return len(text)


def _level(heading: str) -> int:
    m = _MARK.match(heading)
    return m.lastindex or 0 if m else 0
