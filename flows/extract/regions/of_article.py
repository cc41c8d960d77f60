"""The region that an article is about, told by its title and by the regions that its text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from flows.extract.regions.levels import is_county_city, widen
from flows.extract.regions.mentions import LONGEST, RegionMention, find_regions, region_of, titled_mentions
from flows.extract.regions.told_level import addressees, is_national, of_level
from flows.extract.words.gazetteer import Region, gazetteer
from flows.extract.words.reading import Reading
from flows.extract.words.sentences import sentences_of
from flows.heads import headed
from flows.vocabulary import load_vocabulary

# The issuer of a notice, above its date: 某市民政局\n2024年8月26日
SIGNATURE = re.compile(
    r"\n([^\n，。；：]{4,30})\n[\s　]*(?:(?:19|20)\d\d|[二〇○零一九][〇○零一二三四五六七八九]{3})年"
    r"[^\n]{3,10}日[^\n]{0,4}(?:\n[^\n]{0,40})?$"
)
# A text that names one region only is about it, if as that of an authority (某县委社会工作部供稿).
AUTHORITY = re.compile(
    "委(?!托|员)|人民政府|政府|民政[局厅]|社会工作|总工会|妇联|团委|残联|[\u4e00-\u9fff]{0,8}(?:厅|局|考试院|考试中心|委员会)$"
)
BODY = re.compile("[^，。；：、\\s的在和与]{0,14}?(?:会|中心|社|所|站|队|局|院|校|基金|机构|街道|社区|镇|乡)")
ENOUGH = 3
"""Weight of mentions that makes a region the article's: one in the first paragraph, or three behind it."""

_OF_THE_WHOLE = re.compile("全[省市州盟]|我市|(?<![\u4e00-\u9fff])市(?:民政局|委|政府)")
PLACE_OF_EVENT = re.compile("[^，。；\n]{0,24}?(?:举行|举办|召开|启动|开幕|开班|揭牌|成立|落幕|开展)")
# News of the whole country, wherever people met.
NATIONAL = re.compile(
    "[“”《》【】\\s]*(?:(?:20\\d\\d年度?)?(?:首届|第[一二三四五六七八九十]{1,3}[届次])?(?:全国|我国|民政部|国务院|中央|国家))"
)
_SCOPE_OF_TITLE = re.compile("全([省市州盟])")
IN_A_WORK = re.compile("《[^》]*$")
# An authority of a level, without its name: 全县, 我市, 县民政局.
LOCAL = headed(
    "[全我](?<![在居列占为]全)([省市县区旗])|(?<![\u4e00-\u9fff])([省市县区旗])(?:民政|委(?!托|员会)|政府|政协|人大|妇联|团委|总工会)"
    "|(?:了|从|由|经|向|在|和|与|、)([省市县区旗])(?:民政|委(?!托|员会)|政府)"
)
_IN_OUR_CITY = re.compile("(?:在|来到?|走进|莅临|赴)我市")
_TAIWAN = "710000"
# What a paper or a site is called behind its place.
MEDIA = re.compile("[\u4e00-\u9fff]{0,4}?(?:网|报|讯|新闻|发布|融媒|资讯|电视台|民政|社工|在线|之窗|通讯)")
TITLE_LEAD = re.compile("[“”‘’《》【】（）\\s|·]*")


class OfArticle(NamedTuple):
    """The region of an article, and what it rests on: `articles.region_basis`."""

    region: Region | None
    basis: str | None


UNKNOWN = OfArticle(None, None)


