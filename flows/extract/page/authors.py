"""The writers whom a line about a story names: behind a label, in a dateline, beside 文 or 撰文, or alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from flows.extract.organizations.mentions import find_mentions
from flows.extract.organizations.single import last_ending
from flows.extract.page.byline import AROUND, Field, is_name, read_names
from flows.extract.page.source import closing_source, is_medium
from flows.extract.people.names import names as lexicon
from flows.extract.people.titles import ends_in_title

# The agency's mark in front of a first sentence:
# 国际在线辽宁频道消息（杨某）：, 新华社北京3月17日电（记者 张某、李某）
DATELINE = re.compile(
    r"[\s　【\[（(]*[\u4e00-\u9fff·]{2,16}?[\s　]*(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日)?[\s　]*"
    r"(?:电|讯|消息|报道)[\s　】\]]*[（(](?P<names>[^（）()]{2,60})[）)]"
)
_PLACE = (
    "(?:(?:台北|新北|桃园|新竹|苗栗|台中|彰化|南投|云林|嘉义|台南|高雄|屏东|基隆|宜兰|花莲|台东|澎湖|金门|马祖|"
    "香港|澳门|北京|上海)[县市]?)?"
)
_REPORT = rf"{_PLACE}(?:\d{{1,2}}日)?(?:(?:即时|综合|专题|连线|独家|现场|采访|整理)*(?:报[导道]|专访|特稿)|电)"
# 【台湾某报记者陈某台北报导】, （中央社记者王某台北8日电）, 〔记者林某／新竹报导〕, 记者陈某／综合报导
REPORTS = re.compile(
    r"[\s　]*[【〔\[（(]?(?P<paper>[\u4e00-\u9fff]{2,8}?)?[\s　/／]*(?:特派)?记者[\s　/／]*"
    rf"(?P<names>[\u4e00-\u9fff、\s]{{2,20}}?)[\s　]*[／/]?[\s　]*{_REPORT}(?:[\s　】〕\]）)：:]|$)"
)
SLASHED = re.compile(  # 林某、陈某／台中报导
    r"[\s　]*[【〔\[（(]?(?:[\u4e00-\u9fff]{2,8}[\s　]*[/／][\s　]*)?(?P<names>[\u4e00-\u9fff、\s]{2,20}?)"
    rf"[\s　]*[/／][\s　]*{_REPORT}[\s　】〕\]）)]*$"
)
IN_BRACKETS = re.compile(r"[\s　]*[（(【\[](?P<inside>[^（）()【】]{2,60})[）)】\]][\s　。]*$")
NAMES_WRITE = re.compile(
    r"(?P<names>[\u4e00-\u9fff·、\s　]{2,20}?)[\s　/]*(?:文/图|图/文|/文|文图|图文|撰文|采写)(?:$|[\s、，])"
)
NAMES_ALONE = re.compile(r"[\u4e00-\u9fff·、，,\s　]{2,24}$")
DEPARTMENT = re.compile(
    "[\u4e00-\u9fff]{0,10}[科处室股部办]|[\u4e00-\u9fff]{2,10}(?:小组|党委|团委|支部|工委|专班)"
)  # 宣传科, 项目部
QUOTE = re.compile("[“”《》]")
EXPLICIT = frozenset({"作者", "作 者", "文章作者", "本文作者", "原作者", "撰文", "撰稿", "撰稿人", "执笔", "供稿人"})


def find_authors(line: str, fields: Sequence[Field]) -> Iterable[str]:
    """The writers that a line names: behind a label, in a dateline, or alone in brackets."""
    dateline = DATELINE.match(line) if "（" in line or "(" in line else None
    if dateline:
        yield from read_names(dateline["names"], False)
        return
    report = (REPORTS.match(line) if "记者" in line else None) or (SLASHED.match(line) if "报" in line else None)
    if report:
        yield from read_names(report["names"], False)
        return
    bracket = IN_BRACKETS.match(line)
    inside = (bracket["inside"] if bracket else line).strip(AROUND)
    if writers := NAMES_WRITE.match(inside):
        yield from read_names(writers["names"], labelled=False)
        return
    for found in fields:
        if found.field == "source":  # 来源：某县融媒体中心 林某某
            medium, _, rest = found.value.partition(" ")
            yield from name_alone(rest.strip()) if rest and is_medium(medium, loose=True) else ()
        if found.field == "author":
            names = list(read_names(found.value.rstrip("）)】]"), found.labelled_by in EXPLICIT))
            names = [_without_office(name) for name in names if not QUOTE.search(name)]
            names = [name for name in names if not (DEPARTMENT.fullmatch(name) and not any(find_mentions(name)))]
            persons = [name for name in names if not _is_office(name)]  # 作者：县民政局 张某
            yield from persons or names
    if not fields and not closing_source(line):
        medium, _, rest = inside.partition(" ")  # 中时 林某某
        yield from name_alone(rest.strip() if rest and is_medium(medium) else inside)


def _is_office(word: str) -> bool:
    """Whether a word is an organization or a title, not a name."""
    return last_ending(word) == len(word) or (len(word) > 4 and ends_in_title(word, len(word)) >= 0)


def _without_office(word: str) -> str:
    """The name of a word that holds an office too: 方某北京大学教授, 研究员徐某某."""
    for length in (3, 2):  # 研究员徐某某
        if len(word) > 4 and is_name(word[-length:]) and ends_in_title(word, len(word) - length) >= 0:
            return word[-length:]
    office = next(find_mentions(word), None) if len(word) > 5 else None
    return word[: office.start] if office and is_name(word[: office.start]) else word


def name_alone(line: str) -> list[str]:
    """The names of a line that holds nothing else."""
    if not NAMES_ALONE.match(line):
        return []
    names = list(read_names(line, labelled=False, common_only=True))
    if len(names) == 1 and line in lexicon().everyday:
        return []  # 文化, 商城: a section of the site
    return names if len("".join(names)) == len(re.sub(r"[、，,\s　]", "", line)) else []
