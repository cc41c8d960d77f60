"""Organizations told apart: the full name, the region and the parent of a body, from its name and where it is told of.

A name with a region in front (江苏省苏州市民政局) is that of the innermost region (苏州市民政局). A name with a level
alone (市民政局) is completed from the region that the article is about, if that lies in one of that level; a name that
many bodies bear (阳光社工服务中心, 实验小学) counts within one city. What stays uncertain has no identity.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from flows.entities.canonical import canonical, is_national
from flows.entities.ids import make_id
from flows.entities.own_names import own_length, region_in_front, without_region
from flows.entities.places import around, city_of, is_county, name_of, province_of
from flows.extract.organizations.single import last_ending, no_names
from flows.extract.regions.mentions import find_regions
from flows.extract.words.organizations import lexicon

_LED = re.compile("(?P<level>自治区|[省市区县旗州盟])(?![级域内外直属场])")
_YOUTH = re.compile("团(?P<level>[省市区县旗州])委")
_YOUTH_OF_LEVEL = re.compile("^(?P<level>[省市区县旗州])团委")
_LEAGUE = "共青团"
_TOWN = re.compile(
    "(?:[\u4e00-\u9fff]{2,6}?(?:街道|街(?=社工站|社会工作|家庭综合|办事处)|[镇乡苏])|[\u4e00-\u9fff]{2,6}?(?:社区|村))(?=[\u4e00-\u9fff]{2})(?![民公]政府办公厅)"
)
_SEVERAL = re.compile("[省市区县]委[省市区县]政府|(?:、|和|与)[省市区县]")
_BELOW = re.compile("(?:[镇乡村]|街道|社区)(?=[\u4e00-\u9fff])")
_NATIONWIDE = frozenset(["university", "media", "company", "military", "party", "foundation"])
_BY_REGION = frozenset([*_NATIONWIDE, "government", None])
_LOCAL = frozenset(["school", "hospital", "community"])
_LEAST_OWN = 2
"""Characters that a name must have of its own to be told by them."""

_ZONE = re.compile("[\u4e00-\u9fff]{0,4}(?:开发区|经开区|高新区|新区|保税区|示范区|园区)")
_OR_SHORT = frozenset(["government", "party", "association", "agency", "community"])
"""Kinds whose name is the same with and without the level of its region, as 苏州中学 and 上海银行 are not."""
_CALLED = frozenset(["foundation", "company"])
"""Kinds told by what their name has of its own, anywhere (明川公益基金会)."""
_WIDE = 4
"""Characters of its own by which a name is borne by one body of its province."""


class Body(NamedTuple):
    """One organization. `region` is a GB/T 2260 code, None for a body of the whole country or of none."""

    name: str
    region: str | None
    kind: str | None
    parent: str | None = None
    """The name of the body that it is a part of, as told in its own name (某市民政局|社会工作科)."""
    own: str | None = None
    """What is left of the name without its region, for one that is told as often without (苏州市|阳光社工服务中心)."""
    stated: bool = True
    """Whether the region is that of the name itself or of a level in it, not only that of the article."""

    @property
    def entity_id(self) -> str:
        return make_id("organization", self.own or self.name, self.region)

    @property
    def core(self) -> str | None:
        """What tells the body from others of its region, None where that is a field word alone (民政局)."""
        core = self.own or (self.name if not self.stated else without_region(self.name))
        return core if own_length(core) >= _LEAST_OWN or _TOWN.match(core) else None

    @property
    def reach(self) -> str:
        """Within what a name without a region is that of one body: country, province or city."""
        core = self.own or self.name
        if _TOWN.match(core):
            return "city"
        return "country" if self.kind in _CALLED else "province" if own_length(core) >= _WIDE else "city"


@lru_cache(maxsize=65536)
def identify(name: str, kind: str | None, place: str | None) -> Body | None:
    """The body that a name means in an article about the region `place`; None where that is not certain.

    `kind`, of `organization_kinds`, counts where the ending of the name tells none.
    """
    plain = _YOUTH_OF_LEVEL.sub(r"团\g<level>委", canonical(name))
    kind = kind_of(plain) or kind
    if (plain in _fixed() or is_national(plain)) and not _YOUTH.match(plain):
        return Body(plain, None, kind)
    if len(plain) < 3 or _SEVERAL.search(name) or (plain in no_names() and not _LED.match(plain)):
        return _region_itself(plain)
    found = _with_region(plain, kind, place) or _with_level(plain, kind, place) or _by_name(plain, kind, place)
    return found._replace(parent=_parent(found, place)) if found else None


@cache
def _fixed() -> frozenset[str]:
    return lexicon().fixed


@lru_cache(maxsize=8192)
def kind_of(name: str) -> str | None:
    """The kind that the longest ending of a name tells."""
    words = lexicon()
    found = [
        (end - start, words.kinds[number])
        for number, start, end in words.machine.find_matches_as_indexes(name)
        if end == len(name) and words.kinds[number]
    ]
    return max(found)[1] if found else None


def _region_itself(name: str) -> Body | None:
    """A region's full name among organizers stands for its government."""
    mentions = find_regions(name) if len(name) > 2 and name[-1] in "省市区县旗州" else []
    if [mention[:2] for mention in mentions] != [(0, len(name))]:
        return None
    return Body(f"{name_of(mentions[0].code)}人民政府", mentions[0].code, "government")


