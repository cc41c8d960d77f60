"""Organizations: every name of one that an article holds, told by its ending and by where it must begin.

A name is found from its ending (`organization_suffixes.yaml`) leftwards to the last word or mark that no name
holds (`organization_names.yaml`); what is left must hold more than field words, so that 社会工作服务中心 alone is
no organization and 利群社工服务中心 is. An organization inside a longer name (复旦大学附属儿科医院) is not named again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from flows.document import Row
from flows.extract.organizations.edges import Edge, left_edge
from flows.extract.organizations.forms import by_ending, find_aliases, resolve
from flows.extract.organizations.places import opens_with_place, places_in
from flows.extract.words.organizations import is_no_ending, is_of_several, lexicon
from flows.extract.words.scan import Place, scan

LONGEST = 32
"""The longest name, in characters; the longest registered ones have about thirty."""


class Mention(NamedTuple):
    """text[start:end] is a name of an organization."""

    start: int
    end: int
    name: str
    kind: str
    core: int
    """Where the ending begins that told the kind."""


_LEVEL = re.compile(r"[省市区县州旗镇乡村]|街道")
_REGION = re.compile(
    r"[\u4e00-\u9fff]{2,7}?(?:特别行政区|自治区|自治州|自治县|开发区|新区|街道|[省县州盟旗镇]|(?<![城超都])市"
    r"|(?<![山地城社小市校园辖景街灾老郊片库牧林矿特战厂新大])区|(?<![农乡全新山])村|(?<![老家城同市])乡)"
)
_OWN_LEVEL = re.compile(
    r"(?:自治区|第[一二三四五六七八九十百0-9]+(?![家个所名位支批类])|[省市区县](?![级域区县内外场校立直情]|民(?!政)|$)|[省市区县]$)"
)
_LOCAL = frozenset(["school", "hospital", "company", "university"])
_LED_ONLY = frozenset(["government", "party", "military"])
_ORGANS = frozenset(["党委", "镇党委", "乡党委", "党支部", "党总支", "党工委", "工会", "纪委", "团委"])
_HEADED = ("书记", "副书记", "委员", "第一书记")
_PLACED = re.compile(r"（([\u4e00-\u9fff]{2,6})）$")
_BRANCHES = frozenset(["分公", "分行", "支行"])
_CHURCHES = ("基督教", "天主教", "佛教", "圣公会", "循道卫理", "香港", "澳门")
_AND = frozenset("和与及暨")
_GROUP = re.compile(
    r"(?:[者人员户家生们校院局厅部委站所社司店企]|(?<!社)会|机关|机构|单位|部门|组织|群众|家庭|社区|中心|街道|乡镇|领域|方面|行业)$"
)
_LETTERS = re.compile(r"(?:[\u4e00-\u9fffA-Za-z]|（(?:集团|控股|中国|国际|[\u4e00-\u9fff]{2})）)+")
_BARE_PARTY = re.compile(r"(?:[省市区县州地旗镇乡]|自治区)(?:委|政府|人大|政协|法院|检察院|人民政府)+")

_QUOTED = re.compile(
    r"“(?P<own>[^“”\n，。]{2,10})”(?:(?P<team>(?:青年|党员|巾帼|社区|助老|为老|爱心|公益|社工)?"
    r"(?:志愿者?服务[总小分]?队|志愿者?[总小分]?队|义工[总小分]?队|社工服务队|服务[总小分]?队|互助会|宣讲团|公益联盟))"
    r"|(?:社会工作|社工|公益|调解|党代表|心理)?(?:服务中心|促进中心|发展中心|服务社|工作室|事务所)|社会工作服务站|社工站)(?![员长])"
)


def find_organizations(text: str) -> list[Row]:
    """One row for each organization: name, kind, start and end of its first full mention, in order of `start`.

    A short form (区民政局) is the same row as the one full form in the text that ends in it (闵行区民政局); where two
    full forms do, or none, it has a row of its own. `text[start:end]` is `name`.
    """
    first: dict[str, Mention] = {}
    for mention in find_mentions(text, scan(text).endings):
        first.setdefault(mention.name, mention)
    known = by_ending(first)
    full = {name: resolve(name, known) for name in first}
    found = [{"name": name, "end": mention.end} for name, mention in first.items()]
    full |= {alias: whole[0] for alias, whole in find_aliases(text, found).items() if alias in full}
    rows = [m for name, m in first.items() if full[name] == name and not _BARE_PARTY.fullmatch(name)]
    rows += _in_quotes(text, rows)
    return [{"name": m.name, "kind": m.kind, "start": m.start, "end": m.end} for m in sorted(rows)]


def _in_quotes(text: str, rows: list[Mention]) -> list[Mention]:
    """The groups whose own name stands in quotes (“红马甲”志愿服务队), each once, outside the names found."""
    first: dict[str, Mention] = {}
    for match in _QUOTED.finditer(text) if "”" in text else ():
        if not any(row.start < match.end() and match.start() < row.end for row in rows):
            kind = "association" if match["team"] else "agency"
            first.setdefault(match[0], Mention(*match.span(), match[0], kind, match.end("own")))
    return list(first.values())


def find_mentions(text: str, endings: Sequence[Place] | None = None) -> Iterator[Mention]:
    """Every mention of an organization, in order, none overlapping; `endings` are those of a text that was scanned."""
    words = lexicon()
    endings = words.machine.find_matches_as_indexes(text) if endings is None else endings
    held: Mention | None = None
    for number, s, e in endings:
        kind = words.kinds[number]
        found = _mention(text, s, e, kind, held) if kind else None
        if found is None:
            continue
        if held is not None and found.start >= held.end and _is_one(held):
            yield held
        held = found
    if held is not None and _is_one(held):
        yield held


def _mention(text: str, s: int, e: int, kind: str, held: Mention | None) -> Mention | None:
    """The candidate that ends with the suffix text[s:e]; it may take in the one held before."""
    if is_no_ending(text, s, e):
        return None
    if held is not None and held.end == s and e - s == 1 and text[e : e + 1] == "长":  # 民政局|局长
        return None
    if text[s:e] in _ORGANS and text.startswith(_HEADED, e):
        return None  # 民政局|党委书记 names an office, not an organization of its own
    edge = left_edge(text, s)
    start = edge.start
    if text[s:e] in lexicon().fixed and (held is None or held.end < s) and text[start:s] not in lexicon().nations:
        return Mention(s, e, text[s:e], kind, s)
    if (
        edge.word in ("）", ")")
        and (bracket := _PLACED.search(text, max(0, start - 8), start))
        and places_in(bracket[1])
    ):
        start = left_edge(text, bracket.start()).start  # 某某科技（昆山）有限公司
    if start < s or e - s > 4:
        start = joined(text, edge, s)
    if held is not None and start < held.end and e - held.start > LONGEST:
        start = held.end
    elif held is not None and start < held.end:
        opens = held.name in lexicon().beginnings  # 政协|甘肃省委员会
        level = not opens and (_LEVEL.match(text, held.end) or places_in(text[held.end : held.end + 8])[:1] == (0,))
        start = held.end if level and held.end < e else min(start, held.start)
        if start < held.end and held.kind not in _LED_ONLY:
            if kind == "party" or text[s:e] in _ORGANS:
                return None
            kind = held.kind if text[s:e] == "办公室" else kind
    start = _from_region(text, max(start, text.rfind("兼", start, s) + 1), s)
    if edge.quantified and (_OWN_LEVEL.match(text, start, s) or is_generic(text[start:s])):
        return None
    return Mention(start, e, text[start:e], kind, s)


def joined(text: str, edge: Edge, end: int) -> int:
    """Where text[...:end] begins: in front of 和 if the part behind it cannot stand alone (社会工作与志愿者|联合会)."""
    if edge.word not in _AND:
        return edge.start
    gap = edge.start - len(edge.word)
    left = left_edge(text, gap)
    part = text[left.start : gap]
    inner = last_ending(part)
    broken = 0 < inner < len(part) and is_generic(part[inner:])  # 复旦大学社会发展|与|公共政策学院
    if not broken and not is_generic(text[edge.start : end]):
        return edge.start
    if text.startswith(_CHURCHES, edge.start) or opens_with_place(text[edge.start : end]):
        return edge.start  # 某大学社会工作系|及|基督教某中心
    if left.quantified or not 2 <= len(part) <= 12 or _GROUP.search(part) or not _LETTERS.fullmatch(part):
        return edge.start
    return left.start


def _from_region(text: str, start: int, s: int) -> int:
    """A name that holds a place begins with it, unless it stands behind 中共, 共青团, a nation and the like."""
    core = text[start:s]
    places = places_in(core)
    if text[s : s + 2] in _BRANCHES and places and start + places[0] + 2 <= s:
        return start  # 某某集团上海分公司
    if places and places[0] and not core.startswith(lexicon().beginnings) and not last_ending(core[: places[0]]):
        return start + places[0]
    return start


def _is_one(mention: Mention) -> bool:
    """Whether a candidate names a single organization."""
    return _names_one(mention.name, max(0, mention.core - mention.start), mention.kind)


@lru_cache(maxsize=8192)
def _names_one(name: str, core_length: int, kind: str) -> bool:
    """Whether a name, with an ending of this kind behind its core, is that of a single organization."""
    words = lexicon()
    if name in words.fixed:
        return True
    if is_of_several(name) or name in words.not_names or not 3 <= len(name) <= LONGEST or not _LETTERS.fullmatch(name):
        return False
    core, ending = name[:core_length], name[core_length:]
    if ending in ("分公司", "支行", "分行") and places_in(core):
        return True
    needs_leader = ending in words.led_only or (kind in _LED_ONLY and ending not in words.brand)
    if _is_led(core) and not (core.startswith(words.wide) and (ending in words.led_only or kind in _LOCAL)):
        return True
    if needs_leader or words.ordinary.search(core):
        return False
    own = len(words.generic.sub("", core))
    return 2 <= own <= 6 or (own < 2 and kind == "association" and len(core) >= 5)


def _is_led(core: str) -> bool:
    """Whether a place, a nation, a level (区民政局) or another organization opens a name."""
    words = lexicon()
    if len(core) > 18 and not last_ending(core):
        return False
    if words.leaders.match(core) or _OWN_LEVEL.match(core) or 0 in places_in(core):
        return True
    return not words.ordinary.search(core) and (_REGION.match(core) is not None or last_ending(core) > 0)


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
