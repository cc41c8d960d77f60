"""Names that a label or a heading announces.

Behind 联系人： and 点评人：, with brackets behind each (发言人：石某（某站）、尉迟某（某局）), on a line of names
alone below the heading of a list (“最美社工”提名奖（5名）), and in the column of a table
under such a head (姓名, 负责人).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.extract.organizations.places import opens_with_place
from flows.extract.people.double_names import is_double
from flows.extract.people.name_ends import name_end
from flows.extract.people.names import may_be_name, names
from flows.extract.people.offices import Introduced
from flows.extract.people.titles import Role

_LABEL = re.compile("(?:联系|点评|主持|发言|演讲|主讲|评议|召集|讲授|报告)人[：:][ \u3000]*(?=[\u4e00-\u9fff])")
_PART = re.compile("(?P<name>[\u4e00-\u9fff·]{2,12})(?:[（(][^（）()\n]{2,40}[）)])?")
_ENDS = re.compile("[，。；,;）)\n\t]|$")
_ALONE = re.compile(
    "(?:奖|名单|先进个人|社工|督导|志愿者|社会工作者|标兵|能手)[”』]?(?:（[^（）\n]{1,8}）)?[：:]?[ \u3000]*\n\\s*"
    "(?P<names>[\u4e00-\u9fff·]{2,12}(?:、[\u4e00-\u9fff·]{2,12}){2,})[。；]?[ \u3000]*(?=\n|$)"
)
_LETTERS = str.maketrans("木江甫", "姆尔夫")  # letters of Uyghur names that other transliterations lack
_HEADS: dict[str, list[Role]] = {
    "姓名": [],
    "负责人": [Role(None, "负责人")],
    "联系人": [],
    "站长": [Role(None, "站长")],
}
_TABLE = re.compile(f"^(?=[^\n]*(?:{'|'.join(_HEADS)}))[^\n]*\t[^\n]*(?:\n[^\n]*\t[^\n]*)+", re.MULTILINE)
_HALF = 0.5
_LONGEST = 4


def find_labelled(text: str) -> Iterator[Introduced]:
    """Everybody announced so; only where all of what is announced can be names."""
    for match in _LABEL.finditer(text):
        spans = _behind(text, match.end())
        if all(_has_family(text[a:b]) and may_be_name(text[a:b]) for a, b in spans):
            yield from (Introduced(a, b, []) for a, b in spans)
    for match in _ALONE.finditer(text) if "、" in text else ():
        spans = [part.span("name") for part in _PART.finditer(text, *match.span("names"))]
        known = sum(_has_family(text[a:b]) for a, b in spans)
        if known >= _HALF * len(spans) and all(_can_be_name(text, a, b) for a, b in spans):
            yield from (Introduced(a, b, []) for a, b in spans)
    yield from _in_tables(text)


def _in_tables(text: str) -> Iterator[Introduced]:
    """The names in the columns of tables under a head for names; of rows with as many cells as the head."""
    for match in _TABLE.finditer(text) if "\t" in text else ():
        head, *rows = match[0].split("\n")
        heads = [cell.strip() for cell in head.split("\t")]
        at = match.start() + len(head) + 1
        for row in rows:
            cells = row.split("\t")
            for number, cell in enumerate(cells if len(cells) == len(heads) else ()):
                if heads[number] in _HEADS and len(cell) > 1 and _has_family(cell) and may_be_name(cell):
                    start = at + sum(len(before) + 1 for before in cells[:number])
                    yield Introduced(start, start + len(cell), _HEADS[heads[number]])
            at += len(row) + 1


def _behind(text: str, at: int) -> list[tuple[int, int]]:
    """The parts joined by 、 that fill what stands at text[at] up to a mark; none if anything else stands there."""
    spans: list[tuple[int, int]] = []
    while part := _PART.match(text, at):
        spans.append(part.span("name"))
        at = part.end() + 1
        if text[part.end() : at] != "、":
            return spans if _ENDS.match(text, part.end()) else []
    return []


def _has_family(word: str) -> bool:
    """Whether a word has the length of a name and begins with a family name, and is no word."""
    lexicon = names()
    if word in lexicon.everyday or lexicon.never.match(word) or opens_with_place(word):
        return False
    if word[:2] in lexicon.compound and len(word) > 2:
        return len(word) <= _LONGEST
    return (word[0] in lexicon.common or word[0] in lexicon.rare) and (len(word) < _LONGEST or is_double(word))


def _can_be_name(text: str, start: int, end: int) -> bool:
    """Whether one of a list of names is one: by its family name, its dot, or letters of transliterations."""
    word = text[start:end]
    if "·" in word:
        return name_end(text, start) == end
    if _has_family(word):
        return may_be_name(word)
    foreign = names().transliterated.fullmatch(word.translate(_LETTERS)) is not None and len(word) > 2
    return foreign and not opens_with_place(word) and may_be_name(word)
