"""Personal names: the lexicon of their characters, and whether a word may be one by them.

A Chinese name is a family name (`surnames.yaml`) and one or two characters more; `name_ends` tells where one ends.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from flows.heads import headed
from flows.vocabulary import load_vocabulary, one_of, unspaced

NEVER = frozenset("的了是不这那你我他她它们及或但而则被把将由就已吗呢吧啊很还说称些每项件厅局部委")
"""Characters that are next to never in a given name."""

NEVER_LAST = NEVER | frozenset(
    "也又更在等个各该时分次场处省市县区街镇乡站所校院室组队员者与都最曾对向从到以日得摄着讯只副"
)
"""Characters that are next to never the last of a name."""

FAMILIAR = frozenset("伯姨叔婶嫂姐哥妈爷奶婆爸")
_ADVERBS = frozenset("只都不就才很先总没说笑在是有常从便却则忽已")
ANONYMOUS = frozenset("某××XxＸ*＊")
_END = re.compile(
    r"$|[0-9]|[一二三四五六七八九十〇]+[年月日]|[，。、；：？！“”‘’（）《》〈〉【】「」,.;:?!()<>\[\]\"'/|—…\s\u3000-]"
)
_GIVEN_TOO = frozenset({"海军"})
HAN = re.compile(r"[\u4e00-\u9fff]+")


class Names(NamedTuple):
    """The lexicon of names."""

    common: frozenset[str]
    rare: frozenset[str]
    seldom: frozenset[str]
    plain: frozenset[str]
    compound: frozenset[str]
    japanese: frozenset[str]
    given: frozenset[str]
    sure_last: frozenset[str]
    also_names: frozenset[str]
    everyday: frozenset[str]
    never: re.Pattern[str]
    address: frozenset[str]
    endings: frozenset[str]
    after: re.Pattern[str]
    says: re.Pattern[str]
    transliterated: re.Pattern[str]
    minority: re.Pattern[str]
    yi: re.Pattern[str]


@cache
def names() -> Names:
    """The lexicon, read once."""
    surnames, words = load_vocabulary("surnames"), load_vocabulary("words_like_names")
    common = frozenset(unspaced(surnames["common"]))
    contexts, titles = load_vocabulary("name_contexts"), load_vocabulary("titles")
    letters = unspaced(surnames["transliteration"])
    return Names(
        common,
        frozenset(unspaced(surnames["rare"])) - common,
        frozenset(unspaced(surnames["seldom"])),
        frozenset(unspaced(surnames["plain"])),
        frozenset(surnames["compound"].split()),
        frozenset(surnames["japanese"].split()),
        frozenset(unspaced(surnames["given"])),
        frozenset(unspaced(surnames["sure_last"])),
        frozenset(surnames["also_names"].split()),
        frozenset(words["phrases"].split()) | frozenset(words["own"].split()) | frozenset(words["threes"].split()),
        headed(one_of(words["never"].split())),
        frozenset(" ".join(titles[key] for key in ("honorifics", "ranks", "professions", "after")).split()),
        frozenset(" ".join(load_vocabulary("organization_suffixes").values()).split()) - _GIVEN_TOO,
        headed(
            one_of(
                [
                    *contexts["after"].split(),
                    *contexts["speech"].split(),
                    *titles["after"].split(),
                    *titles["honorifics"].split(),
                ]
            )
        ),
        re.compile(one_of(contexts["speech"].split())),
        re.compile(f"[{letters}]{{2,8}}"),
        re.compile(one_of(surnames["minority"].split())),
        re.compile(f"(?:{one_of(surnames['yi'].split())})[\u4e00-\u9fff]{{2}}"),
    )


def looks_whole(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a frequent family name and characters that given names are made of, and no word."""
    lexicon = names()
    return (
        2 <= end - start <= 3
        and text[start] in lexicon.common
        and lexicon.given.issuperset(text[start + 1 : end])
        and text[start : start + 2] not in lexicon.everyday
        and text[start + 1 : end] not in lexicon.everyday
        and may_be_name(text[start:end])
    )


@lru_cache(maxsize=8192)
def may_be_name(name: str) -> bool:
    """Whether a word could be a name by its characters."""
    upright = len(name) == 4 and name.endswith("正则") and name[:2] in names().compound  # 欧阳正则
    if (
        not HAN.fullmatch(name)
        or (not upright and (name[-1] in NEVER_LAST or not NEVER.isdisjoint(name[1:])))
        or not ANONYMOUS.isdisjoint(name)
        or (len(name) == 2 and (name[0] == "阿" or name[1] == "太" or name[1] in FAMILIAR))  # 阿强, 蓝太, 钟伯
        or (name[1] in FAMILIAR and name[2:] in _ADVERBS)  # 钟伯只
        or (name[-1] == "为" and name[-2] not in "有大可敢")  # 许静|为秘书长
    ):
        return False
    lexicon = names()
    return (
        name[-2:] not in lexicon.address
        and name[1:] not in lexicon.address
        and name[1:] not in lexicon.endings
        and name not in lexicon.everyday
    )


def is_mark(text: str, at: int) -> bool:
    """Whether a mark, a number or the end stands at text[at], where a name must end."""
    return _END.match(text, at) is not None
