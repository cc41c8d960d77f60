"""The literals of which every match of a regular expression holds at least one, and its first and last characters, read
off its parse tree.

Looked for in one pass over a text they tell which expressions are worth trying there, and none that could match is left
out: so nobody keeps lists of words beside patterns, which drift from them. Nine expressions in ten have such literals.
Built on the parse tree of `re`, which Python 3.11 and later keep under `re._parser`.
"""

from __future__ import annotations

import re
import re._constants as op
import re._parser as parser
from collections.abc import Sequence
from functools import cache
from typing import Any

MOST = 400
"""More alternatives than this are no list of literals any more."""

MOST_CHARACTERS = 40
"""A larger range of characters is a class."""

MOST_REPEATED = 4
"""What stands more often in a row is not written out."""

REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
WITHOUT_WIDTH = (op.AT, op.ASSERT, op.ASSERT_NOT)
CATEGORIES = {op.CATEGORY_DIGIT: frozenset("0123456789"), op.CATEGORY_SPACE: frozenset[str]()}
NOTHING = frozenset({""})
AHEAD = 1
"""How the parse tree says that an assertion looks ahead."""

Literals = frozenset[str]
Tree = Any
"""A parse tree of `re`, or a part of one."""


@cache
def literals_of(pattern: str) -> Literals | None:
    """The literals of a pattern: every text that it matches holds one of them. None where no such list can be read off.

    Of several lists the one whose shortest literal is longest is taken: it is found least often in vain.
    """
    tree = parser.parse(pattern)
    return None if tree.state.flags & re.IGNORECASE else _required(tree)


@cache
def literals_around(pattern: str, most: int = MOST) -> Literals | None:
    """The same of a text in which a pattern is looked for: what must stand right behind a match counts too; of lists of
    `most` literals at most."""
    tree = parser.parse(pattern)
    nodes = list(tree)
    if nodes and nodes[-1][0] is op.ASSERT and nodes[-1][1][0] == AHEAD:
        nodes = [*nodes[:-1], *nodes[-1][1][1]]
    return None if tree.state.flags & re.IGNORECASE else _required(nodes, most)


@cache
def starts_of(pattern: str) -> Literals | None:
    """The characters of which one is the first of every text that a pattern matches whole; None where it may be nearly
    any. Digits are those of ASCII and white space is left out: ask nothing of a text that begins with others."""
    tree = parser.parse(pattern)
    found, may_be_empty = _outer(tree)
    return None if may_be_empty or tree.state.flags & re.IGNORECASE else found


@cache
def ends_of(pattern: str) -> Literals | None:
    """The characters of which one is the last of every text that a pattern matches; None where it may be nearly any.
    Behind it may stand a line's end where the pattern ends in $."""
    tree = parser.parse(pattern)
    found, may_be_empty = _outer(tree, last=True)
    return None if may_be_empty or tree.state.flags & re.IGNORECASE else found


def rarer(*lists: Literals | None) -> Literals | None:
    """Of several lists of which a text must hold one each, that which is found least often in vain."""
    return max((one for one in lists if one), key=_worth, default=None)


def _required(tree: Tree, most: int = MOST) -> Literals | None:
    """Of a sequence: the best of its runs of written text and of what its parts require, of `most` literals at most."""
    found: list[Literals | None] = []
    run = NOTHING
    for code, value in tree:
        here = _exact(code, value)
        if here is not None and len(run) * len(here) <= MOST:
            run = _joined(run, here)
            continue
        found.append(run)
        run = NOTHING if here is None else here
        if here is None:
            found.append(_required_of(code, value, most))
    short = (_shortest(one) for one in (*found, run) if one)
    return max((one for one in short if len(one) <= most), key=_worth, default=None) or None


def _required_of(code: Any, value: Any, most: int) -> Literals | None:
    """Of a part that is not written out."""
    if code is op.SUBPATTERN:
        return None if value[1] & re.IGNORECASE else _required(value[3], most)
    if code is op.ATOMIC_GROUP:
        return _required(value, most)
    if code is op.BRANCH:
        return _few(_union([_required(branch, most) for branch in value[1]]))
    if code in REPEATS and value[0] >= 1:
        return _required(value[2], most)
    return None


