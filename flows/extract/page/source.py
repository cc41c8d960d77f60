"""Where a story was taken from: the value behind 来源, the closing (据某网), the agency that opens a dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from re import escape
from typing import NamedTuple

from flows.extract.dates.stamps import day_span, find_stamps
from flows.extract.page.byline import AROUND, is_name, plain
from flows.extract.regions.mentions import find_regions
from flows.grammar import Types, load_grammar
from flows.vocabulary import load_vocabulary

# What follows the name of a source on its line.
BEHIND = re.compile(
    r"\s+[\u4e00-\u9fff]{2,5}[:：].*|\s*(?:https?://|www\.|[（(]?有\d+人|手机看|已?有\d+|\d+人|[大小]?字[号体]|大\s?中\s?小|[A大][-+]\s|点[击赞]|浏览|阅读|分享|打印|举报|关注|订阅|我要|纠错|编号|"
    r"(?:发布|发表|更新|上传|录入|发文|成文)?(?:时间|日期)\s*[:：]|更多|责[任编]|(?<!工)作者|记者|通讯员|声明|不代表|\d{1,2}:\d\d|[。！？!?;；\[【]).*"
)
AROUND_NAME = re.compile(
    r"https?://\S*?(?=[\s\u4e00-\u9fff\d]|$)|www\.[\w.]+|[\[【]?微博[\]】]?|我要评论(?:\(\d*\))?|"
    r"【[大中小 ]+】|【(?:打印|关闭|字号)[^】]*】|"
    r"共有评论\d+条|(?:评论|参与)[(（]?\d*[)）]?人?$"
)
GATHERED = re.compile("^(?:综合)?整理自|^综合(?=[\u4e00-\u9fff]{4})")
IN_BRACKETS = re.compile("[（(](?P<place>[\u4e00-\u9fff]{2,8})[）)]$")
MOBILE = ("手机", "移动", "触屏", "掌上")  # another form of the same site
NO_SOURCE = re.compile(r"Android|iPhone|iPad|安卓|客户端\s?\d+楼|^IP属地")
ORIGINAL = re.compile(r"^[\s\u3000]*(?:原创|转载)[\s\u3000]+")
# “某某社工”微信公众号, 微信公众号“某某社工”, 《某刊》2023年第5期: the name alone
NAMED = re.compile(
    r"[“\"「](?P<before>[^“”\"「」]+)[”\"」](?:官方)?(?:微信)?(?:公众号)?$|(?:官方)?(?:微信)?公众号[:：]?\s?[“\"「]?(?P<behind>[^“”\"「」]+)[”\"」]?$|"
    r"《(?P<title>[^《》]+)》(?:杂志|[\s（(]*(?:19|20)\d\d.{0,12}|第?\d+期)?$"
)
GOING_ON = re.compile(r"凡本?[网站]|注明|的(?:作品|稿件|所有|文章)|转载|必究|如有|本网站?所|版权")
PLACE_AND_DAY = re.compile(r"(?<=社)[\u4e00-\u9fff]{2,6}\d{1,2}(?:月\d{1,2})?日$")  # 新华社北京3月1日
_IS_HEADED = re.compile(
    r"\s+20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s+\d{1,2}:\d{2}(?::\d\d)?(?:\s+[\u4e00-\u9fff]{2,4})?"
)
_ISSUER = re.compile("[\u4e00-\u9fff（）()]{4,24}")
SPLIT_FROM_SECTION = re.compile(r"\s{2,}|\s[|>]\s|\t")


class Media(NamedTuple):
    """The lexicon of media: patterns of names that end as such names do, known names, sections, agencies, buttons."""

    strict: re.Pattern[str]
    loose: re.Pattern[str]
    known: frozenset[str]
    sections: frozenset[str]
    datelines: tuple[str, ...]
    doors: frozenset[str]


@cache
def media() -> Media:
    """schemas/vocabularies/media.yaml, compiled once."""
    words = load_vocabulary("media")

    def ending(endings: list[str]) -> re.Pattern[str]:
        ends = "|".join(escape(word) for word in sorted(endings, key=len, reverse=True))
        return re.compile(rf"[\w·•+\-《》\u4e00-\u9fff]{{1,20}}?(?:{ends})(?:[（(][^（）()]{{1,8}}[）)])?$")

    return Media(
        ending(words["endings"]),
        ending(words["endings"] + words["loose_endings"]),
        frozenset(words["names"]),
        frozenset(words["sections"]),
        tuple(sorted(words["datelines"], key=len, reverse=True)),
        frozenset(words["doors"]),
    )


@cache
def _no_source() -> frozenset[str]:
    return frozenset(load_vocabulary("bylines")["no_source"])


def is_medium(name: str, loose: bool = False) -> bool:
    """Whether a name is that of a newspaper, site, agency or station: a known one, or ending as such names do.

    `loose` lets endings count that other words share (某某发布, 某某观察).
    """
    lexicon = media()
    if name in lexicon.known:
        return True
    if not 2 < len(name) <= 20 or name in lexicon.sections or name in _no_source():
        return False
    return (lexicon.loose if loose else lexicon.strict).match(name) is not None


def source_name(value: str) -> str | None:
    """The source in the value behind a label such as 来源, or None when the value names none."""
    start, end = day_span(plain(value))
    if end:
        value = value[:start] or value[end:]
    if GOING_ON.search(value):
        return None
    value = SPLIT_FROM_SECTION.split(BEHIND.sub("", value).strip())[0].strip(" \t-—:·|/,，;；。[]【】")
    if value.count("(") + value.count("（") != value.count(")") + value.count("）"):
        value = value.strip("()（） ")
    first, _, rest = value.partition(" ")
    if rest and (is_medium(first, loose=True) or _is_region(rest.strip())):
        value = first
    value = GATHERED.sub("", PLACE_AND_DAY.sub("", value))
    if (bracket := IN_BRACKETS.search(value)) and _is_region(bracket["place"]):
        value = value[: bracket.start()]
    if named := NAMED.match(value):
        value = named["before"] or named["behind"] or named["title"]
    if not 1 < len(value) <= 30 or NO_SOURCE.search(value) or value.lower() in _no_source() or value.isdigit():
        return None
    return value


def _is_region(word: str) -> bool:
    """Whether a word is the name of a region, such as the sender's place behind an account (某某 北京)."""
    return [(mention.start, mention.end) for mention in find_regions(word)] == [(0, len(word))]


