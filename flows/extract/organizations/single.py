"""Whether a name is that of a single organization: what must stand in front of its ending."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.extract.organizations.places import places_in
from flows.extract.words.organizations import is_of_several, lexicon

LONGEST = 32
"""The longest name, in characters; the longest registered ones have about thirty."""

REGION = re.compile(
    r"[\u4e00-\u9fff]{2,7}?(?:特别行政区|自治区|自治州|自治县|开发区|新区|街道|[省县州盟旗镇]|(?<![城超都])市"
    r"|(?<![山地城社小市校园辖景街灾老郊片库牧林矿特战厂新大])区|(?<![农乡全新山])村|(?<![老家城同市])乡)"
)
OWN_LEVEL = re.compile(
    r"(?:自治区|第[一二三四五六七八九十百0-9]+(?![家个所名位支批类])|[省市区县](?![级域区县内外场校立直情]|民(?!政)|$)|州(?=人民|民政|残联|妇联|财政|教育|社工|社会工作|团委|红十字)|[省市区县镇乡州]$"
    r"|[镇乡](?=民政|司法|卫生|派出|计生|财政|社工|残联|妇联|敬老|综合))"
)
_FIELD = re.compile("社会工作|社工")
_LOCAL = frozenset(["school", "hospital", "company", "university"])
_LONGEST_LED = 18
LED_ONLY = frozenset(["government", "party", "military"])
LETTERS = re.compile(
    r"(?:[\u4e00-\u9fffA-Za-z]|（(?:集团|控股|中国|国际|[\u4e00-\u9fff]{2}|[\u4e00-\u9fff]{1,4}[区县市])）)+"
)


@lru_cache(maxsize=8192)
def names_one(name: str, core_length: int, kind: str) -> bool:
    """Whether a name, with an ending of this kind behind its core, is that of a single organization."""
    words = lexicon()
    if name in words.fixed:
        return True
    if is_of_several(name) or name in words.not_names or not 3 <= len(name) <= LONGEST or not LETTERS.fullmatch(name):
        return False
    core, ending = name[:core_length], name[core_length:]
    if ending in ("分公司", "支行", "分行") and places_in(core):
        return True
    needs_leader = ending in words.led_only or (kind in LED_ONLY and ending not in words.brand)
    if kind == "company" and core.startswith(("国家电网", "国网", *words.beginnings)) and places_in(core):
        return True  # 国家电网临海市供电公司
    if is_led(core) and not (core.startswith(words.wide) and (ending in words.led_only or kind in _LOCAL)):
        return True
    if kind == "association" and core.startswith(words.wide) and _FIELD.search(core):
        return True  # 国际社会工作教育联盟
    named = words.in_foundations.sub("", core) if kind == "foundation" else core
    if needs_leader or words.ordinary.search(named):
        return False
    own = len(words.generic.sub("", core))
    return 2 <= own <= 6 or (own < 2 and kind == "association" and len(core) >= 5)


def is_led(core: str) -> bool:
    """Whether a place, a nation, a level (区民政局) or another organization opens a name."""
    words = lexicon()
    if len(core) - regions_end(core) > _LONGEST_LED and not last_ending(core):
        return False
    if words.leaders.match(core) or OWN_LEVEL.match(core) or 0 in places_in(core):
        return True
    return not words.ordinary.search(core) and (REGION.match(core) is not None or last_ending(core) > 0)


def regions_end(core: str) -> int:
    """Where the places end that open a name, province to street."""
    end = 0
    while level := REGION.match(core, end):
        end = level.end()
    return end


def is_generic(core: str) -> bool:
    """Whether nothing but field words stands before the ending."""
    return len(lexicon().generic.sub("", core)) < 2


@lru_cache(maxsize=8192)
def last_ending(phrase: str) -> int:
    """Where the last ending of an organization's name in a phrase ends; 0 when the phrase holds none."""
    words = lexicon()
    found = words.machine.find_matches_as_indexes(phrase)
    return next((end for pattern, _, end in reversed(found) if words.kinds[pattern]), 0)


def no_names() -> frozenset[str]:
    """What ends like an organization's name and names none: 居委会, 市政府."""
    return lexicon().not_names
