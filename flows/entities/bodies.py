"""Organizations told apart: the full name, the region and the parent of a body, from its name and where it is told of.

A name with a region in front (江苏省苏州市民政局) is that of the innermost region (苏州市民政局). A name with a level
alone (市民政局) is completed from the region that the article is about, if that lies in one of that level; a name that
many bodies bear (阳光社工服务中心, 实验小学) counts within one city. What stays uncertain has no identity.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from flows.entities.ids import make_id
from flows.entities.places import around, city_of, is_county, name_of
from flows.extract.organizations.single import last_ending, no_names
from flows.extract.regions.mentions import find_regions, lies_in
from flows.extract.words.gazetteer import gazetteer
from flows.extract.words.organizations import lexicon
from flows.vocabulary import load_vocabulary, one_of

_LED = re.compile("(?P<level>自治区|[省市区县旗州盟])(?![级域内外直属场])")
_YOUTH = re.compile("团(?P<level>[省市区县旗州])委")
_TOWN = re.compile(
    "(?:[\u4e00-\u9fff]{2,6}?(?:街道|[镇乡苏])|[\u4e00-\u9fff]{2,6}?(?:社区|村)|[\u4e00-\u9fff]{2,4}?街(?=社工|社会工作|家庭综合))(?=[\u4e00-\u9fff]{2})(?![民公]政府办公厅)"
)
_SEVERAL = re.compile("[省市区县]委[省市区县]政府|(?:、|和|与)[省市区县]")
_GOVERNMENT = re.compile("(?<=[省市区县旗州盟镇乡])政府$")
_OFFICE = re.compile("(?:局|厅|委|委员会|法院|检察院|政府|人大|政协)$")
_COMMITTEE = re.compile("^(?P<body>(?:共青团|中共).{2,12}[省市区县旗州盟])委员会$")
_LEAGUE = "共青团"
_PARTY = re.compile("^中共(?=.*委)")
_BELOW = re.compile("(?:[镇乡村]|街道|社区)(?=[\u4e00-\u9fff])")
_NATIONWIDE = frozenset(["university", "media", "company", "military", "party", "foundation"])
_BY_REGION = frozenset([*_NATIONWIDE, "government", None])
_LOCAL = frozenset(["school", "hospital", "community"])
_LEAST_OWN, _BORNE_BY_MANY = 2, 3
"""Characters that a name must have of its own, and at most has when bodies of several cities may bear it."""

_QUOTES = str.maketrans("", "", '“”"「」『』‘’ \u3000')


class Body(NamedTuple):
    """One organization. `region` is a GB/T 2260 code, None for a body of the whole country or of none."""

    name: str
    region: str | None
    kind: str | None
    parent: str | None = None
    """The name of the body that it is a part of, as told in its own name (某市民政局|社会工作科)."""
    own: str | None = None
    """What is left of the name without its region, for one that is told as often without (苏州市|阳光社工服务中心)."""

    @property
    def entity_id(self) -> str:
        return make_id("organization", in_full(self.own or self.name), self.region)


@lru_cache(maxsize=65536)
def identify(name: str, kind: str | None, place: str | None) -> Body | None:
    """The body that a name means in an article about the region `place`; None where that is not certain.

    `kind`, of `organization_kinds`, counts where the ending of the name tells none.
    """
    plain = name.translate(_QUOTES)
    kind = kind_of(plain) or kind
    if plain in _fixed() and not _YOUTH.match(plain):
        return Body(plain, None, kind)
    if len(plain) < 3 or _SEVERAL.search(plain) or (plain in no_names() and not _LED.match(plain)):
        return _region_itself(plain)
    plain = _GOVERNMENT.sub("人民政府", plain)
    found = _with_region(plain, kind, place) or _with_level(plain, kind, place) or _by_name(plain, kind, place)
    return found._replace(parent=_parent(found, place)) if found else None


@lru_cache(maxsize=8192)
def in_full(name: str) -> str:
    """A name with its ending in full: 某市残联 and 某市残疾人联合会 are one body, as are 共青团某市委 and …委员会."""
    same = load_vocabulary("organization_names")["same_endings"]
    for length in range(min(8, len(name) - 1), 1, -1):
        if full := same.get(name[-length:]):
            return name if name.endswith(full) else name[:-length] + str(full)
    return _COMMITTEE.sub(r"\g<body>委", name)


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
    plain = _PARTY.sub("", name)
    if plain.startswith(_LEAGUE) and (found := _with_region(plain.removeprefix(_LEAGUE), kind, place)):
        return found._replace(name=f"{_LEAGUE}{found.name}")
    mentions = find_regions(plain)
    if not mentions or mentions[0].start:
        end, code = _of_several(plain, place)
        return Body(f"{name_of(code)}{plain[end:]}", code, kind) if code and end < len(plain) else None
    mention = mentions[0]
    rest, written = plain[mention.end :], plain[: mention.end]
    if not rest:
        return _region_itself(plain)
    city = city_of(mention.code)
    if city and kind not in _BY_REGION and _own(rest) >= _LEAST_OWN and not _TOWN.match(rest):
        return Body(plain, city, kind, own=rest)
    short = kind == "government" and _OFFICE.search(rest) and _is_short(written, mention.name)
    if short or written.endswith(mention.name):
        return Body(f"{name_of(mention.code)}{rest}", mention.code, kind)
    return Body(plain, mention.code, kind)


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


def _is_short(written: str, full: str) -> bool:
    """Whether what is written is the short form of a region (苏州 of 苏州市), no zone in it."""
    return full.startswith(written) and len(full) - len(written) == 1


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
        return Body(f"共青团{name_of(code)}委{name[led.end() :]}", code, "party")
    return Body(f"{name_of(code)}{name[led.end() :]}", code, kind)


def _by_name(name: str, kind: str | None, place: str | None) -> Body | None:
    """A name without region or level: of the whole country, of a town, or of the city that the article is about."""
    words = lexicon()
    if _LED.match(name) or _YOUTH.match(name):
        return None  # 市民政局 of nobody knows which city
    if name in words.fixed or words.leaders.match(name) or name.startswith(words.beginnings):
        return Body(name, None, kind)
    if _of_several(name, place)[0] or _BELOW.match(name):
        return None  # 鼓楼区民政局 of one of four, 镇卫生院 of any town
    own, city = _own(name), city_of(place)
    town = _TOWN.match(name)
    if town and place and is_county(place):
        return Body(f"{name_of(place)}{name}", place, kind)
    if own >= 1 and kind in _NATIONWIDE:
        return Body(name, None, kind)
    if own < _LEAST_OWN and kind in _LOCAL and place and is_county(place):
        return Body(f"{name_of(place)}{name}", place, kind)
    if own < _LEAST_OWN or (town and city is None):
        return Body(name, city, kind) if city and (own or kind in _LOCAL) else None
    return Body(name, city if own <= _BORNE_BY_MANY or town else None, kind)


@lru_cache(maxsize=8192)
def _own(name: str) -> int:
    """How many characters a name has of its own, beside the words of the field and its ending."""
    return len(_field_words().sub("", name))


@cache
def _field_words() -> re.Pattern[str]:
    """The words of the field and the endings of names, the longest first."""
    names, suffixes = load_vocabulary("organization_names"), load_vocabulary("organization_suffixes")
    endings = " ".join(suffixes.values()).split()
    return re.compile(one_of([*names["generic"].split(), *endings]))


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
