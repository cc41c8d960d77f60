"""Where a personal name that begins at a given place ends, if one begins there at all.

It is told by what may stand behind a name (`name_contexts.yaml`). Foreign and minority names are told by the dot
(买买提·吐尔逊) or by being written in the characters that transliterations use.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.extract.people.names import Names, is_mark, may_be_name, names

_SELDOM_LAST = frozenset("有家会社党村和为")
"""Characters that end a name only where a mark or a word of two characters stands behind it (傅全有、)."""

_VERBS, _ASPECTS = frozenset("来去回跟带走到进上下"), ("了", "着", "过")

_COMPOUND, _JAPANESE, _USUAL, _SELDOM = (4, 3), (5, 4, 3), (3, 2), (3,)
"""How long names are, by their family name, the likelier length first."""

_SURELY_FOREIGN = 4  # characters
_YI = 4  # a family name and a given one, two characters each
_OF_MEDIA = re.compile("[报网社台刊院局部会][·•．・‧]")  # 青年报·青年网
_DOTTED = re.compile(r"[\u4e00-\u9fffA-Z.]{1,8}(?:[·•．・‧][\u4e00-\u9fffA-Z]{1,8}){1,4}")


def name_end(text: str, start: int, rare: bool = True, foreign: bool = False, sure: bool = False) -> int:
    """Where the name that begins at text[start] ends; 0 when no name does.

    `rare` admits family names that are mostly something else (但, 和, 于), `foreign` names without a family name,
    `sure` names that begin with an everyday word (高峰) and names behind which anything stands: all three only
    behind a title, the last only behind one that seldom stands without a name.
    """
    lexicon = names()
    if text[start : start + 1] in ("", "\n") or lexicon.never.match(text, start):
        return 0
    if end := _dotted_end(text, start):
        return end
    if end := yi_end(text, start):
        return end
    lengths = _lengths(text, start, rare)
    if lengths is None:
        return _foreign_end(text, start) if foreign or lexicon.minority.match(text, start) else 0
    return _chinese_end(text, start, lengths, foreign, sure)


def yi_end(text: str, start: int) -> int:
    """Where the name of one of the Yi at text[start] ends (马海木呷), 0 for none; 马海明|说 has a Chinese one."""
    lexicon = names()
    end = start + _YI if lexicon.yi.match(text, start) else 0
    ended = end and (is_mark(text, end) or lexicon.after.match(text, end))
    return end if ended and not lexicon.after.match(text, end - 1) else 0


def _lengths(text: str, start: int, rare: bool) -> tuple[int, ...] | None:
    """How long a name with the family name at text[start] may be; None if none begins there."""
    lexicon = names()
    if text[start : start + 2] in lexicon.compound:
        return _COMPOUND
    if text[start : start + 2] in lexicon.japanese:
        return _JAPANESE
    first = text[start]
    if first in lexicon.common or (first in lexicon.rare and (rare or lexicon.says.match(text, start + 3))):
        return _USUAL
    if rare and first in lexicon.seldom and lexicon.given.issuperset(text[start + 1 : start + 3]):
        return _SELDOM
    return None


def _chinese_end(text: str, start: int, lengths: tuple[int, ...], foreign: bool, sure: bool) -> int:
    """Where a name with a family name ends: at a mark, else before a word that stands behind names."""
    lexicon = names()
    everyday = text[start : start + 2] in lexicon.everyday and lengths[-1] == 2
    if _begins_a_word(text, start, everyday, sure):
        return 0
    ends = [start + n for n in lengths if start + n <= len(text) and may_be_name(text[start : start + n])]
    ends = [end for end in ends if not _takes_verb(text, end)]
    if end := _end_at_mark(text, ends):
        return end
    run = _foreign_end(text, start) if foreign else 0
    if everyday and not any(lexicon.says.match(text, end) for end in ends):
        return _end_of_three(text, start, ends, sure) or run
    if run - start >= _SURELY_FOREIGN:
        return run
    return _end_before_word(text, start, ends) or run or _end_anywhere(text, start, ends, lengths, sure)


def _takes_verb(text: str, end: int) -> bool:
    """Whether the last character of a name is the verb of the 了 or 着 behind it (宫本立|来了, 闻人秀|回了)."""
    return text[end - 1] in _VERBS and text[end : end + 1] in _ASPECTS


def _begins_a_word(text: str, start: int, everyday: bool, sure: bool) -> bool:
    """Whether the family name at text[start] only begins an everyday word, or stands in front of one."""
    lexicon = names()
    says = text[start + 2 : start + 3] in lexicon.given and lexicon.says.match(text, start + 3)
    if everyday and not sure and not says:
        return True
    if sure and text[start] not in lexicon.rare:
        return False
    word = lexicon.after.match(text, start + 1)
    return word is not None and len(word.group()) > 1


def _end_at_mark(text: str, ends: Sequence[int]) -> int:
    """The first of the ends that a mark or a number follows; 韩雪|和5名 is no such."""
    marked = (end for end in ends if is_mark(text, end))
    return next((end for end in marked if text[end - 1] != "和" or not text[end : end + 1].isdigit()), 0)


def _end_of_three(text: str, start: int, ends: Sequence[int], sure: bool) -> int:
    """The end of a sure name of three characters that begins with an everyday word (署长|周道君|也到场); else 0."""
    whole = start + 3
    if not sure or whole not in ends or not names().given.issuperset(text[start + 1 : whole]):
        return 0
    return whole if names().after.match(text, whole) and not _swallows(text, whole) else 0


def _end_before_word(text: str, start: int, ends: Sequence[int]) -> int:
    """The first of the ends behind which a word stands that may follow a name; 0 for none."""
    lexicon = names()
    doubtful = text[start] in lexicon.rare or text[start] == "曾"
    for end in ends:
        if doubtful and _is_word_behind(text[start : start + 3], end - start, lexicon):
            continue
        word = lexicon.after.match(text, end)
        if word and not _swallows(text, end) and (text[end - 1] not in _SELDOM_LAST or len(word.group()) > 1):
            return end
    return 0


def _end_anywhere(text: str, start: int, ends: Sequence[int], lengths: tuple[int, ...], sure: bool) -> int:
    """The end of a sure name by its own characters, whatever stands behind it; 0 for none."""
    lexicon = names()
    if not sure or len(ends) < len(_USUAL) or lengths[-1] != _USUAL[-1]:
        return 0
    if text[start] not in lexicon.common or text[start + 1] not in lexicon.given:
        return 0
    return ends[0] if text[start + 2] in lexicon.given else ends[1]


def _is_word_behind(name: str, length: int, lexicon: Names) -> bool:
    """Whether what stands behind a family name that is mostly another word is no given name: 那|后面, 曾|因费; `name`
    has three characters, of which it may be `length`."""
    word = name[0] in "那但应" and name[1:] in lexicon.everyday
    return word or (length > 2 and lexicon.given.isdisjoint(name[1:]))


def _swallows(text: str, end: int) -> bool:
    """Whether the last character of a name is the first of the word behind it (徐知出席 is not 徐知出 and 席)."""
    word = names().after.match(text, end - 1)
    return word is not None and len(word.group()) > 1


def _foreign_end(text: str, start: int) -> int:
    """The end of a name in transliteration (曼德拉) that something that ends a name follows."""
    match = names().transliterated.match(text, start)
    if not match:
        return 0
    for end in range(match.end(), start + 1 + (text[start] == "阿"), -1):
        if text[start:end] in names().everyday:  # 合格|209人
            continue
        if is_mark(text, end) or (end - start > 2 and names().after.match(text, end) and not _swallows(text, end)):
            return end
    return 0


def _dotted_end(text: str, start: int) -> int:
    """The end of a dotted name, whose last part must not take in the word behind it; 0 for none."""
    dotted = _DOTTED.match(text, start)
    if dotted is None or text[start : start + 2] in names().address or _OF_MEDIA.search(dotted.group()):
        return 0
    end = dotted.end()
    last = max(text.rfind(dot, start, end) for dot in "·•．・‧") + 1
    for stop in range(last + 1, end + 1):
        if is_mark(text, stop) or (
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
