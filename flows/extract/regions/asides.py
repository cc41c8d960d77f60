"""Regions that only stand beside: named for who came from there or for a document, or told by 全港; and titles."""

from __future__ import annotations

import re

from flows.extract.regions.mentions import RegionMention, region_of, titled_mentions
from flows.extract.words.marks import behind_clause_end
from flows.extract.words.reading import Reading
from flows.looks import IfHeld

# 在全省率先 compares, it does not widen.
SCOPE = IfHeld(
    "(?<!是)[全我](?:(?<=全)(?<![在居列占为]全)[国省市州盟区县旗](?!率先|首|第|领先|前列|排名|最|唯一|社会工作者职业|助理社会|统一|两会|人大|政协|文明)"
    "|(?<=我)[国省市州县])"
)
PLACE_OF_MEETING = re.compile(
    "[^，。；：\n]{0,24}?(?:举行|举办|召开|启动|开幕|开班|揭牌|落幕|获悉|签约)|(?:[^，。；：\n]{0,12}?(?:赴|到|前往))?(?:参观|考察|调研)"
)
_TERRITORY = IfHeld("[全本](?:港(?!口|区|珠|湾)|澳(?!洲|大)|台(?=[约共有的逾各一二三四五六七八九十\\d湾]))")
_TERRITORIES = {"港": "810000", "澳": "820000", "台": "710000", "湾": "710000"}
ASIDE = re.compile("(?:[、和与及]|来自|前往|[赴比较])$")
_SHORTEST_NAME = 2
_GOES_BY, _DOCUMENT = re.compile("根据|按照|依据|依照|遵照|按|依"), re.compile("[^，。；《》]{0,40}《")


def is_titled(reading: Reading) -> bool:
    """Whether a title names a region, or speaks of all of one (全市); a text without a title passes."""
    title, region_code = reading.title, reading.region
    named = titled_mentions(reading)[:1]
    if not title or (named and named[0].start < len(title)) or _TERRITORY.search(title) or SCOPE.search(title):
        return True
    if region_code == _TERRITORIES["台"]:
        return True  # all of it is one region
    own = region_of(region_code) if region_code else None
    return own is not None and len(own.name) > _SHORTEST_NAME and own.name[:-1] in title


def find_territory(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where 全港, 全澳 or 全台 said last in text[start:end] ends, and the code of what it means."""
    said = list(_TERRITORY.finditer(text, start, end))
    return (said[-1].end(), _TERRITORIES[said[-1][0][-1]]) if said else None


def is_cited(text: str, sentence: int, mention: RegionMention) -> bool:
    """Whether a region only issued the document that a sentence goes by (根据某省财政厅《…》)."""
    clause = behind_clause_end(text, sentence, mention.start) or sentence
    goes_by = _GOES_BY.match(text, clause, mention.start)
    return goes_by is not None and _DOCUMENT.match(text, mention.end) is not None


def is_aside(text: str, first: RegionMention) -> bool:
    """Whether a region, the first of those joined, is named for who came from it, or for where people met or went."""
    before = text[max(0, first.start - 4) : first.start]
    if ASIDE.search(before) and not before.endswith(("、", "和", "与", "及")):
        return True
    return before.endswith(("在", "于", "从")) and PLACE_OF_MEETING.match(text, first.end) is not None
