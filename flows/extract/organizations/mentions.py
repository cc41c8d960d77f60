"""Organizations: every name of one that an article holds, told by its ending and by where it must begin.

A name is found from its ending (`organization_suffixes.yaml`) leftwards to the last word or mark that no name
holds (`organization_names.yaml`); what is left must hold more than field words, so that 社会工作服务中心 alone is
no organization and 利群社工服务中心 is. An organization inside a longer name (复旦大学附属儿科医院) is not named again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.document import Row
from flows.extract.organizations.departments import KINDS as DEPARTED
from flows.extract.organizations.departments import department_end, part_end
from flows.extract.organizations.edges import Edge, left_edge
from flows.extract.organizations.forms import by_ending, find_aliases, resolve
from flows.extract.organizations.places import opens_with_place, places_in
from flows.extract.organizations.single import (
    LED_ONLY,
    LETTERS,
    LONGEST,
    OWN_LEVEL,
    REGION,
    is_generic,
    is_led,
    last_ending,
    names_one,
)
from flows.extract.words.organizations import is_no_ending, lexicon
from flows.extract.words.reading import Reading
from flows.extract.words.scan import Place, words_of
from flows.looks import IfHeld
from flows.vocabulary import load_vocabulary, unspaced


class Mention(NamedTuple):
    """text[start:end] is a name of an organization."""

    start: int
    end: int
    name: str
    kind: str
    core: int
    """Where the ending begins that told the kind."""


_LEVEL = re.compile(r"[省市区县州旗镇乡村]|街道")
_ORGANS = frozenset(["党委", "镇党委", "乡党委", "党支部", "党总支", "党工委", "工会", "纪委", "团委"])
_HEADED = ("书记", "副书记", "委员", "第一书记")
_PLACED = re.compile(r"（([\u4e00-\u9fff]{2,6})）$")
_BRANCHES = frozenset(["分公", "分行", "支行"])
_BRANCHED = frozenset(["agency", "foundation"])
_CHURCHES = ("基督教", "天主教", "佛教", "圣公会", "循道卫理", "香港", "澳门")
_AND = frozenset("和与及暨")
_GROUP = re.compile(
    r"(?:[者人员户家生们校院局厅部委站所社司店企]|(?<!社)会|机关|机构|单位|部门|组织|群众|家庭|社区|中心|街道|乡镇|领域|方面|行业|网点|站点|平台)$"
)
_BRANCH = frozenset(["分会", "分公司", "分行", "支行", "分院", "分局", "公安分局"])
_LONGEST_PLACE, _LONGEST_HOST = 6, 16
_FOREIGN = frozenset(["foundation", "university", "hospital", "company", "school"])
_FIRST_NAME = re.compile(f"(?:[{unspaced(load_vocabulary('surnames')['transliteration'])}及]{{1,8}}·)+$")
_ORGANIZES = re.compile("组织(?!部(?!分)|委|处|科)")  # the verb, no part of 组织部
_SEVERAL_ORGANS = re.compile(r"(?:[省市区县州旗镇乡]|自治区)(?:委|政府|人大)(?:[省市区县]?(?:委|政府|人大|人民政府))+")

_QUOTED = IfHeld(
    r"“(?P<own>[^“”\n，。]{2,10})”(?:(?P<team>(?:青年|党员|巾帼|社区|助老|为老|爱心|公益|社工|儿童|少年|青少年|亲子|家庭|学生|大学生|银龄|老年|医务)?"
    r"(?:志愿者?服务[总小分]?队|志愿者?[总小分]?队|义工[总小分]?队|社工服务队|服务[总小分]?队|互助会|宣讲团|宣讲队|公益联盟|支教[团队]|义诊队|调解队|调解室|护河队|巡逻队|巡护队|突击队|艺术团|合唱团))"
    r"|(?:社会工作|社工|公益|调解|党代表|心理)?(?:服务中心|促进中心|发展中心|服务社|工作室|事务所)|社会工作服务站|社工站)(?![员长])"
)


def organizations_of(reading: Reading) -> list[Row]:
    """The organizations of an article; see `find_organizations`."""
    return reading.once(find_organizations, "text")


def mentions_of(reading: Reading) -> tuple[Mention, ...]:
    """Every mention of an organization in an article's text, in order."""
    return reading.once(_mentions_of, "text")


def _mentions_of(reading: Reading) -> tuple[Mention, ...]:
    return tuple(find_mentions(reading.text, words_of(reading).endings))


def find_organizations(reading: Reading) -> list[Row]:
    """One row for each organization: name, kind, start and end of its first full mention, in order of `start`.

    A short form (区民政局) is the same row as the one full form in the text that ends in it (闵行区民政局); where two
    full forms do, or none, it has a row of its own. `text[start:end]` is `name`.
    """
    text = reading.text
    first: dict[str, Mention] = {}
    for mention in mentions_of(reading):
        whole = _whole(text, mention)
        first.setdefault(whole.name, whole)
    known = by_ending(first)
    full = {name: resolve(name, known) for name in first}
    found = [{"name": name, "end": mention.end} for name, mention in first.items()]
    full |= {alias: whole[0] for alias, whole in find_aliases(text, found).items() if alias in full}
    rows = [m for name, m in first.items() if full[name] == name and not _SEVERAL_ORGANS.fullmatch(name)]
    quoted = _in_quotes(text, rows)
    hosts = {m.name for m in rows for q in quoted if q.start <= m.start < q.end and text.find(m.name, q.end) < 0}
    rows = [m for m in rows if m.name not in hosts] + quoted
    return [{"name": m.name, "kind": m.kind, "start": m.start, "end": m.end} for m in sorted(rows)]


