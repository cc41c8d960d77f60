"""Regions as identities need them: the city of a region, and the region of a level around it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache

from flows.extract.regions.mentions import find_regions
from flows.extract.words.gazetteer import former_regions, gazetteer
from flows.vocabulary import load_vocabulary

LEVELS = {
    "省": ("省",),
    "市": ("市",),
    "区": ("区", "林区", "特区"),
    "县": ("县",),
    "旗": ("旗",),
    "州": ("州",),
    "盟": ("盟",),
    "自治区": ("自治区",),
}
"""What a level in front of the name of an office (市|民政局) may be the end of, as names of regions end."""


@lru_cache(maxsize=8192)
def city_of(code: str | None) -> str | None:
    """The city that a region is or lies in: a prefecture, a municipality such as 上海市, or a county that is below a
    province directly; None for a province."""
    regions = gazetteer().regions
    if code is None or code not in regions:
        return None
    lineage = gazetteer().lineages[code]
    for one in lineage:
        if regions[one].level == "prefecture":
            return one
    province = regions[lineage[-1]]
    if province.name.endswith("市") or province.name.endswith("特别行政区"):
        return province.code
    return lineage[0] if regions[lineage[0]].level == "county" else None


def around_all(code: str | None) -> tuple[str, ...]:
    """A region and all that enclose it, smallest first; nothing for none."""
    return gazetteer().lineages.get(code or "", ())


def common_region(one: str | None, other: str | None) -> str | None:
    """The smallest region that holds two; None where there is none, or one is not known."""
    return next((code for code in around_all(one) if code in around_all(other)), None)


def province_of(code: str | None) -> str | None:
    """The province that a region is or lies in."""
    return around_all(code)[-1] if around_all(code) else None


@lru_cache(maxsize=8192)
def around(code: str, level: str) -> str | None:
    """The smallest region of a level (省, 市, 区, …) that a region is or lies in."""
    regions = gazetteer().regions
    for one in gazetteer().lineages.get(code, ()):
        name = regions[one].name
        if level == "区" and name.endswith("自治区"):
            continue
        if name.endswith(LEVELS[level]):
            return one
    if level == "县" and any(name.endswith("县") for name in _former().get(code, ())):
        return code  # 县民政局 in an article about what was a county then
    return None


@cache
def _former() -> dict[str, list[str]]:
    """The former names of regions by the code of what they are now."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in former_regions():
        found[row["present"]].append(row["name"])
    return found


@cache
def _borne_twice() -> frozenset[str]:
    count = Counter(region.name for region in gazetteer().regions.values())
    return frozenset(name for name, times in count.items() if times > 1)


@lru_cache(maxsize=8192)
def name_of(code: str) -> str:
    """The official name of a region in force; behind that of its city where several regions bear it (南京市鼓楼区)."""
    region = gazetteer().regions[code]
    above = gazetteer().regions[region.parent].name if region.parent and region.name in _borne_twice() else ""
    return f"{above}{region.name}"


def is_county(code: str) -> bool:
    """Whether a region is a county or a district."""
    return gazetteer().regions[code].level == "county"


def place_of_names(region: str | None, source: str | None, publisher: str | None) -> str | None:
    """The region in which the short names of bodies in an article are those of its own: what it is about, else where
    the paper that it is from, or its publisher, is at home."""
    return region or place_of_media(source) or place_of_media(publisher)


@cache
def _words() -> frozenset[str]:
    """Short names of regions that are words too (和平, 光明)."""
    return frozenset(load_vocabulary("region_aliases")["ordinary_words"])


_MEDIA = re.compile(
    "(?:日报|晚报|晨报|早报|时报|商报|新报|快报|周报|都市报|特区报|特区晚报|晨讯|晚讯|时讯|通讯|播报|在线|融媒|传媒|电视台|广播电视台|"
    "新闻|发布|民政|社工|人民政府|政府网|政务|之窗|之声)"
)


@lru_cache(maxsize=4096)
def place_of_media(name: str | None) -> str | None:
    """The region of a paper or an account, by the beginning of its name (苏州|日报, 某县|融媒体中心); None for one of
    a province, and where the name does not say."""
    if not name or not (match := _MEDIA.search(name)):
        return None
    head = name[: match.start()]
    found = _region_called(head) or _region_called(f"{head}市")
    if found is None and head not in _words():  # 磐安|晨讯: only one county can be meant
        counties = {code for level in "县区" if (code := _region_called(f"{head}{level}"))}
        found = counties.pop() if len(counties) == 1 else None
    return found


def _region_called(name: str) -> str | None:
    """The one region, no province, that has exactly this name."""
    mentions = find_regions(name)
    whole = bool(mentions) and mentions[0][:2] == (0, len(name))
    return mentions[0].code if whole and city_of(mentions[0].code) else None