def _exact(code: Any, value: Any) -> Literals | None:
    """All texts that a part can match, if they are few."""
    if code is op.LITERAL:
        return frozenset({chr(value)})
    if code is op.IN:
        return _members(value)
    if code in WITHOUT_WIDTH:
        return NOTHING
    if code is op.SUBPATTERN:
        return None if value[1] & re.IGNORECASE else _exact_all(value[3])
    if code is op.ATOMIC_GROUP:
        return _exact_all(value)
    if code is op.BRANCH:
        return _few(_union([_exact_all(branch) for branch in value[1]]))
    if code in REPEATS:
        return _repeated(*value)
    return None


def _exact_all(tree: Tree) -> Literals | None:
    run = NOTHING
    for code, value in tree:
        here = _exact(code, value)
        if here is None or len(run) * len(here) > MOST:
            return None
        run = _joined(run, here)
    return run


def _repeated(least: int, most: Any, tree: Tree) -> Literals | None:
    once = _exact_all(tree)
    if once is None or most is op.MAXREPEAT or most > MOST_REPEATED:
        return None
    run, found = NOTHING, NOTHING if least == 0 else frozenset[str]()
    for times in range(1, int(most) + 1):
        if len(run) * len(once) > MOST:
            return None
        run = _joined(run, once)
        found |= run if times >= least else frozenset()
    return _few(found)


def _members(members: Any) -> Literals | None:
    """The characters of a set."""
    found: set[str] = set()
    for code, value in members:
        if code is op.LITERAL:
            found.add(chr(value))
        elif code is op.RANGE and value[1] - value[0] < MOST_CHARACTERS:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(found)


def _outer(tree: Tree, last: bool = False) -> tuple[Literals | None, bool]:
    """The first, or last, characters of what a sequence matches, and whether it may match nothing."""
    found = frozenset[str]()
    for code, value in reversed(list(tree)) if last else tree:
        here, may_be_empty = _outer_of(code, value, last)
        if here is None:
            return None, False
        found |= here
        if not may_be_empty:
            return found, False
    return found, True


def _outer_of(code: Any, value: Any, last: bool) -> tuple[Literals | None, bool]:
    if code in WITHOUT_WIDTH:
        return frozenset(), True
    if code is op.LITERAL:
        return frozenset({chr(value)}), False
    if code is op.IN:
        known = [one for one in value if last or one[0] is not op.CATEGORY or one[1] not in CATEGORIES]
        classes = [CATEGORIES[one[1]] for one in value if one not in known]
        written = _members(known)
        return None if written is None else written.union(*classes), False
    if code is op.SUBPATTERN:
        return (None, False) if value[1] & re.IGNORECASE else _outer(value[3], last)
    if code is op.ATOMIC_GROUP:
        return _outer(value, last)
    if code is op.BRANCH:
        each = [_outer(branch, last) for branch in value[1]]
        union = _union([one for one, _ in each])
        return union, union is not None and any(may_be_empty for _, may_be_empty in each)
    if code in REPEATS:
        found, may_be_empty = _outer(value[2], last)
        return found, may_be_empty or value[0] == 0
    return None, False


def _union(each: Sequence[Literals | None]) -> Literals | None:
    """What one of several branches gives; None where one of them can give nearly anything."""
    known = [one for one in each if one is not None]
    return frozenset[str]().union(*known) if len(known) == len(each) else None


def _few(literals: Literals | None) -> Literals | None:
    return literals if literals is not None and len(literals) <= MOST else None


def _joined(ahead: Literals, behind: Literals) -> Literals:
    return frozenset(one + other for one in ahead for other in behind)


def _shortest(literals: Literals) -> Literals:
    """Without those that hold another one; empty where the empty text is among them."""
    if "" in literals:
        return frozenset()
    return frozenset(one for one in literals if not any(other != one and other in one for other in literals))


def _worth(literals: Literals) -> float:
    """How seldom a list is found in vain: by the length of its shortest, by the share that are letters, since marks and
    digits stand everywhere, less by their number."""
    if not literals:
        return -1.0
    letters = sum(any(map(str.isalpha, one)) for one in literals) / len(literals)
    return 2 * min(map(len, literals)) + letters - len(literals) / 100
