"""The region that an article is about, told by its title and by the regions that its text names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from flows.extract.gazetteer import Region, gazetteer
from flows.extract.regions import RegionMention, region_of, titled_mentions

# The issuer of a notice, above its date: 某市民政局\n2024年8月26日
SIGNATURE = re.compile(
    r"\n([^\n，。；：]{4,30})\n[\s　]*(?:(?:19|20)\d\d|[二〇○零一九][〇○零一二三四五六七八九]{3})年"
    r"[^\n]{3,10}日[^\n]{0,4}(?:\n[^\n]{0,40})?$"
)
# A text that names one region only is about it, if as that of an authority (某县委社会工作部供稿).
AUTHORITY = re.compile("委(?!托|员)|人民政府|政府|民政局|社会工作|总工会|妇联|团委|残联")
ENOUGH = 3
"""Weight of mentions that makes a region the article's: one in the first paragraph, or three behind it."""

# Authorities and words of administration that Taiwan alone has.
TAIWANESE = ("卫福部", "卫生福利部", "社家署", "社会及家庭署", "行政院", "立法院", "县市政府", "新台币", "台北讯")
PLACE_OF_EVENT = re.compile("[^，。；\n]{0,24}?(?:举行|举办|召开|启动|开幕|开班|揭牌|成立|落幕|开展)")
IN_A_WORK = re.compile("《[^》]*$")
TITLE_LEAD = re.compile("[“”‘’《》【】（）\\s|·]*")


def article_region(title: str, text: str) -> Region | None:
    """The region that an article is about: the title's, else the smallest that holds most mentions of the text.

    Mentions in the first paragraph, places of events and who signs a notice weigh more. None when no region holds
    half of the weight, or when the text hardly names one.
    """
    mentions = titled_mentions(title, text)
    body = len(title) + 1
    named = [mention for mention in mentions if mention.start < body]
    chosen = _from_title(title, named) or _from_votes(f"{title}\n{text}", mentions, body)
    if chosen is None and sum(map(f"{title}\n{text}".count, TAIWANESE)) >= ENOUGH - 1:
        chosen = "710000"
    return region_of(chosen) if chosen else None


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


def _from_votes(text: str, mentions: Sequence[RegionMention], body: int) -> str | None:
    """The smallest region that holds at least half of the weight of all mentions."""
    votes: Counter[str] = Counter()
    total, lead = 0, text.find("\n", body)
    issuer = SIGNATURE.search(text, max(body, len(text) - 150))
    for mention in mentions:
        weight = 1 + 2 * (mention.start < lead or lead < 0)
        if text[mention.start - 1 : mention.start] in ("在", "于") and PLACE_OF_EVENT.match(text, mention.end):
            weight += 2
        if issuer and issuer.start(1) <= mention.start < issuer.end(1):
            weight += 4
        total += weight
        for code in gazetteer().lineages[mention.code]:
            votes[code] += weight
    one = total < ENOUGH and len({mention.code for mention in mentions}) == 1
    if one and any(AUTHORITY.match(text, mention.end) for mention in mentions):
        return mentions[0].code
    held = [code for code, weight in votes.items() if weight * 2 > total]
    return max(held, key=lambda code: len(gazetteer().lineages[code])) if held and total >= ENOUGH else None
