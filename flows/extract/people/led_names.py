"""Names behind a title whose end no known word tells (社工沈佳音|第一次上门).

They must look like a name in every character.
"""

from __future__ import annotations

import re
from functools import cache

from flows.extract.people.names import HAN, is_mark, looks_whole, may_be_name, names
from flows.extract.words.odds import costs, gain, taken_out
from flows.vocabulary import load_vocabulary

_LONG, _LONGEST = 3, 5  # characters
_APART = 100  # hundredths of a nat
_STRANGE = 750
"""What each character costs, read as words, of what is no words (`words.odds`); those of text cost half as much."""
_OF_PLACES = frozenset("长员部省市县区镇乡村路街社中小大")
"""What makes of a word like 黄河 and a name like it another name: 黄河路, 白云区."""


def led_end(text: str, start: int, stop: int, office: bool) -> int:
    """Where the name at text[start] ends, behind a title; `stop` is what `name_end` says of it, 0 for no name.

    `office` says that the title seldom stands without a name.
    """
    lexicon = names()
    pair, third = text[start : start + 2], text[start + 2 : start + 3]
    if len(pair) < 2:
        return stop
    apart = third != "" and text[start + 2 : start + 4] not in lexicon.everyday
    whole = apart and looks_whole(text, start, start + 3)
    sure, ends = apart and third in lexicon.sure_last, third not in lexicon.given
    if stop == start + 3 and pair[0] in lexicon.common and pair[1] in lexicon.sure_last and ends:
        return start + 2 if text[start + 2 : start + 4] in _gestures() else stop
    if stop == start + 2 and third == "文" and whole and not is_mark(text, start + 3):
        return start + 3  # 叶静文做评估, not 叶静|文
    if stop or lexicon.never.match(text, start):
        return stop
    if minority := _minority().match(text, start):  # 卓玛次仁
        word = lexicon.after.match(text, minority.end())
        if minority.end() - start > 2 or (word is not None and len(word.group()) > 1):
            return minority.end()
    if pair in lexicon.also_names and ends and third not in _OF_PLACES:
        word = lexicon.after.match(text, start + 2)
        return start + 2 if office or (word and len(word.group()) > 1) else 0
    if pair[0] not in lexicon.common:
        rare = (pair[0] in lexicon.rare or pair[0] in lexicon.seldom) and pair not in lexicon.everyday
        word = lexicon.after.match(text, start + 3)
        ended = is_mark(text, start + 3) or (word is not None and len(word.group()) > 1) or (office and apart)
        return start + 3 if rare and pair[1] in lexicon.given and sure and ended else 0
    if pair in lexicon.everyday:
        return start + 3 if sure and may_be_name(text[start : start + 3]) else 0
    if whole and (office or sure):
        return start + 3
    alone = pair[1] in lexicon.sure_last and ends and text[start + 1 : start + 3] not in lexicon.everyday
    return start + 2 if alone else 0


def whole_end(text: str, start: int, stop: int) -> int:
    """Where the name at text[start] ends, of which `stop` is what is told so far, 0 for none: further on, in what is
    written like no words (苏合巴|雅尔), or one character before (程毅|作点评)."""
    strange = strange_end(text, start) if not stop or stop - start == _LONG else 0
    return strange if strange > stop else _shorter_end(text, start, stop)


def _shorter_end(text: str, start: int, stop: int) -> int:
    """Where the name text[start:stop] ends if a word behind a name begins with its last character and two characters
    make the likelier name (程毅|作点评); else `stop`."""
    if stop - start != _LONG or not names().after.match(text, stop - 1):
        return stop
    return stop - 1 if gain(text, start, stop - 1) > gain(text, start, stop) + _APART else stop


def strange_end(text: str, start: int) -> int:
    """Where a name ends that is written in the characters of transliterations, like no words (次旦扎西|应邀); or 0."""
    run = names().transliterated.match(text, start)
    for end in range(min(run.end(), start + _LONGEST), start + 2, -1) if run else ():
        if _ended(text, end) and taken_out(text, start, end) >= _STRANGE * (end - start):
            return end
    return 0


def unlike_words(text: str, start: int, last: int = 0) -> int:
    """Where the three to five characters at text[start] end that are least like words (阿约里布|在), at `last` or
    before; 0 if a word begins there, or nothing that ends a name stands behind them."""
    ends = range(start + 3, min(last or len(text), start + _LONGEST) + 1)
    gains = {
        end: taken_out(text, start, end) - _STRANGE * (end - start) for end in ends if HAN.fullmatch(text, start, end)
    }
    best = max(gains, key=lambda end: (gains[end], end), default=0)
    return best if best and _ended(text, best) and gains[best] >= 0 else 0


def _ended(text: str, end: int) -> bool:
    """Whether a mark, a word that follows names, or any word of two characters stands at text[end]."""
    return bool(is_mark(text, end) or names().after.match(text, end) or costs().words.get(text[end : end + 2]))


@cache
def _minority() -> re.Pattern[str]:
    return re.compile(f"(?:{names().minority.pattern}){{1,3}}")


@cache
def _gestures() -> frozenset[str]:
    """Words of two characters that say how somebody does something (手把手): the first is no part of a name."""
    return frozenset(load_vocabulary("name_contexts")["gestures"].split())
