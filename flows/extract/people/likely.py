"""Names that nothing but their own look and their neighbours vouch for (家住某镇的金玉娥，…).

Three characters that look like a name (`names.looks_whole`) are weighed by what stands before and behind them, by their
last characters and by how often the text repeats them. The weights were set by hand on news pages of other people, so
that nine candidates in ten above the bar were names; what stands inside a sentence without a mark or a joint before it
is never taken, since words of the language have the same look (非|常安静).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from flows.extract.organizations.places import places_in
from flows.extract.people.names import is_mark, looks_whole, names
from flows.extract.people.offices import Introduced
from flows.vocabulary import load_vocabulary

_BAR = 8
_OPENING = frozenset("，。；！？”“\n")
_JOINT = frozenset("、的叫由与和及请让给")
_LONGEST_FOREIGN = 4  # characters of transliteration in a row are no Chinese name
_ARMY = re.compile("家(?:军|将|班|人|庄|村|湾|寨|祠)")
_ORIGIN = re.compile("(?:街道|中心|居住|生活|工作|毕业|出生|独居|[镇村乡区县市级系院校站社队来到岁])的$")
_VERBS = frozenset("祝任连易应")  # family names that are verbs more often, where they open a clause
_PLACES = frozenset("旗港社湾镇路河山县区市省州")  # end a place or a body, seldom a name
_NAME = 3  # characters
_OFTEN, _TWICE = 5, 3


def find_likely(text: str) -> Iterator[Introduced]:
    """Every mention of a name whose weight reaches the bar; a name may come more than once."""
    lexicon = names()
    for match in _beginnings().finditer(text):
        start = match.start()
        end = start + _NAME
        before = text[start - 1 : start]
        told = before == "叫" or _from_somewhere(text, start)
        opens = not before or before in _OPENING
        if not (told or opens or before in _JOINT) or not looks_whole(text, start, end) or _is_other(text, start, end):
            continue
        weight = (5 if told else 4 if opens else 2) + _behind(text, end)
        weight += 2 * (text[end - 1] in lexicon.sure_last) + (text[end - 2] in lexicon.sure_last)
        if weight < _BAR - _OFTEN:
            continue
        count = text.count(text[start:end])
        if text.count(text[start : end - 1]) > count or (
            text[start] in _VERBS and (count == 1 or places_in(text[start + 1 : end]))
        ):
            continue  # 姚明|刚 beside 姚明, 任|雄安新区主任
        weight += _OFTEN if count > 2 else _TWICE if count == 2 else 0
        if weight >= _BAR:
            yield Introduced(start, end, [])


def _from_somewhere(text: str, start: int) -> bool:
    """Whether the words in front tell where somebody is from or what they do there (家住某镇的|金玉娥)."""
    return text[start - 1 : start] == "的" and _ORIGIN.search(text, max(0, start - 3), start) is not None


@cache
def _beginnings() -> re.Pattern[str]:
    """A frequent family name with two characters of given names behind it; a set first, to which `re` skips."""
    lexicon = names()
    given = "".join(sorted(lexicon.given))
    return re.compile(f"[{''.join(sorted(lexicon.common))}](?=[{given}]{{2}})")


def _behind(text: str, end: int) -> int:
    """What stands behind a name: a mark, a word that follows names, or neither."""
    if is_mark(text, end):
        return 3
    word = names().after.match(text, end)
    return 0 if word is None else 4 if len(word.group()) > 1 else 2


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether what looks like a name is part of a foreign one, of a place or an institution, or a family's."""
    run = names().transliterated.match(text, start)
    if run is not None and run.end() - start >= _LONGEST_FOREIGN and not is_mark(text, end):
        return True
    if text.startswith(_institutions(), end) or text.startswith(_institutions(), end - 1):
        return True
    if text[end - 1] in _PLACES:
        return True
    behind = text[end - 1 : end + 1]
    return behind in names().everyday or _ARMY.match(text, start + 1) is not None


@cache
def _institutions() -> tuple[str, ...]:
    return tuple(load_vocabulary("name_contexts")["institutions"].split())