def _with_region(name: str, kind: str | None, place: str | None) -> Body | None:
    """A name that begins with regions: that of the innermost, in full where it is written so or leads an office."""
    if name.startswith(_LEAGUE):
        led = _with_region(name.removeprefix(_LEAGUE), "party", place)
        return led._replace(name=f"{_LEAGUE}{led.name}") if led else None
    end, code, written = region_in_front(name, place)
    if code is None:
        return None
    rest = name[end:]
    if not rest:
        return _region_itself(name)
    city = city_of(code)
    distinct = own_length(rest) >= _LEAST_OWN and not _TOWN.match(rest)
    if city and kind not in _BY_REGION and distinct:
        return Body(name, city, kind, own=rest)
    if distinct and (kind in _CALLED or (kind == "agency" and city is None)):
        return Body(name, province_of(code), kind, own=rest)
    if written == "full" or (written == "short" and kind in _OR_SHORT and not _ZONE.match(rest)):
        return Body(f"{name_of(code)}{rest}", code, kind)
    return Body(name, code, kind)


def _with_level(name: str, kind: str | None, place: str | None) -> Body | None:
    """A name that begins with a level, completed by the region of that level around `place`."""
    youth = _YOUTH.match(name)
    led = youth or _LED.match(name)
    if led is None:
        return None
    code = around(place, led["level"]) if place else None
    if code is None:
        return None
    if youth:
        return Body(f"共青团{name_of(code)}委员会{name[led.end() :]}", code, "party")
    full = f"{name_of(code)}{name[led.end() :]}"
    found = _with_region(full, kind, place)
    return found if found and found.region in (code, city_of(code)) else Body(full, code, kind)


def _by_name(name: str, kind: str | None, place: str | None) -> Body | None:
    """A name without region or level: of the whole country, of a town, or of the city that the article is about."""
    words = lexicon()
    if _LED.match(name) or _YOUTH.match(name):
        return None  # 市民政局 of nobody knows which city
    if name in words.fixed or words.leaders.match(name) or name.startswith(words.beginnings):
        return Body(name, None, kind)
    if region_in_front(name, place)[0] or _BELOW.match(name):
        return None  # 鼓楼区民政局 of one of four, 镇卫生院 of any town
    own, city = own_length(name), city_of(place)
    town = _TOWN.match(name)
    if town and place and is_county(place):
        return Body(f"{name_of(place)}{name}", place, kind)
    if own >= 1 and kind in _CALLED:
        return Body(name, province_of(place), kind, stated=False)
    if own >= 1 and kind in _NATIONWIDE:
        return Body(name, None, kind)
    if own < _LEAST_OWN and kind in _LOCAL and place and is_county(place):
        return Body(f"{name_of(place)}{name}", place, kind)
    if own < _LEAST_OWN or (town and city is None):
        return Body(name, city, kind, stated=False) if city and (own or kind in _LOCAL) else None
    return Body(name, city, kind, stated=False)


def _parent(body: Body, place: str | None) -> str | None:
    """The name of the body whose name opens this one's, if it is one by itself."""
    name = body.name
    for end in range(len(name) - 2, 2, -1):
        if last_ending(name[:end]) != end:
            continue
        led = _with_region(name[:end], kind_of(name[:end]), place)
        if led is not None and len(name) - end > 1:
            return led.name
        if name[:end] in lexicon().fixed or kind_of(name[:end]) == "university":
            return name[:end]
    return None
