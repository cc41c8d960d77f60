"""Citations: what a text names between 《 and 》, of what kind it is, and who issued it.

The kind is told by what stands before the title (歌曲《…》), by how it ends (《…条例》), then by what follows
(《…》杂志); `citation_kinds.yaml` holds the words. The issuer is the organization that the text puts in front of
the title or of its verb (民政部办公厅印发《…》), or the one that the title begins with (《某市民政局关于…的通知》).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from flows.document import Row
from flows.extract.organizations.mentions import find_mentions
from flows.extract.regions.mentions import LONGEST as LONGEST_NAME
from flows.extract.regions.mentions import find_regions
from flows.extract.words.reading import Reading
from flows.extract.words.sentences import sentences_of
from flows.looks import AtEnd
from flows.vocabulary import load_vocabulary, one_of

LONGEST = 120
"""A longer stretch between marks is an unclosed mark, not a title."""

_MARK = re.compile(r"[《》\n]")
_AMENDMENT = re.compile(
    r"(?:[（(][^（()）]*[）)]|[（(]?(?:试行|暂行|修订[版稿]?|草案|征求意见稿|修正案|第[一二三四五六七八九十\d]+[版辑集季期])[）)]?|[0-9]+)+$"
)
_ISSUING = AtEnd(
    r"(?:在[^，。；《》\n]{1,14}?[上中时]|(?:关于|牵头|组织|主持|研究|联合|共同|正式|先后|又|还|也|再次|相继|重新|专门|已|近日|日前|今日|当天|[0-9]+[年月日]|，)+)*"
    r"(?:印发|下发|出台|制定|制订|发布|颁布|公布|转发|通过|签署|起草|编制|编写|推出|发出|提出)+(?:并(?:实施|施行|印发))?(?:了|的|过)?$"
)
_PASSIVE = re.compile(
    r"(?:是|，)?由([^，。；《》\n]{2,40}?)(?:联合|共同|正式|组织)*(?:印发|发布|制定|出台|颁布|编制|编写|起草)"
)
_OPENING = re.compile(r"(.{2,50}?)(?:关于|印发|转发)")
# Offices that are no names of their own: 县委办、县政府办, 市委、市政府.
_OFFICE = (
    "(?:[省市县区州旗镇乡](?:党?委(?!员|托)|(?:人民)?政府|人大常委会|人大|党政)(?:办公厅|办公室|办|综合办)?"
    "|[省市县区]?两办|街道(?:党工委|办事处))"
)
_OFFICES = re.compile(f"{_OFFICE}(?:(?:[、和与及\u3000 ]|以及|联合|会同)?{_OFFICE})*$")
_AUTHORITY = re.compile("[局厅部]$|委员会$|委$|办公[厅室]$")
_RULES = re.compile(
    "(?:办法|通知|意见|规定|方案|细则|指引|标准|规范|规程|指南|计划|规划|制度|要点|清单)(?:（[^（）]*）)?$"
)
_JOINT = re.compile(r"[、和与及，]|以及|联合|会同|[ \u3000]+")
_SPACES = re.compile("[ \u3000]+")
_AND_OTHERS = re.compile(r"等(?:[0-9一二三四五六七八九十多]+(?:个|家)?)?(?:部门|单位|部委|机构)?(?:联合|共同)?$")
_THIS, _LONGEST_MEANT = re.compile("[该我本]([局厅部委办会])$"), 600  # characters back to the name that 该局 means
_WINDOW = 70
_NATIONAL = re.compile("中华人民共和国.*(?:法|法典|条例|规定|办法|细则|规则|修正案)")
_LAW = re.compile("[\u4e00-\u9fff、]{2,}(?<![办方做书想看用说手技语疗写唱读魔戏算章文兵剑拳佛作])法")
_SUBJECT = re.compile("(?:能力|实务|法规与政策|基础知识|初级|中级|高级)[）)]?$")
_EXAMINED = re.compile("科目|应考|[考应]试|报考|考场|三科|两科")


@cache
def _patterns(place: str) -> list[tuple[str, re.Pattern[str]]]:
    """The kinds of a place ("before", "title" or "after") with the words that tell them, in order."""
    form = "(?:{})" if place == "after" else "(?:{})$"
    return [
        (kind, re.compile(form.format(one_of(words.split()))))
        for kind, words in load_vocabulary("citation_kinds")[place].items()
    ]


def find_citations(reading: Reading) -> list[Row]:
    """One row for each title cited: title, kind, issuer (None when not stated), start, end of its first mention.

    `text[start:end]` is the title without its marks. A title within a title (《关于贯彻〈…〉的通知》) is part of it.
    """
    text, sentences = reading.text, sentences_of(reading)
    rows: dict[str, Row] = {}
    if "《" not in text:
        return []
    for start, end in _titles(text):
        title = text[start:end]
        row = rows.setdefault(title, {"title": title, "kind": "other", "issuer": None, "start": start, "end": end})
        if row["kind"] == "other":
            row["kind"] = _kind(text, start, end)
        if row["issuer"] is None and row["kind"] in ("policy", "law", "plan", "other"):
            row["issuer"] = _issuer(text, sentences.start(start - 1), start, end)
    return list(rows.values())


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Spans between outermost marks, on one line each."""
    depth, start = 0, 0
    for mark in _MARK.finditer(text):
        if mark.group() == "《":
            depth += 1
            if depth == 1:
                start = mark.end()
        elif mark.group() == "》":
            if depth == 1 and 0 < mark.start() - start <= LONGEST:
                yield start, mark.start()
            depth = max(0, depth - 1)
        else:
            depth = 0


