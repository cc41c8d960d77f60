"""The alternatives of a regular expression, one by one: each as an expression of its own, and a text that it matches.

Built on the parse tree of `re`, which Python 3.11 and later keep under `re._parser`.
"""

from __future__ import annotations

import re
import re._compiler as compiler
import re._constants as op
import re._parser as parser
from collections.abc import Iterator
from typing import Any, NamedTuple

REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
MOST_CHARACTERS = 40
"""A larger set of characters is a class, and no list of alternatives."""
ANY = "甲a1 。，"
"""What stands for a character that may be any, the first that fits."""

Tree = Any
"""A parse tree of `re`, or a part of one."""


class Alternative(NamedTuple):
    """An expression with one of its choices made. `text` is one of the shortest that should match it."""

    pattern: re.Pattern[str]
    choice: str
    text: str


def alternatives(pattern: str, characters: bool = False) -> list[Alternative]:
    """A pattern with each choice of each of its branches made, one at a time; the pattern itself if there are none.

    `characters`: the members of its sets of characters count as alternatives too.
    """
    tree = parser.parse(pattern)
    found = [Alternative(compiler.compile(one), choice, sample(one)) for one, choice in _narrowed(tree, characters)]
    return found or [Alternative(re.compile(pattern), "", sample(tree))]


def sample(tree: Tree) -> str:
    """One of the shortest texts that a tree may match; what looks around is not looked at."""
    return "".join(_sampled(code, value) for code, value in tree)


def _narrowed(tree: Tree, characters: bool) -> Iterator[tuple[Tree, str]]:
    """Copies of a tree in which one choice is made, with a text of that choice."""
    for n, (code, value) in enumerate(tree):
        for chosen, choice in _choices(code, value, characters):
            yield parser.SubPattern(tree.state, [*tree.data[:n], chosen, *tree.data[n + 1 :]]), choice


def _choices(code: Any, value: Any, characters: bool) -> Iterator[tuple[tuple[Any, Any], str]]:
    if code is op.BRANCH:
        for branch in value[1]:
            inner = list(_narrowed(branch, characters))
            for tree, choice in inner or [(branch, sample(branch))]:
                yield (op.BRANCH, (None, [tree])), choice
    elif code is op.SUBPATTERN:
        for tree, choice in _narrowed(value[3], characters):
            yield (code, (*value[:3], tree)), choice
    elif code is op.ATOMIC_GROUP:
        for tree, choice in _narrowed(value, characters):
            yield (code, tree), choice
    elif code in REPEATS:
        least, most, repeated = value
        for tree, choice in _narrowed(repeated, characters):
            yield (code, (max(1, least), most, tree)), choice
    elif code is op.IN and characters and len(value) <= MOST_CHARACTERS and all(one is op.LITERAL for one, _ in value):
        for _, character in value:
            yield (op.LITERAL, character), chr(character)


def _sampled(code: Any, value: Any) -> str:
    if code is op.LITERAL:
        return chr(value)
    if code is op.NOT_LITERAL:
        return next(char for char in ANY if char != chr(value))
    if code is op.ANY:
        return ANY[0]
    if code is op.IN:
        return _member(value)
    if code is op.BRANCH:
        return min((sample(branch) for branch in value[1]), key=len)
    if code is op.SUBPATTERN:
        return sample(value[3])
    if code is op.ATOMIC_GROUP:
        return sample(value)
    if code in REPEATS:
        return sample(value[2]) * int(value[0])
    return ""  # looks around, ends, references


def _member(members: Any) -> str:
    """A character of a set."""
    code, value = members[0]
    if code is op.NEGATE:
        tree = parser.SubPattern(parser.State(), [(op.IN, list(members))])
        fits = compiler.compile(tree)
        return next((char for char in ANY if fits.match(char)), "")
    if code is op.LITERAL:
        return chr(value)
    if code is op.RANGE:
        return chr(value[0])
    return {op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a"}.get(value, ANY[0])
