"""Names of two family names and a given one, of married women in Taiwan and Hong Kong (陈林阿满, 麦欧阳慧仪).

Such a name is taken whole or not at all; the name that it ends in (林阿满) is somebody else's.
"""

from __future__ import annotations

from flows.extract.people.names import NEVER, NEVER_LAST, is_mark, names

_FAMILIAR = "阿"  # opens a given name (阿满)


def is_double(word: str) -> bool:
    """Whether a word is a family name, another one and two characters of given names."""
    lexicon = names()
    other = 2 if word[1:3] in lexicon.compound and len(word) == 5 else 1
    if len(word) != other + 3 or word[0] not in lexicon.common or word[0] == word[1] or word[:2] in lexicon.compound:
        return False
    given = word[-2:]
    known = other == 2 or given[0] == _FAMILIAR or lexicon.given.issuperset(given)
    return (
        known
        and (other == 2 or word[1] in lexicon.common)
        and word[:2] not in lexicon.everyday
        and given not in lexicon.everyday
        and given[1] not in NEVER_LAST
        and NEVER.isdisjoint(given)
    )


def double_end(text: str, start: int) -> int:
    """Where the name of two family names at text[start] ends, 0 for none: at a mark or before a word that stands
    behind names, and where the name could not end a character earlier (马金龙|来到)."""
    lexicon = names()
    for end in (start + 5, start + 4):
        if not is_double(text[start:end]):
            continue
        if is_mark(text, end) or (lexicon.after.match(text, end) and not lexicon.after.match(text, end - 1)):
            return end
    return 0


def double_around(text: str, start: int, end: int) -> int:
    """Where the name of two family names begins that ends in the name text[start:end], -1 if none can."""
    first = start - 1
    return first if first >= 0 and end - start > 2 and is_double(text[first:end]) else -1
