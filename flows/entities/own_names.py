"""What a name of a body has of its own: without its region, the words of the field and its ending."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from flows.entities.places import city_of
from flows.extract.regions.mentions import find_regions, lies_in
from flows.extract.words.gazetteer import gazetteer
from flows.vocabulary import load_vocabulary, one_of

_BRAND = re.compile(
    "(?P<brand>[\u4e00-\u9fff]{2,6}?)(?:社会工作|社工)(?:者|师)?(?:服务|事务|发展|综合|公益)?(?:中心|社|所)$"
)


_OF_TOWN = re.compile("(?:街道|街|[镇乡村区县市苏])$")


@lru_cache(maxsize=65536)
def own_length(name: str) -> int:
    """How many characters a name has of its own, beside the words of the field and its ending."""
    return len(_field_words().sub("", name))


@cache
def _field_words() -> re.Pattern[str]:
    """The words of the field and the endings of names, the longest first."""
    names, suffixes = load_vocabulary("organization_names"), load_vocabulary("organization_suffixes")
    endings = " ".join(suffixes.values()).split()
    return re.compile(one_of([*names["generic"].split(), *endings]))


@lru_cache(maxsize=65536)
def region_in_front(name: str, place: str | None) -> tuple[int, str | None, str]:
    """Where the regions that a name begins with end, the code of the innermost, and how that is written: "full" for its
    official name, "short" for the beginning of that, else "otherwise" (of a former name, a zone).

    `place` is the region of the article, which decides between several of one name.
    """
    mentions = find_regions(name)
    if not mentions or mentions[0].start:
        return *_of_several(name, place), "full"
    mention = mentions[0]
    written = name[: mention.end]
    if written.endswith(mention.name):
        return mention.end, mention.code, "full"
    short = any(mention.name.startswith(written[at:]) for at in range(len(written) - 1))
    return mention.end, mention.code, "short" if short else "otherwise"


def _of_several(name: str, place: str | None) -> tuple[int, str | None]:
    """Where the name of a region that several bear (鼓楼区) ends in front of a name; and which of them is, holds or
    lies in the region of the article or in its city, None for none or more than one."""
    table = gazetteer()
    for number, start, end in table.automaton.find_matches_as_indexes(name):
        codes = [sense.code for sense in table.senses[number] if table.regions[sense.code].name == name[start:end]]
        if start or len(codes) < 2:
            break
        for wide in (place, city_of(place)):
            near = [code for code in codes if wide and (lies_in(code, wide) or lies_in(wide, code))]
            if len(near) == 1:
                return end, near[0]
        return end, None
    return 0, None


def without_region(name: str, place: str | None = None) -> str:
    """A name without the regions in front."""
    return name[region_in_front(name, place)[0] :]


@lru_cache(maxsize=65536)
def brand_of(name: str, place: str | None) -> str | None:
    """What an agency for social work is called by (榕荫 of 福州市鼓楼区榕荫社会工作服务中心); None for all others."""
    found = _BRAND.fullmatch(without_region(name, place))
    if found is None or _OF_TOWN.search(found["brand"]) or own_length(found["brand"]) < len(found["brand"]):
        return None
    return found["brand"]
