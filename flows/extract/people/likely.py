"""Names that nothing but their own look and the words around them vouch for (家住某镇的金玉娥，…).

What looks like a name is weighed: by what it gains against all other readings of the words around it (`words.odds`), by
what stands before and behind it, and by whether the text repeats it. The bar was set by hand on news pages of other
people, so that more than nine candidates in ten above it were names; nothing was trained. A name that stands in the
text of a longer name, of a place or a body, in 《》 or under a picture is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from flows.document import Row
from flows.extract.organizations.places import opens_with_place, places_in
from flows.extract.people.double_names import double_around, double_end
from flows.extract.people.names import FAMILIAR, is_mark, looks_whole, may_be_name, names
from flows.extract.people.offices import Introduced
from flows.extract.people.signatures import signs
from flows.extract.people.titles import ends_in_title, groups
from flows.extract.words.odds import costs, foreign_cost, gain, most, name_cost
from flows.heads import head_of
from flows.vocabulary import load_vocabulary, unspaced

_BAR = 420  # hundredths of a nat
_LEAST = -300
"""What a name must gain by itself."""
_APART = 60
"""How much more a name of three characters must gain than the two that begin it (叶静|文做评估, 秦岚|带孩子)."""
_NATIVE = 300
"""How much less a name must cost than the same characters cost as a name in transliteration (莫斯科)."""
_RARE = 140
"""How much more a name must weigh whose family name is more often another word."""
_SHORT = 40
"""How much more a name of two characters must weigh, and the text's repeating it tells nothing for it."""
_LONGEST = 3
"""Characters of a name whose family name has one."""
_TOLD, _OPENS, _JOINED = 400, 160, 120
_SPEAKS, _MARKED, _WORDED, _FOLLOWED = 240, 120, 160, 60
_OFTEN, _TWICE = 240, 160
_LISTED, _OFFICE = 240, 360
_LISTING = frozenset("、和与及")
_OPENING = frozenset("，。；！？”“\n")
_JOINT = frozenset("、的叫由与和及请让给")
_ARMY = re.compile("家(?:军|将|班|人|庄|村|湾|寨|祠)")
_ORIGIN = re.compile("(?:街道|中心|居住|生活|工作|毕业|出生|独居|[镇村乡区县市级系院校站社队来到岁])的$")
_VERBS = frozenset("祝任连易应")  # family names that are verbs more often, where they open a clause


_VISITED = re.compile("(?:来到|走进|走访|看望|探望|慰问|敲开|走到)了?$")
_HOME = re.compile("(?:的?家(?![长园属庭族])|老人|一家)")
Span = tuple[int, int]


class _Candidate(NamedTuple):
    gain: int
    start: int
    end: int


def find_likely(text: str, organizations: Sequence[Row], people: Iterable[Span]) -> Iterator[Introduced]:
    """Every name whose weight reaches the bar, at the mention that gains most; none overlapping.

    `people` are the places of names that were found already: what a joint ties to one of them is likelier one.
    """
    people = list(people)
    bodies = [*(row["name"] for row in organizations), *(text[start:end] for start, end in people)]
    taken: list[Span] = list(people)
    edges = {at for span in people for at in span}
    for found in sorted(_candidates(text), key=lambda one: (-one.gain, one.start)):
        start, end = found.start, found.end
        if any(first < end and start < last for first, last in taken) or _is_other(text, start, end):
            continue
        listed = (text[start - 1 : start] in _LISTING and start - 1 in edges) or (
            text[end : end + 1] in _LISTING and end + 1 in edges
        )
        weight = found.gain + _beside(text, start, end) + _repeated(text, start, end) + _LISTED * listed
        whole = looks_whole(text, start, end) or text[start : start + 2] in names().compound
        sure = listed and whole and (is_mark(text, end) or text[end] in _LISTING)  # 陈思远和|陆小雨，
        if (weight >= _BAR or sure) and not _in_body(text, start, end, bodies):
            first = double_around(text, start, end)
            opens = first >= 0 and _opens_name(text, first)
            if first >= 0 and (opens or end - start > _LONGEST):
                if not opens or double_end(text, first) != end:
                    continue
                start = first  # 出现在片中的|苏陈玉莲
            taken.append((start, end))
            edges.update((start, end))
            yield Introduced(start, end, [])


def _opens_name(text: str, start: int) -> bool:
    """Whether a mark, a joint or a title stands in front of text[start]."""
    before = text[start - 1 : start]
    return not "\u4e00" <= before <= "\u9fff" or before in _JOINT or ends_in_title(text, start) >= 0


