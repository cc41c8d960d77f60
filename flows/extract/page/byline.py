"""Labelled lines (来源:… 作者:… 编辑:…), however glued together, and the names of persons in their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from re import escape
from typing import NamedTuple

from flows.characters import CharacterMap
from flows.heads import headed
from flows.vocabulary import load_vocabulary, unspaced

# Widths that values may keep but that labels and numbers must not depend on.
PLAIN = str.maketrans("０１２３４５６７８９：／∕｜丨－\u00a0\u3000", "0123456789://||-  ")
SPLIT = re.compile(r"[\s、，,；;/|&+]+|(?<=[^\s、，,；;/|&+])[和与及]")
AROUND = " \t-—:·|/,，;；。.()（）[]【】<>《》“”\"'■●◆▲★□○◇△▼▽☆◎※*#_"
CODE = re.compile(r"[\s_]*(?:[A-Z]{1,3}\d{2,6}|\(?[A-Z]{2,4}\)?)$")  # staff numbers: 李某 SF099, 张某_NN2587
LATIN = re.compile(r"[A-Za-z][A-Za-z.\- ]{1,30}$")
HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}$")
_all_plain = CharacterMap({chr(old): chr(new) for old, new in PLAIN.items()})
MINORITY_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8}){1,3}$")
SPACED_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
ASIDE = re.compile(r"[（(][^（）()]*(?:[）)]|$)")
LONGEST_GLUED, LONGEST_PEN_NAME, MOST_GLUED = 12, 4, 3
"""Characters of names without marks between them, and of a word behind 作者 that is rather one name; and how many names
such a word may hold before it is rather something else."""
MARKED = re.compile(  # 【记者】方某
    r"[【\[]\s*([\u4e00-\u9fff]{2,6})\s*[】\]](?=\s*[\u4e00-\u9fff]{2,4}(?:[\s、，,【\[]|$))"
)
JOINED = re.compile(r"\s*[、/&]\s*")
BRACKET_END = re.compile("[）)】\\]。]")
ENDS_A_NAME = re.compile(r"[\u4e00-\u9fff](?:发布|发表)(?!\s*:)")  # 来源：浦东发布 | 时间
STAMPED = re.compile(r"(?<=[\u4e00-\u9fff])\s*(?:19|20)\d\d[-年/.]\d")  # 金某 温某2023-12-05
NO_PEN_NAME = re.compile(r"\d{2}|[。！？!?%=@]|http|www")
NOT_AN_AUTHOR = re.compile("(?:作者|笔者)?(?:系|为|是|单位)|(?:职务|现任|曾任)")


class Field(NamedTuple):
    """A label of `line` and what follows it: `field` is one of those in bylines.yaml (source, author, other, …)."""

    field: str
    value: str
    labelled_by: str


@lru_cache(maxsize=1024)
def plain(line: str) -> str:
    """The line with full-width digits, colons, slashes and spaces made half-width; places stay the same."""
    return line.translate(PLAIN)


def plain_lines(lines: Sequence[str]) -> list[str]:
    """Many lines made so at once; none of them holds a line end."""
    return _all_plain("\n".join(lines)).split("\n") if lines else []


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all labels, and the field of each."""
    fields: dict[str, str] = {}
    colon: list[str] = []
    bare: list[str] = []
    for field, forms in load_vocabulary("bylines")["labels"].items():
        for form, words in forms.items():
            fields |= dict.fromkeys(map(plain, words), field)
            (colon if form == "colon" else bare).extend(map(plain, words))

    def longest_first(words: list[str]) -> str:
        return "|".join(escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))

    # a label of one character (文, 图) must stand at the beginning or behind white space or a bracket
    short = "|".join(escape(word) for word in colon if len(word) == 1)
    long = longest_first([word for word in colon if len(word) > 1])
    pattern = (
        rf"(?P<label>(?P<bare>{longest_first(bare)})\s*[:/|]?\s*"
        # several labels of one value: 编辑、初审
        rf"|(?:(?:{long})(?:\s*[、/&]\s*(?:{long}))*|(?:(?<=[\s(（【\[])|^)(?:{short}))"
        # a label that ends the line stands alone or behind white space: 浦东发布 is a name
        r"(?:\s*[:/|]\s*|(?<=[\u4e00-\u9fff]{2})\s+(?=\S)|(?<![\u4e00-\u9fff]{3})\s*$))"
    )
    return headed(pattern), fields


