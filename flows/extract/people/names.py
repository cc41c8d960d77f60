"""Personal names: where a name that begins at a given place ends, if one begins there at all.

A Chinese name is a family name (`surnames.yaml`) and one or two characters more; where it ends is told by what may
stand behind a name (`name_contexts.yaml`). Foreign and minority names are told by the dot (买买提·吐尔逊) or by being
written in the characters that transliterations use.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from flows.vocabulary import load_vocabulary, one_of, unspaced

NEVER = frozenset("的了是不这那你我他她它们及或但而则被把将由就已吗呢吧啊很还说称些每项件厅局部委")
"""Characters that are next to never in a given name."""

NEVER_LAST = NEVER | frozenset("也又更在等个各该时分次场处省市县区街镇乡站所校院室组队员者与都最曾对向从到以日得摄着讯")
"""Characters that are next to never the last of a name."""

SELDOM_LAST = frozenset("有家会社党村和为")
"""Characters that end a name only where a mark or a word of two characters stands behind it (傅全有、)."""

FAMILIAR = frozenset("伯姨叔婶嫂姐哥妈爷奶婆爸")
_ADVERBS = frozenset("只都不就才很先总没说笑在是有常从便却则忽已")
ANONYMOUS = frozenset("某××XxＸ*＊")
_END = re.compile(
    r"$|[0-9]|[一二三四五六七八九十〇]+[年月日]|[，。、；：？！“”‘’（）《》〈〉【】「」,.;:?!()<>\[\]\"'/|—…\s\u3000-]"
)
_GIVEN_TOO = frozenset({"海军"})
_OF_MEDIA = re.compile("[报网社台刊院局部会][·•．・‧]")  # 青年报·青年网
HAN = re.compile(r"[\u4e00-\u9fff]+")
_DOTTED = re.compile(r"[\u4e00-\u9fffA-Z.]{1,8}(?:[·•．・‧][\u4e00-\u9fffA-Z]{1,8}){1,4}")


class Names(NamedTuple):
    """The lexicon of names."""

    common: frozenset[str]
    rare: frozenset[str]
    seldom: frozenset[str]
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
        frozenset(surnames["compound"].split()),
        frozenset(surnames["japanese"].split()),
        frozenset(unspaced(surnames["given"])),
        frozenset(unspaced(surnames["sure_last"])),
        frozenset(surnames["also_names"].split()),
        frozenset(words["phrases"].split()) | frozenset(words["own"].split()) | frozenset(words["threes"].split()),
        re.compile(one_of(words["never"].split())),
        frozenset(" ".join(titles[key] for key in ("honorifics", "ranks", "professions", "after")).split()),
        frozenset(" ".join(load_vocabulary("organization_suffixes").values()).split()) - _GIVEN_TOO,
        re.compile(
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
    )


def name_end(text: str, start: int, rare: bool = True, foreign: bool = False, sure: bool = False) -> int:
    """Where the name that begins at text[start] ends; 0 when no name does.

    `rare` admits family names that are mostly something else (但, 和, 于), `foreign` names without a family name,
    `sure` names that begin with an everyday word (高峰) and names behind which anything stands: all three only
    behind a title, the last only behind one that seldom stands without a name.
    """
    lexicon = names()
    if text[start : start + 1] in ("", "\n") or lexicon.never.match(text, start):
        return 0
    dotted = _DOTTED.match(text, start)
    if dotted and text[start : start + 2] not in lexicon.address and not _OF_MEDIA.search(dotted.group()):
        return _trim_dotted(text, start, dotted.end())
    if text[start : start + 2] in lexicon.compound:
        lengths: tuple[int, ...] = (4, 3)
    elif text[start : start + 2] in lexicon.japanese:
        lengths = (5, 4, 3)
    elif text[start] in lexicon.common or (
        text[start] in lexicon.rare and (rare or lexicon.says.match(text, start + 3))
    ):
        lengths = (3, 2)
    elif rare and text[start] in lexicon.seldom and lexicon.given.issuperset(text[start + 1 : start + 3]):
        lengths = (3,)
    else:
        return _foreign_end(text, start) if foreign or lexicon.minority.match(text, start) else 0
    everyday = text[start : start + 2] in lexicon.everyday and lengths[-1] == 2
    if (
        everyday
        and not sure
        and not (text[start + 2 : start + 3] in lexicon.given and lexicon.says.match(text, start + 3))
    ):
        return 0
    if (
        (text[start] in lexicon.rare or not sure)
        and (word := lexicon.after.match(text, start + 1))
        and len(word.group()) > 1
    ):
        return 0
    ends = [start + n for n in lengths if start + n <= len(text) and may_be_name(text[start : start + n])]
    for end in ends:
        if _END.match(text, end) and not (text[end - 1] == "和" and text[end : end + 1].isdigit()):  # 韩雪|和5名
            return end
    if everyday and not any(lexicon.says.match(text, end) for end in ends):
        whole = start + 3  # 署长周道君也到场
        if sure and whole in ends and lexicon.given.issuperset(text[start + 1 : whole]):
            word = lexicon.after.match(text, whole)
            if word and not _swallows(text, whole, lexicon):
                return whole
        return _foreign_end(text, start) if foreign else 0
    run = _foreign_end(text, start) if foreign else 0
    if run - start >= 4:
        return run
    if text[start] in lexicon.rare or text[start] == "曾":
        ends = [end for end in ends if not _is_word_behind(text[start : start + 3], end - start, lexicon)]
    for end in ends:
        word = lexicon.after.match(text, end)
        if word and not _swallows(text, end, lexicon) and (text[end - 1] not in SELDOM_LAST or len(word.group()) > 1):
            return end
    if run:
        return run
    if (
        sure
        and len(ends) >= 2
        and lengths[-1] == 2
        and text[start] in lexicon.common
        and text[start + 1] in lexicon.given
    ):
        return ends[0] if text[start + 2] in lexicon.given else ends[1]
    return 0


def _is_word_behind(name: str, length: int, lexicon: Names) -> bool:
    """Whether what stands behind a family name that is mostly another word is no given name: 那|后面, 曾|因费; `name`
    has three characters, of which it may be `length`."""
    word = name[0] in "那但应" and name[1:] in lexicon.everyday
    return word or (length > 2 and lexicon.given.isdisjoint(name[1:]))


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


def _swallows(text: str, end: int, lexicon: Names) -> bool:
    """Whether the last character of a name is the first of the word behind it (徐知出席 is not 徐知出 and 席)."""
    word = lexicon.after.match(text, end - 1)
    return word is not None and len(word.group()) > 1


@lru_cache(maxsize=8192)
def may_be_name(name: str) -> bool:
    """Whether a word could be a name by its characters."""
    if (
        not HAN.fullmatch(name)
        or name[-1] in NEVER_LAST
        or not NEVER.isdisjoint(name[1:])
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


def _foreign_end(text: str, start: int) -> int:
    """The end of a name in transliteration (曼德拉) that something that ends a name follows."""
    match = names().transliterated.match(text, start)
    if not match:
        return 0
    for end in range(match.end(), start + 1 + (text[start] == "阿"), -1):
        if _END.match(text, end) or (end - start > 2 and names().after.match(text, end)):
            return end
    return 0


def _trim_dotted(text: str, start: int, end: int) -> int:
    """The end of a dotted name, whose last part must not take in the word behind it."""
    last = max(text.rfind(dot, start, end) for dot in "·•．・‧") + 1
    for stop in range(last + 1, end + 1):
        if _END.match(text, stop) or (
            (word := names().after.match(text, stop))
            and len(word.group()) + stop - last > 2
            and not _more_letters(text, stop)
        ):
            return stop
    letters = names().transliterated.match(text, last, end)
    return letters.end() if letters else end


def _more_letters(text: str, stop: int) -> bool:
    """Whether a transliteration plainly goes on, although a short word could begin here."""
    match = names().after.match(text, stop)
    return bool(match and len(match.group()) == 1 and names().transliterated.match(text, stop))