def article_region(reading: Reading) -> OfArticle:
    """The region that an article is about: the title's, else the smallest that holds most mentions of the text.

    Mentions in the first paragraph, places of events and who signs a notice weigh more. None when no region holds
    half of the weight, or when the text hardly names one.
    """
    title, text, mentions = reading.title, reading.text, titled_mentions(reading)
    body = len(title) + 1
    named = [mention for mention in mentions if mention.start < body]
    told = _held_there(title, named) or _from_title(title, named)
    whole = f"{title}\n{text}"
    if told:
        return _based(_within(told, reading, mentions), "title")
    addressed = addressees(whole, body)
    mentions = tuple(mention for mention in mentions if mention.start >= addressed)
    if (chosen := _from_votes(whole, mentions, body)) is not None:
        return UNKNOWN if is_national(title, text) else _based(of_level(chosen, title, text, mentions), "text")
    return _based(_by_words(whole), "words")


def _by_words(whole: str) -> str | None:
    """The region whose authorities and words of administration a text holds."""
    for code, told_by in load_vocabulary("region_aliases")["told_by"].items():
        counts = [whole.count(word) for word in told_by["words"]]
        sure, found = sum(counts), sum(map(bool, counts))
        if sure >= ENOUGH - 1 or (found and any(word in whole for word in told_by["places"])):
            return str(code)
        if code == _TAIWAN and sum(word in whole for word in told_by["places"]) >= ENOUGH:
            return str(code)
    return None


def _based(code: str | None, basis: str) -> OfArticle:
    region = region_of(code) if code else None
    return OfArticle(region, basis) if region else UNKNOWN


def of_own_city(reading: Reading, found: OfArticle, names: Sequence[str]) -> OfArticle:
    """The region of an article, or the city of the county level that the paper is of (`names` of source and publisher),
    if it lies there and the text speaks of 我市: that is the paper's own."""
    if found.region is None or "我市" not in reading.title + reading.text:
        return found
    codes = [place_in_name(name) for name in names]
    if _IN_OUR_CITY.search(reading.text):  # 某市的会在我市召开
        codes += [mention.code for mention in titled_mentions(reading)]
    own = (code for code in codes if code and is_county_city(code) and _lies_below(code, found.region.code))
    code = next(own, None)
    return _based(code, "beside") if code else found


def region_beside(reading: Reading, dateline: str, names: Sequence[str]) -> OfArticle:
    """The region of an article that names none: that of its source or publisher (`names`), or its dateline's, if the
    text speaks of that level.

    全县 below 来源：某县民政局 or in 某县晨讯 is that county; 全省 behind 本报某市5月6日电 is that city's province.
    """
    levels = {m[1] or m[2] or m[3] for m in LOCAL.finditer(reading.text)} - {None}
    for name in names:
        for mention in find_regions(name)[:1]:
            if mention.name[-1] in levels and AUTHORITY.match(name, mention.end):
                return _based(mention.code, "beside")
        called = region_of(place_in_name(name) or "")
        if called and called.name[-1] in levels and MEDIA.match(name, _end_of_place(name)):
            return _based(called.code, "beside")
    if not (datelined := find_regions(dateline)[:1]) or titled_mentions(reading):
        return UNKNOWN
    city = datelined[0]
    for level in ("省", "市", "区", "县"):
        if level in levels and (code := _wider(city, level)):
            return _based(code, "beside")
    return UNKNOWN


def place_in_name(name: str) -> str | None:
    """The one region whose name, be it short, a name begins with (磐安晨讯)."""
    table = gazetteer()
    for number, first, _ in table.automaton.find_matches_as_indexes(name[:LONGEST]):
        codes = {sense.code for sense in table.senses[number]} if first == 0 else set()
        return codes.pop() if len(codes) == 1 else None
    return None


def _end_of_place(name: str) -> int:
    return next(
        (last for _, first, last in gazetteer().automaton.find_matches_as_indexes(name[:LONGEST]) if not first), 0
    )


def _wider(named: RegionMention, level: str) -> str | None:
    """The region of a level (省, 市, …) that a named region is or lies in."""
    for code in gazetteer().lineages[named.code]:
        region = region_of(code)
        if region and region.name[-1] == level:
            return code
    return None