def read_fields(line: str) -> list[Field]:
    """The labels of a line with their values, which may be empty; a value ends where the next label begins."""
    pattern, fields = _labels()
    line = MARKED.sub(lambda mark: f" {mark[1]}:" if mark[1] in fields else mark[0], plain(line))
    marks = [mark for mark in pattern.finditer(line) if not ENDS_A_NAME.match(line, max(0, mark.start() - 1))]
    out = []
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    for mark, end in zip(marks, ends, strict=bool(marks)):
        label = mark["bare"] or mark["label"].strip(" :/|\t")
        value = line[mark.end() : end].strip()
        labels = [label] if label in fields else JOINED.split(label)
        out += [Field(fields.get(one, "other"), value, one) for one in labels]
    return out


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    names = load_vocabulary("surnames")
    compound = frozenset(names["compound"].split())
    return frozenset(unspaced(names["common"])), frozenset(unspaced(names["rare"])), compound


@cache
def _roles() -> re.Pattern[str]:
    words = sorted(load_vocabulary("bylines")["roles"], key=len, reverse=True)
    return re.compile("|".join(map(escape, words)))


@cache
def _nobody() -> frozenset[str]:
    return frozenset(load_vocabulary("bylines")["no_person"])


def is_name(word: str, common_only: bool = False) -> bool:
    """Whether a word has the form of a person's name: a known family name and one or two more characters."""
    if MINORITY_NAME.match(word):
        return True
    if not HAN_NAME.match(word) or word[-1] in "等网报社的者":
        return False
    common, rare, compound = _surnames()
    single = word[0] in common or (word[0] in rare and not common_only)
    return (word[:2] in compound and len(word) > 2) or (single and len(word) < 4)


def glued_names(word: str) -> list[list[str]]:
    """Every way to cut a word of more than three characters into names: 张家宁戴良安 has one."""
    return [way for way in _cuts(word) if len(way) > 1] if 3 < len(word) <= LONGEST_GLUED else []


def _cuts(word: str) -> Iterator[list[str]]:
    if not word:
        yield []
    for length in (2, 3, 4):
        if length <= len(word) and is_name(word[:length]):
            yield from ([word[:length], *rest] for rest in _cuts(word[length:]))


def read_names(value: str, labelled: bool, common_only: bool = False) -> Iterator[str]:
    """The persons of a value such as "本报记者 皮某 通讯员 王某某".

    Behind an explicit label (作者:) any short word counts, for pen names and offices stand there too. Elsewhere
    only what has the form of a name does, and the first other word behind a name ends the list. Names without a mark
    between them count where there is one way to cut them.
    """
    if NOT_AN_AUTHOR.match(value.lstrip("(（ ")):
        return
    if labelled:
        value = BRACKET_END.split(ASIDE.sub(" ", value))[0]
        if LATIN.fullmatch(value.strip()) and value.strip().lower() not in _nobody():
            yield value.strip()
            return
    value = STAMPED.split(value, maxsplit=1)[0]
    value = _roles().sub(" ", SPACED_NAME.sub(r"\1\2", value))
    begun = False
    for part in SPLIT.split(value if labelled else BRACKET_END.split(value)[0]):
        word = CODE.sub("", part.strip(AROUND)).strip(AROUND)
        if not word or word.lower() in _nobody() or word.isdigit():
            continue
        named = is_name(word, common_only)
        ways = glued_names(word) if not named and len(word) > (LONGEST_PEN_NAME if labelled else 3) else []
        if ways:
            begun = True
            few = len(ways) == 1 and len(ways[0]) <= MOST_GLUED
            yield from ways[0] if few and all(is_name(name, common_only) for name in ways[0]) else []
            continue
        if begun and not named and (not labelled or len(word) > 4):
            return  # 某某 北京大学社会学系教授
        if named or (labelled and len(word) <= 12 and not NO_PEN_NAME.search(word)):
            begun = begun or named
            yield word
