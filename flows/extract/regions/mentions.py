"""Mentions of regions, each with its GB/T 2260 code in force.

A name counts when it can only be the place: a full name that one region bears (闵行区), a province or a city
in short (福建, 沈阳), or any form right behind a region that encloses it (江苏南通通州区 is one mention of
通州区). A full name that several regions bear, a short or two-character name, is decided by the regions around
it, nearest first, and where they do not decide it is no mention: nothing is guessed. A development zone
(德阳经开区) is its city. Names of streets, universities and newspapers (南京路, 上海大学) are no mentions.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from flows.extract.words.gazetteer import Region, Sense, Strength, gazetteer
from flows.extract.words.reading import Reading
from flows.extract.words.scan import Place, title_words, words_of


class RegionMention(NamedTuple):
    """text[start:end] names the region `code`; `name` is its official name in force, `level` as in `Region`."""

    start: int
    end: int
    code: str
    name: str
    level: str


class Hit(NamedTuple):
    """A name found in a text, not yet decided: what it may mean, and what of that a text may choose."""

    start: int
    end: int
    senses: tuple[Sense, ...]
    candidates: tuple[Sense, ...]


LONGEST = 12
"""Characters of the longest names that are looked for behind 和."""

LEVELS = frozenset("省市区县旗州盟")
NEARBY = 64
"""How many mentions on either side may decide what a name means."""

# What makes of a short name in front of it the name of a street, a university, a newspaper, a bank, …
NOT_HERE = re.compile(
    "[东西南北中]?[一二三四五]?路(?![径线演网桥政段况口灯上])|大街|大道|街道|小镇|新村|花园|家园|菜系?(?![鸟])|"
    "镇(?![街区村级长乡江海远原平安康沅宁雄赉巴坪])|乡(?![村镇土里贤亲情友愁音宁])|"
    "[^，。、；：（）《》“”·•—－\\s的了是与和在及有为将开展进举行会]{0,4}?(?:大学|学院|日报|晚报|晨报|时报|商报|青年报|都市报|卫视|银行|出版社|证券|航空|医科大|大众汽车)"
)
# What is called after a county and lies anywhere in its city: 武汉市洪山宾馆, 青岛市崂山路.
CALLED_AFTER = re.compile(
    "宾馆|饭店|大?酒店|大厦|国际酒店|[东西南北中]?[一二三四五]?路(?![径线演网桥政段况口灯上])|大街|大道"
)
# What stands in the city that its name begins with.
IN_CITY = re.compile("(?:大学|学院|校区|医院|图书馆|会堂|礼堂|大厦|中心|报告厅|体育馆|剧院|校园)")
# In front of a two-character county (淇县) stands no other noun (示范县) …
STARTS = re.compile("[，。、；：？！（）《》“”‘’【】\\s,.:;!?()·—－-]|[在到赴由为是和与及对从自往来向经进访抵]")
# … and behind it no second half of another word (建成县区).
GOES_ON = re.compile("[级域处]|区(?!委|政|长|民|人)")
# Two-character counties whose first character is a common verb or adjective are decided by context alone.
VERBS = frozenset("开成达应理兴范息道单任费古高易富和安通代献文义青景云康礼忠夏")
PAUSE = re.compile("(?![\u4e00-\u9fff])|民政|社工|法院|检察|警方|区域")
OFFICE = re.compile(
    "：|民政|县委|委(?:社|组|宣|统|常|副|书)|人民|政府|社(?:工|会)|妇联|残联|慈善|法院|检察|公安|教育|卫健|团委|总工会|司法|信访"
)


def region_of(code: str) -> Region | None:
    """The region with this GB/T 2260 code in force."""
    return gazetteer().regions.get(code)


def titled_mentions(reading: Reading) -> tuple[RegionMention, ...]:
    """The mentions of a title and the text below it, at their places in the two joined by "\\n"."""
    return reading.once(_titled_mentions, "title")


def _titled_mentions(reading: Reading) -> tuple[RegionMention, ...]:
    body = len(reading.title) + 1
    below = [(name, start + body, end + body) for name, start, end in words_of(reading).regions]
    return tuple(_find(f"{reading.title}\n{reading.text}", [*title_words(reading).regions, *below]))


def mentions_below(reading: Reading) -> list[RegionMention]:
    """The mentions of the text below a title, at their places in the text."""
    body = len(reading.title) + 1
    return [
        RegionMention(start - body, end - body, code, name, level)
        for start, end, code, name, level in titled_mentions(reading)
        if start >= body
    ]


def city_in_name(name: str) -> str | None:
    """The city that the name of a university or a hall begins with (南京理工大学); a province says too little."""
    for mention in find_regions(name[:3]) if IN_CITY.search(name) else ():
        if mention.start == 0 and (mention.level == "prefecture" or mention.code[:2] in {"11", "12", "31", "50"}):
            return mention.code
    return None


def lies_in(code: str, wider: str) -> bool:
    """Whether a region is, or lies in, another."""
    return wider in gazetteer().lineages.get(code, (code,))


def find_regions(text: str) -> list[RegionMention]:
    """All mentions of a name or a line, none overlapping; a chain of enclosing regions is one mention of the last.

    Each character of a compound such as 闽宁 or 京津冀 is a mention of its own.
    """
    return _find(text, gazetteer().automaton.find_matches_as_indexes(text))


def _find(text: str, names: Iterable[Place]) -> list[RegionMention]:
    found: list[RegionMention] = []
    open_hits: list[Hit] = []
    for hit in _hits(text, names):
        if not _extend(text, found, hit) and not _decide(text, found, hit):
            open_hits.append(hit)
    if open_hits:
        found = _decide_later(text, found, open_hits)
    return [mention for mention in found if not _is_a_name(text, mention)]


def _hits(text: str, names: Iterable[Place]) -> Iterator[Hit]:
    """What the names at these places may mean; words that are no place left out."""
    table = gazetteer()
    for name, start, end in names:
        letters = table.compounds[name]
        if letters:
            for i, code in enumerate(letters):
                letter = (Sense(code, Strength.CERTAIN),)
                yield Hit(start + i, start + i + 1, letter, letter)
        elif text[start] == "和" and (behind := _behind_and(text, start, end)):
            yield behind
        elif table.senses[name]:
            yield Hit(start, end, table.senses[name], table.candidates[name])


def _behind_and(text: str, start: int, end: int) -> Hit | None:
    """The full name that begins behind 和 and goes on beyond text[start:end] (瓯海区和|龙湾区, where 和龙 is none)."""
    table = gazetteer()
    for name, first, last in table.automaton.find_matches_as_indexes(text[start + 1 : start + 1 + LONGEST]):
        certain = any(sense.strength is Strength.CERTAIN for sense in table.senses[name])
        if first == 0 and certain and start + 1 + last > end and text[start - 1 : start] in LEVELS:
            return Hit(start + 1, start + 1 + last, table.senses[name], table.candidates[name])
        break
    return None


def _extend(text: str, found: list[RegionMention], hit: Hit) -> bool:
    """Whether the hit belongs to the last mention; if it continues it downwards, it replaces it."""
    if not found or found[-1].end != hit.start:
        return False
    last = found[-1]
    inside = [sense for sense in hit.senses if last.code in gazetteer().lineages[sense.code]]
    if len(inside) != 1 or (inside[0].strength is Strength.WORD and not PAUSE.match(text, hit.end)):
        return False
    if text[hit.end - 1] not in "市区县旗州" and CALLED_AFTER.match(text, hit.end):
        return True  # the mention ends before it
    found[-1] = _mention(last.start, hit.end, inside[0].code)
    return True


def _decide(text: str, found: list[RegionMention], hit: Hit) -> bool:
    """Whether the mentions before the hit, or none, decide what it is; if so it is added."""
    senses = hit.candidates
    certain = len(senses) == 1 and senses[0].strength is Strength.CERTAIN
    code = senses[0].code if certain else _by_context(text, hit, found[: -NEARBY - 1 : -1])
    if code:
        found.append(_mention(hit.start, hit.end, code))
    return code is not None


def _decide_later(text: str, found: list[RegionMention], hits: Sequence[Hit]) -> list[RegionMention]:
    """The mentions with those hits added that the whole text decides; the nearest mention decides first."""
    extra: list[RegionMention] = []
    for hit in hits:
        place = bisect(found, (hit.start,))
        around = found[max(0, place - NEARBY) : place + NEARBY] if hit.candidates else []
        near = sorted(around, key=lambda mention: abs(mention.start - hit.start))
        code = _by_context(text, hit, near) or _by_office(text, hit)
        if code:
            extra.append(_mention(hit.start, hit.end, code))
    return sorted([*found, *extra]) if extra else found


def _by_context(text: str, hit: Hit, near: Sequence[RegionMention]) -> str | None:
    """The one sense that lies in, or beside, the nearest of the mentions that decides."""
    senses = hit.candidates
    if not near or not senses:
        return None
    if hit.end - hit.start == 2 and text[hit.end - 1] in "县区市旗" and not _stands_alone(text, hit, context=True):
        return None
    codes = dict.fromkeys([mention.code for mention in near])
    return next((chosen for code in codes if (chosen := _beside(senses, code))), None)


@lru_cache(maxsize=4096)
def _beside(senses: tuple[Sense, ...], code: str) -> str | None:
    """The one sense that lies in, or beside, a region, if it is near enough."""
    table = gazetteer()
    around = set(table.lineages[code])
    # deepest shared region first: the same prefecture before the same province
    lineages = [table.lineages[sense.code] for sense in senses]
    shared = [len(around.intersection(lineage)) for lineage in lineages]
    best = max(shared)
    if not best or shared.count(best) > 1:
        return None
    lineage = lineages[shared.index(best)]
    return lineage[0] if _near_enough(lineage, senses, around) else None


def _by_office(text: str, hit: Hit) -> str | None:
    """The one county of two characters that an office or a colon behind it shows to be one (淇县民政局, 淇县：)."""
    two = hit.end - hit.start == 2 and text[hit.end - 1] in "县旗" and len(hit.senses) == 1
    if two and OFFICE.match(text, hit.end) and _stands_alone(text, hit, context=False):
        return hit.senses[0].code
    return None


def _near_enough(lineage: tuple[str, ...], senses: Sequence[Sense], around: set[str]) -> bool:
    """A short name needs its prefecture named (or its province, when nothing lies between); a full one its province."""
    weak = all(sense.strength is Strength.WEAK for sense in senses)
    return lineage[min(1, len(lineage) - 1)] in around if weak else lineage[-1] in around


def _stands_alone(text: str, hit: Hit, context: bool) -> bool:
    """Whether a two-character county such as 淇县 is a word of its own here."""
    if GOES_ON.match(text, hit.end) or (text[hit.start] in VERBS and not context):
        return False
    return hit.start == 0 or STARTS.match(text, hit.start - 1) is not None


def _is_a_name(text: str, mention: RegionMention) -> bool:
    """Whether a short name is only the beginning of the name of something else (南京路, 上海大学)."""
    short = text[mention.end - 1] not in "省市区县旗州盟" and mention.end - mention.start <= 3
    return short and NOT_HERE.match(text, mention.end) is not None


def _mention(start: int, end: int, code: str) -> RegionMention:
    region = gazetteer().regions[code]
    return RegionMention(start, end, code, region.name, region.level)
