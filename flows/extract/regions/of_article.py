"""The region that an article is about, told by its title and by the regions that its text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from flows.extract.regions.levels import widen
from flows.extract.regions.mentions import RegionMention, region_of, titled_mentions
from flows.extract.regions.told_level import addressees, is_national, of_level
from flows.extract.words.gazetteer import Region, gazetteer
from flows.extract.words.marks import behind_clause_end
from flows.extract.words.reading import Reading
from flows.extract.words.sentences import sentences_of
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
# A meeting of the whole country or of both shores of the strait, which is nobody's own where it was held.
_MEETING_OF_ALL = re.compile(
    "[“”《》\\s]*(?:20\\d\\d年?度?)?(?:第[一二三四五六七八九十]{1,3}[届次])?(?:全国|海峡两岸|两岸|中国[\u4e00-\u9fff]{2,14}?(?:学会|协会|联合会))"
    "[^，。；]{0,40}?(?:会|会议|论坛|班|年会|典礼|大赛|研讨|展)(?:暨[^，。；]{2,20})?[在于](?P<place>[^，。；]{1,10}?)(?:成功|隆重|圆满|顺利|正式)?"
    "(?:举行|举办|召开|开幕|开班|落幕|闭幕|启动|开讲)"
)
# A body that may be of anywhere in its city, and tells less of where a story is than an authority.
_PRIVATE = re.compile("[^，。；：、\\s的在和与]{1,14}?(?:中心|事务所|公司|大学|学院|医院|基金会)")
_LONGEST_CLAUSE = 80  # characters
_LINE_END = re.compile("\n(?!$)")
_FEWEST_BRIEFS, _OPENS_WITHIN = 3, 20  # lines; characters from the start of a line
IN_A_WORK = re.compile("《[^》]*$")
_TAIWAN = "710000"
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
    met = _MEETING_OF_ALL.match(title)
    if met and all(mention.start >= met.start("place") for mention in named):
        return UNKNOWN
    told = _held_there(title, named) or _from_title(title, named)
    whole = f"{title}\n{text}"
    if told:
        return based(_within(told, reading, mentions), "title")
    addressed = addressees(whole, body)
    mentions = tuple(mention for mention in mentions if mention.start >= addressed)
    if (shared := _of_briefs(whole, mentions, body)) is not None:
        return based(shared, "text")
    if (chosen := _from_votes(whole, mentions, body)) is not None:
        return UNKNOWN if is_national(title, text) else based(of_level(chosen, title, text, mentions), "text")
    return based(_by_words(whole), "words")


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


def based(code: str | None, basis: str) -> OfArticle:
    """The region of a code; unknown for none, and for a code that no region has."""
    region = region_of(code) if code else None
    return OfArticle(region, basis) if region else UNKNOWN


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
    parts = {mention.code for mention in mentions if mention.start >= body and lies_below(mention.code, told)}
    if len(parts) != 1 or told.endswith("0000") or _OF_THE_WHOLE.search(text):
        return told
    part = parts.pop()
    opening = next(mention for mention in mentions if mention.start >= body)
    spelled = text[opening.start - body : opening.end - body]
    whole = region_of(told)
    chained = whole is not None and whole.name.rstrip("市盟") in spelled
    if whole is not None and (alike := region_of(part)) and alike.name[:2] == whole.name[:2]:
        chained = True  # 阿克苏 of the title is 阿克苏市, not 阿克苏地区
    first_sentence = sentences_of(reading).start(opening.start - body) == 0
    return part if opening.code == part and chained and first_sentence else told


def lies_below(code: str, wider: str) -> bool:
    """Whether a region lies in another that is wider."""
    return code != wider and wider in gazetteer().lineages[code]


def _from_votes(text: str, mentions: Sequence[RegionMention], body: int) -> str | None:
    """The smallest region that holds at least half of the weight of all mentions."""
    votes, firm = Counter[str](), Counter[str]()
    total, lead = 0, text.find("\n", body)
    national = NATIONAL.match(text) is not None
    issuer = SIGNATURE.search(text, max(body, len(text) - 150))
    for mention in mentions:
        weight = 1 + 2 * (mention.start < lead or lead < 0)
        if text[mention.start - 1 : mention.start] in ("在", "于") and PLACE_OF_EVENT.match(text, mention.end):
            weight = 0 if national else 1 if _of_wider(text, mention, mentions) else weight + 2
        if text.startswith("其中", mention.start - 2):
            weight = 0  # only one example of several
        if issuer and issuer.start(1) <= mention.start < issuer.end(1):
            weight += 4
        total += weight
        private = _PRIVATE.match(text, mention.end) and not AUTHORITY.match(text, mention.end)
        for code in gazetteer().lineages[mention.code]:
            votes[code] += weight
            firm[code] += 0 if private else weight
    one = total < ENOUGH and len({mention.code for mention in mentions}) == 1
    if one and (any(AUTHORITY.match(text, mention.end) for mention in mentions) or _only_bodies(text, mentions)):
        return mentions[0].code
    if total < ENOUGH or (chosen := _deepest(votes, total)) is None:
        return None
    # 金东区残联 with 金华市甲社工中心: the district's, as the body may be of anywhere in its city.
    below = _deepest(firm, firm[chosen]) if firm[chosen] >= ENOUGH else None
    return below if below and lies_below(below, chosen) else chosen


def _of_briefs(text: str, mentions: Sequence[RegionMention], body: int) -> str | None:
    """The city of a text whose lines, three or more, each open with another county of it."""
    starts = [body, *(m.end() for m in _LINE_END.finditer(text, body))]
    if not _FEWEST_BRIEFS <= len(starts) <= len(mentions):
        return None
    opened = [next((m.code for m in mentions if start <= m.start < start + _OPENS_WITHIN), None) for start in starts]
    counties = {code for code in opened if code and not code.endswith("00")}
    cities = {widen(code, "市") for code in counties}
    return cities.pop() if len(counties) == len(starts) and len(cities) == 1 else None


def _of_wider(text: str, place: RegionMention, mentions: Sequence[RegionMention]) -> bool:
    """Whether what was held in a place is said before, in its clause, to be of a region that holds it (福建省某联合会
    理事会在福州召开), and tells nothing of the place itself."""
    clause = max(behind_clause_end(text, 0, place.start), place.start - _LONGEST_CLAUSE)
    if clause == place.start - 1 and clause:  # 甲省民政厅联合乙会，在丙市举办
        clause = max(behind_clause_end(text, 0, clause - 1), place.start - _LONGEST_CLAUSE)
    before = (m for m in mentions if clause <= m.start and m.end < place.start - 1)
    return any(lies_below(place.code, m.code) and text[m.end] not in "、和与" for m in before)


def _deepest(votes: Counter[str], total: int) -> str | None:
    """The smallest region that holds more than half of some votes."""
    held = [code for code, weight in votes.items() if weight * 2 > total]
    return max(held, key=lambda code: len(gazetteer().lineages[code])) if held else None


def _only_bodies(text: str, mentions: Sequence[RegionMention]) -> bool:
    """Whether a region is named twice, and by its full name, for bodies of it only (某区慈善会)."""
    bodies = [mention for mention in mentions if text[mention.end - 1] in "区县市旗" and BODY.match(text, mention.end)]
    return len(bodies) > 1 and len(bodies) == len(mentions)
