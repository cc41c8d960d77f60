"""Patterns whose alternatives are tried only at characters that one of their matches begins with.

`re` skips to such characters where each alternative begins with a written one, or the whole with a set; else it tries
one alternative after the other at every place of a text. Built on the parse tree of `re`, as `flows.literals`.
"""

from __future__ import annotations

import re
import re._constants as op
import re._parser as parser
from typing import Any

from flows.literals import REPEATS, WITHOUT_WIDTH

_CLASSES = {op.CATEGORY_DIGIT: r"\d", op.CATEGORY_SPACE: r"\s"}

Head = tuple[tuple[str, ...], bool]
"""Members of a set, as they are written, that together are the first characters of a part's matches; and whether it may
match nothing."""


def headed(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """The pattern, compiled to match what it matches, with its first characters asked for ahead of all else.

    For patterns that are looked for in texts and begin with a look behind or with alternatives of many kinds (3 to 10
    times as fast); one that `re` finds the first characters of by itself would lose by it.

    Raises:
        ValueError: its matches may begin with nearly any character, or be empty.
    """
    head = head_of(pattern, flags)
    if head is None:
        raise ValueError(f"what {pattern!r} matches may begin with anything")
    return re.compile(f"(?={head})(?:{pattern})", flags)


def head_of(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> str | None:
    """The set of the first characters of all that a pattern matches; None where it may be nearly any, or none."""
    found = _head(parser.parse(pattern, flags))
    return f"[{''.join(dict.fromkeys(found[0]))}]" if found is not None and not found[1] else None


def _head(tree: Any) -> Head | None:
    """Of a sequence."""
    written: tuple[str, ...] = ()
    for code, value in tree:
        here = _head_of(code, value)
        if here is None:
            return None
        written += here[0]
        if not here[1]:
            return written, False
    return written, True


def _head_of(code: Any, value: Any) -> Head | None:
    if code in WITHOUT_WIDTH:
        return (), True
    if code is op.LITERAL:
        return (re.escape(chr(value)),), False
    if code is op.IN:
        members = tuple(member for one in value if (member := _member(*one)) is not None)
        return (members, False) if len(members) == len(value) else None
    if code is op.SUBPATTERN:
        return None if value[1] or value[2] else _head(value[3])
    if code is op.ATOMIC_GROUP:
        return _head(value)
    if code is op.BRANCH:
        each = [found for branch in value[1] if (found := _head(branch)) is not None]
        union = tuple(one for written, _ in each for one in written)
        return (union, any(empty for _, empty in each)) if len(each) == len(value[1]) else None
    if code in REPEATS:
        found = _head(value[2])
        return found and (found[0], found[1] or value[0] == 0)
    return None


def _member(code: Any, value: Any) -> str | None:
    """Of a set: a character, a range, digits or white space, as it is written."""
    if code is op.LITERAL:
        return re.escape(chr(value))
    if code is op.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return _CLASSES.get(value) if code is op.CATEGORY else None