def _in_body(text: str, start: int, end: int, bodies: Sequence[str]) -> bool:
    """Whether text[start:end] stands in a mention of one of the bodies, or of somebody with a longer name."""
    word = text[start:end]
    return any(word in body and word != body and text.startswith(body, start - body.index(word)) for body in bodies)


def _candidates(text: str) -> Iterator[_Candidate]:
    """What looks like a name and is not much likelier something else."""
    common = names().common
    longer, short = _looks()
    for match in longer.finditer(text):
        word, start = match[1], match.start()
        if (family := _family(word)) == 0:
            continue
        end = start + len(word)
        gained = gain(text, start, end, family) - _RARE * (word[0] not in common and family == 1)
        if gained >= _LEAST and (family > 1 or gain(text, start, end - 1) + _APART <= gained):
            yield _Candidate(gained, start, end)
    for match in short.finditer(text):
        word, (start, end) = match[1], match.span(1)
        if _family(word) and (is_mark(text, end) or names().after.match(text, end)):
            gained = gain(text, start, end) - _SHORT - _RARE * (word[0] not in common)
            if gained >= _LEAST:
                yield _Candidate(gained, start, end)


@lru_cache(maxsize=1 << 16)
def _family(word: str) -> int:
    """How many characters of a word are the family name; 0 if the word is hardly a name, wherever it stands."""
    lexicon = names()
    family = 2 if word[:2] in lexicon.compound and len(word) > 2 else 1
    spoken = word[1] in FAMILIAR  # 钟伯|包的饺子
    if most(word, family) < _LEAST or spoken or not may_be_name(word) or lexicon.never.match(word):
        return 0
    native = len(word) == 2 or foreign_cost(word) - name_cost(word[:family], word[family:]) >= _NATIVE
    return family if native else 0


@cache
def _looks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A frequent family name with two characters of given names behind it, and with one; overlapping ones too."""
    lexicon, known = names(), costs()
    family, second, third, only = (
        "".join(sorted(place))
        for place in (lexicon.common | (lexicon.rare - _never_untitled()), known.second, known.third, known.only)
    )
    compound = "|".join(sorted(lexicon.compound))
    longer = f"(?:{compound})[{second}][{third}]|[{family}][{second}][{third}]"
    return _overlapping(longer), _overlapping(f"[{family}][{only}]")


def _overlapping(pattern: str) -> re.Pattern[str]:
    """A pattern whose group is what the given one matches at a place; of each match it takes one character only."""
    return re.compile(f"{head_of(pattern)}(?<=(?=({pattern})).)")


def _beside(text: str, start: int, end: int) -> int:
    """What stands before and behind a name tells for it."""
    before = text[start - 1 : start]
    told = before == "叫" or (before == "的" and _ORIGIN.search(text, max(0, start - 3), start) is not None)
    title = ends_in_title(text, start)
    if told or (title >= 0 and text[title:start] not in groups()):
        weight = _TOLD
    elif title >= 0 or not before or before in _OPENING:
        weight = _OPENS
    else:
        weight = _JOINED if before in _JOINT else 0
    if _HOME.match(text, end):
        return max(weight, _OPENS if _VISITED.search(text, max(0, start - 3), start) else 0) + _WORDED
    if text[end : end + 1] in ("（", "(") and _office_in_bracket(text, end):
        return weight + _OFFICE
    if is_mark(text, end):
        return weight + (_SPEAKS if weight == _OPENS and text[end : end + 1] in ("：", ":") else _MARKED)
    word = names().after.match(text, end)
    return weight + (0 if word is None else _WORDED if len(word.group()) > 1 else _FOLLOWED)


def _office_in_bracket(text: str, start: int) -> bool:
    """Whether the bracket that opens at text[start] ends in a title: 吴昊天（区民政局科长）."""
    close = next((at for at in range(start + 3, min(start + 40, len(text))) if text[at] in "）)"), -1)
    return close > 0 and ends_in_title(text, close, start + 1) >= 0


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
    if opens_with_place(text[start:end]) or _ARMY.match(text, start + 1) or text[end - 1 : end + 1] in names().everyday:
        return True
    if text[start - 1 : start] == "“" and text[end : end + 1] == "”":
        return True
    line = text.rfind("\n", 0, start) + 1
    return text.count("《", line, start) > text.count("》", line, start) or signs(text, start, end)


@cache
def _never_untitled() -> frozenset[str]:
    return frozenset(unspaced(load_vocabulary("name_contexts")["never_untitled"]))


@cache
def _place_ends() -> frozenset[str]:
    """The last characters of places and bodies, seldom of names."""
    return frozenset(unspaced(load_vocabulary("name_contexts")["place_ends"]))


@cache
def _institutions() -> tuple[str, ...]:
    return tuple(load_vocabulary("name_contexts")["institutions"].split())