def _kind(text: str, start: int, end: int) -> str:
    """The kind of the title text[start:end]."""
    before = text[max(0, start - 13) : start - 1].rstrip("：:“")
    after = text[end + 1 : end + 9]
    title = _AMENDMENT.sub("", text[start:end]) or text[start:end]
    if _NATIONAL.fullmatch(title) or _LAW.fullmatch(title):
        return "law"
    told = {
        "after": next((kind for kind, words in _patterns("after") if words.match(after)), None),
        "before": next((kind for kind, words in _patterns("before") if words.search(before)), None),
        "title": next((kind for kind, words in _patterns("title") if words.search(title)), None),
    }
    if title.startswith("关于") or ("关于" in title and told["title"] == "policy"):
        return "policy"
    if told["after"] == "program" or told["before"] in ("program", "creative_work"):
        return "program" if told["after"] == "program" else str(told["before"])
    if told["before"] == "periodical" and told["title"] not in ("law", "policy"):
        return "periodical"
    if told["title"] in (None, "creative_work", "policy") and not told["before"]:
        around = text[max(0, start - 80) : start - 1] + text[end + 1 : end + 30]
        if _SUBJECT.search(title) and _EXAMINED.search(around):
            return "other"
    return told["title"] or told["after"] or told["before"] or ("creative_work" if len(title) <= 16 else "other")


def _issuer(text: str, sentence: int, start: int, end: int) -> str | None:
    """Who issued the title text[start:end], as the text writes it in the sentence that begins at `sentence`."""
    opening = _OPENING.match(text, start, end)
    if opening and (named := _organizations_until(text, start, opening.end(1))):
        return named
    if named := _authority_at(text, start, end):
        return named
    a = max(0, start - 1 - _WINDOW, sentence)
    verb = _ISSUING.search(text, a, start - 1)
    if named := _organizations_until(text, a, verb.start() if verb else start - 1):
        return named
    passive = _PASSIVE.match(text, end + 1)
    return _organizations_until(text, passive.start(1), passive.end(1)) if passive else None


def _authority_at(text: str, start: int, end: int) -> str | None:
    """The authority that a title begins with, where the rest of it is more than that (《某市民政局…管理办法》)."""
    mention = next(iter(find_mentions(text[start:end])), None) if _RULES.search(text, start, end) else None
    if mention is None or mention.start or mention.end + 3 > end - start:
        return None
    named = text[start : start + mention.end]
    return named if _AUTHORITY.search(named) else None


def _offices_until(text: str, start: int, end: int) -> str | None:
    """The offices that end at `end`, with the name of the region of the first (某县委、县政府)."""
    offices = _OFFICES.search(text, start, end)
    if offices is None:
        return None
    first = max(start, offices.start() - LONGEST_NAME)
    for mention in find_regions(text[first : offices.start() + 1]):
        if first + mention.end == offices.start() + 1:
            return text[first + mention.start : offices.end()]
    return offices[0]


def _meant(text: str, start: int, end: int) -> str | None:
    """The body that 该局 before `end` means: the one named last before it whose name ends so."""
    short = _THIS.search(text, start, end)
    if short is None:
        return None
    floor = max(0, short.start() - _LONGEST_MEANT)
    named = [one.name for one in find_mentions(text[floor : short.start()]) if one.name.endswith(short[1])]
    return named[-1] if named else None


def _organizations_until(text: str, start: int, end: int) -> str | None:
    """The organization, or the organizations joined by 、 or 和, whose mention ends at `end`."""
    if others := _AND_OTHERS.search(text, max(start, end - 12), end):
        end = others.start()
    first = last = None
    for mention in find_mentions(text[start:end]):
        if first is None or last is None or not _JOINT.fullmatch(text[start + last.end : start + mention.start]):
            first = mention
        last = mention
    if first is None or last is None or last.end != len(text[start:end].rstrip()):
        return _offices_until(text, start, end) or _meant(text, start, end)
    named = _SPACES.sub("、", text[start + first.start : start + last.end])
    return named.replace("中共中央国务院", "中共中央、国务院").replace("中央办公厅国务院", "中央办公厅、国务院")