TYPES: Types = {
    "medium": lambda words: is_medium(words.strip(AROUND)),
    "loose_medium": lambda words: is_medium(words, loose=True),
    "region": _is_region,
    "name": is_name,
}
"""What the words of schemas/patterns/bylines.yaml must be."""


def closing_source(line: str) -> str | None:
    """The source of a closing credit: （据东南网）, （来源：某报）, （转自《某报》）, （某日报）."""
    credit = load_grammar("bylines").first(line, "closing", types=TYPES)
    return source_name(credit["source"]) if credit else None


def bare_source(line: str) -> str | None:
    """The source of a line that is nothing but the name of a medium, and no button for sharing."""
    name = ORIGINAL.sub("", AROUND_NAME.sub("", line)).strip(AROUND)
    if name in media().doors or name.startswith(MOBILE):
        return None
    if len(name) <= 16 and is_medium(name):
        return name
    signed = load_grammar("bylines").first(name, "signed", types=TYPES)  # 法制晚报李某
    return signed["source"] if signed else None


def dateline_source(line: str) -> str | None:
    """The agency or paper that opens a dateline (新华社北京3月17日电, 某日报讯), or None (本报讯)."""
    line = line.lstrip("　 \t（(【[")
    if line.startswith(media().datelines):
        return next(agency for agency in media().datelines if line.startswith(agency))
    paper = load_grammar("bylines").first(line, "says", types=TYPES)
    return paper["source"] if paper else None


def paper_page(line: str) -> str | None:
    """The paper of a line that gives a printed page: 《光明日报》（2024年03月19日 07版）."""
    paper = load_grammar("bylines").first(line, "page_of_paper", types=TYPES)
    return paper["source"] if paper else None


def writers_paper(line: str, label: str) -> str | None:
    """The medium in front of a writer's label: 某日报记者 李某, 联合报/记者 陈某; `label` is the first of the line."""
    name = line[: max(0, line.find(label))]
    for stamp in find_stamps(name):
        name = name[stamp.end :]
        break
    name = name.strip(AROUND)
    return name if is_medium(name, loose=True) else None


def heads_story(name: str, lines: Sequence[str]) -> bool:
    """Whether a line gives an account's or site's name with a story's time alone: 某地深读 2023-12-08 20:30 贵州."""
    return any(_IS_HEADED.fullmatch(line.strip().removeprefix(name)) for line in lines if line.strip().startswith(name))


def issuers(lines: Sequence[str]) -> list[str]:
    """The names that stand alone with a day on a line, as of who issued a text (某省民政厅 2021-02-20)."""
    found = []
    for line in lines:
        start, end = day_span(plain(line))
        rest = (line[:start] + line[end:]).strip(AROUND) if end else ""
        if _ISSUER.fullmatch(rest):
            found.append(rest)
    return found
