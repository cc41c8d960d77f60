"""Names of Tibetans, Uyghurs, Kazakhs, Mongols and Yi that are written without a dot and without a family name.

They are told by the words that such names are made of (扎西|顿珠, 古丽|巴合提), by what somebody is called behind them
(哈那提老人, 库兰奶奶), and in a list by the one in front (格桑梅朵、卓玛央金); what stands around them must be words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from flows.extract.organizations.places import opens_with_place
from flows.extract.people.led_names import strange_end
from flows.extract.people.name_ends import yi_end
from flows.extract.people.names import names
from flows.extract.people.offices import Introduced
from flows.extract.words.odds import costs, taken_out
from flows.extract.words.organizations import lexicon
from flows.heads import headed
from flows.looks import IfHeld
from flows.vocabulary import load_vocabulary, one_of, unspaced

_JOINTS = frozenset("、和与")
_MOST = 5  # characters of a name
_STRANGE = 600
"""What each character of a name without a known word in it costs, read as words (`words.odds`)."""


def find_minority(text: str) -> Iterator[Introduced]:
    """Everybody named so, in no order; a name may come more than once."""
    for match in _words().finditer(text):
        start = match.start()
        if text[start - 1 : start] == "·" or (start and not match["whole"] and _of_run(text, start - 1)):
            continue
        if match["yi"] and start and text[start - 1] in _letters():
            continue  # 塔|吉克斯坦
        if match["yi"] and not yi_end(text, start):
            continue
        end = match.end() if match["whole"] else strange_end(text, start)
        if end and _is_name(text, start, end):
            yield Introduced(start, end, [])
            yield from _beside(text, end)
    for match in _called().finditer(text):
        start, end = match.span("name")
        if _is_name(text, start, end) and taken_out(text, start, end) >= _STRANGE * (end - start):
            yield Introduced(start, end, [])


def _beside(text: str, end: int) -> Iterator[Introduced]:
    """The names that go on a list behind one that ends at text[end]."""
    while text[end : end + 1] in _JOINTS and text[end : end + 1]:
        start = end + 1
        end = strange_end(text, start)
        if not end or not _is_name(text, start, end):
            return
        yield Introduced(start, end, [])


def _of_run(text: str, at: int) -> bool:
    """Whether text[at] belongs to a name in transliteration that goes on behind it, not to a title."""
    return text[at] in _letters() and text[at - 1 : at] in _letters() and not costs().words.get(text[at - 1 : at + 1])


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is no place, no nation and no part of a dotted name or an institution."""
    word = text[start:end]
    if text[end : end + 1] == "·" or text.startswith(_no_ends(), end) or opens_with_place(text[start : end + 1]):
        return False
    return (
        not word.startswith(tuple(lexicon().nations)) and word not in names().everyday and not costs().words.get(word)
    )


@cache
def _letters() -> frozenset[str]:
    return frozenset(unspaced(load_vocabulary("surnames")["transliteration"]))


@cache
def _words() -> re.Pattern[str]:
    """Two or three words of such names, a family name of the Yi with what it is followed by, what is closed by a word
    of such names, or one that is sure to open one."""
    surnames, letters = load_vocabulary("surnames"), unspaced(load_vocabulary("surnames")["transliteration"])
    word, opening = one_of(surnames["minority"].split()), one_of(surnames["minority_opens"].split())
    closed = f"(?<![\u4e00-\u9fff])[{letters}]{{1,3}}(?:{one_of(surnames['minority_ends'].split())})"
    return headed(f"(?P<whole>(?:{word}){{2,3}}|(?P<yi>{names().yi.pattern})|{closed})|(?:{opening})")


@cache
def _called() -> IfHeld:
    """A run of transliteration behind a mark or a word that a name follows, and how one calls somebody behind it."""
    contexts, letters = load_vocabulary("name_contexts"), unspaced(load_vocabulary("surnames")["transliteration"])
    return IfHeld(
        f"(?:(?<=[，。；：！？”“\n、的位是和与为给跟从向到])|^)(?P<name>[{letters}]{{2,{_MOST}}})"
        f"(?:{one_of(contexts['called_behind'].split())})"
    )


@cache
def _no_ends() -> tuple[str, ...]:
    """What stands behind a place or an institution called like somebody."""
    return (*load_vocabulary("name_contexts")["institutions"].split(), "族", "语", "人", "山", "湖", "河", "机场")