def _from_title(title: str, named: Sequence[RegionMention]) -> str | None:
    """The smallest region of a title whose regions enclose each other, else the one that it begins with.

    Regions in the name of a work (《北京人》) do not count.
    """
    named = [mention for mention in named if not IN_A_WORK.search(title, 0, mention.start)]
    if not named:
        return None
    lineages = [gazetteer().lineages[mention.code] for mention in named]
    deepest = max(lineages, key=len)
    if all(lineage[0] in deepest for lineage in lineages):
        return deepest[0]
    first = named[0]
    begins = TITLE_LEAD.match(title)
    if begins and begins.end() >= first.start and title[first.end : first.end + 1] not in "、和与及":
        return first.code
    return None


def _held_there(title: str, named: Sequence[RegionMention]) -> str | None:
    """The province or city whose meeting a title tells of (全省…推进会在甲县召开), not the place where it was held."""
    scope = _SCOPE_OF_TITLE.search(title)
    if scope is None or len(named) != 1 or not PLACE_OF_EVENT.match(title, named[0].end):
        return None
    there = title[named[0].start - 1 : named[0].start] in ("在", "于") and scope.start() < named[0].start
    return widen(named[0].code, scope[1]) if there else None


def _within(told: str, reading: Reading, mentions: Sequence[RegionMention]) -> str:
    """The county of a title's city, where the text says at its opening, with the city's name, that it is told of there
    (某市：… above 某省某市某区近日在…), and names no other part of the city nor speaks of the whole of it."""
    text, body = reading.text, len(reading.title) + 1
    parts = {mention.code for mention in mentions if mention.start >= body and _lies_below(mention.code, told)}
    if len(parts) != 1 or told.endswith("0000") or _OF_THE_WHOLE.search(text):
        return told
    part = parts.pop()
    opening = next(mention for mention in mentions if mention.start >= body)
    spelled = text[opening.start - body : opening.end - body]
    whole = region_of(told)
    chained = whole is not None and whole.name.rstrip("市盟") in spelled
    first_sentence = sentences_of(reading).start(opening.start - body) == 0
    return part if opening.code == part and chained and first_sentence else told


def _lies_below(code: str, wider: str) -> bool:
    return code != wider and wider in gazetteer().lineages[code]


def _from_votes(text: str, mentions: Sequence[RegionMention], body: int) -> str | None:
    """The smallest region that holds at least half of the weight of all mentions."""
    votes: Counter[str] = Counter()
    total, lead = 0, text.find("\n", body)
    national = NATIONAL.match(text) is not None
    issuer = SIGNATURE.search(text, max(body, len(text) - 150))
    for mention in mentions:
        weight = 1 + 2 * (mention.start < lead or lead < 0)
        if text[mention.start - 1 : mention.start] in ("在", "于") and PLACE_OF_EVENT.match(text, mention.end):
            weight = 0 if national else weight + 2
        if text.startswith("其中", mention.start - 2):
            weight = 0  # only one example of several
        if issuer and issuer.start(1) <= mention.start < issuer.end(1):
            weight += 4
        total += weight
        for code in gazetteer().lineages[mention.code]:
            votes[code] += weight
    one = total < ENOUGH and len({mention.code for mention in mentions}) == 1
    if one and (any(AUTHORITY.match(text, mention.end) for mention in mentions) or _only_bodies(text, mentions)):
        return mentions[0].code
    held = [code for code, weight in votes.items() if weight * 2 > total]
    return max(held, key=lambda code: len(gazetteer().lineages[code])) if held and total >= ENOUGH else None


def _only_bodies(text: str, mentions: Sequence[RegionMention]) -> bool:
    """Whether a region is named twice, and by its full name, for bodies of it only (某区慈善会)."""
    bodies = [mention for mention in mentions if text[mention.end - 1] in "区县市旗" and BODY.match(text, mention.end)]
    return len(bodies) > 1 and len(bodies) == len(mentions)
