"""Names that nothing but their own look and the words around them vouch for (家住某镇的金玉娥，…).

What looks like a name is weighed: by what it gains against all other readings of the words around it (`words.odds`), by
what stands before and behind it, and by whether the text repeats it. The bar was set by hand on news pages of other
people, so that more than nine candidates in ten above it were names; nothing was trained. A name that stands in the
text of a longer name, of a place or a body, in 《》 or under a picture is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from flows.document import Row
from flows.extract.organizations.places import places_in
from flows.extract.people.names import is_mark, may_be_name, names
from flows.extract.people.offices import Introduced
from flows.extract.people.signatures import signs
from flows.extract.words.odds import costs, foreign_cost, gain, name_cost
from flows.vocabulary import load_vocabulary, unspaced

_BAR = 460  # hundredths of a nat
_LEAST = 200
"""What a name must gain by itself."""
_APART = 60
"""How much more a name of three characters must gain than the two that begin it (叶静|文做评估, 秦岚|带孩子)."""
_NATIVE = 300
"""How much less a name must cost than the same characters cost as a name in transliteration (莫斯科)."""
_SHORT = 40
"""How much more a name of two characters must weigh, and the text's repeating it tells nothing for it."""
_TOLD, _OPENS, _JOINED = 240, 160, 120
_MARKED, _WORDED, _FOLLOWED = 120, 160, 60
_OFTEN, _TWICE = 240, 160
_OPENING = frozenset("，。；！？”“\n")
_JOINT = frozenset("、的叫由与和及请让给")
_ARMY = re.compile("家(?:军|将|班|人|庄|村|湾|寨|祠)")
_ORIGIN = re.compile("(?:街道|中心|居住|生活|工作|毕业|出生|独居|[镇村乡区县市级系院校站社队来到岁])的$")
_VERBS = frozenset("祝任连易应")  # family names that are verbs more often, where they open a clause


class _Candidate(NamedTuple):
    gain: int
    start: int
    end: int


def find_likely(text: str, organizations: Sequence[Row]) -> Iterator[Introduced]:
    """Every name whose weight reaches the bar, at the mention that gains most; none overlapping."""
    taken: list[tuple[int, int]] = [(row["start"], row["end"]) for row in organizations]
    for found in sorted(_candidates(text), key=lambda one: (-one.gain, one.start)):
        start, end = found.start, found.end
        if any(first < end and start < last for first, last in taken) or _is_other(text, start, end):
            continue
        if found.gain + _beside(text, start, end) + _repeated(text, start, end) >= _BAR:
            taken.append((start, end))
            yield Introduced(start, end, [])


def _candidates(text: str) -> Iterator[_Candidate]:
    """What looks like a name and is likelier one than anything else."""
    lexicon, (longer, short) = names(), _looks()
    for match in longer.finditer(text):
        start, word = match.start(), match[1]
        if not may_be_name(word) or lexicon.never.match(word):
            continue
        family = 2 if word[:2] in lexicon.compound else 1
        if foreign_cost(word) - name_cost(word[:family], word[family:]) < _NATIVE:
            continue
        end = start + len(word)
        gained = gain(text, start, end, family)
        if gained >= _LEAST and (family > 1 or gain(text, start, end - 1) + _APART <= gained):
            yield _Candidate(gained, start, end)
    for match in short.finditer(text):
        start, end = match.span(1)
        if may_be_name(match[1]) and not lexicon.never.match(match[1]) and (gained := gain(text, start, end)) >= _LEAST:
            yield _Candidate(gained - _SHORT, start, end)


@cache
def _looks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A frequent family name with two characters of given names behind it, and with one; overlapping ones too."""
    lexicon, known = names(), costs()
    family, second, third, only = (
        "".join(sorted(place)) for place in (lexicon.common, known.second, known.third, known.only)
    )
    compound = "|".join(sorted(lexicon.compound))
    return re.compile(f"(?=((?:{compound})[{second}][{third}]|[{family}][{second}][{third}]))"), re.compile(
        f"(?=([{family}][{only}]))"
    )


def _beside(text: str, start: int, end: int) -> int:
    """What stands before and behind a name tells for it."""
    before = text[start - 1 : start]
    told = before == "叫" or (before == "的" and _ORIGIN.search(text, max(0, start - 3), start) is not None)
    weight = _TOLD if told else _OPENS if not before or before in _OPENING else _JOINED if before in _JOINT else 0
    if is_mark(text, end):
        return weight + _MARKED
    word = names().after.match(text, end)
    return weight + (0 if word is None else _WORDED if len(word.group()) > 1 else _FOLLOWED)


def _repeated(text: str, start: int, end: int) -> int:
    """How often the text names it tells for it; much against it, when it more often names what begins it."""
    name = text[start:end]
    count = text.count(name)
    if (len(name) > 2 and text.count(name[:-1]) > count) or (
        name[0] in _VERBS and (count == 1 or places_in(text[start + 1 : end]))
    ):
        return -_BAR * 4  # 姚明|刚 beside 姚明, 任|雄安新区主任
    return 0 if len(name) == 2 or count < 2 else _OFTEN if count > 2 else _TWICE


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether what looks like a name is part of a foreign one, of a place, an institution or a title, a family's, or
    signs the text."""
    run = names().transliterated.match(text, start)
    if run is not None and run.end() > end and not names().after.match(text, end):
        return True
    if text[start - 1 : start] == "·" or text[end : end + 1] == "·" or text[end - 1] in _place_ends():
        return True
    if text.startswith(_institutions(), end) or text.startswith(_institutions(), end - 1):
        return True
    if places_in(text[start:end]) or _ARMY.match(text, start + 1) or text[end - 1 : end + 1] in names().everyday:
        return True
    line = text.rfind("\n", 0, start) + 1
    return text.count("《", line, start) > text.count("》", line, start) or signs(text, start, end)


@cache
def _place_ends() -> frozenset[str]:
    """The last characters of places and bodies, seldom of names."""
    return frozenset(unspaced(load_vocabulary("name_contexts")["place_ends"]))


@cache
def _institutions() -> tuple[str, ...]:
    return tuple(load_vocabulary("name_contexts")["institutions"].split())
