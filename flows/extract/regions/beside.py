"""The region of an article that says only 我县 or 全市: that of the paper, the site or the body beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.regions.levels import is_county_city
from flows.extract.regions.mentions import LONGEST, RegionMention, find_regions, lies_in, region_of, titled_mentions
from flows.extract.regions.of_article import AUTHORITY, TITLE_LEAD, UNKNOWN, OfArticle, based, lies_below
from flows.extract.words.gazetteer import gazetteer
from flows.extract.words.reading import Reading
from flows.heads import headed

# An authority of a level, without its name: 全县, 我市, 县民政局.
_LOCAL = headed(
    "[全我](?<![在居列占为]全)([省市县区旗])|(?<![\u4e00-\u9fff])([省市县区旗])(?:民政|委(?!托|员会)|政府|政协|人大|妇联|团委|总工会)"
    "|(?:了|从|由|经|向|在|和|与|、)([省市县区旗])(?:民政|委(?!托|员会)|政府)"
    "|(?:[，、由在和与从]|^)([县旗])(?:[\u4e00-\u9fff]{1,6}?(?:局|站|中心|医院|红十字会|会堂))"
)
_IN_OUR_CITY = re.compile("(?:在|来到?|走进|莅临|赴)我市")
# What a paper or a site is called behind its place.
_MEDIA = re.compile("[\u4e00-\u9fff]{0,4}?(?:网|报|讯|新闻|发布|融媒|资讯|电视台|民政|民生|社工|在线|之窗|通讯)")


def of_own_city(reading: Reading, found: OfArticle, names: Sequence[str]) -> OfArticle:
    """The region of an article, or the city of the county level that the paper is of (`names` of source and publisher),
    if it lies there and the text speaks of 我市: that is the paper's own."""
    if found.region is None:
        return found
    codes = [place_in_name(name) for name in names]
    if found.basis != "title" and (county := _county_of_paper(reading.text, found.region.code, codes)):
        return based(county, "beside")
    if "我市" not in reading.title + reading.text:
        return found
    if _IN_OUR_CITY.search(reading.text):  # 某市的会在我市召开
        codes += [mention.code for mention in titled_mentions(reading)]
    own = (code for code in codes if code and is_county_city(code) and lies_below(code, found.region.code))
    code = next(own, None)
    return based(code, "beside") if code else found


def _county_of_paper(text: str, city: str, codes: Sequence[str | None]) -> str | None:
    """The county of a paper below the city that a text was found to be of, where the text speaks of a county's
    authorities and not of the whole city (在县妇联的支持下 in an account of that county)."""
    levels = _levels(text)
    if "市" in levels or not city.endswith("00") or city.endswith("0000"):
        return None
    own = [code for code in codes if code and lies_below(code, city)]
    region = region_of(own[0]) if own else None
    return region.code if region and region.name[-1] in levels & {"县", "旗"} else None


def _levels(text: str) -> set[str]:
    """The levels whose authorities a text speaks of without their names."""
    return {level for m in _LOCAL.finditer(text) for level in m.groups() if level}


def region_beside(reading: Reading, dateline: str, names: Sequence[str]) -> OfArticle:
    """The region of an article that names none: that of its source or publisher (`names`), or its dateline's, if the
    text speaks of that level.

    全县 below 来源：某县民政局 or in 某县晨讯 is that county; 全省 behind 本报某市5月6日电 is that city's province.
    """
    levels = _levels(reading.text)
    titled = place_in_name(TITLE_LEAD.sub("", reading.title, count=1))  # 禹城：… of the paper of its city
    for name in names:
        wider = place_in_name(name)
        if titled and wider and titled != wider and lies_in(titled, wider) and _MEDIA.match(name, _end_of_place(name)):
            return based(titled, "beside")
        for mention in find_regions(name)[:1]:
            if mention.name[-1] in levels and AUTHORITY.match(name, mention.end):
                return based(mention.code, "beside")
        called = region_of(place_in_name(name) or "")
        if called and called.name[-1] in levels and _MEDIA.match(name, _end_of_place(name)):
            return based(called.code, "beside")
    if not (datelined := find_regions(dateline)[:1]) or titled_mentions(reading):
        return UNKNOWN
    city = datelined[0]
    for level in ("省", "市", "区", "县"):
        if level in levels and (code := _wider(city, level)):
            return based(code, "beside")
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