def _whole(text: str, mention: Mention) -> Mention:
    """The mention with the first part of a foreign name (比尔及梅琳达·|盖茨基金会), and with the department that the
    text names behind it, if it does."""
    start, end, _, kind, core = mention
    if (
        text[start - 1 : start] == "·"
        and kind in _FOREIGN
        and (first := _FIRST_NAME.search(text, max(0, start - 16), start))
    ):
        start = first.start()
    end = part_end(text, end, kind) if kind not in DEPARTED or kind == "government" else end
    if kind in DEPARTED and end == mention.end:
        end = department_end(text, mention.start, end)
    return Mention(start, end, text[start:end], kind, core)


def _in_quotes(text: str, rows: list[Mention]) -> list[Mention]:
    """The groups whose own name stands in quotes (“红马甲”志愿服务队), each once, outside the names found; with the
    place or the body that they belong to in front (某街道“老娘舅”调解队)."""
    first: dict[str, Mention] = {}
    for match in _QUOTED.finditer(text):
        begin = left_edge(text, match.start()).start
        host = text[begin : match.start()]
        if not (2 <= len(host) <= _LONGEST_HOST and (last_ending(host) == len(host) or REGION.fullmatch(host))):
            begin = match.start()
        if not any(row.start < match.end() and match.start() < row.end for row in rows):
            kind = "association" if match["team"] else "agency"
            name = text[begin : match.end()]
            first.setdefault(name, Mention(begin, match.end(), name, kind, match.end("own")))
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
    if text[s:e] in lexicon().fixed and (held is None or held.end < s) and not _opens_fixed(text[start:s], kind):
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
        branch = text[s:e] in _BRANCH and s - held.end <= _LONGEST_PLACE  # 某基金会|某区|分会
        kind = held.kind if branch else kind
        start = held.end if level and not branch and held.end < e else min(start, held.start)
        if start < held.end and _ORGANIZES.match(text, held.end):
            start = held.end + 2  # 民政局|组织|社工站
        if start < held.end and held.kind not in LED_ONLY:
            if kind == "party" or text[s:e] in _ORGANS:
                return None
            kind = held.kind if text[s:e] == "办公室" else kind
    start = _from_region(text, max(start, text.rfind("兼", start, s) + 1), s)
    if edge.quantified and (OWN_LEVEL.match(text, start, s) or is_generic(text[start:s])):
        return None
    return Mention(start, e, text[start:e], kind, s)


def _opens_fixed(core: str, kind: str) -> bool:
    """Whether what stands in front of a name of its own belongs to it: a nation, or the place of a branch."""
    if kind in _BRANCHED and 2 <= len(core) <= 4 and not lexicon().ordinary.search(core):
        return True  # 屏东|家扶中心
    return core in lexicon().nations


def joined(text: str, edge: Edge, end: int) -> int:
    """Where text[...:end] begins: in front of 和 if the part behind it cannot stand alone (社会工作与志愿者|联合会)."""
    if edge.word not in _AND:
        return edge.start
    gap = edge.start - len(edge.word)
    left = left_edge(text, gap)
    part = text[left.start : gap]
    inner = last_ending(part)
    if inner == len(part) > 0 and is_led(part):
        return edge.start  # 镇民政办|和|区检察院
    broken = 0 < inner < len(part) and is_generic(part[inner:])  # 复旦大学社会发展|与|公共政策学院
    if not broken and not is_generic(text[edge.start : end]):
        return edge.start
    if text.startswith(_CHURCHES, edge.start) or opens_with_place(text[edge.start : end]):
        return edge.start  # 某大学社会工作系|及|基督教某中心
    own = part[_own_start(part) :]
    if len(own) == 1 < len(part) and not left.quantified and LETTERS.fullmatch(own):
        return left.start  # 家|和|社工服务中心: one character is no name
    if left.quantified or not 2 <= len(part) <= 12 or _GROUP.search(part) or not LETTERS.fullmatch(part):
        return edge.start
    return left.start


def _own_start(part: str) -> int:
    """Where what a name has of its own begins, behind the places in front (某市某区|家)."""
    found = 0
    while level := REGION.match(part, found):
        found = level.end()
    return found


def _from_region(text: str, start: int, s: int) -> int:
    """A name that holds a place begins with it, unless it stands behind 中共, 共青团, a nation and the like."""
    core, words = text[start:s], lexicon().beginnings
    places = places_in(core)
    if text[s : s + 2] in _BRANCHES and places and start + places[0] + 2 <= s:
        return start  # 某某集团上海分公司
    if places and places[0]:
        opening = next((word for word in words if core.endswith(word, 0, places[0])), "")
        if opening:  # 经|中共某市委组织部
            return start + places[0] - len(opening)
    if places and places[0] and not core.startswith(words) and not last_ending(core[: places[0]]):
        return start + places[0]
    return start


def _is_one(mention: Mention) -> bool:
    """Whether a candidate names a single organization."""
    return names_one(mention.name, max(0, mention.core - mention.start), mention.kind)
