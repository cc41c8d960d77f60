"""Names in lists: joined by 、 (A、B、C), before 等 and a number (A、B等4位), on lines behind a label (某区：A　B).

What is listed vouches for its neighbours: a list counts when most of it looks like names in every character, and then
seldom family names count in it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flows.extract.organizations.places import opens_with_place
from flows.extract.people.double_names import is_double
from flows.extract.people.name_ends import name_end
from flows.extract.people.names import looks_whole, may_be_name, names
from flows.extract.people.offices import Introduced
from flows.looks import IfHeld

Span = tuple[int, int]

_LEAST = 3
_MOST_SURE = 0.6
"""How much of a list must look like names."""

_MOST_KNOWN = 0.75
"""How much of a list of four and more must begin with frequent family names, where one of it looks like a name."""

_CLAUSE = re.compile("(?:[^，。；：！？\n“”《》（）()]++|（[男女]）)++")
_SAYS_LIST = re.compile("(?:名单|成员|人员|志愿者|社工|获奖者|得主|当选者|入选者|他们是|她们是|分别是|分别为|如下)$")
_PRIZE = re.compile(
    "(?:[特一二三]等|优秀|[金银铜]|优胜|入围|提名|贡献|新人)奖[ \u3000：:]+"
    "(?P<names>[\u4e00-\u9fff·]{2,8}(?:[、 \u3000]+[\u4e00-\u9fff·]{2,8})+)(?=[；。\n]|$)"
)
_SEX = re.compile("（[男女]）$")
_SPACED = re.compile("[\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff]")  # 林  超, in lists of names of three characters
_AND_OTHERS = re.compile("等(?=[0-9一二两三四五六七八九十百]+余?[名位人]|多[名位人])")
_LABELLED = IfHeld(
    r"(?:^|(?<=\n))(?P<label>[^：:\n，。、]{2,12})[：:][ \u3000]*"
    r"(?P<names>[\u4e00-\u9fff·]{2,8}(?:[ \u3000、]+[\u4e00-\u9fff·]{2,8})*)"
    r"[ \u3000]*(?=\n|$)"
)
_SIGNED = re.compile(
    "记者|通讯员|编辑|责编|摄影|作者|来源|审|校对|[文图]$|文字|图片|供稿|撰稿|监制|策划|主编|值班"
    "|出品|设计|制作|播音|翻译|单位|标题|主题|地点|时间|地址"
)
_PERSON = re.compile("(?:姓名|[人者员长任师工])$")
_PART = re.compile("[\u4e00-\u9fff·]+")
_ENDS_PART = frozenset("、，。；等和")
_END_OF_LAST = re.compile("[等和及与]")


def find_listed(text: str) -> Iterator[Introduced]:
    """The names of every list, in no order; a name may come more than once."""
    for match in _CLAUSE.finditer(text) if "、" in text else ():
        if match[0].count("、") >= _LEAST - 1:
            yield from _of_clause(text, *match.span())
            yield from _of_label(text, *match.span())
    for match in _PRIZE.finditer(text) if "奖" in text else ():
        spans = [part.span() for part in _PART.finditer(text, *match.span("names"))]
        if all(_has_family(text, *span) for span in spans) and any(b - a > 2 for a, b in spans):
            yield from (Introduced(*span, []) for span in spans)
    for match in _AND_OTHERS.finditer(text):
        yield from _before_others(text, match.start())
    yield from _labelled(text)


def listed_end(text: str, start: int) -> int:
    """Where the part of a list at text[start] ends, if it is a name of three characters by its family name; else 0."""
    end = start + _LEAST
    ends = text[end : end + 1] in _ENDS_PART
    return end if ends and text[start] in names().common and _is_name(text, start, end) else 0


def _labelled(text: str) -> Iterator[Introduced]:
    """The names behind labels that fill their lines; lines below one another are one list."""
    group: list[Span] = []
    end = -1
    for match in _LABELLED.finditer(text):
        spans = [part.span() for part in _PART.finditer(text, *match.span("names"))]
        if _SIGNED.search(match["label"]) or not all(_is_name(text, *span) for span in spans):
            continue
        if _PERSON.search(match["label"]):
            yield from (Introduced(*span, []) for span in spans if text[span[0]] in names().common)
        if match.start() > end + 1:
            yield from _taken(text, group)
            group = []
        group += spans
        end = match.end()
    yield from _taken(text, group)


def _of_clause(text: str, start: int, end: int) -> Iterator[Introduced]:
    """The runs of names among the parts of a clause; the first may stand behind other words, the last before 等."""
    parts, at = [], start
    for part in text[start:end].split("、"):
        parts.append((at, at + len(part)))
        at += len(part) + 1
    run: list[Span] = []
    for number, (a, b) in enumerate(parts):
        last = number == len(parts) - 1
        b -= 3 * (_SEX.search(text, a, b) is not None)
        if run and _SPACED.fullmatch(text, a, b):
            continue
        if last and (cut := _END_OF_LAST.search(text, a + 2, b)):
            b = cut.start()
        if last and not _is_name(text, a, b):
            b = name_end(text, a) if run and a < b else a
        if _is_name(text, a, b):
            run.append((a, b))
            continue
        yield from _taken(text, run)
        run = []
        for length in (3, 2):  # 讲述了|李小堂、…
            if number == 0 and b - a > length and looks_whole(text, b - length, b):
                run = [(b - length, b)]
                break
    yield from _taken(text, run)


def _of_label(text: str, start: int, end: int) -> Iterator[Introduced]:
    """The names that a clause lists behind a label which says so (名单：…), seldom ones too, if all of it is names."""
    if text[start - 1 : start] not in ("：", ":") or not _SAYS_LIST.search(text, max(0, start - 12), start - 1):
        return
    at, spans = start, []
    for part in text[start:end].split("、"):
        spans.append((at, at + len(part)))
        at += len(part) + 1
    if all(_is_name(text, *span) for span in spans) and 2 * sum(b - a > 2 for a, b in spans) >= len(spans):
        yield from (Introduced(*span, []) for span in spans)


def _taken(text: str, run: Sequence[Span]) -> Iterator[Introduced]:
    if _are_names(text, run, _LEAST):
        yield from (Introduced(a, b, []) for a, b in run)


def _before_others(text: str, end: int) -> Iterator[Introduced]:
    """The names that end in front of 等10人: one or more, of which the last looks like one."""
    spans: list[Span] = []
    while start := _start_of_name(text, end):
        spans.append((start, end))
        if text[start - 1] != "、":
            break
        end = start - 1
    if _are_names(text, spans, least=1):
        yield from (Introduced(a, b, []) for a, b in spans)


def _start_of_name(text: str, end: int) -> int:
    """Where the name begins that ends at text[end], 0 for none: of three characters, else of two behind a mark."""
    if end > _LEAST and _is_name(text, end - 3, end) and looks_whole(text, end - 3, end):
        return end - 3
    for length in (3, 2):
        start = end - length
        if start > 0 and not "\u4e00" <= text[start - 1] <= "\u9fff" and _is_name(text, start, end):
            return start
    return 0


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] can be one name of a list, with a family name of any kind, and is no place."""
    if not 2 <= end - start <= 4:
        return "·" in text[start:end] and name_end(text, start) == end
    lexicon, word = names(), text[start:end]
    compound = word[:2] in lexicon.compound and len(word) > 2
    family = word[0] in lexicon.common or word[0] in lexicon.rare
    return (
        (compound or is_double(word) or (family and len(word) < 4)) and may_be_name(word) and not opens_with_place(word)
    )


def _has_family(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is as long as a name and begins with a family name, be it a word (温馨)."""
    lexicon, word = names(), text[start:end]
    if "·" in word or (word[:2] in lexicon.compound and end - start in (3, 4)):
        return True
    return 2 <= end - start <= 3 and (word[0] in lexicon.common or word[0] in lexicon.rare)


def _are_names(text: str, spans: Sequence[Span], least: int) -> bool:
    """Whether so many of a list look like names that all of it are."""
    whole = sum(looks_whole(text, a, b) for a, b in spans)
    long = sum(b - a > 2 for a, b in spans)
    known = sum(text[a] in names().common or "·" in text[a:b] for a, b in spans)
    sure = whole >= _MOST_SURE * len(spans) or (len(spans) > _LEAST and whole and known >= _MOST_KNOWN * len(spans))
    return len(spans) >= least and bool(sure) and 2 * long >= len(spans)
