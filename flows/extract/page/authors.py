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
from flows.grammar import load_grammar

IN_BRACKETS = re.compile(r"[\s　]*[（(【\[](?P<inside>[^（）()【】]{2,60})[）)】\]][\s　。]*$")
NAMES_ALONE = re.compile(r"[\u4e00-\u9fff·、，,\s　]{2,24}$")
DEPARTMENT = re.compile(
    "[\u4e00-\u9fff]{0,10}[科处室股部办]|[\u4e00-\u9fff]{2,10}(?:小组|党委|团委|支部|工委|专班)"
)  # 宣传科, 项目部
QUOTE = re.compile("[“”《》]")
EXPLICIT = frozenset({"作者", "作 者", "文章作者", "本文作者", "原作者", "撰文", "撰稿", "撰稿人", "执笔", "供稿人"})


def find_authors(line: str, fields: Sequence[Field]) -> Iterable[str]:
    """The writers that a line names: behind a label, in a dateline, or alone in brackets."""
    patterns = load_grammar("bylines")
    bracket = IN_BRACKETS.match(line)
    inside = (bracket["inside"] if bracket else line).strip(AROUND)
    told = patterns.first(line, "dateline", "report") or patterns.first(inside, "writers")
    if told:
        yield from read_names(told["names"], labelled=False)
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
