"""Candidates: what may be the name of an organization, from its ending leftwards to where it begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from flows.extract.organizations.edges import Edge, left_edge
from flows.extract.organizations.places import opens_with_place, places_in
from flows.extract.organizations.single import (
    LED_ONLY,
    LETTERS,
    LONGEST,
    OWN_LEVEL,
    is_generic,
    is_led,
    last_ending,
    regions_end,
)
from flows.extract.words.organizations import is_no_ending, lexicon


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
_PERSON = re.compile(
    "(?:[镇乡县市区局处科站院校会厅部省]长|主任|书记|主席|委员|总理|志愿者|老师|教授|[居村牧]民)[\u4e00-\u9fff]{2,4}$"
)
_COUNTRIES = ("中国", "中华", "全国", "国际", "美国", "英国", "日本", "韩国")
_WHOLE = ("中心", "委员会", "协会", "联合会", "研究会", "促进会", "学会")
_GROUP = re.compile(
    r"(?:[者人员户家生们校院局厅部委站所社司店企]|(?<!社)会|机关|机构|单位|部门|组织|群众|家庭|社区|中心|街道|乡镇|领域|方面|行业|网点|站点|平台)$"
)
_OWN_OFFICES = frozenset(["association", "foundation", "agency", "media", "other"])
_BRANCH = frozenset(["分会", "分公司", "分行", "支行", "分院", "分局", "公安分局"])
_LONGEST_PLACE, _LONGEST_SHORT_ENDING = 6, 4
_ORGANIZES = re.compile("组织(?!部(?!分)|委|处|科)")  # the verb, no part of 组织部


def read_candidate(text: str, s: int, e: int, kind: str, held: Mention | None) -> Mention | None:
    """The candidate that ends with the suffix text[s:e]; it may take in the one held before."""
    if is_no_ending(text, s, e) or _is_of_office(text, s, e, held):
        return None
    edge = left_edge(text, s)
    behind = held is not None and held.end >= s
    if text[s:e] in lexicon().fixed:
        own = not behind and not _opens_fixed(text[edge.start : s], kind)
        if own or (held is not None and held.end == s and _stands_alone(held)):
            return Mention(s, e, text[s:e], kind, s)
    start = _own_beginning(text, s, e, edge)
    if held is not None and start < held.end:
        taken = _with_held(text, s, e, kind, start, held)
        if taken is None:
            return None
        start, kind = taken
    start = _from_region(text, max(start, text.rfind("兼", start, s) + 1), s)
    start += _opened(text[start:s])
    if edge.quantified and (OWN_LEVEL.match(text, start, s) or is_generic(text[start:s])):
        return None
    return Mention(start, e, text[start:e], kind, s)


def _is_of_office(text: str, s: int, e: int, held: Mention | None) -> bool:
    """Whether the suffix text[s:e] belongs to an office: 民政局|局长, 民政局|党委书记."""
    if held is not None and held.end == s and e - s == 1 and text[e : e + 1] == "长":
        return True
    return text[s:e] in _ORGANS and text.startswith(_HEADED, e)


def _own_beginning(text: str, s: int, e: int, edge: Edge) -> int:
    """Where the name that ends with the suffix text[s:e] begins, in front of a place in brackets and of a joint."""
    bracket = _PLACED.search(text, max(0, edge.start - 8), edge.start) if edge.word in ("）", ")") else None
    if bracket and (places_in(bracket[1]) or bracket[1] in lexicon().nations):
        return left_edge(text, bracket.start()).start  # 某某科技（昆山）有限公司
    return joined(text, edge, s) if edge.start < s or e - s > _LONGEST_SHORT_ENDING else edge.start


def _with_held(text: str, s: int, e: int, kind: str, start: int, held: Mention) -> tuple[int, str] | None:
    """Where a candidate begins that reaches into the one held before, and its kind; None for an organ of that."""
    if e - held.start > LONGEST:
        return held.end, kind
    office = held.kind in _OWN_OFFICES and text.endswith(lexicon().offices, s, e)  # 某某基金会|台中|服务处
    branch = (text[s:e] in _BRANCH or office) and s - held.end <= _LONGEST_PLACE  # 某基金会|某区|分会
    kind = held.kind if branch else kind
    apart = not branch and held.end < e and _is_of_a_place(text, held)
    start = held.end if apart else min(start, held.start)
    if start < held.end and _ORGANIZES.match(text, held.end):
        start = held.end + 2  # 民政局|组织|社工站
    if start < held.end and held.kind not in LED_ONLY:
        if kind == "party" or text[s:e] in _ORGANS:
            return None
        kind = held.kind if text[s:e] == "办公室" else kind
    return start, kind


def _is_of_a_place(text: str, held: Mention) -> bool:
    """Whether what stands behind a name begins with a place or a level, and so is none of it; but 政协|甘肃省委员会."""
    if held.name in lexicon().beginnings:
        return False
    return _LEVEL.match(text, held.end) is not None or places_in(text[held.end : held.end + 8])[:1] == (0,)


def _stands_alone(held: Mention) -> bool:
    """Whether the name of its own behind one held begins another body: 新华社|联合国, but 卫生福利部社会及家庭署."""
    return held.name in lexicon().fixed and held.kind == "media"


def _opened(core: str) -> int:
    """How many characters in front of a name are none of it: 原|中共某市委, 经|国家验收委员会; but 原州区."""
    if not core.startswith(("原", "经", "指")) or opens_with_place(core):
        return 0
    words = lexicon()
    known = core.startswith((*words.beginnings, *words.nations), 1) or OWN_LEVEL.match(core, 1)
    return int(bool(known) or opens_with_place(core[1:]))


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
    if (inner == len(part) > 0 and is_led(part)) or OWN_LEVEL.match(text, edge.start, end):
        return edge.start  # 镇民政办|和|区检察院
    if _is_one_body(text, edge, end, part, inner):
        return left.start
    broken = 0 < inner < len(part) and is_generic(part[inner:])  # 复旦大学社会发展|与|公共政策学院
    if not broken and not is_generic(text[edge.start : end]):
        return edge.start
    if text.startswith(_CHURCHES, edge.start) or opens_with_place(text[edge.start : end]):
        return edge.start  # 某大学社会工作系|及|基督教某中心
    own = part[regions_end(part) :]
    if len(own) == 1 < len(part) and not left.quantified and LETTERS.fullmatch(own):
        return left.start  # 家|和|社工服务中心: one character is no name
    if _PERSON.search(part):
        return edge.start  # 志愿者娜仁花|和|苏木社工站
    if left.quantified or not 2 <= len(part) <= 12 or _GROUP.search(part) or not LETTERS.fullmatch(part):
        return edge.start
    return left.start


def _is_one_body(text: str, edge: Edge, end: int, part: str, inner: int) -> bool:
    """Whether a joint stands within a name: of a school of a university (某大学人文|与|外国语学院), or of a body of a
    whole country (中国儿童福利|和|收养中心)."""
    behind = text[edge.start : end]
    if not LETTERS.fullmatch(part) or _GROUP.search(part) or not 0 < len(behind) <= _LONGEST_PLACE:
        return False
    if edge.word == "与" and part[:inner].endswith("大学") and text.startswith("学院", end):
        return 0 < len(part) - inner <= _LONGEST_PLACE
    whole = part.startswith(_COUNTRIES) and inner == 0 and 4 <= len(part) <= 12
    return whole and len(behind) <= 2 and text.startswith(_WHOLE, end) and not opens_with_place(behind)


def _nation_before(core: str) -> str:
    """The nation that stands at the end of what is in front of 驻."""
    return max((nation for nation in lexicon().nations if core.endswith(nation)), key=len, default="")


def _from_region(text: str, start: int, s: int) -> int:
    """A name that holds a place begins with it, unless it stands behind 中共, 共青团, a nation and the like."""
    core, words = text[start:s], lexicon().beginnings
    places = places_in(core)
    if text[s : s + 2] in _BRANCHES and places and start + places[0] + 2 <= s:
        return start  # 某某集团上海分公司
    if places and places[0]:
        opening = next((word for word in words if core.endswith(word, 0, places[0])), "")
        if opening == "驻" and (nation := _nation_before(core[: places[0] - 1])):
            opening = f"{nation}驻"  # 美国驻|广州
        if opening:  # 经|中共某市委组织部
            return start + places[0] - len(opening)
    if places and places[0] and not core.startswith(words) and not last_ending(core[: places[0]]):
        return start + places[0]
    return start
