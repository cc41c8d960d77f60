"""Levels of regions: what encloses several of them, and which one 全省 or 全市 means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.extract.regions.mentions import RegionMention, lies_in, region_of

_AUTONOMOUS = frozenset({"15", "45", "54", "64", "65"})
_DIGITS = {"省": 2, "市": 4, "州": 4, "盟": 4}


def county_in(code: str, named: Sequence[RegionMention | str | None]) -> str | None:
    """The last county of those named that lies in a wider region."""
    if not code.endswith("00"):
        return None
    codes = [mention.code if isinstance(mention, RegionMention) else mention for mention in named]
    counties = [other for other in codes if other and not other.endswith("00") and lies_in(other, code)]
    return counties[0] if counties else None


def enclosing(mentions: Sequence[RegionMention]) -> str | None:
    """The smallest region that holds all the regions mentioned, and more than one; None when none does."""
    first = mentions[0].code if mentions else ""
    shared = [*([first] if len(mentions) > 1 else []), *_lineage(first)]
    return next((code for code in shared if all(lies_in(mention.code, code) for mention in mentions)), None)


def _lineage(code: str) -> Iterator[str]:
    region = region_of(code)
    while region and region.parent:
        yield region.parent
        region = region_of(region.parent)


def is_county_city(code: str) -> bool:
    """Whether a region is a city of the county level (昆山市), which is its own 全市."""
    region = region_of(code)
    return region is not None and region.level == "county" and region.name.endswith("市")


def widen(code: str | None, scope: str) -> str | None:
    """The region of the level 省, 市, … that a region lies in; a municipality (北京市) is its own 市."""
    if scope == "国" or code is None:
        return None
    digits = _DIGITS.get(scope)
    if scope == "市" and is_county_city(code):
        return code
    if scope == "区" and code.endswith("00") and code[:2] in _AUTONOMOUS:
        return f"{code[:2]}0000"  # 全区 of an autonomous region
    if digits is None:
        return code
    wider = code[:digits].ljust(6, "0")
    region = region_of(wider)
    return region.code if region else (code[:2] + "0000" if code[:2] in {"11", "12", "31", "50"} else code)
